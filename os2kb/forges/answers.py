"""What people asked and answered on a forge, as far as answers are looked for."""

import re
from dataclasses import dataclass
from datetime import datetime

from os2kb.governance.facts import Account

_MEMBERS = frozenset({"OWNER", "MEMBER", "COLLABORATOR"})
_COMMAND = re.compile(r"^/os2\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Reply:
    """A comment, with what tells whether it is an answer.

    Attributes:
        association: what its author is to the repository, in GitHub's word.
        thumbs_up: how many people found it good.
    """

    id: int
    author: Account
    body: str
    created_at: datetime
    association: str
    thumbs_up: int = 0

    @property
    def by_member(self) -> bool:
        """Whether a person wrote it who belongs to the repository."""
        return not self.author.is_bot and self.association in _MEMBERS

    @property
    def is_command(self) -> bool:
        """Whether it speaks to us rather than to people."""
        return bool(_COMMAND.search(self.body))


@dataclass(frozen=True, slots=True)
class Discussion:
    """A discussion in which an answer was marked. `category` is its name, `slug` its short one."""

    number: int
    title: str
    body: str
    updated_at: datetime
    category: str
    slug: str
    labels: tuple[str, ...]
    answer: Reply
