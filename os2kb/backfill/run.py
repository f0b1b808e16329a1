"""The run: every subject of a repository, observed and decided, some at a time."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from os2kb.backfill.row import Row, row_of, unread
from os2kb.forges.port import Conversation, Forbidden, Forge, ForgeError, RateLimited
from os2kb.governance.facts import Repository
from os2kb.governance.plan import Plan
from os2kb.subjects import Subject

AT_A_TIME = 4
"""More would only queue up at the forge, which asks for few at a time."""


class Planner(Protocol):
    """Whatever makes the Plan of a subject: it looks, or looks and writes."""

    def __call__(self, subject: Subject) -> Plan:
        """The Plan."""


@dataclass(frozen=True, slots=True)
class Backfill:
    """Looks at every subject of a repository.

    Args:
        planner: what is done with each.
        wait: called with the moment the forge lets us ask again; returns when it has come.
    """

    forge: Forge
    planner: Planner
    wait: Callable[[datetime], None]

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

        def one(conversation: Conversation) -> tuple[Row, Plan | None]:
            return self._row(repository, conversation)

        pool = ThreadPoolExecutor(AT_A_TIME, thread_name_prefix="backfill")
        try:
            yield from pool.map(one, conversations)
        finally:
            pool.shutdown(cancel_futures=True)

    def _row(self, repository: Repository, one: Conversation) -> tuple[Row, Plan | None]:
        subject = Subject(repository.id, one.number, repository.full_name)
        while True:
            try:
                plan = self.planner(subject)
            except RateLimited as limited:
                self.wait(limited.until)
            except Forbidden:
                raise
            except ForgeError as error:
                return unread(str(subject), one, error.phrase), None
            else:
                return row_of(one, plan), plan
