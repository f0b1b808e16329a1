"""Plans: what should be true now, as actions, and when to look again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from index.passages import Language
from os2kb.governance.actions import DONE, Action, AddLabel, RemoveLabel, TicketAction
from os2kb.governance.findings import Finding
from os2kb.governance.tickets.in_step import InStep
from os2kb.modes import Mode, weaker
from os2kb.phrases import Phrase
from os2kb.policy.problem import PolicyProblem
from os2kb.subjects import Subject

_CARRIED = ("carry:", "copy:", "retract:", "ticket:sync:", "comment:conflict")


def labels_among(actions: Iterable[Action]) -> tuple[AddLabel | RemoveLabel, ...]:
    """The actions that put a label on or take one off."""
    return tuple(one for one in actions if isinstance(one, AddLabel | RemoveLabel))


def carried_among(actions: Iterable[Action]) -> tuple[Action, ...]:
    """The actions that bring an issue and its ticket into step, or tell what is in the way."""
    return tuple(
        one for one in actions if isinstance(one, TicketAction) or one.key.startswith(_CARRIED)
    )


def numbered(actions: Iterable[Action], first: int) -> Iterator[tuple[int, Action]]:
    """Actions with the number of the Plan each belongs to; see `Receipt.plan`.

    What the commands of one comment come to is a Plan of its own, so that it does not matter
    whether several comments are read at once. The last takes along what the rules make of it.
    """
    carried_out = 0
    for action in actions:
        of_the_rules = not action.because.startswith("/os2") or action.key.startswith("comment:")
        yield first + max(carried_out - of_the_rules, 0), action
        carried_out += action.key.startswith("command:") and action.content == DONE


@dataclass(frozen=True, slots=True)
class Plan:
    """What should be true of a subject now.

    Attributes:
        mode: the weaker of the installation's and the Policy's.
        language: the subject's, for whoever shows the Plan.
        wake_at: when to look again although nothing has changed by then; None for never.
        problems: of the Policy, which then rules nothing.
        lost_labels: that the Policy names and the repository does not have.
        paused: a command said so, and nobody ended it.
        fault: how it stands as a fault, a line each, below a head; empty where it is none, or may
            not be told.
        decision: how it stands with the decision made here, likewise.
        in_step: what comes of each field of an issue that goes with a ticket, and why.
    """

    subject: Subject
    findings: tuple[Finding, ...]
    actions: tuple[Action, ...]
    mode: Mode
    language: Language
    wake_at: datetime | None = None
    problems: tuple[PolicyProblem, ...] = ()
    lost_labels: tuple[str, ...] = ()
    paused: bool = False
    fault: tuple[Phrase, ...] = ()
    decision: tuple[Phrase, ...] = ()
    in_step: InStep | None = None

    def writes(self, mode: Mode = "act") -> tuple[Action, ...]:
        """The actions that may be applied; none when off, the `asked` when observing.

        `mode` can only take away: the plan's own mode bounds it.
        """
        bound = weaker(self.mode, mode)
        if bound == "off":
            return ()
        return tuple(action for action in self.actions if bound == "act" or action.asked)
