"""The weekly overview: what is late, what soon will be, and whose ball it is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from os2kb.governance.escalation.digest import Digest, Watched, digest, next_at, sent_at
from os2kb.governance.escalation.happenings import Happening
from os2kb.policy.load import load_policy
from os2kb.policy.policy import Policy
from os2kb.policy.sections.escalation import Escalation
from tests.unit.governance.escalation.faults import MODEL, at, did, stands

POLICY = load_policy(
    MODEL.replace(
        "people:",
        '  digest: {day: mon, to: ["mailto:kim@os2demo.example"]}\npeople:',
    )
)
NOW = "2026-05-18T08:00"  # a Monday; the 14th was Ascension Day, the 25th is Whit Monday


def model(policy: Policy = POLICY) -> Escalation:
    assert policy.escalation is not None
    return policy.escalation


def fault(number: int, *happened: Happening, title: str = "Alle skærme er sorte") -> Watched:
    return Watched(
        f"os2demo/os2demo#{number}",
        f"https://a.example/{number}",
        title,
        stands(NOW, *happened),
        model(),
    )


def told(*watched: Watched) -> Digest:
    return digest(watched, "OS2demo", at(NOW), "da")


LATE = fault(1, did("2026-05-11T09:00", "ida", "opened", "kritisk"))
SOON = fault(
    2,
    did("2026-05-07T09:00", "ida", "opened", "alvorlig"),
    did("2026-05-07T10:00", "bo", "commented"),
    did("2026-05-07T10:01", "kim", "milestoned", "2.1"),
)
WAITS = fault(
    3,
    did("2026-05-15T09:00", "ida", "opened", "alvorlig"),
    did("2026-05-15T09:30", "bo", "labeled", "afventer svar"),
    did("2026-05-15T09:31", "bo", "commented"),
)
FAR = fault(
    4,
    did("2026-05-18T07:59", "ida", "opened", "mindre"),
    did("2026-05-18T07:59", "bo", "commented"),
)


def test_each_fault_stands_once_where_it_matters_most():
    assert (
        told(WAITS, FAR, SOON, LATE).text
        == """\
Bolden ligger hos: os (2), Kommunen (1)

Overskredet (1)

- kritisk · os2demo/os2demo#1 “Alle skærme er sorte”
Fristen for svar var mandag den 11. maj kl. 11.00. Fristen for plan var tirsdag den 12. maj kl. \
9.00. Fristen for rettelse var fredag den 15. maj kl. 9.00. Bolden er hos os. Trinnet \
styregruppe venter på, at nogen skriver /os2 escalate.
https://a.example/1

Frist inden for 5 arbejdsdage (1)

- alvorlig · os2demo/os2demo#2 “Alle skærme er sorte”
Fristen for rettelse er fredag den 22. maj kl. 9.00. Bolden er hos os.
https://a.example/2

Venter på andre (1)

- alvorlig · os2demo/os2demo#3 “Alle skærme er sorte”
Melderen skylder svar (Kommunen).
https://a.example/3"""
    )


def test_what_was_due_before_the_model_held_is_not_late():
    def since(day: str) -> Watched:
        return replace(LATE, model=model().model_copy(update={"since": day}))

    assert "Fristen for rettelse var" in told(since("2026-05-15")).text
    assert "Fristen for plan var" not in told(since("2026-05-15")).text
    assert told(since("2026-05-16")).count == 0


def test_it_can_be_told_in_english():
    said = digest([LATE], "OS2demo", at(NOW), "en")
    assert said.subject == "This week's faults: OS2demo"
    assert "The answer was due Monday 11 May at 11:00" in said.text


@pytest.mark.parametrize(
    "nothing",
    [
        fault(5, did("2026-05-11T09:00", "ida", "opened")),
        fault(
            6,
            did("2026-05-11T09:00", "ida", "opened", "kritisk"),
            did("2026-05-12T09:00", "bo", "closed"),
        ),
        fault(
            7,
            did("2026-05-11T09:00", "ida", "opened", "kritisk"),
            did("2026-05-11T09:01", "os2kb[bot]", "labeled", "It-sikkerhed"),
        ),
        fault(
            8,
            did("2026-05-11T09:00", "ida", "opened", "kritisk"),
            did("2026-05-17T09:01", "bo", "labeled", "It-sikkerhed"),
        ),
        FAR,
    ],
    ids=["no class", "closed", "vulnerability", "vulnerability at last", "far ahead"],
)
def test_of_what_is_not_due_or_not_for_everybody_it_says_nothing(nothing: Watched):
    assert (told(nothing).count, told(nothing)) == (0, told())
    assert told(nothing).text == (
        "Ingen fejl med en alvorsgrad er over tiden, tæt på fristen eller venter på andre."
    )


def test_a_title_is_one_line_without_what_may_not_be_told():
    text = told(
        replace(LATE, title="Fejl\nhttps://evil.dk\r\n- CPR 010203-1234 \u202e" + "x" * 5_000)
    ).text
    assert "- kritisk · os2demo/os2demo#1 “Fejl https://evil.dk - CPR ██████-████ xx" in text
    assert max(map(len, text.split("\n"))) < 400


def test_a_title_that_is_not_for_all_is_left_out():
    assert "- kritisk · os2demo/os2demo#1\n" in told(replace(LATE, title="")).text


def test_many_faults_are_counted_and_the_worst_are_named():
    many = told(*(replace(LATE, name=f"a/b#{number}") for number in range(500)))
    assert many.count == 500
    assert "Overskredet (500)" in many.text
    assert "… og 475 mere" in many.text
    assert len(many.text) < 10_000


@pytest.mark.parametrize(
    ("moment", "last", "coming"),
    [
        ("2026-05-18T08:00", "2026-05-18T08:00", "2026-05-25T08:00"),
        ("2026-05-18T07:59", "2026-05-11T08:00", "2026-05-18T08:00"),
        ("2026-05-20T12:00", "2026-05-18T08:00", "2026-05-25T08:00"),
        ("2026-03-29T12:00", "2026-03-23T08:00", "2026-03-30T08:00"),  # summer time begins
        ("2026-10-25T12:00", "2026-10-19T08:00", "2026-10-26T08:00"),  # and ends
    ],
)
def test_it_is_due_when_work_begins_on_its_day(moment: str, last: str, coming: str):
    assert sent_at(model(), at(moment)) == at(last)
    assert next_at(model(), at(moment)) == at(coming)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)))  # noqa: DTZ001
@example(datetime(2036, 10, 20, 6))  # the week in which summer time ends  # noqa: DTZ001
@example(datetime(2036, 3, 24, 7))  # noqa: DTZ001
def test_there_is_one_a_week_whenever_one_looks(moment: datetime):
    moment = moment.replace(tzinfo=UTC)
    last, coming = sent_at(model(), moment), next_at(model(), moment)
    assert last is not None
    assert coming is not None
    assert last <= moment < coming
    assert abs(coming - last - timedelta(days=7)) <= timedelta(hours=1)
    assert sent_at(model(), coming) == coming


def test_without_a_digest_none_is_due():
    without = model(load_policy(MODEL))
    assert sent_at(without, at(NOW)) is None
    assert next_at(without, at(NOW)) is None
