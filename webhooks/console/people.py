"""Who may see and do what in the console.

| role | sees | does |
| --- | --- | --- |
| reader | subjects, findings and deliveries of a repository | nothing |
| coordinator | the bodies of its deliveries, too | takes back, tries again |
| operator | everything | everything |

What cannot be found out now counts as no: the door stays shut where GitHub does not answer.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum
from functools import partial
from threading import Lock

from cachetools import TTLCache
from sqlalchemy import Engine

from os2kb.forges.port import Forge, ForgeError
from os2kb.governance.facts import Repository
from os2kb.governance.people import Role as Permission
from os2kb.logs import get_logger
from os2kb.products.products import Products
from os2kb.store import names

REMEMBERED = timedelta(minutes=5)
"""For so long somebody who lost a role at GitHub may still have it here."""
_MOST = 20_000
log = get_logger()


class Role(IntEnum):
    """What somebody is to a repository, the least first."""

    NONE = 0
    READER = 1
    COORDINATOR = 2
    OPERATOR = 3


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is signed in.

    Attributes:
        login: at GitHub; empty for whoever has the installation's own token.
    """

    login: str

    @property
    def name(self) -> str:
        """As they are called where we tell who did something."""
        return f"@{self.login}" if self.login else "OS2KB_CONSOLE_TOKEN"


@dataclass(slots=True)
class People:
    """Finds out what people are to repositories, and remembers it for a while.

    Args:
        forge: None where there is no access to GitHub; then only the installation's operators, by
            their own names, and its token get in.
    """

    forge: Forge | None
    products: Products
    database: Engine
    now: Callable[[], datetime]
    _known: TTLCache[tuple[str, str], int] = field(init=False)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        seconds = REMEMBERED.total_seconds()
        self._known = TTLCache(_MOST, seconds, lambda: self.now().timestamp())

    def is_operator(self, person: Person) -> bool:
        """Whether somebody sees everything."""
        return self.role_at(person, "") is Role.OPERATOR

    def role_at(self, person: Person, repository: str) -> Role:
        """What somebody is to a repository, by its full name; of none, to the installation."""
        if not person.login:
            return Role.OPERATOR
        try:
            if self._is_any(self.products.operators, person.login, ""):
                return Role.OPERATOR
            return self._role(person.login, repository)
        except ForgeError as error:
            log.warning("role_not_known", repository=repository, reason=str(error))
            return Role.NONE

    def repositories(self, person: Person) -> tuple[str, ...]:
        """The known repositories that somebody may see, in alphabetical order."""
        return tuple(one for one in self.known() if self.role_at(person, one))

    def has_a_role(self, person: Person) -> bool:
        """Whether there is anything that somebody may see; asks no further once there is."""
        every = self.known()
        return self.is_operator(person) or any(self.role_at(person, one) for one in every)

    def known(self) -> tuple[str, ...]:
        """The repositories that we ever heard of or products name, in alphabetical order."""
        entries = self.products.entries.values()
        named = (one for entry in entries for one in entry.repositories if "*" not in one)
        every = (*named, *names.repository_names(self.database))  # heard of goes before named
        return tuple(sorted({one.casefold(): one for one in every}.values()))

    def forget(self, person: Person) -> None:
        """Ask anew from now on: somebody signs in, and may have been given a role just now."""
        login = person.login.casefold()
        with self._lock:
            for key in [one for one in self._known if one[0] == login]:
                del self._known[key]

    def _role(self, login: str, repository: str) -> Role:
        product = self.products.product_of(repository) if repository else None
        if product is None or self.forge is None:
            return Role.NONE
        entry = self.products.entries.get(product)
        if entry is None or entry.console is None:
            return _by_permission(self._permission(self.forge, login, repository))
        named = Role.NONE
        if self._is_any(entry.console.coordinators, login, repository):
            named = Role.COORDINATOR
        elif self._is_any(entry.console.readers, login, repository):
            named = Role.READER
        # Who is named for the product still does not see what GitHub does not show them. Of who is
        # not, GitHub is not asked about each repository.
        if named and self._permission(self.forge, login, repository) < Permission.READ:
            return Role.NONE
        return named

    def _permission(self, forge: Forge, login: str, repository: str) -> Permission:
        found = self._remembered(login, repository, lambda: forge.role(_named(repository), login))
        return Permission(found)

    def _is_any(self, named: tuple[str, ...], login: str, repository: str) -> bool:
        return any(self._is(one.removeprefix("@"), login, repository) for one in named)

    def _is(self, name: str, login: str, repository: str) -> bool:
        """Whether a person is who is named, or belongs to them."""
        if name.casefold() == login.casefold():
            return True
        organisation, _, team = name.partition("/")
        through, forge = _named(repository or self._of(organisation)), self.forge
        if forge is None or not through.full_name:
            return False
        if team:
            belongs = partial(forge.in_team, through, name, login)
        else:
            belongs = partial(forge.in_organisation, through, organisation, login)
        return bool(self._remembered(login, f"@{name}", belongs))

    def _remembered(self, login: str, of: str, find: Callable[[], int]) -> int:
        key = login.casefold(), of.casefold()
        with self._lock:
            known = self._known.get(key)
        if known is None:
            known = int(find())
            with self._lock:
                self._known[key] = known
        return known

    def _of(self, organisation: str) -> str:
        """A repository by whose installation the organisation can be asked; empty for none."""
        owner = f"{organisation.casefold()}/"
        return next((one for one in self.known() if one.casefold().startswith(owner)), "")


def _by_permission(permission: Permission) -> Role:
    if permission >= Permission.MAINTAIN:
        return Role.COORDINATOR
    return Role.READER if permission >= Permission.TRIAGE else Role.NONE


def _named(full_name: str) -> Repository:
    """A repository of which only the name matters."""
    return Repository(0, full_name, "", True, "", ())
