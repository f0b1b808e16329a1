"""The world of the demo GitHub: everything there is, behind one lock.

Everything else in this package either changes it (issues, pulls, contents, checks), shows it
(shapes, pages) or lets someone in (apps, api).
"""

import threading
from collections.abc import Callable
from datetime import UTC, datetime

from os2kb.demo.github.world.app import App, Installation, Token
from os2kb.demo.github.world.codes import Code
from os2kb.demo.github.world.hooks import Hooks
from os2kb.demo.github.world.state import Account, Repository
from os2kb.demo.wire.limits import Limits
from os2kb.demo.wire.traffic import Traffic


def system_clock() -> datetime:
    """The machine's time in UTC."""
    return datetime.now(UTC)


class GitHub:
    """The whole world: who there is, what there is, and what was sent and received.

    Args:
        now: the clock of everything people see. Tokens live by the machine's clock instead,
            because client libraries compare their expiry with it.
    """

    def __init__(self, now: Callable[[], datetime] = system_clock) -> None:
        self.lock = threading.RLock()
        self.clock = now
        self.web = "http://127.0.0.1"
        self.hooks = Hooks()
        self.limits = Limits()
        self.traffic = Traffic()
        self.clear()

    def clear(self) -> None:
        """Forget everything but where we stand and where deliveries go."""
        self.hooks.clear()
        self.last_id = 1000
        self.accounts: dict[str, Account] = {}
        self.teams: dict[tuple[str, str], list[str]] = {}
        self.repositories: dict[int, Repository] = {}
        self.app: App | None = None
        self.installations: dict[int, Installation] = {}
        self.tokens: dict[str, Token] = {}
        self.codes: dict[str, Code] = {}

    @property
    def api(self) -> str:
        """Where the REST API is, as on GitHub Enterprise."""
        return f"{self.web}/api/v3"

    def now(self) -> datetime:
        """The time in whole seconds."""
        return self.clock().astimezone(UTC).replace(microsecond=0)

    def new_id(self) -> int:
        """A number nobody else has."""
        self.last_id += 1
        return self.last_id

    def account(self, login: str) -> Account | None:
        """The account of that login, in any case."""
        return self.accounts.get(login.casefold())

    def find(self, owner: str, name: str) -> Repository | None:
        """The repository of that name today."""
        wanted = f"{owner}/{name}".casefold()
        return next(
            (r for r in self.repositories.values() if r.full_name.casefold() == wanted), None
        )

    def find_renamed(self, owner: str, name: str) -> Repository | None:
        """The repository that once had that name."""
        wanted = f"{owner}/{name}".casefold()
        return next(
            (
                r
                for r in self.repositories.values()
                if any(former.casefold() == wanted for former in r.former_names)
            ),
            None,
        )

    def installation_of(self, repository: Repository) -> Installation | None:
        """The installation that covers a repository."""
        for installation in self.installations.values():
            chosen = installation.repositories
            if installation.account is repository.owner and (
                chosen is None or repository.id in chosen
            ):
                return installation
        return None
