"""Escalation models that cannot be meant are refused, with their line and the cure."""

import pytest

from os2kb.policy.load import PolicyFile, check_policy


def refused(section: str, rest: str = "") -> tuple[int | None, str, str]:
    """The line, counted from `escalation:`, and the message in Danish and English."""
    text = f"version: 1\n{rest}escalation:\n" + "".join(
        f"  {line}\n" for line in section.split("\n")
    )
    (problem,) = check_policy(text)
    assert problem.line is not None
    above = text[: text.index("escalation:")].count("\n")
    return problem.line - above, problem.message.da, problem.message.en


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
        "To alvorsgrader hedder kritisk; giv dem hvert sit navn",
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
        "alvorsgraden `krtisk` kendes ikke. Mente du `kritisk`? Alvorsgraderne er `kritisk`, `alv",
        "there is no class `krtisk`. Did you mean `kritisk`?",
    ),
    (
        "matrix:\n  impact: a\n  urgency: b\n  classes:\n"
        "    Alle: {Nu: kritisk, Senere: mindre}\n    Få: {Nu: mindre}",
        7,
        "Få mangler en alvorsgrad for Senere; skriv den ind",
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
        "`escalation.suggest`: alvorsgraden `mellem` kendes ikke. Alvorsgraderne er `kritisk`",
        "`escalation.suggest`: there is no class `mellem`. The classes are `kritisk`",
    ),
    ("hours: {from: 8}", 2, 'Skriv et klokkeslæt som "08:00"', 'a time of day as "08:00"'),
    ("security: {notify: ['mailto:a@b.example'], respond: 2}", 2, "som 2h (arb", "as 2h (working"),
    ("quiet_hours: 17-7", 2, "nøgler og værdier: `from`, `to`", "keys and values: `from`, `to`"),
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


def test_a_priority_in_jira_is_given_to_a_class_of_the_model_and_never_without_one() -> None:
    named = "version: 1\nescalation: {}\njira:\n  project: DEMO\n  priorities: {kritsk: Highest}\n"
    (problem,) = check_policy(named)
    assert problem.line == 5
    assert "`jira.priorities`" in problem.message.en
    assert "Did you mean `kritisk`?" in problem.message.en
    assert check_policy(named.replace("kritsk", "kritisk")) == ()
    (problem,) = check_policy(named.replace("escalation: {}\n", ""))
    assert "has no escalation model, and so no classes; write `escalation: {}`" in str(
        problem.message.en
    )


@pytest.mark.parametrize(
    ("field", "accepted"),
    [
        ("jira:priority=Highest", True),
        ("jira:Antal brugere=3", True),
        ("jira:Ændret af=os2kb", True),
        ("jira:=Highest", False),
        ("jira:priority=", False),
        ("jira:1=2", False),
        ("jira:priority", False),
    ],
)
def test_a_field_in_jira_is_named_as_people_call_it(field: str, accepted: bool) -> None:
    ladder = f"  ladder: [{{name: vagt, notify: ['{field}']}}]\n"
    policy = f"version: 1\njira: {{project: DEMO}}\nescalation:\n{ladder}"
    assert (check_policy(policy) == ()) is accepted
