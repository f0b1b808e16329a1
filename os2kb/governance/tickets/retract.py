"""Our public copies of comments of a ticket that are not for everybody in Jira any more.

Jira restricts a comment, or the whole ticket, after it was copied; or shows us either no longer,
which may mean the same. Its copy on GitHub is then deleted, as long as it says what we wrote. What
a person made of it is theirs; Jira's people are told that it is still there, and nobody else is.
"""

from collections.abc import Collection, Iterator, Mapping

from os2kb.backlog.as_read import TicketAsRead
from os2kb.backlog.copies import without_head
from os2kb.backlog.leaving import keeps_out
from os2kb.backlog.markup.convert import MARKDOWN, comparable
from os2kb.governance.actions import RetractCopy
from os2kb.governance.actions.carry import BECAUSE, COPY, hash_of
from os2kb.governance.facts import Comment, Facts
from os2kb.governance.tickets.linked import is_of_another
from os2kb.policy.policy import Policy


def retractions(facts: Facts, policy: Policy) -> tuple[RetractCopy, ...]:
    """The copies that are to be deleted now."""
    audience = frozenset(policy.jira.audience) if policy.jira else frozenset[str]()
    return tuple(
        RetractCopy(source, str(one.id), one.body, audience, because=BECAUSE)
        for source, one in _closed(facts, policy)
        if _is_as_we_wrote(facts, source, one)
    )


def left_public(facts: Facts, policy: Policy) -> tuple[str, ...]:
    """The ids of the ticket's comments whose copies stay, because a person edited them."""
    closed = _closed(facts, policy)
    return tuple(source for source, one in closed if not _is_as_we_wrote(facts, source, one))


def is_closed(source: str, read: TicketAsRead | None, audience: Collection[str]) -> bool:
    """Whether a comment of a ticket is not for everybody, as far as our account sees.

    Args:
        source: its id.
        read: the ticket; None for one that is not there for us any more.
        audience: the levels, groups and roles that keep nobody out.
    """
    said = next((one for one in read.comments if one.id == source), None) if read else None
    if read is None or said is None:
        return True
    return said.internal or keeps_out((said.restricted_to, read.security_level), audience)


def source_of(comment: Comment) -> str:
    """The id of the ticket's comment that this is our copy of; empty for none."""
    opening = f"<!-- os2kb:{COPY}jira:"
    body = comment.body.lstrip()
    if not comment.author.is_self or not body.startswith(opening):
        return ""
    return body.removeprefix(opening).partition(" ")[0]


def _closed(facts: Facts, policy: Policy) -> Iterator[tuple[str, Comment]]:
    """The sources, and our copies, of what is closed in Jira as far as can be told now."""
    section, linked = policy.jira, facts.ticket
    if section is None or linked is None or section.direction("comments") == "off":
        return
    if linked.read is None and (linked.is_hidden or not linked.is_gone):
        return  # it could not be read now, which tells nothing
    there = {one.id for one in linked.read.comments} if linked.read else set[str]()
    for source, one in _copies(facts).items():
        if source not in there and is_of_another(facts, f"{COPY}jira:{source}"):
            continue  # the ticket that was linked before may show it still
        if is_closed(source, linked.read, section.audience):
            yield source, one


def _copies(facts: Facts) -> Mapping[str, Comment]:
    """Source to its copy, known by its marker or, where somebody took that out, by our store."""
    kept = facts.ticket.copies.get("jira", ()) if facts.ticket else ()
    known = {one.id: one.source for one in kept}
    ours = (one for one in facts.comments if one.author.is_self)
    found = ((source_of(one) or known.get(str(one.id), ""), one) for one in ours)
    return {source: one for source, one in found if source}


def _is_as_we_wrote(facts: Facts, source: str, copy: Comment) -> bool:
    """Whether it says what some write of ours put there; without any, whether nobody edited it."""
    written = {
        one.content
        for one in facts.receipts
        if one.action == f"{COPY}jira:{source}" and one.state in ("applied", "planned")
    }
    if not written:
        return copy.updated_at <= copy.created_at
    return bool(source_of(copy)) and hash_of(without_head(comparable(copy.body, MARKDOWN))) in (
        written
    )
