"""Reading ahead: many issues and their tickets in few reads, given out one by one afterwards.

Whoever observes asks as it always does, so that a pair is looked at in a sweep as it is at any
other time. What could not be read with the others is asked for alone, and tells by itself why.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, cast

from os2kb.forges.port import (
    Conversation,
    Forge,
    ForgeError,
    History,
    RateLimited,
    Unavailable,
    WholeIssue,
)
from os2kb.forges.scene import Scene
from os2kb.governance.facts import Comment, Repository
from os2kb.governance.tickets.ticket import Ticket
from os2kb.observe.observe import Observer
from os2kb.subjects import Subject
from os2kb.trackers.port import Read, Tracker


class ForgeAhead:
    """A forge, of which some repositories and issues are known; it is asked for all else."""

    def __init__(
        self,
        forge: Forge,
        scenes: Mapping[str, Scene],
        issues: Mapping[tuple[int, int], WholeIssue],
    ) -> None:
        self._forge, self._scenes, self._issues = forge, scenes, issues

    def __getattr__(self, name: str) -> Any:
        return getattr(self._forge, name)

    def scene(self, full_name: str, number: int = 0) -> Scene:
        """The repository; of what is not known to be an issue the forge tells."""
        known = self._scenes.get(full_name)
        if known is not None and (known.repository.id, number) in self._issues:
            return known
        return self._forge.scene(full_name, number)

    def conversation(self, repository: Repository, number: int) -> Conversation:
        """The issue of that number."""
        known = self._issues.get((repository.id, number))
        return known.conversation if known else self._forge.conversation(repository, number)

    def comments(self, repository: Repository, number: int) -> tuple[Comment, ...]:
        """Its comments."""
        known = self._issues.get((repository.id, number))
        return known.comments if known else self._forge.comments(repository, number)

    def history(self, repository: Repository, number: int) -> History:
        """What was done to it."""
        known = self._issues.get((repository.id, number))
        return known.history if known else self._forge.history(repository, number)


class TrackerAhead:
    """A tracker, of which some tickets are known by their ids; it is asked for all else."""

    def __init__(self, tracker: Tracker, tickets: Mapping[str, Read]) -> None:
        self._tracker, self._tickets = tracker, tickets

    def __getattr__(self, name: str) -> Any:
        return getattr(self._tracker, name)

    def ticket(self, name: str) -> Ticket:
        """The ticket of that key or id."""
        known = self._tickets.get(name)
        return known.ticket if known else self._tracker.ticket(name)

    def read(self, name: str) -> Read:
        """The ticket, and what our account sees of it."""
        known = self._tickets.get(name)
        return known if known else self._tracker.read(name)


def read_ahead(observer: Observer, pairs: Mapping[Subject, str]) -> Observer:
    """An observer that knows some pairs already.

    Args:
        observer: the one that reads.
        pairs: subject to the id of its ticket; empty for none.

    Raises:
        RateLimited, Unavailable: the forge gives nothing now.
        TrackerError: nor does the tracker.
    """
    forge = _forge_ahead(observer.forge, pairs)
    tickets, tracker = observer.tickets, observer.tickets.tracker
    ids = tuple(filter(None, pairs.values()))
    if tracker is not None and ids:
        known = TrackerAhead(tracker, tracker.read_many(ids))
        tickets = replace(tickets, tracker=cast("Tracker", known))
    # They pass on by name what they do not know of, which no checker of types can see.
    return replace(observer, forge=cast("Forge", forge), tickets=tickets)


def _forge_ahead(forge: Forge, subjects: Iterable[Subject]) -> ForgeAhead:
    of_repository: dict[tuple[str, int], list[int]] = defaultdict(list)
    for one in subjects:
        of_repository[one.repository, one.repository_id].append(one.number)
    scenes: dict[str, Scene] = {}
    issues: dict[tuple[int, int], WholeIssue] = {}
    for (full_name, id_), numbers in of_repository.items():
        try:
            scene = forge.scene(full_name)
            if scene.repository.id != id_:
                continue
            found = forge.whole_issues(scene.repository, numbers)
        except (RateLimited, Unavailable):
            raise
        except ForgeError:
            continue
        scenes[full_name] = scene
        issues |= {(id_, number): whole for number, whole in found.items()}
    return ForgeAhead(forge, scenes, issues)
