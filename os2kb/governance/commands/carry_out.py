"""Commands to Actions: what people ask for comes before what the rules find.

A comment's commands are carried out once. Our ledger notes it apart from the reply: a reply may
fail, and what a person does after a command must not be undone by carrying it out again. One that
was cut off is carried on with as it was decided.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from os2kb.governance.actions import Action, React
from os2kb.governance.commands import hold
from os2kb.governance.commands.afterwards import afterwards
from os2kb.governance.commands.decide import decide
from os2kb.governance.commands.escalate import escalate
from os2kb.governance.commands.given.command import Command
from os2kb.governance.commands.given.cut_off import rest_of
from os2kb.governance.commands.given.permission import permitted
from os2kb.governance.commands.given.unanswered import (
    begun,
    beyond_the_bound,
    is_done,
    leave_alone,
    note_done,
    unanswered,
)
from os2kb.governance.commands.in_console import asked_for
from os2kb.governance.commands.jira import jira
from os2kb.governance.commands.label import label
from os2kb.governance.commands.outcome import Outcome
from os2kb.governance.commands.severity import severity
from os2kb.governance.commands.undo import undo
from os2kb.governance.facts import Facts
from os2kb.governance.harmless.neutralise import Markdown
from os2kb.governance.ledger.traces import with_label_traces
from os2kb.governance.receipts import Receipt, next_plan
from os2kb.policy.policy import Policy

_DOES: Mapping[str, Callable[[Command, Facts, Policy], Outcome]] = {
    "label": label,
    "severity": severity,
    "escalate": escalate,
    "jira": jira,
    "decide": decide,
    "pause": hold.begin_pause,
    "resume": hold.resume,
    "ignore": hold.leave_out,
    "undo": undo,
}
"""The commands that change something; the others only ask, `recheck` for the rules' findings."""


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """What the commands that await it come to.

    Attributes:
        facts: as they will be.
        said: comment id and place in the comment to what is said of that command.
    """

    facts: Facts
    actions: tuple[Action, ...] = ()
    said: Mapping[tuple[int, int], Markdown] = field(default_factory=dict)


def carry_out(facts: Facts, policy: Policy, now: datetime, *, observing: bool) -> CarriedOut:
    """Carry out what has not been, oldest comment first, each on the facts that the last left.

    An observing bot carries nothing out, and notes what it left alone, so that nobody is
    surprised by it when the Policy says `act` one day.
    """
    plan = next_plan(facts.receipts)
    facts = with_label_traces(facts)
    cut_off = begun(facts, now)
    too_many = beyond_the_bound(facts, now)
    waiting = {written.id: commands for written, commands in unanswered(facts, now)}
    if observing:
        left = tuple(
            leave_alone(comment)
            for comment, commands in waiting.items()
            if comment not in cut_off
            and not any(one.reads and permitted(one, facts, policy) for one in commands)
        )
        left = (*left, *too_many)
        return CarriedOut(afterwards(facts, left, plan), left)
    done = CarriedOut(afterwards(facts, too_many, plan), too_many)
    gone: dict[int, tuple[Command, ...]] = dict.fromkeys(cut_off, ())  # but for those that wait
    for comment, commands in (gone | waiting).items():
        if comment in cut_off:
            done = _carry_on(done, cut_off[comment])
        done = _carry_out(done, comment, commands, policy, plan)
        plan += is_done(done.facts, comment) and not is_done(facts, comment)
    for one in facts.asked:
        actions = asked_for(done.facts, one, policy)
        done = _and_then(done, actions, plan)
        plan += bool(actions)
    return done


def _and_then(before: CarriedOut, actions: tuple[Action, ...], plan: int) -> CarriedOut:
    facts = afterwards(before.facts, actions, plan)
    return replace(before, facts=facts, actions=(*before.actions, *actions))


def _carry_on(before: CarriedOut, note: Receipt) -> CarriedOut:
    """The rest of what was cut off; its comment counts as carried out from then on."""
    return _and_then(before, tuple(rest_of(before.facts, note)), note.plan)


def _carry_out(
    before: CarriedOut, comment: int, commands: tuple[Command, ...], policy: Policy, plan: int
) -> CarriedOut:
    facts, actions, said = before.facts, list(before.actions), dict(before.said)
    once_more = not is_done(facts, comment)
    refused = [one for one in commands if one.known and not permitted(one, facts, policy)]
    for place, command in enumerate(commands):
        does = _DOES.get(command.word)
        if does is None or command in refused:
            continue
        outcome = does(command, facts, policy)
        said[comment, place] = outcome.said
        if once_more:
            actions += outcome.actions
            facts = afterwards(facts, outcome.actions, plan)
    if once_more and refused:
        actions.append(React(comment, because=refused[0].because))
    if once_more and (refused or any(one.word in _DOES for one in commands)):
        note = note_done(comment)
        actions.append(note)
        facts = afterwards(facts, (note,), plan)
    return CarriedOut(facts, tuple(actions), said)
