"""`os2kb index eval` beyond its figures: in words, against an earlier run, misspelt, as a page."""

import json
from pathlib import Path

import pytest
from corpora import HANDBOOK, write
from typer.testing import CliRunner, Result

from os2kb.cli.commands import app

QUESTIONS = (
    '{"id": "1", "question": "Hvem betaler for driften?", "relevant": '
    '[{"path": "faq.md", "quote": "Kommunerne deler udgiften"}], "tags": ["økonomi"]}\n'
    '{"id": "2", "question": "Hvad koster en elefant på Ærø?", "answerable": false}\n'
)


@pytest.fixture
def questions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OS2KB_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "200")
    assert run("index", "build", str(write(tmp_path / "docs", HANDBOOK))).exit_code == 0
    file = tmp_path / "q.jsonl"
    file.write_text(QUESTIONS, "utf-8")
    return file


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_it_says_in_plain_words_how_much_is_answered(questions: Path) -> None:
    shown = run("index", "eval", str(questions)).stdout
    assert "surer than the floor of 0.5 in 1 of 1 answerable questions and 0 of 1" in shown
    assert "1 of 1 answerable questions are answered with a quote from a right place" in shown
    assert "100.0% verbatim" in shown


def test_answers_are_left_out_where_nobody_wants_to_pay_for_them(questions: Path) -> None:
    assert "answers" not in json.loads(
        run("index", "eval", str(questions), "--no-answers", "--json").stdout
    )


def test_danish_questions_can_be_asked_without_danish_letters_and_misspelt(questions: Path) -> None:
    measured = json.loads(run("index", "eval", str(questions), "--ascii", "--json").stdout)
    assert measured["questions"][1]["question"] == "Hvad koster en elefant paa Aeroe?"
    assert measured["about"]["spelling"]["ascii"] is True
    measured = json.loads(run("index", "eval", str(questions), "--typos", "2", "--json").stdout)
    asked = measured["questions"][0]["question"].split()
    meant = json.loads(QUESTIONS.splitlines()[0])["question"].split()
    assert sum(one != other for one, other in zip(asked, meant, strict=True)) == 2


def test_an_earlier_evaluation_shows_what_became_worse(questions: Path, tmp_path: Path) -> None:
    before = tmp_path / "before.json"
    earlier = json.loads(run("index", "eval", str(questions), "--json").stdout)
    before.write_text(json.dumps(earlier), "utf-8")
    same = json.loads(
        run("index", "eval", str(questions), "--compare", str(before), "--json").stdout
    )
    assert (same["compare"]["same"], same["compare"]["worse"]) == (1, [])

    (tmp_path / "docs" / "faq.md").write_text("# Svar\n\nKommunerne deler udgiften.\n", "utf-8")
    (tmp_path / "docs" / "drift.md").write_text(
        "# Hvem betaler for driften?\n\nDet siger vi ikke noget om her, men driften koster.\n",
        "utf-8",
    )
    run("index", "build", str(tmp_path / "docs"))
    shown = run("index", "eval", str(questions), "--compare", str(before)).stdout
    assert "0 better, 1 worse, 0 the same" in shown
    assert "worse: 1 1 →" in shown


def test_a_file_that_is_no_evaluation_says_how_to_write_one(questions: Path) -> None:
    done = run("index", "eval", str(questions), "--compare", str(questions))
    assert done.exit_code == 2
    assert "os2kb index eval FILE --json" in done.output


def test_a_page_is_written_in_danish_or_english(questions: Path, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    assert "The report:" in run("index", "eval", str(questions), "--html", str(page)).stdout
    assert '<html lang="da">' in page.read_text("utf-8")
    run("index", "eval", str(questions), "--html", str(page), "--english")
    assert '<html lang="en">' in page.read_text("utf-8")
