"""Facts as they will be once commands are carried out, so that the rules judge what is then."""

from dataclasses import replace

from os2kb.governance.facts import Facts
from os2kb.governance.marks import own_comment
from os2kb.governance.plan import Action, AddLabel, RemoveLabel, Undo
from os2kb.governance.receipts import Receipt


def afterwards(facts: Facts, actions: tuple[Action, ...]) -> Facts:
    """The Facts after these actions; a forge's own history of them is not foretold."""
    for action in actions:
        facts = _taken_back(facts, action.receipt) if isinstance(action, Undo) else facts
        match action:
            case AddLabel(label=label):
                facts = _with(facts, label)
            case RemoveLabel(label=label):
                facts = _without(facts, label)
        done = Receipt(action.key, "applied", action.because, facts.updated_at, action.content)
        facts = replace(facts, receipts=(*facts.receipts, done))
    return facts


def _taken_back(facts: Facts, receipt: Receipt) -> Facts:
    undone = replace(receipt, state="undone")
    kept = tuple(undone if one == receipt else one for one in facts.receipts)
    facts = replace(facts, receipts=kept)
    match receipt.action.split(":", 2):
        case ["label", "add", label]:
            return _without(facts, label)
        case ["label", "remove", label]:
            return _with(facts, label)
        case ["comment", marker]:
            ours = own_comment(facts, marker)
            return replace(facts, comments=tuple(one for one in facts.comments if one is not ours))
    return facts


def _with(facts: Facts, label: str) -> Facts:
    return replace(facts, labels=(*facts.labels, label))


def _without(facts: Facts, label: str) -> Facts:
    gone = label.casefold()
    return replace(facts, labels=tuple(one for one in facts.labels if one.casefold() != gone))
