"""A ticket as our account reads it, in the tracker's own words. Nothing of it may leave as it is.

What GitHub may be told of it is for `os2kb.backlog.leaving` to say, and for nobody else.
"""

from dataclasses import dataclass
from datetime import datetime

from os2kb.backlog.workflow import Transition


@dataclass(frozen=True, slots=True)
class CommentAsRead:
    """A comment of a ticket.

    Attributes:
        body: in the tracker's own markup.
        author: account, as the Policy's `users` name it.
        ours: this bot wrote it.
        restricted_to: the group or role that alone may see it; empty for none.
        internal: for the agents of a Service Management project alone.
        copy_of: the mark that a copy of ours carries where people do not see it; empty for none.
    """

    id: str
    body: str
    author: str
    ours: bool
    restricted_to: str
    internal: bool
    created_at: datetime
    updated_at: datetime
    copy_of: str = ""


@dataclass(frozen=True, slots=True)
class TicketAsRead:
    """What our account sees of a ticket; empty for what it does not have.

    Attributes:
        description: in the tracker's own markup.
        status: by its name, as are resolution, type, priority and security level.
        assignee: account, as the Policy's `users` name it.
        assignee_email: where the tracker shows it.
        versions: names of the versions that are to hold the fix.
        due: a day, `2026-03-05`.
        comments: oldest first.
        transitions: what its workflow offers from where it stands.
        archived: it can be read, but not written to.
    """

    summary: str
    description: str
    status: str
    resolution: str
    type: str
    priority: str
    labels: frozenset[str]
    assignee: str
    assignee_email: str
    versions: tuple[str, ...]
    due: str
    security_level: str
    comments: tuple[CommentAsRead, ...] = ()
    transitions: tuple[Transition, ...] = ()
    archived: bool = False
