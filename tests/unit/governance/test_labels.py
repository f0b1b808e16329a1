"""Whose a label is."""

import pytest

from os2kb.governance.facts import LabelEvent, Linked
from os2kb.governance.ledger.labels import existing, is_held, is_ours, rule_is_held, taken_off
from os2kb.governance.receipts import Receipt
from tests.unit.governance.cases import (
    BO,
    IDA,
    OTHER_BOT,
    POLICY,
    SELF,
    event,
    issue,
    keys,
    policy,
    pull,
    receipt,
)

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
            (ADDED, REMOVED, ADDED),  # our second add is not in the history yet
            (
                event("Bug", added=True, actor=SELF, minute=1),
                event("Bug", added=False, actor=SELF, minute=2),
            ),
            True,
        ),
        ((ADDED,), (event("Bug", added=True, actor=OTHER_BOT),), False),
        # A person was faster: an old ledger says we put it on, the history says who did.
        ((ADDED,), (event("Bug", added=True, actor=IDA, minute=4),), False),
        ((ADDED,), (event("Bug", added=True, actor=IDA, minute=5),), False),
        ((ADDED,), (event("BUG", added=True, actor=IDA, minute=1),), False),
        (
            (ADDED,),  # somebody took ours off; who put it on again is not in the history yet
            (
                event("Bug", added=True, actor=SELF, minute=5),
                event("Bug", added=False, actor=IDA, minute=6),
            ),
            False,
        ),
        (
            (ADDED,),  # the forge's clock is behind ours, and steps back
            (
                event("Bug", added=True, actor=SELF, minute=-50),
                event("Bug", added=True, actor=IDA, minute=-60),
            ),
            False,
        ),
        ((ADDED,), (event("Spørgsmål", added=True, actor=IDA),), True),  # another label's event
        (
            (ADDED, receipt("label:add:Bug", state="skipped", minute=9)),  # "already there"
            (event("Bug", added=True, actor=SELF),),
            True,
        ),
        ((ADDED, REMOVED, receipt("label:add:Bug", state="skipped")), (), False),
        ((ADDED, REMOVED), (), False),
        ((REMOVED, ADDED), (), True),  # the rows' order counts, not their clock
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
        # It was put on, it is gone, and the event that took it off is not listed yet.
        ((), (event("Bug", added=True, actor=IDA),), True),
        ((), (event("Bug", added=True, actor=SELF),), True),
        ((ADDED, REMOVED), (event("Bug", added=True, actor=IDA),), True),
        ((ADDED, REMOVED), (event("Bug", added=True, actor=SELF),), False),  # we took it off
        (
            (ADDED, REMOVED, ADDED),
            (
                event("Bug", added=True, actor=SELF, minute=1),
                event("Bug", added=False, actor=SELF, minute=2),
                event("Bug", added=True, actor=SELF, minute=3),
            ),
            True,
        ),
        ((REMOVED, ADDED), (), True),  # the clock stepped back between the two
        ((receipt("label:add:Bug", minute=9), receipt("label:remove:Bug", minute=2)), (), False),
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


def test_only_an_event_or_an_undo_proves_that_somebody_took_a_label_off() -> None:
    by_ida = (event("Bug", added=True, actor=SELF), event("Bug", added=False, actor=IDA))
    assert taken_off(issue(receipts=(ADDED,), history=by_ida), "Bug")
    assert taken_off(issue(receipts=(receipt("label:add:Bug", state="undone"),)), "Bug")
    assert not taken_off(issue(receipts=(ADDED,)), "Bug")  # the read may be stale
    assert not taken_off(issue(labels=("Bug",), history=by_ida), "Bug")


def test_a_rule_whose_label_was_taken_off_is_held() -> None:
    gone = issue(receipts=(receipt("label:add:Fejl"),))
    assert rule_is_held(gone, "type-label")
    assert not rule_is_held(gone, "linked-issue")
    assert not rule_is_held(issue(labels=("Fejl",), receipts=gone.receipts), "type-label")
    ended = (*gone.receipts, receipt("label:remove:Fejl"))
    assert not rule_is_held(issue(receipts=ended), "type-label")


def test_a_label_taken_off_does_not_come_back_under_another_name() -> None:
    before_the_rename = (receipt("label:add:Fejl"),)
    taken = (event("Fejl", added=True, actor=SELF), event("Fejl", added=False, actor=BO))
    assert keys(issue()) == ["label:add:Bug"]
    assert keys(issue(receipts=before_the_rename, history=taken)) == []
    assert keys(issue(receipts=before_the_rename)) == []  # nor while the event is not listed
    needs_issue = (receipt("label:add:mangler sag", "linked-issue"),)
    assert "label:add:mangler issue" not in keys(pull(receipts=needs_issue))
    assert "label:add:mangler changelog" in keys(pull(receipts=needs_issue))


def test_a_type_that_a_person_took_off_is_not_replaced_by_another() -> None:
    wish = issue("Ønske om eksport", receipts=(ADDED,))
    assert keys(wish) == []
    assert keys(issue("Ønske om eksport", receipts=(ADDED, REMOVED))) == [
        "label:add:Udviklingsønsker"
    ]


def test_a_held_rule_also_leaves_what_else_it_put_on() -> None:
    both = issue(
        "Ønske om eksport",
        labels=("Udviklingsønsker",),
        receipts=(ADDED, receipt("label:add:Udviklingsønsker")),
    )
    assert keys(both) == []


def test_a_security_label_that_only_seems_gone_still_counts() -> None:
    facts = issue(
        "XSS i søgefeltet", receipts=(receipt("label:add:It-sikkerhed", "security-report"),)
    )
    assert keys(facts) == ["comment:security"]  # nothing is put back, and nothing is made public


def test_a_security_label_does_not_come_back_under_a_new_name() -> None:
    renamed = policy("mode: act\nlabels: {security: It-sikkerhed}")
    facts = issue(
        "XSS i søgefeltet",
        receipts=(receipt("label:add:security", "security-report"),),
        history=(
            event("security", added=True, actor=SELF),
            event("security", added=False, actor=IDA),
        ),
    )
    assert keys(facts, renamed) == []


def test_a_person_who_was_faster_keeps_the_label() -> None:
    mended = pull(
        linked=(Linked(12),),
        labels=("mangler issue", "mangler changelog"),
        receipts=(receipt("label:add:mangler issue", "linked-issue"),),
        history=(event("mangler issue", added=True, actor=BO, minute=4),),
    )
    assert "label:remove:mangler issue" not in keys(mended, POLICY)
