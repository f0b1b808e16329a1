"""Who can be told something: a person, a team, a stream, a mailbox or a field in Jira.

Written as `@login`, `@organisation/team`, `zulip:stream/topic`, `mailto:address` and
`jira:field=value`.
"""

import re
from typing import Literal

RungName = Literal[
    "leverandør", "produktkoordinator", "koordinationsgruppe", "styregruppe", "sekretariat"
]
"""The rungs of the default ladder, lowest first."""

_PERSON = r"@[\w-]+"
_TEAM = r"@(?P<organisation>[\w-]+)/[\w.-]+"
_STREAM = r"zulip:[^/\s][^/\n]*(?:/[^\n]+)?"
_MAILBOX = r"mailto:[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_FIELD = r"jira:[^\W\d_][\w .-]*=\S[^\n]*"
_ANY = re.compile(f"{_PERSON}|{_TEAM}|{_STREAM}|{_MAILBOX}|{_FIELD}")
_TEAM_ALONE = re.compile(_TEAM)


def is_recipient(text: str) -> bool:
    """Whether a text names somebody in one of the five ways."""
    return _ANY.fullmatch(text) is not None


def is_mailbox(text: str) -> bool:
    """Whether it is `mailto:` and one address, without anything that adds another."""
    return text.startswith("mailto:") and is_recipient(text)


def organisation_of(recipient: str) -> str | None:
    """The organisation whose team it is; None for what is no team."""
    team = _TEAM_ALONE.fullmatch(recipient)
    return team["organisation"] if team else None
