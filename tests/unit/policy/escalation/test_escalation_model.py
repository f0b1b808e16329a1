"""The escalation model: what `escalation: {}` comes to, and whom it reaches."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os2kb.policy.escalation.lengths import length
from os2kb.policy.escalation.stand_in import told_on
from os2kb.policy.grants import Grant
from os2kb.policy.load import PolicyFile, check_policy, load_policy, read_policy
from os2kb.policy.sections.escalation import MOMENTS, Escalation, Hours, days_in

PEOPLE = """\
people:
  organisations: {Leverandør A/S: [bo], Kommunen: [ida]}
  suppliers: [Leverandør A/S]
  coordinators: [kim]
"""


GRANT = Grant(
    "os2demo",
    repositories=("OS2demo/os2demo",),
    chat=("OS2demo/styregruppe",),
    mailboxes=("sikkerhed@os2.example",),
    teams=(("koordinationsgruppe", ("@os2demo/koordination",)), ("styregruppe", ())),
)


def model(text: str, rest: str = "") -> Escalation:
    found = load_policy(f"version: 1\n{rest}escalation: {text}\n").escalation
    assert found is not None
    return found


def test_two_brackets_are_a_whole_model_that_is_a_proposal() -> None:
    whole = model("{}")
    assert whole.status == "forslag"
    assert list(whole.severities) == ["kritisk", "alvorlig", "betydende", "mindre"]
    for severity in whole.severities.values():
        assert severity.criteria
        lengths = [length(getattr(severity, moment) or "", whole.hours) for moment in MOMENTS]
        assert lengths == sorted(lengths)


def test_the_default_ladder_has_the_rungs_whose_people_are_known_and_no_others() -> None:
    assert model("{}").ladder == ()
    known = model("{}", PEOPLE).ladder
    assert [(rung.name, rung.notify, rung.when) for rung in known] == [
        ("leverandør", ("@bo",), None),
        ("produktkoordinator", ("@kim",), "respond"),
    ]
    text = PolicyFile("version: 1\nescalation: {}\npeople: {coordinators: [kim]}")
    granted = read_policy(text, None, GRANT).policy.escalation
    assert granted is not None
    assert [(rung.name, rung.notify) for rung in granted.ladder] == [
        ("produktkoordinator", ("@kim",)),
        ("koordinationsgruppe", ("@os2demo/koordination",)),
    ]


def test_the_steering_group_and_the_secretariat_are_asked_for_by_a_person() -> None:
    teams = (("sekretariat", ("@ida",)), ("styregruppe", ("@bo",)), ("leverandør", ("@kim",)))
    text = PolicyFile("version: 1\nescalation: {}")
    found = read_policy(text, None, Grant("os2demo", teams=teams)).policy.escalation
    assert found is not None
    assert [(rung.name, rung.confirm) for rung in found.ladder] == [
        ("leverandør", False),
        ("styregruppe", True),
        ("sekretariat", True),
    ]


def test_a_ladder_that_is_written_stands_as_it_is() -> None:
    written = model("{ladder: [{name: vagt, notify: ['@ida']}]}", PEOPLE)
    assert [rung.name for rung in written.ladder] == ["vagt"]


def test_a_matrix_gives_the_class_of_two_answers_in_any_case() -> None:
    matrix = model(
        "{matrix: {impact: Hvem rammer det?, urgency: Kan I arbejde?,"
        " classes: {Alle: {Nej: kritisk, Delvist: alvorlig}, Få: {Nej: mindre, Delvist: mindre}}}}"
    ).matrix
    assert matrix is not None
    assert matrix.gives("alle", " NEJ ") == "kritisk"
    assert matrix.gives("Få", "Delvist") == "mindre"
    assert matrix.gives("Få", "Ved ikke") is None
    assert matrix.gives("Ingen", "Nej") is None


@pytest.mark.parametrize(
    ("recipient", "allowed"),
    [
        ("@os2demo/drift", True),
        ("@OS2Demo/drift", True),
        ("@os2mo/drift", False),
        ("@ida", True),
        ("mailto:Sikkerhed@os2.example", True),
        ("mailto:andre@os2.example", False),
        ("zulip:OS2demo/styregruppe", True),
        ("zulip:OS2demo", False),
    ],
)
def test_a_rung_reaches_nobody_beyond_its_product(recipient: str, allowed: bool) -> None:
    text = f"version: 1\nescalation:\n  ladder:\n    - {{name: a, notify: ['{recipient}']}}\n"
    problems = check_policy(text, grant=GRANT)
    assert (problems == ()) is allowed
    assert [one.line for one in problems] == ([] if allowed else [4])


def test_a_team_that_github_would_not_tell_is_named_with_the_cure() -> None:
    text = "version: 1\nescalation: {ladder: [{name: a, notify: ['@os2mo/drift']}]}"
    (problem,) = check_policy(text, grant=GRANT)
    assert "@os2mo/drift er ikke et team i en organisation" in problem.message.da
    assert "name people as @login" in problem.message.en


@pytest.mark.parametrize(
    ("span", "first", "last", "count"),
    [
        ("12-24", "12-24", "12-24", 1),
        ("12-24..01-02", "12-24", "01-02", 10),
        ("02-28..03-01", "02-28", "03-01", 3),
        ("01-01..12-31", "01-01", "12-31", 366),
    ],
)
def test_a_span_of_days_may_cross_the_turn_of_the_year(
    span: str, first: str, last: str, count: int
) -> None:
    days = days_in(span)
    assert (days[0], days[-1], len(days), len(set(days))) == (first, last, count, count)


def test_public_holidays_count_where_a_model_says_so() -> None:
    assert model("{}").hours.holidays == "DK"
    assert model("{hours: {holidays: false}}").hours.holidays is None


def test_hours_at_work_and_on_the_clock_are_compared_over_a_week() -> None:
    week = Hours()
    assert length("40h", week) == length("5d", week) == length("168ch", week) == 168
    assert length("1d", week) < length("34ch", week)


DURATIONS = st.none() | st.builds(
    "{}{}".format, st.integers(1, 200), st.sampled_from(["h", "d", "ch"])
)


DAYS = st.dates().map("{:%m-%d}".format)
SPANS = st.builds("{}..{}".format, DAYS, DAYS) | DAYS
LOGINS = st.sampled_from(["kim", "bo", "ida"])
MODELS = st.fixed_dictionaries(
    {},
    optional={
        "severities": st.dictionaries(
            st.sampled_from(["kritisk", "alvorlig", "mindre", "fejl"]),
            st.fixed_dictionaries(
                {"criteria": st.just("x")},
                optional={"respond": DURATIONS, "plan": DURATIONS, "fix": DURATIONS},
            ),
            min_size=1,
        ),
        "substitutes": st.dictionaries(
            LOGINS, st.fixed_dictionaries({"to": LOGINS, "days": st.lists(SPANS, max_size=2)})
        ),
        "hours": st.fixed_dictionaries({}, optional={"closed": st.lists(SPANS, max_size=2)}),
    },
)


@given(MODELS, st.dates())
def test_any_model_that_is_accepted_can_be_computed_with(model: object, day: date) -> None:
    """Its promises stand in order, a day is left to work on, and somebody is there to be told."""
    text = json.dumps({"version": 1, "escalation": model})
    if problems := check_policy(text):
        assert all(one.line and one.message.da and one.message.en for one in problems)
        return
    found = load_policy(text).escalation
    assert found is not None
    for severity in found.severities.values():
        promised = [getattr(severity, moment) for moment in MOMENTS]
        lengths = [length(one, found.hours) for one in promised if one]
        assert lengths == sorted(lengths)
    assert len({one for span in found.hours.closed for one in days_in(span)}) < 366
    (told,) = told_on(day, ("@kim",), found)
    absence = found.substitutes.get(told.removeprefix("@"))
    away = {one for span in absence.days for one in days_in(span)} if absence else set()
    assert absence is None or (absence.days and f"{day:%m-%d}" not in away)


def test_who_is_away_is_stood_in_for_and_nobody_is_told_twice() -> None:
    absent = model(
        "{substitutes: {kim: {to: bo, days: ['07-01..07-31']}, bo: {to: ida, days: ['07-15']}}}"
    )
    everybody = ("@Kim", "@bo", "@os2demo/drift", "zulip:kim")
    assert told_on(date(2026, 6, 30), everybody, absent) == everybody
    assert told_on(date(2026, 7, 1), everybody, absent) == ("@bo", "@os2demo/drift", "zulip:kim")
    assert told_on(date(2026, 7, 15), everybody, absent) == ("@ida", "@os2demo/drift", "zulip:kim")
