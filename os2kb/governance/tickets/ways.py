"""How a ticket's status is carried: through its workflow, or why it is not."""

from collections.abc import Iterator
from dataclasses import replace

from os2kb.backlog.merge import Merged
from os2kb.backlog.obstacles import nothing_leads, same_status
from os2kb.backlog.sides import Value
from os2kb.backlog.workflow import RESOLUTION, Way, way
from os2kb.governance.actions import Carry
from os2kb.governance.tickets.in_step import FieldInStep
from os2kb.governance.tickets.pair import Pair
from os2kb.policy.sections.jira import Jira, State


def through_workflow(pair: Pair, one: Merged, carry: Carry) -> Carry | FieldInStep:
    """The write with its steps, or what stands in the way."""
    found = _way(pair, carry.value)
    if found.steps and not found.obstacles:
        return replace(carry, put=found.to, steps=found.steps)
    (first, *_) = found.obstacles or (nothing_leads(),)
    outside = first.outside(_named(pair.section))
    return FieldInStep(one, "no-way", first.whole, outside=outside)


def _way(pair: Pair, value: Value) -> Way:
    """Jira tells statuses that mean several states apart by the resolution."""
    read, section = pair.jira.read, pair.section
    state: State = next(one for one in pair.jira.words.statuses if one == value)
    given = dict(section.required)
    if resolution := section.resolutions.get(state):
        given[RESOLUTION] = resolution
    workflow = {read.status: read.transitions, **pair.linked.workflow}
    found = way(workflow, read.status, pair.jira.words.goals(state), given, leaving=True)
    told = [step.fields[RESOLUTION] for step in found.steps if RESOLUTION in step.fields]
    comes_to = pair.jira.words.state(found.to, (told or [read.resolution])[-1])
    if found.steps and comes_to != state:
        return replace(found, obstacles=(*found.obstacles, same_status(found.to)))
    return found


def _named(section: Jira) -> Iterator[str]:
    """The words of a workflow that the Policy itself has, and `Resolution`, which is ours."""
    for statuses in section.statuses.values():
        yield from statuses
    yield from (*section.required, *section.resolutions.values(), RESOLUTION)
