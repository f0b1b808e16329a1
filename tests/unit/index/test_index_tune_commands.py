"""`os2kb index tune` and `calibrate`: what they write holds at once and through rebuilds."""

import json
from pathlib import Path
from typing import Any

import pytest
from corpora import HANDBOOK, write
from typer.testing import CliRunner, Result

from os2kb.cli.commands import app

YES = (
    ("hvem betaler for driften", "faq.md", "Kommunerne deler udgiften"),
    ("Hvordan melder jeg en fejl?", "faq.md", "Opret et issue på GitHub."),
    ("hvad betyder en gul skærm", "skaerme.md", "En gul skærm kører en gammel version"),
)
NO = ("Hvad koster en elefant?", "Hvornår går toget til Aarhus?")


@pytest.fixture
def questions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OS2KB_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "200")
    assert run("index", "build", str(write(tmp_path / "docs", HANDBOOK))).exit_code == 0
    lines: list[dict[str, Any]] = [
        {"id": text, "question": text, "relevant": [{"path": path, "quote": quote}]}
        for text, path, quote in YES
    ]
    lines += [{"id": text, "question": text, "answerable": False} for text in NO]
    file = tmp_path / "q.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return file


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def serving() -> dict[str, Any]:
    held: dict[str, Any] = json.loads(run("index", "status", "--json").stdout)["items"][0]
    return held


def test_a_calibrated_floor_is_served_shown_and_carried_over(questions: Path) -> None:
    before = serving()
    body = json.loads(run("index", "calibrate", str(questions), "--json").stdout)
    now = serving()
    assert now["floor"] == body["floor"]["after"] != before["floor"] == body["floor"]["before"]
    assert now["version"] == body["version"] != before["version"]
    assert now["tuned"]["floor"]["file"] == "q.jsonl"
    assert "from q.jsonl" in run("index", "status").stdout
    (questions.parent / "docs" / "ny.md").write_text("# Ny\n\nEn ny tekst.\n", "utf-8")
    run("index", "build", str(questions.parent / "docs"))
    assert serving()["floor"] == now["floor"]


def test_what_cannot_be_told_from_so_few_is_said_in_plain_words(questions: Path) -> None:
    shown = run("index", "calibrate", str(questions)).stdout
    assert "Answered: 0 of 2 unanswerable questions" in shown
    assert "A rate of 5.0% cannot be told from 2 unanswerable questions" in shown
    assert "at least 20 in all" in shown


@pytest.mark.parametrize("command", ["tune", "calibrate"])
def test_a_dry_run_changes_nothing(questions: Path, command: str) -> None:
    before = serving()
    done = run("index", command, str(questions), "--dry-run")
    assert "Nothing was written." in done.stdout
    assert serving()["version"] == before["version"]
    assert not (questions.parent / "data" / "index" / "tuned.json").exists()


def test_a_file_without_unanswerable_questions_cannot_set_a_floor(questions: Path) -> None:
    answerable = questions.read_text("utf-8").splitlines()[: len(YES)]
    questions.write_text("\n".join(answerable), "utf-8")
    done = run("index", "calibrate", str(questions))
    assert done.exit_code == 2
    assert "no unanswerable question" in done.output


def test_weights_are_left_as_they_are_by_too_few_questions(questions: Path) -> None:
    body = json.loads(run("index", "tune", str(questions), "--json").stdout)
    assert body["before"]["weights"] == body["after"]["weights"]
    assert body["before"]["recall"] == body["after"]["recall"]
    assert "too few" in body["why"]
    assert serving()["tuned"] == {}


def test_weights_of_another_file_give_way_to_the_default_where_they_are_not_borne_out(
    questions: Path,
) -> None:
    tuned = {"weights": {"value": {"stem": 0.0, "gram": 0.0, "dense": 1.0}, "file": "x.jsonl"}}
    (questions.parent / "data" / "index" / "tuned.json").write_text(json.dumps(tuned), "utf-8")
    run("index", "build", str(questions.parent / "docs"))
    assert serving()["weights"]["stem"] == 0.0
    shown = run("index", "tune", str(questions)).stdout
    assert "before: stem 0 gram 0 dense 1" in shown
    assert "after: stem 1 gram 2 dense 0.2" in shown
    assert serving()["weights"]["stem"] == 1.0


def test_questions_that_nothing_answers_cannot_tune_the_search(questions: Path) -> None:
    unanswerable = questions.read_text("utf-8").splitlines()[len(YES) :]
    questions.write_text("\n".join(unanswerable), "utf-8")
    done = run("index", "tune", str(questions))
    assert done.exit_code == 2
    assert "no answerable question" in done.output
