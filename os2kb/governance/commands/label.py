"""`/os2 label <name> [reason]`: put on a label that there is; what people choose stands."""

from difflib import get_close_matches

from os2kb.governance.actions import Action, AddLabel
from os2kb.governance.commands.given.command import Command
from os2kb.governance.commands.given.named import first_word, named_first
from os2kb.governance.commands.outcome import Outcome, listed, say
from os2kb.governance.facts import Facts
from os2kb.governance.harmless.neutralise import Markdown, code_span
from os2kb.governance.ledger.holds import choose, is_chosen
from os2kb.governance.ledger.labels import existing, has, taken_off_after
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy

_QUOTES = "`'\"“”„«» "
_ENDS = " .,;"  # no colon: what begins like `fejl: kritisk` may be a label that is misspelt
_ON = Phrase(
    "Etiketten {} er på, og den lader jeg være.", "The label {} is on, and I leave it there."
)
_TAKEN_OFF = Phrase(
    "Etiketten {} er taget af igen, siden det blev skrevet, så den lader jeg være af.",
    "The label {} was taken off again since that was written, so I leave it off.",
)
_NONE_NAMED = Phrase(
    "Skriv etikettens navn efter `/os2 label`.", "Write the label's name after `/os2 label`."
)
_ABSENT = Phrase(
    "Repositoriet har ingen etiket med det navn, og jeg laver ingen nye.",
    "The repository has no label of that name, and I make no new ones.",
)
_MEANT = Phrase(
    "Repositoriet har ingen etiket med det navn, og jeg laver ingen nye. Mente du {}?",
    "The repository has no label of that name, and I make no new ones. Did you mean {}?",
)
_NEVER = Phrase(
    "Etiketten {} sætter jeg aldrig; det gør et menneske.",
    "I never set the label {}; a person does.",
)


def label(command: Command, facts: Facts, policy: Policy) -> Outcome:  # noqa: ARG001
    """The label is on, and no rule takes it off again."""
    wanted = command.text.strip(_QUOTES)
    if not wanted:
        return Outcome(say(_NONE_NAMED, facts.language))
    found = existing(facts, wanted) or named_first(wanted, facts.repository.labels, _ENDS)
    if found is None:
        return Outcome(_not_there(wanted, facts))
    if found.casefold() == "wontfix":
        return Outcome(say(_NEVER, facts.language, code_span(found)))
    return put_on_or_say(found, say(_ON, facts.language, code_span(found)), command, facts)


def put_on_or_say(
    name: str,
    said: Markdown,
    command: Command,
    facts: Facts,
    before: tuple[Action, ...] = (),
) -> Outcome:
    """What putting the label on comes to; where we were late, what a person did since stands.

    Args:
        name: the label, as the repository spells it.
        said: of it, once it is on.
        command: the one that asks for it.
        facts: as they are now.
        before: what else is done then.
    """
    asked = next((one for one in facts.comments if one.id == command.comment_id), None)
    if asked and not has(facts, name) and taken_off_after(facts, name, asked.created_at):
        return Outcome(say(_TAKEN_OFF, facts.language, code_span(name)))
    return Outcome(said, (*before, *_put_on(name, facts, command.because)))


def _put_on(name: str, facts: Facts, because: str) -> tuple[Action, ...]:
    """The label on, and left to people from now on."""
    adds = () if has(facts, name) else (AddLabel(name, because=because),)
    chosen = () if is_chosen(facts, name) else (choose(name, on=True, because=because),)
    return (*adds, *chosen)


def _not_there(wanted: str, facts: Facts) -> Markdown:
    """What was written is not repeated; what is near to it is the repository's own."""
    by_folded = {name.casefold(): name for name in facts.repository.labels}
    written = wanted.casefold()[:100]
    near = get_close_matches(written, by_folded, n=3) or get_close_matches(
        first_word(written), by_folded, n=3
    )
    if not near:
        return say(_ABSENT, facts.language)
    return say(_MEANT, facts.language, listed(by_folded[one] for one in near))
