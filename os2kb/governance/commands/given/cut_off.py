"""The rest of a comment's commands, where carrying them out was cut off.

What they come to is decided once and planned whole. To decide it again would do again what people
have changed since, and `/os2 undo` would take back what stands above it in the same comment.
"""

from collections.abc import Iterator
from datetime import datetime

from os2kb.governance.actions import (
    Action,
    AddLabel,
    CreateTicket,
    LinkTicket,
    React,
    Remember,
    RemoveLabel,
    Undo,
)
from os2kb.governance.commands.in_the_way import in_the_way
from os2kb.governance.facts import Facts
from os2kb.governance.ledger.labels import has, put_on_by_us, taken_off_since
from os2kb.governance.receipts import Receipt


def rest_of(facts: Facts, note: Receipt) -> Iterator[Action]:
    """What is left to do of a note's Plan, but for what people have changed since.

    Since the comment, that is: its moment is the forge's own, as a label's events are. Where it is
    deleted, our clock has to do.
    """
    plan, comment = note.plan, note.action.removeprefix("command:")
    at = next((one.created_at for one in facts.comments if str(one.id) == comment), note.at)
    for one in facts.receipts:
        if one.plan == plan and one.state == "planned" and one.because.startswith("/os2"):
            action = _action(facts, one, at)
            if action is not None:
                yield action


def _action(facts: Facts, planned: Receipt, asked_at: datetime) -> Action | None:
    """The action that a planned receipt stands for; None where it is not to be made any more.

    A reply is written anew from how things stand.
    """
    because = planned.because
    match planned.action.split(":", 2):
        case ["label", "add", label]:
            stands = has(facts, label) or taken_off_since(facts, label, asked_at)
            return None if stands else AddLabel(label, because=because)
        case ["label", "remove", label]:
            return RemoveLabel(label, because=because) if put_on_by_us(facts, label) else None
        case ["hold" | "command" | "jira", *_] | ["decision", "decided"]:
            return Remember(planned.action, planned.content, because=because)
        case ["reaction", comment]:
            return React(int(comment), because=because)
        case ["ticket", "link", key] if _may_be(facts, key):
            return LinkTicket(key, because=because)
        case ["ticket", "create", project] if _may_be(facts, ""):
            return CreateTicket.read(project, planned.content, because)
        case ["undo", *_]:
            return _undo(facts, planned)
    return None


def _may_be(facts: Facts, key: str) -> bool:
    """Whether a ticket can be linked: the subject has none, or a lost one, or it is this one."""
    return facts.ticket is None or facts.ticket.is_gone or facts.ticket.key == key


def _undo(facts: Facts, planned: Receipt) -> Undo | None:
    done = planned.action.removeprefix("undo:")
    for one in facts.receipts:
        if (one.action, str(one.plan), one.state) == (done, planned.content, "applied"):
            return Undo(one, because=planned.because) if in_the_way(facts, one) is None else None
    return None
