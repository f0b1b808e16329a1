"""Taking back what a run over many subjects wrote, where nothing has changed since."""

from collections.abc import Iterator

from os2kb.governance.actions import Undo
from os2kb.governance.commands.in_the_way import in_the_way
from os2kb.governance.commands.undo import newest_first
from os2kb.governance.facts import Facts
from os2kb.governance.plan import Plan
from os2kb.governance.receipts import Receipt
from os2kb.modes import Mode, weaker
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy


def to_take_back(facts: Facts, run: int) -> Iterator[tuple[Receipt, Phrase | None]]:
    """The writes of a run, newest first, each with why it stays; None where it need not."""
    ours = [one for one in facts.receipts if one.run == run and one.state == "applied"]
    for one in newest_first(ours):
        yield one, in_the_way(facts, one)


def taking_back(facts: Facts, policy: Policy, mode: Mode, run: int) -> Plan:
    """A Plan that takes back what of a run can be, and does nothing else."""
    because = f"os2kb jira undo {run}"
    undone = [Undo(one, because=because) for one, why in to_take_back(facts, run) if why is None]
    bound = weaker(mode, policy.mode)
    return Plan(facts.subject, (), tuple(undone), bound, facts.language)
