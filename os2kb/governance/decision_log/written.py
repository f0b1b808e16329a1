"""What the ledger tells of the proposals that we wrote."""

from collections.abc import Sequence
from dataclasses import dataclass

from os2kb.governance.actions.decisions import PROPOSE
from os2kb.governance.receipts import Receipt


@dataclass(frozen=True, slots=True)
class Written:
    """What a receipt tells of a proposal as we wrote it once.

    Attributes:
        text: a digest of the decision's file.
        others: one of the other files.
        said: a digest of title and body.
        expected: the commit that the branch was at before.
        own: a digest of the decision; empty where its files hold nothing else.
        commit: the one that it was at then; empty where that was never heard.
    """

    path: str
    text: str
    others: str
    said: str
    expected: str
    own: str
    commit: str
    receipt: Receipt

    @property
    def approvable(self) -> tuple[str, ...]:
        """What whoever approves it reads: the decision, whatever else its one file holds."""
        return (self.own,) if self.own else (self.text, self.others)


def written_before(receipts: Sequence[Receipt]) -> tuple[Written, ...]:
    """Our writes of the proposal that were made, or may have been, oldest first."""
    found = (one for one in receipts if one.action == PROPOSE)
    made = [one for one in found if one.state in ("applied", "planned")]
    return tuple(_written(one) for one in made if one.content.count("\n") >= 4)


def _written(receipt: Receipt) -> Written:
    path, text, others, said, expected, own = f"{receipt.content}\n".split("\n")[:6]
    commit = receipt.reference.partition(" ")[2]
    return Written(path, text, others, said, expected, own, commit, receipt)
