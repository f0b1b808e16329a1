"""People and bots, and what they may do."""

from dataclasses import dataclass
from enum import IntEnum


class Role(IntEnum):
    """A person's permission on a repository, weakest first.

    https://docs.github.com/en/organizations/managing-user-access-to-your-organizations-repositories/managing-repository-roles/repository-roles-for-an-organization
    """

    NONE = 0
    READ = 1
    TRIAGE = 2
    WRITE = 3
    MAINTAIN = 4
    ADMIN = 5


@dataclass(frozen=True, slots=True)
class Account:
    """Someone who acts on the forge.

    Attributes:
        is_self: this bot's own account.
        association: to the repository, as GitHub says it (`MEMBER`, `FIRST_TIME_CONTRIBUTOR`, …);
            empty where it was not told. https://docs.github.com/en/graphql/reference/enums#commentauthorassociation
    """

    login: str
    is_bot: bool = False
    is_self: bool = False
    association: str = ""
