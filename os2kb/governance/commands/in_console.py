"""What somebody asked for in the console: `/os2 undo`, without a comment to reply to.

It is noted and carried on with as a comment's commands are, under the delivery that it came as.
"""

from dataclasses import replace

from os2kb.governance.actions import Action, Undo
from os2kb.governance.commands.given.command import Command
from os2kb.governance.commands.given.unanswered import is_done, note_done
from os2kb.governance.commands.undo import undo
from os2kb.governance.facts import Asked, Facts
from os2kb.policy.policy import Policy


def number_of(delivery: int) -> int:
    """The number that it goes by where comments have their ids: those are positive."""
    return -delivery


def asked_for(facts: Facts, one: Asked, policy: Policy) -> tuple[Action, ...]:
    """What it comes to; nothing where it was done already."""
    number = number_of(one.delivery)
    if is_done(facts, number):
        return ()
    outcome = undo(Command("undo", "", number, one.by), facts, policy)
    because = f"/os2 undo ({one.by})"
    taken = (replace(act, because=because) for act in outcome.actions if isinstance(act, Undo))
    return (*taken, replace(note_done(number), because=because))
