"""What a scenario file may say, and what its writer is told when it says something else."""

import os
from pathlib import Path

import pytest

from os2kb.scenarios.read import Unreadable, scenario_files
from tests.unit.scenarios.written import EXAMPLE, played, put, told

INLINE = """\
policy:
  guidelines:
    rules:
      linked-issue: required
expect: {findings: {linked-issue: 'off'}}
"""


def test_an_unknown_key_is_named_with_its_line_and_the_allowed_ones(tmp_path: Path):
    ((line, message),) = told(tmp_path, EXAMPLE.replace("base: main", "bsae: main"))
    assert line == 3
    assert message.startswith("Unknown key `bsae` under `subject`. Did you mean `base`?")
    assert "`os2kb policy schema --scenario` prints them" in message


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("policy: {}\n", 1, "Write what is expected: `expect` or `moments`."),
        ("policy: {}\nmoments: [{at: 2026-05-13, expect: {}}]\n", 2, "`severity`, `holder`"),
        (
            "policy: {}\nmoments: [{at: 2026-05-13, expect: {elapsed: 2d}}]\n",
            2,
            "Write a duration as 1h30m.",
        ),
        (
            "policy: {}\nhistory: [{by: kim, event: labeled}]\nexpect: {writes: 0}\n",
            2,
            "Write `label`, too, where `event` is labeled.",
        ),
        ("policy: [x]\nexpect: {writes: 0}\n", 1, "Write the path of a Policy"),
        ("policy: {}\nexpect: {}\n", 2, "Write what is expected"),
        ("expect: {writes: 0}\n", 1, "`policy` is missing"),
        ("policy: {}\nexpect: {findings: {linked: pass}}\n", 2, "Did you mean `linked-issue`?"),
        ("policy: {}\nexpect: {findings: {title: ok}}\n", 2, "must be one of: pass, fail"),
        ("policy: {}\nnow: i går\nexpect: {writes: 0}\n", 2, "Write a moment as 2026"),
        (
            "policy: {}\nsubject:\n  comments: [{body: x, at: -3y}]\nexpect: {writes: 0}\n",
            3,
            "-30m, -2h, -3d or -1w",
        ),
        (
            "policy: {}\nhistory: [{by: kim}]\nexpect: {writes: 0}\n",
            2,
            "Write either `added`, `removed` or `event`.",
        ),
        ("policy: nope.yml\nexpect: {writes: 0}\n", 1, "nope.yml cannot be read"),
        ('policy: "a\\0b"\nexpect: {writes: 0}\n', 1, "cannot be read"),
        ("policy: {}\nsubject: &a {}\nexpect: {writes: 0}\n", 2, "Anchors and aliases"),
        ("policy: {}\n\texpect: {}\n", 2, "tab"),
        ("cases: []\n", 1, "`cases` must be a list"),
        ("cases: [1]\n", 1, "`cases` must be a list"),
        ("- en liste\n", 1, "must be keys and values"),
        ("", 1, "is missing"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, line: int, said: str, tmp_path: Path):
    found = told(tmp_path, text)
    assert [one for one in found if one[0] == line and said in one[1]], found


def test_a_mistake_in_the_policy_is_told_where_it_stands(tmp_path: Path):
    inline = INLINE.replace("linked-issue: required", "linked-isue: required")
    ((line, message),) = told(tmp_path, inline)
    assert (line, "Did you mean `linked-issue`?" in message) == (4, True)

    (outcome,) = played(tmp_path, "policy: ../wrong.yml\nexpect: {writes: 0}\n")
    (tmp_path / "wrong.yml").write_text("version: 1\nmodes: act\n", "utf-8")
    (outcome,) = played(tmp_path, "policy: ../wrong.yml\nexpect: {writes: 0}\n")
    (problem,) = outcome.problems
    assert (Path(problem.path).name, problem.line) == ("wrong.yml", 2)


def test_a_pipe_or_a_device_is_no_policy_and_no_scenario(tmp_path: Path):
    scenario = put(tmp_path, EXAMPLE.replace("../os2kb.yml", "endless.yml"))
    os.mkfifo(scenario.with_name("endless.yml"))
    ((line, message),) = told(tmp_path, scenario.read_text("utf-8"))
    assert line == 1
    assert message.endswith("endless.yml cannot be read; mend the path.")
    assert scenario_files([scenario.parent]) == (scenario,)


def test_a_policy_can_stand_in_the_scenario_without_its_version(tmp_path: Path):
    (outcome,) = played(tmp_path, INLINE)
    assert outcome.passed


def test_cases_share_what_stands_beside_them(tmp_path: Path):
    text = """\
policy: ../os2kb.yml
subject: {kind: pull_request, body: "Løser #12", files: [src/app.php]}
cases:
  - name: nævnt
    expect: {findings: {linked-issue: pass, changelog: fail}}
  - name: ikke nævnt
    subject: {body: null, files: [CHANGELOG.md]}
    expect: {findings: {linked-issue: fail, changelog: pass}}
  - expect: {findings: {linked-issue: pass}}
    subjekt: {}
"""
    first, second, third = played(tmp_path, text)
    assert [(one.name, one.line, one.passed) for one in (first, second)] == [
        ("nævnt", 4, True),
        ("ikke nævnt", 6, True),
    ]
    assert (third.name, third.problems[0].line) == ("3", 10)


def test_a_folder_gives_its_scenarios_and_passes_policies_over(tmp_path: Path):
    first, second = put(tmp_path), put(tmp_path, name="deep.yaml")
    (first.parent / "læs mig.md").write_text("hej", "utf-8")
    assert scenario_files([tmp_path]) == (second, first)
    assert scenario_files([first, tmp_path]) == (first, second)


def test_a_folder_without_scenarios_and_a_path_to_nothing_are_refused(tmp_path: Path):
    (tmp_path / "os2kb.yml").write_text("version: 1\n", "utf-8")
    with pytest.raises(Unreadable, match="no scenarios"):
        scenario_files([tmp_path])
    with pytest.raises(Unreadable, match="no such file"):
        scenario_files([tmp_path / "nope"])


def test_a_named_file_is_a_scenario_whatever_it_looks_like(tmp_path: Path):
    policy = tmp_path / "os2kb.yml"
    policy.write_text("version: 1\n", "utf-8")
    assert scenario_files([policy]) == (policy,)
    assert any("Unknown key `version`" in said for _, said in told(tmp_path, "version: 1\n"))


def test_a_policy_lies_over_its_organisations_and_the_preset_they_name(tmp_path: Path):
    text = """\
organisation: {preset: os2display, guidelines: {rules: {title: "off"}}}
policy: {guidelines: {rules: {changelog: "off"}}}
subject: {kind: pull_request}
expect: {findings: {linked-issue: fail, title: "off", changelog: "off"}}
"""
    (outcome,) = played(tmp_path, text)
    assert outcome.problems == ()
    assert outcome.misses == ()
    ((line, message),) = told(tmp_path, text.replace("title:", "titel:", 1))
    assert (line, "Did you mean `title`?" in message) == (1, True)


def test_a_rules_level_alone_merges_with_its_options_in_a_case(tmp_path: Path):
    text = """\
policy: {guidelines: {rules: {title: required}}}
subject: {kind: pull_request, title: "En meget lang titel på en meget lille rettelse"}
cases:
  - policy: {guidelines: {rules: {title: {max_length: 10}}}}
    expect: {findings: {title: fail}}
"""
    (outcome,) = played(tmp_path, text)
    assert outcome.passed
