"""What writes that were cut off left behind: sent, perhaps made, and their answer never heard."""

from dataclasses import replace

from os2kb.governance.actions.decisions import PROPOSE, WITHDRAW, digest
from os2kb.governance.actions.tickets import same, values_of
from os2kb.governance.facts import Facts
from os2kb.governance.ledger.marks import own_comment
from os2kb.governance.receipts import Receipt
from os2kb.governance.tickets.shows import shows


def with_label_traces(facts: Facts) -> Facts:
    """The Facts with those receipts of labels as applied whose write got through, as it shows."""
    receipts = tuple(
        replace(one, state="applied") if _got_through(facts, one) else one for one in facts.receipts
    )
    return replace(facts, receipts=receipts)


def _got_through(facts: Facts, receipt: Receipt) -> bool:
    cut_off = receipt.state == "planned" and receipt.action.startswith("label:")
    return cut_off and trace(facts, receipt) is not None


def trace(facts: Facts, receipt: Receipt) -> str | None:
    """The forge's id of what a cut-off write left behind (empty for a label); None for nothing."""
    kind, _, name = receipt.action.partition(":")
    if kind in ("comment", "tell"):
        comment = own_comment(facts, name if kind == "comment" else receipt.action)
        return str(comment.id) if comment else None
    if kind in ("carry", "copy"):
        return shows(facts, receipt)
    if kind == "retract":
        there = own_comment(facts, f"copy:{name}")
        return "" if there is None else None
    if kind == "ticket":
        return _trace_in_tracker(facts, receipt, name)
    if kind == "decision":
        return _proposed(facts, receipt)
    verb, _, label = name.partition(":")
    if kind != "label":
        return None
    inverse = f"label:{'remove' if verb == 'add' else 'add'}:{label}"
    # Counted, not timed: GitHub's seconds and ours need not agree. Of the writes that the ledger
    # knows of, one more was seen than it knows to have been made.
    seen = [
        event
        for event in facts.history
        if event.label == label and event.actor.is_self and event.added == (verb == "add")
    ]
    known = [
        one
        for one in facts.receipts
        if (one.action == receipt.action and one.state in ("applied", "undone"))
        or (one.action == inverse and one.state == "undone")
    ]
    return "" if len(seen) > len(known) else None


def _trace_in_tracker(facts: Facts, receipt: Receipt, name: str) -> str | None:
    """A link shows in our own tables, a field on the ticket."""
    verb, _, what = name.partition(":")
    linked = facts.ticket
    if linked is None:
        return None
    if verb == "set":
        after, ticket = values_of(receipt.content)[1], linked.ticket
        return linked.key if ticket and same(ticket.value(what), after) else None
    is_there = not linked.is_gone and (verb == "create" or what == linked.key)
    return linked.key if is_there else None


def _proposed(facts: Facts, receipt: Receipt) -> str | None:
    """Number and commit of a proposal that says what was to be written; empty for its end."""
    proposal = facts.log.proposal if facts.log else None
    if proposal is None or not proposal.number:
        return None
    if receipt.action == WITHDRAW:
        return "" if proposal.state == "closed" else None
    path, text, *_ = (*receipt.content.split("\n"), "")
    says = digest(proposal.files.get(path) or "") == text
    return f"{proposal.number} {proposal.head}" if receipt.action == PROPOSE and says else None
