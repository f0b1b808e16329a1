"""Whose a label is."""

import pytest

from os2kb.governance.facts import LabelEvent
from os2kb.governance.labels import existing, is_held, is_ours
from os2kb.governance.receipts import Receipt
from tests.unit.governance.cases import IDA, OTHER_BOT, SELF, event, issue, receipt

ADDED = receipt("label:add:Bug", minute=5)
REMOVED = receipt("label:remove:Bug", minute=6)


@pytest.mark.parametrize(
    ("receipts", "history", "ours"),
    [
        ((), (), False),
        ((), (event("Bug", added=True, actor=SELF),), False),  # the ledger proves, not the history
        ((ADDED,), (), True),
        ((ADDED,), (event("Bug", added=True, actor=SELF),), True),
        ((ADDED,), (event("bug", added=True, actor=SELF),), True),
        ((ADDED,), (event("Bug", added=True, actor=IDA, minute=9),), False),
        (
            (ADDED,),
            (
                event("Bug", added=True, actor=SELF),
                event("Bug", added=False, actor=IDA, minute=7),
                event("Bug", added=True, actor=IDA, minute=8),
            ),
            False,
        ),
        (
            (ADDED,),  # our own event is not in the history yet
            (
                event("Bug", added=True, actor=IDA, minute=1),
                event("Bug", added=False, actor=SELF, minute=2),
            ),
            True,
        ),
        ((ADDED, REMOVED), (), False),
        ((REMOVED, ADDED), (), False),  # rows may come in any order
        ((receipt("label:add:Bug", state="skipped"),), (), False),
        ((receipt("label:add:Bug", state="planned"),), (), False),
        ((receipt("label:add:Bug", state="undone"),), (), False),
    ],
)
def test_a_label_is_ours_where_the_ledger_proves_it(
    receipts: tuple[Receipt, ...], history: tuple[LabelEvent, ...], ours: bool
) -> None:
    assert is_ours(issue(labels=("Bug",), receipts=receipts, history=history), "Bug") is ours


@pytest.mark.parametrize(
    ("receipts", "history", "held"),
    [
        ((), (), False),
        ((), (event("Bug", added=False, actor=IDA),), True),
        ((), (event("Bug", added=False, actor=OTHER_BOT),), True),  # no quarrel with other bots
        ((), (event("Bug", added=False, actor=SELF),), False),
        ((ADDED,), (), True),  # the history lags, and the label is gone
        ((ADDED, REMOVED), (), False),
        ((receipt("label:add:Bug", state="undone"),), (), True),
        ((receipt("label:add:Bug", state="skipped"),), (), False),
        (
            (ADDED, REMOVED),
            (
                event("Bug", added=True, actor=SELF, minute=5),
                event("Bug", added=False, actor=SELF, minute=6),
            ),
            False,
        ),
        (
            (),  # taken off long ago, and by us since
            (
                event("Bug", added=False, actor=IDA, minute=1),
                event("Bug", added=True, actor=IDA, minute=2),
                event("Bug", added=False, actor=SELF, minute=3),
            ),
            False,
        ),
    ],
)
def test_a_label_that_was_taken_off_stays_off(
    receipts: tuple[Receipt, ...], history: tuple[LabelEvent, ...], held: bool
) -> None:
    assert is_held(issue(receipts=receipts, history=history), "Bug") is held


def test_a_label_that_is_on_is_held_by_nobody() -> None:
    facts = issue(labels=("Bug",), history=(event("Bug", added=False, actor=IDA),))
    assert not is_held(facts, "Bug")


def test_labels_are_the_repositorys_own_in_its_own_spelling() -> None:
    assert existing(issue(), "bug") == "Bug"
    assert existing(issue(), "Haster") is None
    assert existing(issue(), None) is None
