"""The escalation model: what `escalation: {}` comes to, and which models are refused."""

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


def refused(section: str, rest: str = "") -> tuple[int | None, str, str]:
    """The line, counted from `escalation:`, and the message in Danish and English."""
    text = f"version: 1\n{rest}escalation:\n" + "".join(
        f"  {line}\n" for line in section.split("\n")
    )
    (problem,) = check_policy(text)
    assert problem.line is not None
    above = text[: text.index("escalation:")].count("\n")
    return problem.line - above, problem.message.da, problem.message.en


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


REFUSED = [
    (
        "severities:\n  a: {criteria: x, respond: 2d, plan: 1d}",
        3,
        "første svar (2d) har længere frist end planen (1d)",
        "first response (2d) is promised later than the plan (1d); make `respond` shorter",
    ),
    (
        "severities:\n  a: {criteria: x, respond: 48ch, fix: 1d}",
        3,
        "end rettelsen (1d); gør `respond` kortere eller `fix` længere",
        "later than the fix (1d)",
    ),
    (
        "severities: {a: {criteria: x, plan: 9h, fix: 1d}}",
        2,
        "planen (9h) har længere frist end rettelsen (1d)",
        "the plan (9h) is promised later than the fix (1d)",
    ),
    (
        "severities: {Kritisk: {criteria: x}, kritisk: {criteria: y}}",
        2,
        "To klasser hedder kritisk; giv dem hvert sit navn",
        "Two classes are called kritisk; give each its own name",
    ),
    (
        "ladder:\n  - {name: vagt, notify: ['@bo']}\n  - {name: vagt, notify: ['@ida']}",
        4,
        "To trin på stigen hedder vagt",
        "Two rungs of the ladder are called vagt",
    ),
    (
        "ladder: [{name: vagt, notify: [bo]}]",
        2,
        "Skriv hvem der skal have besked, som @login",
        "Write who is told as @login",
    ),
    (
        "ladder: [{name: vagt, notify: ['mailto:bo@os2.example?cc=ida@os2.example']}]",
        2,
        "mailto:adresse",
        "mailto:address",
    ),
    (
        "ladder: [{name: vagt, notify: ['jira:priority=Highest']}]",
        2,
        "Policyen har intet afsnit `jira`",
        "the Policy has no section `jira`; write it, or choose another recipient",
    ),
    (
        "hours: {holidays: XX}",
        2,
        "der er ingen kalender over helligdage for XX",
        "there is no calendar of public holidays for XX; write the two letters of a country",
    ),
    (
        "hours: {from: '16:00', to: '16:00'}",
        2,
        "`from` skal ligge før `to`",
        "`from` must come before `to`",
    ),
    (
        "hours: {days: [mon, tue, mon]}",
        2,
        "mon står to gange",
        "mon stands twice; write each day once",
    ),
    (
        "hours: {closed: ['12-24..01-02', 01-01]}",
        2,
        "01-01 og 12-24..01-02 overlapper (01-01); skriv dem som ét spænd",
        "01-01 and 12-24..01-02 overlap (01-01); write them as one span",
    ),
    ("hours: {closed: ['01-01..12-31']}", 2, "der er lukket hele året", "all of the year"),
    ("hours: {closed: ['02-30']}", 2, "Skriv en dag som", "Write a day as"),
    (
        "quiet_hours: {from: '07:00', to: '17:00'}",
        2,
        "dækker hele arbejdsdagen (08:00–16:00), så ingen fik besked",
        "cover the whole working day (08:00–16:00)",
    ),
    (
        "quiet_hours: {from: '20:00', to: '18:00'}",
        2,
        "dækker hele arbejdsdagen",
        "so that nobody would be told; make them shorter",
    ),
    ("quiet_hours: {from: '20:00', to: '20:00'}", 2, "samme klokkeslæt", "the same time of day"),
    (
        "matrix: {impact: a, urgency: b, classes: {Alle: {Nu: krtisk}}}",
        2,
        "klassen `krtisk` kendes ikke. Mente du `kritisk`? Klasserne er `kritisk`, `alvorlig`",
        "there is no class `krtisk`. Did you mean `kritisk`?",
    ),
    (
        "matrix:\n  impact: a\n  urgency: b\n  classes:\n"
        "    Alle: {Nu: kritisk, Senere: mindre}\n    Få: {Nu: mindre}",
        7,
        "Få mangler en klasse for Senere; skriv den ind",
        "Få has no class for Senere; write it in",
    ),
    (
        "substitutes:\n  kim: {to: bo, days: ['07-01..07-31']}\n  Bo: {to: Kim, days: ['07-15']}",
        3,
        "går i ring (kim → Bo → kim, for eksempel 07-15); lad en anden træde til",
        "go in a circle (kim → Bo → kim, for example 07-15); let someone else stand in",
    ),
    ("substitutes: {kim: {to: KIM}}", 2, "går i ring (kim → kim", "go in a circle"),
    (
        "security: {notify: ['mailto:a@os2.example'], respond: 1d}",
        2,
        "en sårbarhed kan ikke have længere frist (1d) end en fejl (2h); gør den kortere",
        "a vulnerability cannot be given more time (1d) than a fault (2h)",
    ),
    (
        "security: {notify: ['zulip:OS2demo/drift']}",
        2,
        "En sårbarhed må kun gå til en postkasse",
        "A vulnerability may only go to a mailbox; write mailto:address",
    ),
    (
        "suggest: {kritisk: [nede], mellem: [lidt]}",
        2,
        "`escalation.suggest`: klassen `mellem` kendes ikke. Klasserne er `kritisk`",
        "`escalation.suggest`: there is no class `mellem`. The classes are `kritisk`",
    ),
    ("digest: {to: ['@ida']}", 2, "hvor oversigten skal hen", "where the digest goes"),
]


