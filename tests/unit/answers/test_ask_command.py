"""`os2kb ask` on an index of one small document."""

import gc
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from index.build import build
from index.passages import Source
from os2kb.answers.ask import NotIndexed
from os2kb.cli import main
from os2kb.cli.commands import app

DOCUMENT = """# Produktniveauer

## Sandkasse

Kriteriet i sandkassefasen er, at løsningen er open source [/red] eller på vej til det.

## Drift

Driften \x1b]0;titel\x07\x1b[2J\u202ebetales af kommunerne efter indbyggertal.
"""
QUESTION = "Hvad er kriteriet i sandkassefasen?"


@pytest.fixture
def indexed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "håndbog"
    folder.mkdir()
    (folder / "niveauer.md").write_text(DOCUMENT, "utf-8")
    now = datetime(2026, 6, 4, tzinfo=UTC)
    build([Source("håndbog", str(folder))], tmp_path / "data" / "index", now=now)
    monkeypatch.setenv("OS2KB_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("OS2KB_LLM_BASE_URL", raising=False)


@pytest.mark.usefixtures("indexed")
def test_the_answer_is_shown_with_its_sources_and_their_lines() -> None:
    result = CliRunner().invoke(app, ["ask", QUESTION], env={"COLUMNS": "200"})
    assert result.exit_code == 0, result.output
    assert "open source [/red] eller på vej til det. [1]" in result.output
    assert "niveauer.md:5" in result.output


@pytest.mark.usefixtures("indexed")
def test_what_a_document_says_never_steers_the_terminal() -> None:
    result = CliRunner().invoke(
        app, ["ask", "Hvem betaler driften efter indbyggertal?"], env={"COLUMNS": "200"}
    )
    assert "betales af kommunerne" in result.output
    assert not set("\x1b\x07\u202e") & set(result.output)


@pytest.mark.usefixtures("indexed")
def test_json_is_what_the_api_answers() -> None:
    result = CliRunner().invoke(app, ["ask", "--json", QUESTION])
    body = json.loads(result.output)
    assert body["abstained"] is False
    assert body["citations"][0]["lines"] == [5, 5]


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize(
    ("question", "misspelt", "meant"),
    [
        ("Hvad er kriteriet i sandkasefasen?", "sandkasefasen", "sandkassefasen"),
        ("Hvad koster en pizza i sandkasefasen?", "sandkasefasen", "sandkassefasen"),
    ],
    ids=["answered", "not answered"],
)
def test_a_misspelt_question_says_how_it_was_read(question: str, misspelt: str, meant: str) -> None:
    shown = CliRunner().invoke(app, ["ask", question], env={"COLUMNS": "200"}).output
    assert f"Læst som: {misspelt} → {meant}" in shown
    body = json.loads(CliRunner().invoke(app, ["ask", "--json", question]).output)
    assert body["corrected"] == {misspelt: meant}
    right = CliRunner().invoke(app, ["ask", "--json", question.replace(misspelt, meant)]).output
    assert json.loads(right)["corrected"] == {}


@pytest.mark.usefixtures("indexed")
def test_an_abstention_is_an_outcome_not_a_failure() -> None:
    result = CliRunner().invoke(app, ["ask", "Hvad koster en pizza?"])
    assert result.exit_code == 0
    assert "Intet svar" in result.output


def test_without_an_index_the_cure_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OS2KB_DATA_DIR", str(tmp_path))
    result = CliRunner().invoke(app, ["ask", QUESTION])
    assert isinstance(result.exception, NotIndexed)
    assert "os2kb index build" in str(result.exception)


@pytest.mark.parametrize(
    ("command", "question", "told"),
    [
        ("ask", "Hvem godkender en pull request?", "Der er intet indeks endnu; byg et med"),
        ("ask", "Who approves a pull request?", "There is no index yet; build one with"),
        ("search", "Hvem godkender en pull request?", "Der er intet indeks endnu; byg et med"),
        ("search", "Who approves a pull request?", "There is no index yet; build one with"),
    ],
)
def test_what_goes_wrong_is_told_in_the_language_of_the_question(
    command: str,
    question: str,
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OS2KB_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(sys, "argv", ["os2kb", command, question])
    for setting in ("set_threshold", "freeze"):  # of a process that is soon to end; ours is not
        monkeypatch.setattr(gc, setting, lambda *_: None)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    assert f"{told}: os2kb index build" in capsys.readouterr().err
