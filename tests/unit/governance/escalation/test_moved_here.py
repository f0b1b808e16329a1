"""A fault that was moved here from another repository: its history begins then, as it stood."""

from dataclasses import replace
from datetime import timedelta

import pytest

from os2kb.governance.commands.given.unanswered import unanswered
from os2kb.governance.escalation.from_facts import happenings_of, standing_of
from os2kb.governance.facts import Account, Facts, TurnEvent
from os2kb.governance.ledger.marks import edited_by_a_person, stored_hash
from os2kb.governance.ledger.told import told
from tests.unit.governance.cases import IDA, SELF, START, comment, event, issue
from tests.unit.governance.escalation.at_work import KIM, Desk, fault
from tests.unit.governance.escalation.faults import POLICY

BO = Account("bo", association="MEMBER")


def turn(kind: str, minute: int, assignee: Account | None = None) -> TurnEvent:
    return TurnEvent(kind, BO, START + timedelta(minutes=minute), assignee)  # type: ignore[arg-type]


def moved(minute: int = 30, **changes: object) -> Facts:
    turns = (*changes.pop("turns", ()), turn("transferred", minute))  # type: ignore[misc]
    return issue(**{"updated_at": START + timedelta(minutes=90), **changes, "turns": turns})  # type: ignore[arg-type]


def what(facts: Facts) -> set[tuple[int, str, str]]:
    """Minute, kind and what."""
    return {
        ((one.at - START) // timedelta(minutes=1), one.kind, one.what)
        for one in happenings_of(facts, POLICY)
    }


def test_it_is_opened_here_when_it_comes_and_what_was_said_before_answers_nothing():
    facts = moved(comments=(comment("Vi ser på det", 10, BO), comment("Her er den", 40, BO)))
    assert what(facts) == {(30, "opened", ""), (40, "commented", "")}


def test_a_plan_of_the_other_product_is_none_here():
    facts = moved(turns=(turn("milestoned", 10),))
    assert what(facts) == {(30, "opened", "")}


@pytest.mark.parametrize(
    ("turns", "found"),
    [
        ((turn("assigned", 5, BO),), {(30, "assigned", "bo")}),
        ((turn("assigned", 5, BO), turn("unassigned", 6, BO)), set()),
        ((turn("closed", 5), turn("reopened", 6)), set()),
        ((turn("reopened", 6), turn("assigned", 40, BO)), {(40, "assigned", "bo")}),
    ],
)
def test_whoever_has_it_keeps_it(turns: tuple[TurnEvent, ...], found: set[tuple[int, str, str]]):
    assert what(moved(turns=turns)) - {(30, "opened", "")} == found


def test_labels_come_along_where_they_are_known_and_are_off_from_then_where_not():
    history = (
        event("blokeret", added=True, actor=BO, minute=5),
        event("afventer svar", added=True, actor=BO, minute=6),
        event("Bug", added=True, actor=BO, minute=7),
        event("Bug", added=False, actor=BO, minute=50),
    )
    facts = moved(history=history, labels=("blokeret",))
    assert what(facts) == {
        (30, "opened", ""),
        (30, "labeled", "blokeret"),
        (30, "labeled", "Bug"),
        (50, "unlabeled", "Bug"),
    }


def test_the_times_of_its_class_count_from_the_move():
    here, there = fault(), fault(turns=(turn("transferred", 30),))
    first, then = (
        standing_of(one, Desk(one).policy, START + timedelta(hours=1)) for one in (here, there)
    )
    assert (first.severity, then.severity) == ("kritisk", "kritisk")
    assert [(b.due - a.due) for a, b in zip(first.promises, then.promises, strict=True)] == [  # type: ignore[operator]
        timedelta(minutes=30)
    ] * len(first.promises)


def test_of_two_moves_the_last_one_counts():
    assert what(moved(40, turns=(turn("transferred", 10),))) == {(40, "opened", "")}


@pytest.mark.parametrize(("minute", "waits"), [(29, False), (30, False), (31, True)])
def test_commands_from_before_are_not_carried_out_again(minute: int, *, waits: bool):
    facts = moved(comments=(comment("/os2 pause", minute, KIM),))
    assert bool(unanswered(facts, START + timedelta(hours=1))) is waits


def test_whom_we_mentioned_before_is_not_told_again():
    said = "<!-- os2kb:tell:mention:1 -->\n@bo @os2demo/drift\n\nSkriv til @kim"
    facts = moved(comments=(comment(said, 10, SELF), comment(said.replace("bo", "ida"), 11, IDA)))
    assert told(facts) == {"@bo", "@os2demo/drift"}
    assert told(replace(facts, turns=())) == frozenset(), "without a move, our ledger knows"


def test_our_status_comment_that_came_along_is_ours_to_write_anew_until_a_person_edits_it():
    status = comment("<!-- os2kb:status -->\nFint", 10, SELF, edited=True)
    facts = moved(comments=(status,), written_before=frozenset({stored_hash(status.body)}))
    assert not edited_by_a_person(facts, status, "comment:status")
    said = replace(status, body=f"{status.body}, siger kim")
    assert edited_by_a_person(facts, said, "comment:status"), "also where that was before the move"
    assert edited_by_a_person(replace(facts, turns=()), status, "comment:status")
