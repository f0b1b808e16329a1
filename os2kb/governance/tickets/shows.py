"""Whether what we wrote to keep both sides in step shows there now."""

from os2kb.backlog.copies import without_head
from os2kb.backlog.markup.convert import MARKDOWN, comparable, wiki
from os2kb.backlog.sides import Words, state_of
from os2kb.backlog.workflow import Way, way
from os2kb.governance.actions.carry import CARRY, COPY, Carried, hash_of, place_of
from os2kb.governance.facts import Facts
from os2kb.governance.ledger.marks import carries, same_text
from os2kb.governance.receipts import Receipt


def shows(facts: Facts, receipt: Receipt) -> str | None:
    """What was written to, or the id of the comment that was written; None where it shows not."""
    if receipt.action.startswith(COPY):
        return _copy(facts, receipt.action)
    if not receipt.action.startswith(CARRY) or facts.ticket is None:
        return None
    carried = Carried.read(receipt.content)
    return facts.ticket.id if stands(facts, receipt, carried.put, carried.expects) else None


def stands(facts: Facts, receipt: Receipt, put: Words, instead_of: Words) -> bool:
    """Whether a side says something of a field now, in its own words.

    Of several values, whether those are there that were put on, and those gone that were not.
    """
    side, field = place_of(receipt.action)
    if not isinstance(put, str):
        now = _several(facts, side, field)
        wanted, gone = frozenset(put), frozenset(instead_of) - frozenset(put)
        return now is not None and wanted - frozenset(instead_of) <= now and not gone & now
    return same_text(_one(facts, side, field) or "", put)


def copy_stands(facts: Facts, receipt: Receipt) -> bool:
    """Whether a copy says what we wrote: who edited it since would lose that with the copy."""
    mark, found = receipt.action, _copy(facts, receipt.action)
    here = [comparable(one.body, MARKDOWN) for one in facts.comments if carries(mark, one.body)]
    read = facts.ticket.read if facts.ticket else None
    said = (one for one in (read.comments if read else ()) if one.id == found)
    texts = [*here, *(comparable(one.body, wiki()) for one in said if one.copy_of == mark)]
    return any(hash_of(without_head(one)) == receipt.content for one in texts)


def way_back(facts: Facts, receipt: Receipt) -> Way:
    """The steps that take a ticket's status back; none for what is no status, or is back."""
    read = facts.ticket.read if facts.ticket else None
    if place_of(receipt.action) != ("jira", "status") or facts.ticket is None or read is None:
        return Way()
    before = str(Carried.read(receipt.content).expects)
    workflow = {read.status: read.transitions, **facts.ticket.workflow}
    return way(workflow, read.status, (before,), {})


def _one(facts: Facts, side: str, field: str) -> str | None:
    read = facts.ticket.read if facts.ticket else None
    if side == "github":
        return {
            "title": facts.title,
            "description": facts.body,
            "status": state_of(is_open=facts.open, reason=facts.state_reason),
            "fixVersion": facts.milestone,
            "assignee": next(iter(facts.assignees), ""),
        }.get(field)
    if read is None:
        return None
    return {
        "title": read.summary,
        "description": read.description,
        "status": read.status,
        "type": read.type,
        "severity": read.priority,
        "assignee": read.assignee,
        "fixVersion": next(iter(read.versions), ""),
    }.get(field)


def _several(facts: Facts, side: str, field: str) -> frozenset[str] | None:
    if side == "github":
        return frozenset(facts.labels)
    read = facts.ticket.read if facts.ticket else None
    return read.labels if read and field == "labels" else None


def _copy(facts: Facts, mark: str) -> str | None:
    read = facts.ticket.read if facts.ticket else None
    here = (one for one in facts.comments if one.author.is_self and carries(mark, one.body))
    there = (one for one in (read.comments if read else ()) if one.ours and one.copy_of == mark)
    return next(iter((*(str(one.id) for one in here), *(one.id for one in there))), None)
