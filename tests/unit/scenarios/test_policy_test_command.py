"""`os2kb policy test`: what it prints, writes and exits with."""

import contextlib
import json
import shlex
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest
import yaml
from typer.testing import CliRunner

from os2kb.cli.commands import app
from tests.unit.scenarios.written import EXAMPLE, POLICY, put

RUN = CliRunner(env={"COLUMNS": "300"})
SAMPLES = Path(__file__).parents[3] / "samples"
MISS = EXAMPLE.replace("linked-issue: fail", "linked-issue: pass")
STRANGE = r"""
policy: {}
name: "\0\ud800\u202e\ufffe\uffff<b>[red]&"
expect: {labels: ["\ud83d\ude00\ud800\0<i>"]}
"""


def run(*arguments: str | Path) -> tuple[int, str]:
    done = RUN.invoke(app, ["policy", "test", *map(str, arguments)])
    return done.exit_code, done.output


def test_scenarios_that_come_out_as_expected_end_in_success(tmp_path: Path):
    put(tmp_path)
    code, printed = run(tmp_path)
    assert code == 0
    assert "1 af 1 scenarier kom ud som ventet." in printed


def test_a_miss_ends_in_failure_and_is_told_in_either_language(tmp_path: Path):
    file = put(tmp_path, MISS)
    code, danish = run(file)
    assert code == 1
    assert "ventede i orden (pass), fik skal rettes (fail)" in danish
    code, english = run(file, "--english")
    assert code == 1
    assert "expected in order (pass), got to be mended (fail)" in english
    assert "0 of 1 scenarios as expected." in english


def test_what_should_not_be_there_and_a_label_the_repository_lacks_are_told_in_danish(
    tmp_path: Path,
):
    expect = "{labels: [bug], not_labels: [mangler issue], findings: {linked-issue: off}}"
    _, printed = run(put(tmp_path, f"policy: {{}}\nexpect: {expect}\n"))
    said = " ".join(printed.replace("│", " ").split())
    assert "labels: ventede bug, fik" in said
    assert "den etiket har repositoriet ikke; skriv den under `labels`" in said
    unwanted = EXAMPLE.replace("expect: {", "expect: {not_labels: [mangler issue], ")
    assert (
        "not_labels: ventede ikke mangler issue, fik mangler issue"
        in run(put(tmp_path, unwanted))[1]
    )


def test_a_broken_scenario_hides_no_other(tmp_path: Path):
    put(tmp_path)
    put(tmp_path, "expect: {}\n", "tom.yml")
    code, printed = run(tmp_path, "--json")
    found = json.loads(printed)
    assert code == 1
    assert {key: found[key] for key in ("total", "passed", "missed", "broken")} == {
        "total": 2,
        "passed": 1,
        "missed": 0,
        "broken": 1,
    }
    fine, broken = found["items"]
    assert fine["findings"]["linked-issue"] == "fail"
    assert fine["labels"] == ["mangler issue"]
    assert fine["misses"] == []
    assert broken["problems"][0]["line"] == 1


def test_junit_counts_what_missed_and_what_is_broken(tmp_path: Path):
    put(tmp_path, MISS)
    put(tmp_path, "expect: {}\n", "tom.yml")
    report = tmp_path / "report.xml"
    code, _ = run(tmp_path / "scenarier", "--junit", report)
    assert code == 1
    root = Xml.parse(report).getroot()
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("2", "1", "1")
    failure = root.find(".//failure")
    assert failure is not None
    assert str(failure.get("message")).startswith(
        "linked-issue: ventede i orden (pass), fik skal rettes (fail)"
    )
    assert root.find(".//error") is not None


@pytest.mark.parametrize("option", ["--json", "--english"])
def test_strange_characters_break_no_report(option: str, tmp_path: Path):
    file = put(tmp_path, STRANGE)
    report = tmp_path / "report.xml"
    code, printed = run(file, option, "--junit", report)
    assert code == 1
    assert not set(printed) & {"\0", "\u202e", "\ud800"}
    case = Xml.parse(report).getroot().find(".//testcase")
    assert case is not None
    assert "<b>[red]&" in str(case.get("name"))


def test_a_path_to_nothing_is_no_success(tmp_path: Path):
    code, said = run(tmp_path / "nope")
    assert code == 2
    assert "angiv en fil med scenarier" in " ".join(said.split())
    assert run(tmp_path)[0] == 2


def test_a_report_that_cannot_be_written_is_told(tmp_path: Path):
    code, printed = run(put(tmp_path), "--junit", tmp_path / "no" / "report.xml")
    assert code == 2
    assert "report.xml" in printed


def test_the_sample_workflow_runs_commands_that_exist(tmp_path: Path):
    workflow = yaml.safe_load((SAMPLES / "workflows" / "check-policy.yml").read_text("utf-8"))
    steps = [step.get("run", "") for step in workflow["jobs"]["check"]["steps"]]
    commands = [shlex.split(run)[1:] for run in steps if run.startswith("os2kb ")]
    (tmp_path / ".github" / "scenarier").mkdir(parents=True)
    (tmp_path / ".github" / "os2kb.yml").write_text(POLICY, "utf-8")
    (tmp_path / ".github" / "scenarier" / "ret.yml").write_text(EXAMPLE, "utf-8")
    with contextlib.chdir(tmp_path):
        assert [RUN.invoke(app, command).exit_code for command in commands] == [0, 0]
        assert Xml.parse("scenarier.xml").getroot().get("tests") == "1"
