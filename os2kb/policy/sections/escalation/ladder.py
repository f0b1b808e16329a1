"""`escalation.ladder` and what goes with it: who is told, instead of whom, where else."""

from typing import Annotated

from pydantic import Field

from os2kb.policy.section import Name, Section
from os2kb.policy.sections.escalation.words import (
    Day,
    Days,
    DigestPlace,
    Duration,
    Mailbox,
    Moment,
    Recipient,
)
from os2kb.policy.sections.people import Login


class Rung(Section):
    """Who is told, and when.

    Attributes:
        name: of the rung
        notify: `@login`, `@organisation/team`, `zulip:stream/topic`, `mailto:address` or
            `jira:field=value`
        when: told when this moment has passed unmet; without it, at once
        confirm: a person confirms before anyone is told
    """

    name: Name
    notify: Annotated[tuple[Recipient, ...], Field(min_length=1, max_length=50)]
    when: Moment | None = None
    confirm: bool = False


class Substitute(Section):
    """Who is told instead of somebody who is away.

    Attributes:
        to: login of whoever stands in
        days: `MM-DD` days and `MM-DD..MM-DD` spans of the absence; empty for all of the time
    """

    to: Login
    days: Annotated[tuple[Days, ...], Field(max_length=50)] = ()


class Digest(Section):
    """The weekly overview of what is late, about to be, and waiting for whom.

    Attributes:
        day: it is sent at the start of that day's working hours
        to: `zulip:stream/topic`, `mailto:address` or `issue` (one issue, edited in place)
    """

    day: Day = "mon"
    to: Annotated[tuple[DigestPlace, ...], Field(min_length=1, max_length=50)]


class PrivatePath(Section):
    """What happens to a suspected vulnerability, which never goes up the ladder.

    Attributes:
        notify: the product's mailboxes, `mailto:address`; no other way is private
        respond: no longer than any class has; left out, as soon as in any
        plan: likewise
        fix: likewise
    """

    notify: Annotated[tuple[Mailbox, ...], Field(min_length=1, max_length=50)]
    respond: Duration | None = None
    plan: Duration | None = None
    fix: Duration | None = None
