"""From what the forge and our ledger tell to what happened."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os2kb.governance.escalation.from_facts import (
    class_in_form,
    happenings_of,
    may_have_class,
)
from os2kb.governance.escalation.happenings import Happening
from os2kb.governance.escalation.standing import Standing, standing
from os2kb.governance.facts import Account, Comment, Facts, LabelEvent, TurnEvent
from os2kb.governance.reading.forms import Form, FormField
from os2kb.governance.receipts import Receipt
from os2kb.policy.load import load_policy
from tests.examples import examples
from tests.unit.governance.cases import IDA, SELF, START, comment, event, issue, receipt
from tests.unit.governance.escalation.faults import MODEL, POLICY

BO = Account("bo", association="MEMBER")
FORM = "### Severity\n\nkritisk\n\n### Hvad skete der?\n\nIntet"


def what(facts: Facts) -> list[tuple[int, str, str, str]]:
    """Minute, kind, side and what, in order."""
    found = sorted(happenings_of(facts, POLICY), key=lambda one: one.at)
    return [
        ((one.at - START) // timedelta(minutes=1), one.kind, one.side, one.what) for one in found
    ]


def stands(facts: Facts, minutes: int = 60) -> Standing:
    return standing(happenings_of(facts, POLICY), POLICY, START + timedelta(minutes=minutes))


def turn(kind: str, minute: int, actor: Account = BO, assignee: Account | None = None) -> TurnEvent:
    return TurnEvent(kind, actor, START + timedelta(minutes=minute), assignee)  # type: ignore[arg-type]


def test_a_subject_is_opened_by_its_reporter_with_what_its_form_says():
    assert what(issue(body=FORM)) == [(0, "opened", "reporter", "kritisk")]
    assert what(issue(author=SELF)) == [(0, "opened", "bot", "")]


def test_comments_count_as_of_when_they_were_written_and_not_where_they_only_give_commands():
    facts = issue(
        comments=(
            comment("Vi ser på det", 10, BO, edited=True),
            comment("/os2 severity mindre\n\n/os2 label Bug", 11, BO),
            comment("Tak.\n/os2 label Bug", 12, BO),
            comment("Hej", 13, IDA),
            comment("Hej", 14, SELF),
            comment("Hej", 15, Account("anden")),
        )
    )
    assert what(facts)[1:] == [
        (10, "commented", "us", ""),
        (12, "commented", "us", ""),
        (13, "commented", "reporter", ""),
        (14, "commented", "bot", ""),
        (15, "commented", "outside", ""),
    ]


def test_a_comment_that_is_edited_later_moves_nothing():
    first = issue(body=FORM, comments=(comment("Vi ser på det", 10, BO),))
    edited = replace(first.comments[0], body="/os2 help", updated_at=START + timedelta(days=9))
    assert stands(replace(first, comments=(edited,)), 600) == stands(first, 600)


def test_labels_and_turns_are_told_with_who_did_it():
    facts = issue(
        history=(
            event("Bug", added=True, actor=IDA),
            event("Bug", added=False, actor=SELF, minute=6),
        ),
        turns=(
            turn("assigned", 7, BO, IDA),
            turn("assigned", 8, BO, SELF),
            turn("milestoned", 9),
            turn("closed", 10),
            turn("reopened", 11, SELF),
        ),
    )
    assert what(facts)[1:] == [
        (5, "labeled", "reporter", "Bug"),
        (6, "unlabeled", "bot", "Bug"),
        (7, "assigned", "us", "ida"),
        (8, "assigned", "us", "os2kb[bot]"),
        (9, "milestoned", "us", ""),
        (10, "closed", "us", ""),
        (11, "reopened", "bot", ""),
    ]
    assert [one.to_person for one in happenings_of(facts, POLICY) if one.kind == "assigned"] == [
        True,
        False,
    ]


def test_a_label_that_we_put_on_because_a_person_said_so_is_a_persons():
    facts = issue(
        labels=("Planlagt",),
        history=(event("Planlagt", added=True, actor=SELF),),
        receipts=(receipt("label:add:Planlagt", "/os2 label"),),
    )
    assert what(facts)[1:] == [(5, "labeled", "outside", "Planlagt")]
    by_rule = replace(facts, receipts=(receipt("label:add:Planlagt", "type-label"),))
    assert what(by_rule)[1:] == [(5, "labeled", "bot", "Planlagt")]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (issue(labels=("Bug",)), [(0, "labeled", "outside", "Bug")]),
        (
            issue(
                history=(event("Bug", added=True, actor=IDA),),
                updated_at=START + timedelta(hours=1),
            ),
            [(5, "labeled", "reporter", "Bug"), (60, "unlabeled", "outside", "Bug")],
        ),
        (
            issue(labels=("bug",), history=(event("Bug", added=False, actor=IDA),)),
            [(5, "labeled", "outside", "bug"), (5, "unlabeled", "reporter", "Bug")],
        ),
        (
            issue(open=False, updated_at=START + timedelta(hours=1)),
            [(60, "closed", "outside", "")],
        ),
        (
            issue(turns=(turn("closed", 10),)),
            [(10, "closed", "us", ""), (10, "reopened", "outside", "")],
        ),
    ],
)
def test_what_the_events_lack_or_contradict_is_made_good(
    facts: Facts, expected: list[tuple[int, str, str, str]]
):
    assert sorted(what(facts)[1:]) == expected


def test_a_label_that_was_put_on_and_taken_off_in_one_second_is_off():
    on, off = (event("fejl: kritisk", added=added, actor=BO, minute=5) for added in (True, False))
    assert stands(issue(history=(on, off))).severity is None
    assert stands(issue(history=(on,), updated_at=on.at)).severity is None
    assert stands(issue(history=(off, on), labels=("fejl: kritisk",))).severity == "kritisk"


def test_commands_count_as_of_when_they_were_written_and_only_as_our_ledger_has_them():
    facts = issue(
        body=FORM,
        comments=(comment("/os2 pause", 20, BO), comment("/os2 resume", 30, IDA)),
        receipts=(
            receipt("command:20", "/os2", minute=25, content="done", plan=1),
            receipt("hold:pause", "/os2 pause", minute=25, content="on", plan=1),
            receipt("hold:pause", "/os2 pause", minute=40, content="off"),
            receipt("hold:pause", "/os2 pause", "undone", minute=41, content="on"),
            receipt("hold:label:fejl: mindre", "/os2 severity", minute=50, content="on"),
            receipt("hold:label:bug", "/os2 label", minute=50, content="on"),
            receipt("hold:escalate", "/os2 escalate", minute=55, content="77"),
        ),
    )
    assert what(facts)[1:] == [
        (20, "pause", "outside", ""),
        (40, "resume", "outside", ""),
        (50, "severity", "outside", "mindre"),
        (55, "escalate", "outside", ""),
    ]
    assert (stands(facts).severity, stands(facts).source) == ("mindre", "command")


@pytest.mark.parametrize(
    ("model", "body", "says"),
    [
        ("", FORM, "kritisk"),
        ("", FORM.replace("kritisk", "_No response_"), ""),
        ("", "Alt er kritisk", ""),  # words in a text do not decide
        ("field: grad\n", "### Hvor slemt er det?\n\nMindre", "mindre"),  # by the field's id
        ("field: alvorsgrad\n", "### Alvorsgrad (vælg en)\n\nalvorlig", "alvorlig"),
        (
            "matrix: {impact: Hvem, urgency: Hvor meget, classes: {alle: {helt: kritisk}}}\n",
            "### Hvem\n\nAlle\n\n### Hvor meget\n\nHelt",
            "kritisk",
        ),
        (
            "matrix: {impact: Hvem, urgency: Hvor meget, classes: {alle: {helt: kritisk}}}\n",
            "### Hvem\n\nAlle\n\n### Hvor meget\n\nLidt",
            "",
        ),
    ],
)
def test_what_a_form_says_of_the_class(model: str, body: str, says: str):
    policy = load_policy(
        MODEL.replace("escalation:\n", f"escalation:\n  {model}" if model else "escalation:\n")
    )
    form = Form("fejl.yml", "Fejl", (FormField("Hvor slemt er det?", required=True, id="grad"),))
    assert class_in_form(issue(body=body, forms=(form,)), policy) == says


moments = st.integers(-100, 100_000).map(lambda n: START + timedelta(minutes=n))
accounts = st.sampled_from((IDA, BO, SELF, Account("ghost"), Account("")))
texts = st.sampled_from(
    ("", "\0", "\ud800", "/os2 pause", "æøå 🌳", "### Severity\n\nkritisk", "\u202e")
)
labels = st.sampled_from(
    ("fejl: kritisk", "Fejl: Mindre", "afventer svar", "blokeret", "\ud800", "")
)
everything = st.builds(
    issue,
    body=texts,
    author=accounts,
    open=st.booleans(),
    labels=st.lists(labels, max_size=3).map(tuple),
    created_at=moments,
    updated_at=moments,
    history=st.lists(
        st.builds(LabelEvent, labels, st.booleans(), accounts, moments), max_size=4
    ).map(tuple),
    turns=st.lists(
        st.builds(
            TurnEvent,
            st.sampled_from(("closed", "reopened", "assigned", "unassigned", "milestoned")),
            accounts,
            moments,
            st.one_of(st.none(), accounts),
        ),
        max_size=4,
    ).map(tuple),
    comments=st.lists(
        st.builds(Comment, st.integers(1, 9), accounts, texts, moments, moments, st.just("")),
        max_size=4,
    ).map(tuple),
    receipts=st.lists(
        st.builds(
            Receipt,
            st.sampled_from(
                (
                    "hold:pause",
                    "command:3",
                    "command:²",
                    "hold:escalate",
                    "hold:label:fejl: kritisk",
                )
            ),
            st.sampled_from(("applied", "undone", "planned")),
            st.sampled_from(("/os2 severity", "/os2 pause")),
            moments,
            st.sampled_from(("on", "off", "done")),
            plan=st.integers(0, 2),
        ),
        max_size=4,
    ).map(tuple),
)


@examples(30)
@given(everything, moments)
def test_whatever_the_facts_say_there_is_a_standing(facts: Facts, moment: object):
    found = happenings_of(facts, POLICY)
    assert all(isinstance(one, Happening) for one in found)
    one = standing(found, POLICY, moment)  # type: ignore[arg-type]
    assert one.elapsed >= timedelta(0)


@examples(60)
@given(everything)
def test_nothing_is_of_a_class_that_could_not_be_of_one_before_its_history_was_read(facts: Facts):
    found = happenings_of(facts, POLICY)
    last = max(one.at for one in found)
    known_before = replace(facts, history=(), turns=(), comments=())
    assert may_have_class(known_before, POLICY) or standing(found, POLICY, last).severity is None
