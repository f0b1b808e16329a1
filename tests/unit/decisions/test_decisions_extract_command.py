"""`os2kb decisions extract`: proposals out of minutes, as a list, as files and as a patch."""

import json
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from os2kb.cli.commands import app
from os2kb.decisions.reading.read import read_file
from tests.unit.index.office_files import docx, heading, paragraph

MINUTES = (
    "# Referat: styregruppemøde den 4. juni 2026\n\nDeltagere: Ida Holm, Bo Lund\n\n"
    "## 2. Drift\n\nDet blev besluttet, at Ida Holm udbyder driften samlet.\n\n"
    "| Opgave | Ansvarlig |\n|---|---|\n| Skriv materiale | Bo |\n"
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "referater").mkdir()
    (tmp_path / "referater/juni.md").write_text(MINUTES, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["decisions", "extract", *arguments])


def test_what_is_found_is_shown_and_nothing_is_written(here: Path) -> None:
    result = run("referater/juni.md")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:2] == [
        "referater/juni.md:7: “Det blev besluttet, at [navn] udbyder driften samlet.”",
        "    beslutning · sikkerhed 0,95 · Styregruppen · 2026-06-04 · "
        "møde: Referat: styregruppemøde den 4. juni 2026 · Drift",
    ]
    assert "opgave · sikkerhed 0,5" in result.stdout
    assert "Intet er skrevet" in result.stderr
    assert sorted(path.name for path in here.rglob("*")) == ["juni.md", "referater"]


def test_json_says_the_same(here: Path) -> None:
    first, _ = json.loads(run("referater/juni.md", "--json").stdout)["items"]
    assert first == {
        "kind": "decision", "quote": "Det blev besluttet, at [navn] udbyder driften samlet.",
        "path": "referater/juni.md", "lines": [7, 7], "group": "Styregruppen", "item": "Drift",
        "meeting": "Referat: styregruppemøde den 4. juni 2026", "date": "2026-06-04",
        "outcome": "accepted", "title": "[navn] udbyder driften samlet", "confidence": 0.95,
    }  # fmt: skip


def test_proposals_are_written_once_as_files_of_the_log(here: Path) -> None:
    assert "1 forslag er skrevet" in run("referater/juni.md", "--to", "beslutninger").stdout
    (file,) = (here / "beslutninger").iterdir()
    assert file.name == "2026-06-04-drift.md"
    (entry,) = read_file("beslutninger/a.md", file.read_bytes())
    assert entry.decision.status == "accepted"
    again = run("referater/juni.md", "--to", "beslutninger").stdout
    assert again == "Intet er skrevet: alt det, der er fundet, er i beslutninger i forvejen.\n"
    unsure = run("referater/juni.md", "--to", "beslutninger", "--least", "1").stdout
    assert "intet er fundet med sikkerhed 1,0 eller mere" in unsure
    tasks = run("referater/juni.md", "--to", "beslutninger", "--least", "0.5", "--english")
    assert "1 proposals were written" in tasks.stdout


def test_a_patch_is_one_that_git_applies(here: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=here, check=True)
    patch = run("referater/juni.md", "--patch").stdout
    subprocess.run(["git", "apply", "-"], cwd=here, input=patch.encode(), check=True)
    (file,) = (here / "beslutninger").iterdir()
    assert "Det blev besluttet, at [navn] udbyder driften samlet." in file.read_text("utf-8")
    assert run("referater/juni.md", "--patch").stdout == ""


def test_names_are_copied_where_the_policy_says_so(here: Path) -> None:
    policy = here / ".github" / "os2kb.yml"
    policy.parent.mkdir()
    section = "version: 1\ndecisions: {repository: os2display/log, names: %s}\n"
    policy.write_text(section % "true", "utf-8")
    assert "at Ida Holm udbyder" in run("referater/juni.md").stdout
    policy.write_text(section % "false", "utf-8")
    assert "Ida" not in run("referater/juni.md").stdout
    policy.write_text("version: 1\ndecisions: {name: true}\n", "utf-8")
    result = run("referater/juni.md")
    assert (result.exit_code, "Ida" in result.stdout) == (2, False)
    assert ".github/os2kb.yml:2" in result.output


def test_what_cannot_be_done_is_said(here: Path) -> None:
    assert "findes ikke" in run("ingen.md").stderr or "kan ikke læses" in run("ingen.md").stderr
    assert run("ingen.md").exit_code == 2
    assert run("referater/juni.md", "--patch", "--json").exit_code == 2
    assert run("referater/juni.md", "--patch", "--pull-request", "os2demo/api").exit_code == 2
    assert "hører til --pull-request" in run("referater/juni.md", "--apply").stderr
    (here / "tom.md").write_text("# Møde\n\nVi talte sammen.\n", "utf-8")
    assert "ingen beslutninger fundet" in run("tom.md").stdout


def test_an_entry_names_no_place_on_this_machine(
    here: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("andetsteds") / "juni.md"
    elsewhere.write_text(MINUTES, "utf-8")
    assert str(elsewhere.parent) not in run(str(elsewhere), "--patch").stdout
    assert (here / "referater").exists()


@pytest.mark.slow
@pytest.mark.skipif(find_spec("markitdown") is None, reason="needs the extra `office`")
def test_minutes_may_be_an_office_document(here: Path) -> None:
    body = heading("Styregruppemøde 4. juni 2026") + heading("Drift")
    (here / "juni.docx").write_bytes(docx(body + paragraph("Det blev besluttet at vente.")))
    (found,) = json.loads(run("juni.docx", "--json").stdout)["items"]
    assert (found["quote"], found["date"]) == ("Det blev besluttet at vente.", "2026-06-04")
