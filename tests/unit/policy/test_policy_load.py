"""What a Policy file may say, and what its writer is told when it says something else."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from os2kb.policy.document import read_document
from os2kb.policy.load import check_policy, load_policy
from os2kb.policy.problem import BadPolicy
from tests.unit.policy.problems import told

WHOLE = """\
version: 1
mode: observe
product: os2display
language: da
labels:
  type: {bug: Bug, feature: Udviklingsønsker, documentation: Dokumentation, question: Spørgsmål}
  severity: {kritisk: "fejl: kritisk", alvorlig: "fejl: alvorlig"}
  status: {needs-info: afventer svar, needs-issue: mangler issue}
  security: It-sikkerhed
guidelines:
  source: docs/CONTRIBUTING.md
  rules:
    linked-issue: required
    title: {level: advise, pattern: '^\\[\\d+\\]: \\S', max_length: 69}
    branch-name: {level: required, patterns: ["feature/*", "hotfix/*", "release/*"]}
    target-branch: {level: required, allow: {"feature/*": develop, "hotfix/*": main}}
escalation:
  status: forslag
  hours: {timezone: Europe/Copenhagen, days: [mon, tue, wed, thu, fri], from: "08:00", to: "16:00",
          holidays: DK, closed: ["12-24..12-31"]}
  severities:
    kritisk: {criteria: "Ingen kan bruge løsningen", respond: 2h, plan: 1d, fix: 3d}
  ladder:
    - {name: leverandør, notify: ["@os2display/maintainers"]}
    - {name: produktkoordinator, notify: ["@kim"], when: respond}
    - {name: styregruppe, notify: ["zulip:OS2display/styregruppe"], when: fix, confirm: true}
decisions: {repository: os2display/beslutninger, path: beslutninger, format: files}
jira:
  project: DISPLAY
  fields: {title: github-to-jira, status: both, comments: off}
  public: [status, fixVersion]
