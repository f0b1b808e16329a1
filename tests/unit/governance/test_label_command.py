"""`/os2 label`: what a person chooses stands."""

from dataclasses import replace

import pytest
from hypothesis import example
from hypothesis import given as drawn
from hypothesis import strategies as st

from os2kb.governance.actions import AddLabel
from os2kb.governance.commands.given.command import Command
from os2kb.governance.commands.hold import leave_out
from os2kb.governance.commands.label import label
from os2kb.governance.facts import Linked
from tests.unit.governance.asked import SEVERE, after, effects, given, said
from tests.unit.governance.cases import (
    BO,
    IDA,
    POLICY,
    event,
    issue,
    keys,
    pull,
    receipt,
)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Bug fordi det er en fejl", "Bug"),
        ("`bug`, fordi det er en fejl", "Bug"),
        ("mangler issue, hemmeligt", "mangler issue"),
    ],
)
def test_a_reason_may_follow_and_is_not_repeated(text: str, named: str) -> None:
    asked = given(f"/os2 label {text}")
    assert effects(asked) == [f"label:add:{named}"]
    assert said(asked) == f"Etiketten `{named}` er på, og den lader jeg være."


@example("`\u00a0`")
@drawn(st.text())
def test_whatever_is_written_no_label_is_made(text: str) -> None:
    for word, does in (("label", label), ("ignore", leave_out)):
        outcome = does(Command(word, text, 30, "kim"), issue("Eksport"), POLICY)
        added = {one.label for one in outcome.actions if isinstance(one, AddLabel)}
        assert added <= set(issue().repository.labels)


@pytest.mark.parametrize("text", ["Bug: kritisk", "Bugs", "Det er en Bug", "Bugfordi"])
def test_what_only_looks_like_a_label_is_none(text: str) -> None:
    assert effects(given(f"/os2 label {text}")) == []


def test_the_longest_label_that_the_text_begins_with_is_meant() -> None:
    facts = issue("Eksport", repository=replace(issue().repository, labels=("Bug", "Bug: hård")))
    assert effects(given("/os2 label bug: hård fordi", facts)) == ["label:add:Bug: hård"]


@pytest.mark.parametrize("text", ["Spørgsmål", "spørgsmål", "`Spørgsmål`", '"Spørgsmål"'])
def test_a_label_that_exists_is_put_on(text: str) -> None:
    asked = given(f"/os2 label {text}")
    assert effects(asked) == ["label:add:Spørgsmål"]
    assert said(asked) == "Etiketten `Spørgsmål` er på, og den lader jeg være."


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("wontfix", "Etiketten `wontfix` sætter jeg aldrig; det gør et menneske."),
        ("Spørgsmaal fordi det er et", "Mente du `Spørgsmål`?"),
        ("Spørgsmaal", "jeg laver ingen nye. Mente du `Spørgsmål`?"),
        ("hemmeligt 010203-1234", "Repositoriet har ingen etiket med det navn"),
        ("", "Skriv etikettens navn efter"),
    ],
)
def test_no_other_label_is(text: str, reply: str) -> None:
    asked = given(f"/os2 label {text}")
    assert effects(asked) == []
    assert reply in said(asked)
    assert "010203" not in said(asked)


def test_a_chosen_type_replaces_the_one_that_the_rules_put_on() -> None:
    ours = issue(labels=("Bug",), receipts=(receipt("label:add:Bug"),))
    assert after("/os2 label Spørgsmål", ours).labels == ("Spørgsmål",)


def test_a_chosen_type_stands_beside_a_persons() -> None:
    theirs = issue(labels=("Bug",), history=(event("Bug", added=True, actor=IDA),))
    assert after("/os2 label Spørgsmål", theirs).labels == ("Bug", "Spørgsmål")


def test_no_rule_takes_a_chosen_label_off() -> None:
    mended = replace(after("/os2 label mangler issue", pull()), linked=(Linked(12),))
    assert "mangler issue" in mended.labels
    assert keys(mended) == ["comment:status"]
    confirmed = issue(labels=("Bug",), receipts=(receipt("label:add:Bug"),))
    renamed = replace(after("/os2 label Bug", confirmed), title="Ønske om eksport")
    assert keys(renamed) == []  # it was ours, until a person said that it is right


def test_a_command_puts_on_what_a_person_took_off_and_a_person_can_take_it_off_again() -> None:
    off = issue(history=(event("Bug", added=False, actor=BO),))
    on = after("/os2 label Bug", off)
    assert on.labels == ("Bug",)
    again = replace(on, labels=(), history=(*on.history, event("Bug", added=False, actor=BO)))
    assert keys(again) == []


@pytest.mark.parametrize("text", ["/os2 label Bug", "/os2 severity kritisk"])
def test_what_a_person_took_off_after_they_wrote_stays_off_where_we_are_late(text: str) -> None:
    label = "Bug" if "label" in text else "fejl: kritisk"
    labels = (*issue().repository.labels, "fejl: kritisk")
    asked = given(text, issue(repository=replace(issue().repository, labels=labels)))
    off = event(label, added=False, actor=BO, minute=40)
    late = replace(asked, history=(event(label, added=True, actor=BO, minute=35), off))
    assert effects(asked, SEVERE) == [f"label:add:{label}"]
    assert effects(late, SEVERE) == []
    assert "er taget af igen, siden det blev skrevet" in said(late, by=SEVERE)
    earlier = replace(asked, history=(replace(off, at=asked.comments[-1].created_at),))
    assert effects(earlier, SEVERE) == [f"label:add:{label}"]
