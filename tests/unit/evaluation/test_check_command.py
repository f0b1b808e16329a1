"""`os2kb index check`: a document that no longer answers what it says it answers fails."""

import json
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner, Result

from os2kb.cli.commands import app

ROLES = """---
title: Roller
questions:
  - Hvem indkalder til møder?
---
# Roller

Produktkoordinatoren indkalder til møder og fører referat.
"""
ELEPHANT = """---
questions:
  - Hvad koster en elefant på Ærø, 100 %?
---
# Priser

Kommunerne deler udgiften til driften.
"""
SAMPLES = Path(__file__).parents[3] / "samples"


@pytest.fixture
def docs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OS2KB_DATA_DIR", str(tmp_path / "data"))
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "roller.md").write_text(ROLES, "utf-8")
    return folder


def check(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["index", "check", *arguments])


@pytest.mark.usefixtures("docs")
def test_folders_are_checked_without_an_installation_and_leave_nothing_behind(
    tmp_path: Path,
) -> None:
    done = check("docs")
    assert done.exit_code == 0
    assert "Questions: 1, of them 1 answered, 0 only found, 0 lost; 0 failed." in done.stdout
    assert not (tmp_path / "data").exists()


def test_a_change_that_makes_a_question_unanswerable_fails(docs: Path) -> None:
    gone = ROLES.replace("Produktkoordinatoren indkalder til møder og fører referat.", "Tekst.")
    (docs / "roller.md").write_text(gone, "utf-8")
    (docs / "b.md").write_text("# Referat\n\nReferatet skrives af sekretæren.\n", "utf-8")
    done = check("docs")
    assert done.exit_code == 1
    assert "docs/roller.md:4: " in done.stdout
    assert "    Hvem indkalder til møder?" in done.stdout


def test_another_document_that_answers_instead_is_named(docs: Path) -> None:
    (docs / "roller.md").write_text(
        ROLES.replace("Produktkoordinatoren indkalder til møder og fører referat.", "Tekst."),
        "utf-8",
    )
    (docs / "nye.md").write_text(
        "# Møder\n\nProduktkoordinatoren indkalder til møder og fører referat.\n", "utf-8"
    )
    (item,) = json.loads(check("docs", "--json").stdout)["items"]
    assert (item["file"], item["line"], item["ok"]) == ("docs/roller.md", 4, False)
    assert item["instead"][0] == {"heading": "Møder", "path": "nye.md"}


def test_github_marks_the_line_of_the_question_and_no_text_breaks_out_of_its_mark(
    docs: Path,
) -> None:
    folder = docs / "a,b"
    folder.mkdir()
    (folder / "priser.md").write_text(ELEPHANT, "utf-8")
    done = check("docs", "--github")
    assert done.exit_code == 1
    (mark,) = (line for line in done.stdout.splitlines() if line.startswith("::"))
    assert mark.startswith("::error file=docs/a%2Cb/priser.md,line=3,title=Question not answered::")
    assert "100 %25" in mark


def test_being_found_is_enough_where_that_is_asked_for(docs: Path) -> None:
    text = "---\nquestions: [Hvor mange sider fylder referatet?]\n---\n# Referat\n\nEt kort ét.\n"
    (docs / "roller.md").write_text(text, "utf-8")
    assert check("docs").exit_code == 1
    lenient = check("docs", "--level", "found", "--github")
    assert lenient.exit_code == 0
    assert lenient.stdout.startswith("::warning file=docs/roller.md,line=2")


def test_the_index_that_serves_is_checked_where_no_folder_is_named(docs: Path) -> None:
    assert "os2kb index build" in check().output
    CliRunner().invoke(app, ["index", "build", str(docs)])
    assert check().exit_code == 0


def test_documents_without_questions_pass_and_are_told_how_to_have_some(docs: Path) -> None:
    (docs / "roller.md").write_text("# Roller\n\nTekst om roller.\n", "utf-8")
    done = check("docs")
    assert done.exit_code == 0
    assert "docs/evaluation.md" in done.stdout


def test_a_file_is_no_folder(docs: Path) -> None:
    assert check(str(docs / "roller.md")).exit_code == 2


def test_the_handbook_answers_what_it_says_it_answers() -> None:
    body = json.loads(check(str(SAMPLES / "handbook"), "--json").stdout)
    assert len(body["items"]) >= 5
    assert [item["question"] for item in body["items"] if not item["ok"]] == []


def test_the_workflow_to_copy_runs_a_command_that_exists() -> None:
    workflow = yaml.safe_load((SAMPLES / "workflows" / "check-questions.yml").read_text("utf-8"))
    command = workflow["jobs"]["check"]["steps"][-1]["run"].split()
    assert command[:3] == ["os2kb", "index", "check"]
    assert "--github" in command
    assert workflow["permissions"] == {"contents": "read"}
