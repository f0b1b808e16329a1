"""`/os2 jira sync` and `/os2 jira release`: a person chooses a side, or lets a text go."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from os2kb.backlog.leaving import mark_of
from os2kb.backlog.sides import MANY, Side, other
from os2kb.governance.actions import Remember
from os2kb.governance.commands.given.command import Command
from os2kb.governance.commands.outcome import Outcome, listed, say
from os2kb.governance.facts import Facts
from os2kb.governance.harmless.neutralise import Markdown, code_span, link
from os2kb.governance.receipts import Receipt
from os2kb.governance.tickets.agreed import CHOICE, RELEASED, choice
from os2kb.governance.tickets.in_step import FieldInStep, InStep
from os2kb.governance.tickets.keep import kept_in_step
from os2kb.governance.tickets.pair import Pair, pair_of
from os2kb.governance.tickets.told_in_step import why_field, why_in_step
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy
from os2kb.policy.sections.jira import FieldName

SYNC, RELEASE = ("sync", "synk"), ("release", "frigiv")
"""Their words."""
_SIDES: Mapping[str, Side] = {"github": "github", "jira": "jira"}
_ALSO = {
    "titel": "title",
    "tekst": "description",
    "text": "description",
    "beskrivelse": "description",
    "etiketter": "labels",
    "ansvarlig": "assignee",
    "version": "fixVersion",
    "alvor": "severity",
}
_TEXTS: tuple[FieldName, ...] = ("title", "description")
_NOTHING = Phrase(
    "Her er ikke noget at holde i trit: issuet har ingen ticket, som jeg kan læse, eller policyens "
    "`jira.fields` lader intet felt følge med. `/os2 jira create` eller `/os2 jira link` og nøglen "
    "giver det en ticket.",
    "There is nothing to keep in step here: the issue has no ticket that I can read, or the "
    "Policy's `jira.fields` lets no field go along. `/os2 jira create`, or `/os2 jira link` and "
    "the key, gives it a ticket.",
)
_USAGE = Phrase(
    "Skriv `/os2 jira sync`, eller et felt og den side, der skal gælde, for eksempel "
    "`/os2 jira sync title github`. Felterne her er {}.",
    "Write `/os2 jira sync`, or a field and the side that is right, for example "
    "`/os2 jira sync title github`. The fields here are {}.",
)
_CHOSEN: Mapping[Side, Phrase] = {
    "github": Phrase(
        "Om feltet {} gælder det, som GitHub siger; jeg skriver det i {}.",
        "For the field {} what GitHub says is right; I write it into {}.",
    ),
    "jira": Phrase(
        "Om feltet {} gælder det, som {} siger; jeg skriver det her.",
        "For the field {} what {} says is right; I write it here.",
    ),
}
_NOT_CHOSEN = Phrase("Feltet {} kan ikke vælges: {}", "The field {} cannot be chosen: {}")
_TORN = Phrase(
    "Om kommentaren {} og dens kopi gælder det, du valgte.",
    "For the comment {} and its copy what you chose is right.",
)
_NOT_TORN = Phrase(
    "Kommentaren {} og dens kopi er ikke begge rettet, så her er intet at vælge.",
    "The comment {} and its copy were not both edited, so there is nothing to choose.",
)
_RELEASED = Phrase(
    "Teksten er frigivet, præcis som den står nu. Ændres den, bliver den vurderet igen.",
    "The text is released, exactly as it is now. If it changes, it is judged anew.",
)
_NOT_HELD = Phrase(
    "Der er ingen tekst {} her, som er holdt tilbage. Skriv `title`, `description` eller en "
    "kommentars nummer, og `jira` bagefter, hvis det er Jiras.",
    "There is no text {} here that is held back. Write `title`, `description` or the number of a "
    "comment, and `jira` after it where it is Jira's.",
)


def sync(command: Command, facts: Facts, policy: Policy) -> Outcome:
    """How it stands with each field; or the side that a person chose, of exactly these values."""
    step, pair = kept_in_step(facts, policy, facts.updated_at), pair_of(facts, policy)
    if step is None or pair is None:
        return Outcome(say(_NOTHING, facts.language))
    _, *words = command.text.split()
    if not words:
        said = "\n".join(f"- {line}" for line in why_in_step(step, facts.language))
        return Outcome(Markdown(said))
    found = _field(step, words[0])
    side = _SIDES.get(words[1].casefold()) if len(words) > 1 else None
    if side is not None and words[0].isdecimal():
        return _choose_comment(command, words[0], side, pair, step)
    if found is None or side is None:
        fields = listed(one.merged.field for one in step.fields)
        return Outcome(say(_USAGE, facts.language, fields))
    return _choose(command, found, side, pair, step, policy)


def release(command: Command, facts: Facts, policy: Policy) -> Outcome:
    """Exactly the text that is held back now may go; or it is said that none is."""
    pair = pair_of(facts, policy)
    if pair is None:
        return Outcome(say(_NOTHING, facts.language))
    _, name, side_name, *_ = (*command.text.split(), "", "")
    side = _SIDES.get(side_name.casefold(), "github")
    texts = tuple(_held(pair, _ALSO.get(name.casefold(), name.casefold()), side))
    if not texts:
        return Outcome(say(_NOT_HELD, facts.language, code_span(name)))
    lets_go = (
        Remember(f"{RELEASED}{mark_of(one)}", "on", because=command.because) for one in texts
    )
    return Outcome(say(_RELEASED, facts.language), tuple(lets_go))


def _choose(
    command: Command,
    found: FieldInStep,
    side: Side,
    pair: Pair,
    step: InStep,
    policy: Policy,
) -> Outcome:
    name, facts = found.merged.field, pair.facts
    values = {one: said.get(name, "") for one, said in pair.values.items()}
    asked = Remember(f"{CHOICE}{name}", choice(side, values), because=command.because)
    after = kept_in_step(_with(facts, asked), policy, facts.updated_at)
    then = _field(after, name) if after else None
    language = facts.language
    goes = then is not None and any(one.side == other(side) for one in then.carries)
    if name in MANY or not goes:  # of several, each goes by itself, and none is in conflict
        why = why_field(then or found, after or step, language)
        return Outcome(say(_NOT_CHOSEN, language, code_span(name), why))
    ticket = link(pair.linked.key, pair.linked.url)
    return Outcome(say(_CHOSEN[side], language, code_span(name), ticket), (asked,))


def _choose_comment(command: Command, number: str, side: Side, pair: Pair, step: InStep) -> Outcome:
    """Which of a comment and its copy is right; asked again, it is as it was chosen."""
    torn = [one for one in step.torn if one.comment.id == number]
    if len(torn) != 1:
        return Outcome(say(_NOT_TORN, pair.facts.language, code_span(number)))
    name = f"{torn[0].comment.side}:{number}"
    asked = Remember(f"{CHOICE}{name}", choice(side, step.texts[name]), because=command.because)
    return Outcome(say(_TORN, pair.facts.language, code_span(number)), (asked,))


def _with(facts: Facts, asked: Remember) -> Facts:
    noted = Receipt(asked.key, "applied", asked.because, facts.updated_at, asked.content)
    return replace(facts, receipts=(*facts.receipts, noted))


def _field(step: InStep, word: str) -> FieldInStep | None:
    name = _ALSO.get(word.casefold(), word).casefold()
    return next((one for one in step.fields if one.merged.field.casefold() == name), None)


def _held(pair: Pair, name: str, side: Side) -> Iterator[str]:
    """The text of that name on that side, where it is held back."""
    for field in _TEXTS:
        if field == name and field in pair.said[side].held:
            yield str(pair.values[side][field])
    if side == "github":
        yield from (one.text for one in pair.comments if one.id == name and one.held and one.text)
    else:
        # One that is for some alone is not told of, nor let go: it may be for all one day.
        held = {one.id for one in pair.left.comments if one.held and not one.ours}
        yield from (one.text for one in pair.full.comments if one.id == name and one.id in held)
