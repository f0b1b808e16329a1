"""Scenario files to test with."""

from pathlib import Path

from os2kb.scenarios.play import Outcome, play
from os2kb.scenarios.read import read_scenarios

POLICY = """\
version: 1
labels: {type: {bug: Bug}, status: {needs-issue: mangler issue, needs-changelog: mangler changelog}}
guidelines: {rules: {linked-issue: required, changelog: required, branch-name: required}}
"""

EXAMPLE = """\
policy: ../os2kb.yml
now: 2026-03-02T09:00:00+01:00
subject: {kind: pull_request, title: "Ret fejl", branch: rettelse, base: main, author: {login: ida, association: FIRST_TIME_CONTRIBUTOR}, body: "…", files: [src/app.php, {path: CHANGELOG.md, patch: "+- [#7](…)"}], labels: [], checks: [], reviews: [], comments: []}
expect: {labels: [needs-issue], findings: {linked-issue: fail, changelog: pass, branch-name: fail}}
"""  # noqa: E501 - as product owners write it


def put(folder: Path, text: str = EXAMPLE, name: str = "ret.yml") -> Path:
    """A scenario file in a folder beside its Policy."""
    (folder / "os2kb.yml").write_text(POLICY, "utf-8")
    file = folder / "scenarier" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def played(folder: Path, text: str = EXAMPLE) -> list[Outcome]:
    return [play(one) for one in read_scenarios(put(folder, text))]


def misses(folder: Path, expect: str, subject: str = "{kind: pull_request}") -> list[str]:
    """What comes out otherwise than a scenario expects, as `what expected found`."""
    text = f"policy: ../os2kb.yml\nsubject: {subject}\nexpect: {expect}\n"
    (outcome,) = played(folder, text)
    assert outcome.problems == ()
    return [f"{miss.what} {miss.expected} {miss.found}" for miss in outcome.misses]


def told(folder: Path, text: str) -> list[tuple[int | None, str]]:
    """The mistakes in a scenario file, with their lines."""
    return [
        (problem.line, problem.message.en)
        for outcome in played(folder, text)
        for problem in outcome.problems
    ]