knowledge: {sources: [{path: docs, visibility: public}]}
people: {organisations: {Aarhus Kommune: [bo], Leverandør A/S: [kim]}, coordinators: [kim]}
quiet: true
commands: {ask: anyone, label: triage, decide: ["@os2display/koordination"], undo: maintain}
"""


def test_a_whole_policy_is_understood() -> None:
    policy = load_policy(WHOLE)
    assert policy.guidelines.rules.linked_issue.level == "required"
    assert policy.guidelines.rules.title.max_length == 69
    assert policy.labels.of("status.needs-issue") == "mangler issue"
    assert policy.labels.of("type.bug") == "Bug"
    assert policy.labels.of("severity.kritisk") == "fejl: kritisk"
    assert policy.labels.of("security") == "It-sikkerhed"
    assert policy.escalation is not None
    assert list(policy.escalation.severities) == ["kritisk"]
    assert policy.escalation.hours.start == "08:00"
    assert policy.commands.undo == ("maintain",)
    assert policy.commands.decide == ("@os2display/koordination",)


def test_everything_but_the_version_has_a_default() -> None:
    policy = load_policy("version: 1")
    assert policy.mode == "observe"
    assert policy.quiet
    assert policy.escalation is policy.jira is policy.decisions is None
    assert policy.commands.recheck == ("author", "triage")
    assert policy.commands.decide == ()  # nobody, until the Policy names them
    assert policy.labels.of("type.bug") is None
    assert policy.labels.of("nothing.at.all") is None


def test_off_is_a_word_as_editors_read_it() -> None:
    rules = load_policy("version: 1\nguidelines: {rules: {security-report: off}}").guidelines.rules
    assert rules.security_report.level == "off"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("version: 1\nlables: {}\n", 2, "Unknown key `lables`. Did you mean `labels`?"),
        (
            "version: 1\ndecisions: {repository: a/b, format: issues}\n",
            2,
            "Write which label the issues have that are the log: `label`.",
        ),
        (
            "version: 1\nlabels:\n  type:\n    bugs: Bug\n",
            4,
            "Unknown key `bugs` under `labels.type`. Did you mean `bug`? Allowed here: `bug`, "
            "`feature`, `documentation`, `question`.",
        ),
        (
            "version: 1\nguidelines:\n  rules:\n    linked-isue: required\n",
            4,
            "Did you mean `linked-issue`?",
        ),
        (
            "version: 1\nguidelines:\n  rules:\n    linked-issue: {lvl: required}\n",
            4,
            "Unknown key `lvl` under `guidelines.rules.linked-issue`",
        ),
        (
            "version: 1\nguidelines:\n  rules:\n    type_label: off\n",
            4,
            "Did you mean `type-label` or",
        ),
        ("version: 1\nquiet: nej\n", 2, "`quiet` must be true or false."),
        ("version: 1\nmode: on\n", 2, "`mode` must be one of: observe, act."),
        ("version: 1\nmode: off\n", 2, "`mode` must be one of: observe, act."),
        ('version: "1"\n', 1, "`version` must be a whole number."),
        ("version: 2\n", 1, "write `version: 1`"),
        ("mode: act\n", 1, "`version` is missing"),
        ("version: 1\nlabels: Bug\n", 2, "`labels` must be keys and values: `type`, `area`"),
        ("version: 1\nlabels:\n  security: 3\n", 3, "`labels.security` must be text"),
        ("version: 1\nlabels:\n  security: WontFix\n", 3, "never sets the label wontfix"),
        ("version: 1\nlabels:\n  type:\n    bug: ''\n", 4, "must be text (1–200 characters)"),
        (
            "version: 1\npreset: os2\n",
            2,
            "`preset` must be one of: os2display, os2borgerpc, os2forms, public-code.",
        ),
        ("version: 1\nversion: 1\n", 2, "The key `version` stands twice, first on line 1"),
        ("version: 1\n\tmode: act\n", 2, "indented with a tab"),
        ("version: 1\nlanguage: &l da\n", 2, "Anchors and aliases"),
        ("version: 1\nlanguage: *l\n", 2, "Anchors and aliases"),
        ("version: !!int 1\n", 1, "Tags such as"),
        ("version: 1\n---\nversion: 1\n", 2, "several documents"),
        ("version: 1\nlabels: {\n", 3, "YAML cannot be read here"),
        ("version: 1\nmode: act\0\n", 2, "a control character"),
        ("version: 1\n? [a]\n: 1\n", 2, "A key must be a word."),
        ("- version\n", 1, "The file must be keys and values"),
        ("version: 1\nknowledge: {sources: [{path: ../x}]}\n", 2, "inside this repository"),
        ("version: 1\nknowledge: {sources: [{path: /etc}]}\n", 2, "inside this repository"),
        ("version: 1\njira: {project: display}\n", 2, "capital letters"),
        ("version: 1\njira: {}\n", 2, "`jira.project` is missing"),
        ("version: 1\ncommands: {ask: enhver}\n", 2, "Write one of: anyone"),
        ("version: 1\ncommands: {ask: []}\n", 2, "`commands.ask` must be"),
        ("version: 1\npeople: {coordinators: ['@kim']}\n", 2, "login without @"),
        (
            "version: 1\nguidelines: {rules: {security-report: {report_to: 'javascript:x'}}}\n",
            2,
            "begins with https:// or mailto:",
        ),
    ],
)
def test_a_mistake_is_placed_and_its_cure_named(text: str, line: int, said: str) -> None:
    problems = told(text)
    assert any(at == line and said in message for at, message in problems), problems


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ("hours: {from: '16:00', to: '08:00'}", "`from` must come before `to`"),
        ("hours: {timezone: Europa/København}", "no such time zone"),
        ("hours: {closed: ['24-12']}", "month-day"),
        ("severities: {a: {criteria: x, respond: 2 timer}}", "working hours"),
        ("severities: {}", "`escalation.severities` must be"),
        (
            "ladder: [{name: a, notify: []}]",
            "`notify` in `escalation.ladder` no. 1 must be a list (1–50 in it)",
        ),
        ("ladder: [{name: a, notify: [kim]}]", "@login"),
        ("ladder: []", "`escalation.ladder` must be a list (1–50 in it)"),
    ],
)
def test_an_impossible_escalation_model_is_refused(section: str, said: str) -> None:
    default = {
        "severities": "severities: {a: {criteria: x}}",
        "ladder": 'ladder: [{name: a, notify: ["@kim"]}]',
    }
    key = section.partition(":")[0]
    lines = [section, *(text for name, text in default.items() if name != key)]
    text = "version: 1\nescalation:\n" + "".join(f"  {line}\n" for line in lines)
    assert any(said in message for _, message in told(text)), told(text)


def test_every_problem_is_told_at_once_in_the_order_of_the_file() -> None:
    lines = [line for line, _ in told("version: 1\nquiet: 3\nmode: x\nlabel: y\n")]
    assert lines == [2, 3, 4]


def test_every_problem_is_said_in_both_languages() -> None:
    problems = check_policy("version: 1\nquiet: nej\nlables: {}\npreset: x\n")
    assert len(problems) == 3
    assert all(one.message.da and one.message.en != one.message.da for one in problems)


def test_loading_a_bad_policy_raises_what_checking_it_tells() -> None:
    text = "version: 1\nquiet: nej\n"
    with pytest.raises(BadPolicy) as caught:
        load_policy(text, "a.yml")
    assert caught.value.problems == check_policy(text, "a.yml")
    assert "a.yml:2: " in str(caught.value)


def test_a_byte_order_mark_and_windows_line_ends_are_no_mistake() -> None:
    assert load_policy("\ufeffversion: 1\r\nmode: act\r\n").mode == "act"


def test_an_empty_file_lacks_its_version() -> None:
    assert told("") == [(1, "`version` is missing; write `version: 1`.")]
    assert told("# kun en kommentar\n") == [(1, "`version` is missing; write `version: 1`.")]


def test_scalars_mean_what_yaml_1_2_says() -> None:
    text = "a: off\nb: 08:00\nc: 2026-01-01\nd: ~\ne: 010\nf: 1.5\ng: 'true'\nh: True\ni: 1e3\n"
    assert read_document(text, "x").data == {
        "a": "off",
        "b": "08:00",
        "c": "2026-01-01",
        "d": None,
        "e": 10,
        "f": 1.5,
        "g": "true",
        "h": True,
        "i": 1000.0,
    }


YAML_LINES = st.sampled_from(
    [
        "a: 1",
        "b: [x, 'y', \"z\"]",
        "c: {d: off, e: ~}",
        "  f: '1'",
        "- g",
        "h: |",
        "    text æøå",
        "i: \t",
        "\tj: 1",
        "# k",
        "'l': m",
        "n: !x y",
        "o: &p q",
        "---",
        "r: 🎉",
        "? s",
        "a:",
    ]
)


@given(st.lists(YAML_LINES, max_size=8).map("\n".join) | st.text(max_size=60))
def test_what_the_careful_reader_takes_the_fast_one_reads_alike(text: str) -> None:
    """The fast one takes a little more: a tab at the end of a line, as YAML does."""

    def read() -> object:
        try:
            document = read_document(text, "x")
        except BadPolicy:
            return None
        return document.data, document.lines

    fast = read()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os2kb.policy.document._FAST", yaml.SafeLoader)
        careful = read()
    assert careful in (None, fast)


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parents[3] / "samples").rglob("os2kb.yml")), ids=str
)
def test_the_sample_policies_can_be_used(path: Path) -> None:
    assert check_policy(path.read_bytes(), str(path)) == ()
