"""The run: every subject of a repository, observed and decided, some at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from os2kb.backfill.row import Row, row_of, unread
from os2kb.forges.port import Conversation, Forge, ForgeError
from os2kb.forges.several import Wait, each_read
from os2kb.governance.facts import Repository
from os2kb.governance.plan import Plan
from os2kb.subjects import Subject


class Planner(Protocol):
    """Whatever makes the Plan of a subject: it looks, or looks and writes."""

    def __call__(self, subject: Subject) -> Plan:
        """The Plan."""


@dataclass(frozen=True, slots=True)
class Backfill:
    """Looks at every subject of a repository.

    Args:
        planner: what is done with each.
        wait: for the forge.
    """

    forge: Forge
    planner: Planner
    wait: Wait

    def conversations(
        self, repository: Repository, since: datetime | None
    ) -> tuple[Conversation, ...]:
        """What there is to look at; one read for each hundred."""
        return tuple(self.forge.conversations(repository, since))

    def rows(
        self, repository: Repository, conversations: Sequence[Conversation]
    ) -> Iterator[tuple[Row, Plan | None]]:
        """Each subject and its Plan, in order; None for the Plan of one that cannot be read.

        Raises:
            NotOurs: the repository is none of our business.
            Forbidden: we lack a permission, which holds for all of them.
        """

        def subject(one: Conversation) -> Subject:
            return Subject(repository.id, one.number, repository.full_name)

        found = each_read(conversations, lambda one: self.planner(subject(one)), self.wait)
        for one, plan in found:
            if isinstance(plan, ForgeError):
                yield unread(str(subject(one)), one, plan.phrase), None
            else:
                yield row_of(one, plan), plan
