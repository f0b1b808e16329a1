"""The GitHub App in the demo's world: where it is installed, and the tokens it was given."""

from dataclasses import dataclass
from datetime import datetime

from os2kb.demo.github.world.state import Account


@dataclass(slots=True)
class App:
    """The GitHub App: its bot account and the public half of its key."""

    id: int
    slug: str
    name: str
    owner: Account
    bot: Account
    public_key: str
    client_id: str
    events: tuple[str, ...]
    permissions: dict[str, str]
    created_at: datetime


@dataclass(slots=True)
class Installation:
    """The app on an account. `repositories` None means all of the account's."""

    id: int
    account: Account
    permissions: dict[str, str]
    repositories: frozenset[int] | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Token:
    """An installation token, perhaps narrowed to some repositories and permissions."""

    text: str
    installation: int
    permissions: dict[str, str]
    repositories: frozenset[int] | None
    expires_at: datetime
