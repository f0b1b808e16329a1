"""What is kept of a repository's past: no text, nothing delicate, and only while it holds."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from os2kb.escalation.kept import BadPast, Kept, read_kept, write_kept
from os2kb.governance.escalation.from_facts import happenings_of
from os2kb.governance.facts import Account, Facts, TurnEvent
from tests.unit.governance.cases import IDA, START, comment, event, issue
from tests.unit.governance.escalation.faults import POLICY

LATER = START + timedelta(days=1)
BO = Account("bo", association="MEMBER")
TALKED = issue(
    labels=("Bug",),
    comments=(
        comment("Vi ser på det 48151623", 10, BO),
        comment("/os2 decide Vi gør det 48151623", 20, BO),
        comment("/os2 help\n", 30, BO, edited=True),
    ),
    history=(event("Bug", added=True, actor=IDA),),
    turns=(TurnEvent("assigned", BO, START, IDA),),
)


def kept_of(facts: Facts, folder: Path) -> Kept:
    kept = Kept("ida")
    kept.put(facts, LATER)
    write_kept(folder / "101.json", kept)
    return read_kept(folder / "101.json", "ida")


def test_what_is_read_back_makes_the_same_history_and_holds_no_text(tmp_path: Path):
    found = kept_of(TALKED, tmp_path).of(TALKED.subject.number, TALKED.updated_at)
    assert found is not None
    again = replace(TALKED, comments=found.comments, history=found.history, turns=found.turns)
    assert set(happenings_of(again, POLICY)) == set(happenings_of(TALKED, POLICY))
    assert "48151623" not in (tmp_path / "101.json").read_text("utf-8")
    assert [one.name for one in tmp_path.iterdir()] == ["101.json"]


def test_what_changed_since_is_read_anew(tmp_path: Path):
    kept = kept_of(TALKED, tmp_path)
    assert kept.of(TALKED.subject.number, LATER) is None
    assert kept.of(999, TALKED.updated_at) is None


def test_what_may_be_a_vulnerability_or_changed_just_now_is_not_kept():
    kept = Kept("ida")
    kept.put(replace(TALKED, body="Jeg har fundet en sårbarhed i login."), LATER)
    assert kept.issues == {}
    kept.put(TALKED, TALKED.updated_at + timedelta(seconds=30))
    assert kept.issues == {}
    kept.put(TALKED, LATER)
    assert list(kept.issues) == [TALKED.subject.number]
    # And what turned out to be one is forgotten.
    kept.put(replace(TALKED, body="Jeg har fundet en sårbarhed i login."), LATER)
    assert kept.issues == {}


def test_what_another_account_saw_is_not_taken_for_what_this_one_sees(tmp_path: Path):
    kept_of(TALKED, tmp_path)
    assert read_kept(tmp_path / "101.json", "kim") == Kept("kim")


def test_without_a_file_nothing_is_known(tmp_path: Path):
    assert read_kept(tmp_path / "102.json", "ida") == Kept("ida")


@pytest.mark.parametrize("text", ["", "[]", "{", '{"ida": {"issues": {"x": 1}}}', "\0"])
def test_a_file_that_keeps_something_else_is_refused_with_the_cure(text: str, tmp_path: Path):
    file = tmp_path / "101.json"
    file.write_text(text, "utf-8")
    with pytest.raises(BadPast, match="delete it, or choose another folder"):
        read_kept(file, "ida")
