"""What somebody may see of what the store holds: each delivery and subject by its repository."""

from dataclasses import dataclass, field

from sqlalchemy import Engine

from os2kb.store import names
from os2kb.store.backlog.tickets import is_ticket, linked_with
from os2kb.store.deliveries import Delivery
from os2kb.subjects import BadSubject, Subject, parse_key
from webhooks.console.console import MISSING, Refused, Visitor
from webhooks.console.people import Role

FORGE = "github"


@dataclass(slots=True)
class Reach:
    """How far a visitor sees, while one page is made."""

    visitor: Visitor
    database: Engine
    _names: dict[tuple[str, int], str] = field(init=False)
    _roles: dict[str, Role] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._names = names.every_repository(self.database)

    @property
    def repositories(self) -> tuple[str, ...]:
        """Those that they may see, in alphabetical order."""
        return tuple(one for one in self.visitor.people.known() if self.role(one))

    def repository(self, name: str) -> str:
        """A repository by its name, in any case.

        Raises:
            Refused: 404, there is none that they may see.
        """
        found = (one for one in self.repositories if one.casefold() == name.casefold())
        if one := next(found, ""):
            return one
        raise Refused(404, MISSING)

    def role(self, repository: str) -> Role:
        """What they are to a repository, or to the installation."""
        if repository not in self._roles:
            self._roles[repository] = self.visitor.role_at(repository)
        return self._roles[repository]

    def subject(self, key: str) -> Subject | None:
        """The issue or pull request of a key, or that a ticket goes with, by its name now."""
        if is_ticket(key):
            kept = linked_with(self.database, key.partition(":")[2])
            key = kept.subject if kept else ""
        try:
            forge, repository, number = parse_key(key)
        except BadSubject:
            return None
        name = self._names.get((forge, repository))
        return Subject(repository, number, name, forge) if name else None

    def named(self, repository: str, number: int) -> Subject:
        """A subject by its name.

        Raises:
            Refused: 404, there is none that they may see.
        """
        subject = self.heard_of(repository, number)
        if subject is None or self.role(subject.repository) < Role.READER:
            raise Refused(404, MISSING)
        return subject

    def heard_of(self, repository: str, number: int) -> Subject | None:
        """A subject by its name, whoever may see it; None where nothing ever told of its home."""
        for (forge, id_), name in self._names.items():
            if name.casefold() == repository.casefold() and forge == FORGE:
                return Subject(id_, number, name)
        return None

    def role_of(self, delivery: Delivery) -> Role:
        """What they are to where a delivery came from; what belongs nowhere is for operators."""
        if not delivery.subject:
            return self.role(delivery.repository)
        subject = self.subject(delivery.subject)
        return self.role(subject.repository if subject else "")

    def sees(self, delivery: Delivery) -> bool:
        """Whether they may know of a delivery."""
        return self.role_of(delivery) >= Role.READER