@pytest.mark.parametrize(("section", "line", "da", "en"), REFUSED)
def test_an_impossible_model_is_refused_with_its_line_and_the_cure(
    section: str, line: int, da: str, en: str
) -> None:
    found, danish, english = refused(section)
    assert found == line
    assert da in danish
    assert en in english


def test_a_label_of_a_class_that_is_misspelt_is_refused_where_it_stands() -> None:
    text = "version: 1\nescalation: {}\nlabels:\n  severity:\n    krtisk: 'fejl: kritisk'\n"
    (problem,) = check_policy(text)
    assert problem.line == 5
    assert "Mente du `kritisk`?" in problem.message.da


def test_one_label_cannot_stand_for_two_classes() -> None:
    text = "version: 1\nescalation: {}\nlabels: {severity: {kritisk: Fejl, alvorlig: fejl}}"
    (problem,) = check_policy(text)
    assert "kritisk og alvorlig har samme etiket, fejl" in problem.message.da
    assert check_policy(text.replace("escalation: {}\n", "")) == ()


@pytest.mark.parametrize(
    "section",
    [
        "substitutes: {kim: {to: bo, days: ['07-01..07-14']}, bo: {to: kim, days: ['07-15']}}",
        "substitutes: {kim: {to: bo}, bo: {to: ida}}",
        "hours: {closed: ['12-24..12-31', '01-02', '06-05']}",
        "quiet_hours: {from: '17:00', to: '07:30'}",
        "severities: {a: {criteria: x, respond: 24ch, plan: 1d, fix: 2d}}",
        "severities: {a: {criteria: x, fix: 1h}}",
        "hours: {holidays: SE}",
        "digest: {day: fri, to: ['zulip:OS2demo/drift', issue, 'mailto:a@os2.example']}",
    ],
)
def test_what_only_looks_impossible_is_accepted(section: str) -> None:
    assert check_policy(f"version: 1\nescalation:\n  {section}\n") == ()


def test_what_holds_across_keys_is_asked_of_the_layers_together() -> None:
    shared = PolicyFile(
        "version: 1\nescalation: {severities: {a: {criteria: x, fix: 2d}}}", "o.yml"
    )
    longer = (
        "escalation:\n  severities:\n    a: {respond: 3d}\n  matrix:\n    classes: {x: {y: a}}\n"
    )
    (problem,) = check_policy(longer + "    impact: x\n    urgency: y\n", organisation=shared)
    assert (problem.path, problem.line) == (".github/os2kb.yml", 3)


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
