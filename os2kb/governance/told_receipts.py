"""What a receipt is about, in the words of the console."""

from collections.abc import Callable, Mapping

from os2kb.governance.ledger.holds import EVERY_RULE
from os2kb.governance.receipts import Receipt, State
from os2kb.governance.told_actions import COMMENTS
from os2kb.phrases import Phrase

STATES: Mapping[State, Phrase] = {
    "planned": Phrase("planlagt", "planned"),
    "applied": Phrase("udført", "done"),
    "skipped": Phrase("sprunget over", "left out"),
    "undone": Phrase("taget tilbage", "taken back"),
}
_LABELS = {
    "add": Phrase("Etiketten “{}” på", "The label “{}” on"),
    "remove": Phrase("Etiketten “{}” af", "The label “{}” off"),
}
_REPLY = Phrase("Svar på kommentar {}", "Reply to comment {}")
_COMMENT = Phrase("Skrev {}", "Wrote {}")
_CHECK = Phrase("Kontrollen “{}”", "The check “{}”")
_REVIEW = Phrase("Forslag til linjer", "Suggestions for lines")
_REACTION = Phrase("Tommelfinger ned på kommentar {}", "Thumb down on comment {}")
_COMMANDS = Phrase("Kommandoerne i kommentar {}", "The commands of comment {}")
_CONSOLE = Phrase("Fortrydelse fra konsollen", "Undo from the console")
_TOLD = Phrase("Besked til {}", "Message to {}")
_BACK = Phrase("Tog tilbage: {}", "Took back: {}")
_RETRY = Phrase("Levering {} prøves igen", "Delivery {} is tried again")
_HOLDS = {
    ("pause", "on"): Phrase("Begyndte en pause", "Began a pause"),
    ("pause", "off"): Phrase("Sluttede pausen", "Ended the pause"),
    ("ignore", "on"): Phrase("Så bort fra reglen {}", "Left out the rule {}"),
    ("ignore", "off"): Phrase("Tog reglen {} i brug igen", "Took up the rule {} again"),
    ("every", "on"): Phrase("Så bort fra alle regler", "Left out all rules"),
    ("every", "off"): Phrase("Tog alle regler i brug igen", "Took up all rules again"),
    ("label", "on"): Phrase(
        "Overlod etiketten “{}” til mennesker", "Left the label “{}” to people"
    ),
    ("label", "off"): Phrase(
        "Overlod etiketten “{}” til reglerne igen", "Left the label “{}” to the rules again"
    ),
    ("release", "on"): Phrase("Frigav en tekst", "Released a text"),
    ("escalate", "on"): Phrase("Eskaleret af et menneske", "Escalated by a person"),
}
_TICKETS = {
    "link": Phrase("Knyttet til {} i Jira", "Linked to {} in Jira"),
    "create": Phrase("Ticket oprettet i {}", "Ticket created in {}"),
    "set": Phrase("Feltet {} i Jira", "The field {} in Jira"),
    "show": Phrase("Beslutningen vist på {}", "The decision shown on {}"),
    "tell": Phrase("Skrevet på {}", "Written on {}"),
}
_CARRIED = {
    "github": Phrase("Feltet {} på GitHub", "The field {} on GitHub"),
    "jira": Phrase("Feltet {} i Jira", "The field {} in Jira"),
}
_COPIED = {
    "github": Phrase("Kopien i Jira af kommentar {}", "The copy in Jira of comment {}"),
    "jira": Phrase("Kopien på GitHub af Jiras kommentar {}", "The copy on GitHub of Jira's {}"),
}
_RETRACTED = Phrase(
    "Slettede kopien på GitHub af Jiras kommentar {}",
    "Deleted the copy on GitHub of Jira's comment {}",
)
_SHOWN_THERE = Phrase("Ticketens link siger: {}", "The ticket's link says: {}")
_DECISIONS = {
    "propose": Phrase("Foreslog beslutningen til loggen", "Proposed the decision to the log"),
    "withdraw": Phrase("Trak forslaget tilbage", "Withdrew the proposal"),
    "decided": Phrase("Noterede beslutningen", "Noted the decision"),
    "number": Phrase("Gav beslutningen nr. {}", "Gave the decision no. {}"),
    "logged": Phrase("Noterede, at beslutningen står i loggen", "Noted that the log has it"),
}
_DECISION = Phrase("Beslutningen: {}", "The decision: {}")


def told_receipt(receipt: Receipt) -> Phrase:
    """What was written, or noted; a key that nobody knows is told as it is.

    What it names may be anybody's text: whoever shows it scrubs it.
    """
    return _told(receipt.action, receipt.content)


def _told(action: str, content: str) -> Phrase:
    kind, _, rest = action.partition(":")
    tell = _KINDS.get(kind)
    found = tell(rest, content) if tell and rest else None
    return found or Phrase(action, action)


def _label(rest: str, _: str) -> Phrase | None:
    verb, _, label = rest.partition(":")
    return _LABELS[verb].filled(label) if verb in _LABELS else None


def _comment(rest: str, _: str) -> Phrase:
    marker, _, comment = rest.partition(":")
    if marker == "reply":
        return _REPLY.filled(comment)
    return _COMMENT.filled(COMMENTS.get(marker, marker))


def _command(rest: str, _: str) -> Phrase:
    return _CONSOLE if rest.startswith("-") else _COMMANDS.filled(rest)


def _hold(rest: str, content: str) -> Phrase | None:
    kind, _, name = rest.partition(":")
    if (kind, name) == ("ignore", EVERY_RULE):
        kind = "every"
    # What is taken back names no state: it was begun.
    said = _HOLDS.get((kind, "off" if content == "off" else "on"))
    return said.filled(name) if said else None


def _decision(rest: str, content: str) -> Phrase:
    kind = rest.partition(":")[0]
    return _DECISIONS[kind].filled(content) if kind in _DECISIONS else _DECISION.filled(rest)


def _carried(rest: str, _: str) -> Phrase | None:
    side, _, field = rest.partition(":")
    return _CARRIED[side].filled(field) if side in _CARRIED else None


def _copied(rest: str, _: str) -> Phrase | None:
    side, _, source = rest.partition(":")
    return _COPIED[side].filled(source) if side in _COPIED else None


def _ticket(rest: str, content: str) -> Phrase | None:
    verb, _, name = rest.partition(":")
    if verb == "sync":
        return _SHOWN_THERE.filled(content)
    return _TICKETS[verb].filled(name.partition(":")[0]) if verb in _TICKETS else None


def _undo(rest: str, content: str) -> Phrase:
    return _BACK.filled(_told(rest, content))


def _console(rest: str, _: str) -> Phrase:
    return _RETRY.filled(rest.partition(":")[2])


_KINDS: Mapping[str, Callable[[str, str], Phrase | None]] = {
    "label": _label,
    "comment": _comment,
    "check": lambda rest, _: _CHECK.filled(rest.rpartition(":")[0] or rest),
    "review": lambda *_: _REVIEW,
    "reaction": lambda rest, _: _REACTION.filled(rest),
    "command": _command,
    "hold": _hold,
    "tell": lambda _, content: _TOLD.filled(", ".join(content.split("\n"))),
    "undo": _undo,
    "carry": _carried,
    "copy": _copied,
    "retract": lambda rest, _: _RETRACTED.filled(rest.partition(":")[2]),
    "ticket": _ticket,
    "decision": _decision,
    "console": _console,
}
