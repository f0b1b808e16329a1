"""Which pairs changed since a moment, told by both sides in a read for each hundred changes.

A search of Jira's may not know yet of what changed a moment ago. So what a delivery told of lately
counts, too; and whoever looked at the pairs asks once more afterwards.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine

from os2kb.forges.port import Forge, ForgeError, RateLimited, Unavailable
from os2kb.governance.tickets.ticket import project_of
from os2kb.logs import get_logger
from os2kb.store import names
from os2kb.store.backlog.pairs import Pair, every_pair
from os2kb.store.backlog.tickets import TRACKER
from os2kb.store.deliveries import heard_of
from os2kb.subjects import parse_key
from os2kb.trackers.port import Tracker, TrackerError, TrackerUnavailable

INDEX_LAG = timedelta(minutes=10)
"""By then a search knows of a change, as far as anybody has seen."""

log = get_logger()


@dataclass(frozen=True, slots=True)
class Changes:
    """Asks both sides what changed.

    Args:
        now: of asking.
    """

    forge: Forge
    tracker: Tracker
    database: Engine
    now: datetime

    def since(self, moment: datetime, project: str = "") -> tuple[Pair, ...]:
        """The pairs of which either side changed, in the order of their subjects' keys.

        Those of a project or a repository that cannot be asked are among them: a look tells why.

        Args:
            moment: since when.
            project: only of tickets of this project; empty for all.

        Raises:
            RateLimited, Unavailable: the forge gives nothing now.
            TrackerUnavailable: nor does the tracker.
        """
        every = [one for some in every_pair(self.database, project) for one in some]
        changed = {one.subject for one in self._by_ticket(every, moment)}
        rest = [one for one in every if one.subject not in changed]
        changed |= {one.subject for one in self._by_issue(rest, moment)}
        return tuple(one for one in every if one.subject in changed)

    def _by_ticket(self, pairs: list[Pair], moment: datetime) -> Iterator[Pair]:
        lately = max(moment, self.now - INDEX_LAG)
        heard = heard_of(self.database, TRACKER, lately)
        of_project: dict[str, list[Pair]] = defaultdict(list)
        for one in pairs:
            of_project[project_of(one.key)].append(one)
        for project, some in of_project.items():
            try:
                ids = frozenset(self._ids(project, moment))
            except TrackerUnavailable:
                raise
            except TrackerError as error:
                log.warning("project_not_searched", project=project, reason=str(error))
                yield from some
                continue
            yield from (one for one in some if one.id in ids or f"{TRACKER}:{one.id}" in heard)

    def _ids(self, project: str, moment: datetime) -> Iterator[str]:
        following = ""
        while True:
            page = self.tracker.changed(project, moment, following)
            yield from page.ids
            following = page.following
            if not following:
                return

    def _by_issue(self, pairs: list[Pair], moment: datetime) -> Iterator[Pair]:
        of_repository: dict[tuple[str, int], list[tuple[int, Pair]]] = defaultdict(list)
        for one in pairs:
            forge, repository_id, number = parse_key(one.subject)
            of_repository[forge, repository_id].append((number, one))
        for (forge, repository_id), some in of_repository.items():
            name = names.repository_name(self.database, forge, repository_id) or ""
            try:
                repository = self.forge.scene(name).repository
                found = self.forge.conversations(repository, moment)
                numbers = frozenset(one.number for one in found)
            except (RateLimited, Unavailable):
                raise
            except ForgeError as error:
                log.warning("repository_not_listed", repository=name, reason=str(error))
                yield from (pair for _, pair in some)
                continue
            yield from (pair for number, pair in some if number in numbers)
