"""A way through a ticket's workflow, or what stands in it.

Jira tells the transitions from where a ticket stands, each with the fields of its screen:
https://developer.atlassian.com/cloud/jira/platform/rest/v2/api-group-issues/#api-rest-api-2-issue-issueidorkey-transitions-get
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush

from os2kb.backlog.obstacles import Obstacle, lacks_field, lacks_right, no_way


@dataclass(frozen=True, slots=True)
class Transition:
    """A step that a workflow knows.

    Attributes:
        to: the name of the status that it leads to.
        required: fields that its screen asks for, by their names.
        allowed: whether our account may take it.
        resolves: its screen has the resolution, which may be given though it is not asked for: what
            a ticket has of it may be from the last time that it was closed.
    """

    id: str
    name: str
    to: str
    required: tuple[str, ...] = ()
    allowed: bool = True
    resolves: bool = False


RESOLUTION = "Resolution"
"""What the Policy calls that field, whatever Jira's language."""
Workflow = Mapping[str, Sequence[Transition]]
"""Status to the transitions from it, as far as they are known."""


@dataclass(frozen=True, slots=True)
class Step:
    """A transition to take, with what its screen asks for."""

    transition: Transition
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Way:
    """How a ticket gets to a status.

    Attributes:
        steps: in order; none where it is there, or where there is no way.
        to: where they lead; empty where there is no way.
        obstacles: what stands in it, each with its cure; with any, nothing is to be done.
    """

    steps: tuple[Step, ...] = ()
    to: str = ""
    obstacles: tuple[Obstacle, ...] = ()


def met_by(
    known: Workflow, status: str, offered: Sequence[Transition], has: Callable[[str], object]
) -> Workflow:
    """A workflow as one ticket meets it.

    Args:
        known: as other tickets of its kind have shown it.
        status: where it stands.
        offered: what it is offered there. What others were offered, and it is not, it may not take.
        has: whether it has a value of a field, which no screen then asks for.
    """
    own = status.casefold()

    def asked(step: Transition) -> Transition:
        return replace(step, required=tuple(name for name in step.required if not has(name)))

    seen = {
        step.id: step for one, steps in known.items() if one.casefold() == own for step in steps
    }
    there = {step.id for step in offered}
    here = (replace(seen.get(step.id, step), allowed=step.allowed) for step in offered)
    others = (replace(step, allowed=False) for id_, step in seen.items() if id_ not in there)
    elsewhere = {
        one: tuple(map(asked, steps)) for one, steps in known.items() if one.casefold() != own
    }
    return {**elsewhere, status: tuple(map(asked, (*here, *others)))}


def unseen(workflow: Workflow, start: str, seen: Collection[str]) -> str | None:
    """The nearest status that can be reached, and of which nobody has looked what leads on."""
    known = {status.casefold(): steps for status, steps in workflow.items()}
    looked = {one.casefold() for one in seen}
    ahead, met = [start], {start.casefold()}
    for status in ahead:  # which grows meanwhile
        if status.casefold() not in looked:
            return status
        for step in known.get(status.casefold(), ()):
            if step.to.casefold() not in met:
                met.add(step.to.casefold())
                ahead.append(step.to)
    return None


def way(
    workflow: Workflow,
    start: str,
    goals: Sequence[str],
    given: Mapping[str, str],
    *,
    leaving: bool = False,
) -> Way:
    """The way with the fewest obstacles, and of these the shortest.

    Args:
        workflow: status to the transitions from it, as far as they are known; names of statuses in
            any case.
        start: the status of the ticket.
        goals: statuses that would do, the one that is wanted most first.
        given: field to the value that the Policy gives it, where a transition asks.
        leaving: it is to go away first where it stands in such a status, and come back.
    """
    known = {status.casefold(): steps for status, steps in workflow.items()}
    filled = {name.casefold(): value for name, value in given.items()}
    wanted = {goal.casefold(): rank for rank, goal in reversed(list(enumerate(goals)))}
    # Obstacles, steps, the wish it fulfils, and a number that settles the rest.
    heap: list[tuple[int, int, int, int, str, tuple[Transition, ...]]] = [(0, 0, 0, 0, start, ())]
    seen: set[str] = set()
    number = 0
    while heap:
        _, _, _, _, status, taken = heappop(heap)
        if status.casefold() in wanted and (taken or not leaving):
            return _way(taken, status, filled)
        if status.casefold() in seen:
            continue
        seen.add(status.casefold())
        for step in known.get(status.casefold(), ()):
            number += 1
            after = (*taken, step)
            obstacles = sum(len(_obstacles(one, filled)) for one in after)
            rank = wanted.get(step.to.casefold(), len(wanted))
            heappush(heap, (obstacles, len(after), rank, number, step.to, after))
    return Way(obstacles=(no_way(start, goals),))


def _way(taken: tuple[Transition, ...], status: str, given: Mapping[str, str]) -> Way:
    obstacles = tuple(obstacle for step in taken for obstacle in _obstacles(step, given))
    return Way(tuple(Step(one, _fields(one, given)) for one in taken), status, obstacles)


def _fields(step: Transition, given: Mapping[str, str]) -> Mapping[str, str]:
    names = (*step.required, *((RESOLUTION,) if step.resolves else ()))
    return {name: given[name.casefold()] for name in names if given.get(name.casefold())}


def _obstacles(step: Transition, given: Mapping[str, str]) -> list[Obstacle]:
    found = [
        lacks_field(step.name, name) for name in step.required if not given.get(name.casefold())
    ]
    return [*found, *([] if step.allowed else [lacks_right(step.name, step.to)])]
