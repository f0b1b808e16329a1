"""`/os2 severity <class> [reason]`: put on the label of a class of fault, and of no other."""

from os2kb.governance.actions import Action, RemoveLabel
from os2kb.governance.commands.given.command import Command
from os2kb.governance.commands.given.named import named_first
from os2kb.governance.commands.label import put_on_or_say
from os2kb.governance.commands.outcome import Outcome, listed, say
from os2kb.governance.facts import Facts
from os2kb.governance.harmless.neutralise import Markdown, code_span
from os2kb.governance.ledger.holds import choose
from os2kb.governance.ledger.labels import existing, has, put_on_by_us
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy

_SET = Phrase("Alvorsgraden er {}: etiketten {} er på.", "The severity is {}: the label {} is on.")
_OTHERS = Phrase(
    "{} har et menneske sat på; tag den selv af, hvis den ikke gælder mere.",
    "A person put on {}; take it off yourself if it holds no more.",
)
_NO_CLASSES = Phrase(
    "Policyen nævner ingen alvorsgrader i `labels.severity`, så der er ingen etiket at sætte på.",
    "The Policy names no classes in `labels.severity`, so there is no label to put on.",
)
_WHICH = Phrase(
    "Skriv alvorsgraden efter `/os2 severity`, og gerne en begrundelse. Her er der {}.",
    "Write the class after `/os2 severity`, and a reason if you like. There are {} here.",
)
_NO_LABEL = Phrase(
    "Policyens etiket {} for {} findes ikke i repositoriet, så jeg satte ingen på.",
    "The Policy's label {} for {} does not exist in the repository, so I put none on.",
)


def severity(command: Command, facts: Facts, policy: Policy) -> Outcome:
    """The class's label is on; another that we put on is off, and a person's is left."""
    classes, language = policy.labels.severity, facts.language
    if not classes:
        return Outcome(say(_NO_CLASSES, language))
    chosen = class_named(command.text, tuple(classes))
    if chosen is None:
        return Outcome(say(_WHICH, language, listed(classes)))
    wanted = existing(facts, classes[chosen])
    if wanted is None:
        said = say(_NO_LABEL, language, code_span(classes[chosen]), code_span(chosen))
        return Outcome(said)
    others = [
        name
        for label in classes.values()
        if (name := existing(facts, label)) not in (None, wanted) and name and has(facts, name)
    ]
    ours = [name for name in others if put_on_by_us(facts, name)]
    theirs = [name for name in others if name not in ours]
    said = say(_SET, language, code_span(chosen), code_span(wanted))
    if theirs:
        said = Markdown(f"{said} {say(_OTHERS, language, listed(theirs))}")
    removes = tuple(one for name in ours for one in _taken_off(name, command.because))
    return put_on_or_say(wanted, said, command, facts, before=removes)


def class_named(text: str, classes: tuple[str, ...]) -> str | None:
    """The class that the text begins with, in any case; the longest where several do."""
    return named_first(text, classes)


def _taken_off(label: str, because: str) -> tuple[Action, ...]:
    return (RemoveLabel(label, because=because), choose(label, on=False, because=because))
