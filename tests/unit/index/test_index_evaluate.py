from pathlib import Path

import pytest
from corpora import HANDBOOK, built, index_of, write
from hypothesis import given
from hypothesis import strategies as st

from index.evaluation.figures import figures as figures_of
from index.evaluation.intervals import interval
from index.evaluation.measures import ndcg
from index.evaluation.outcomes import Outcome, run
from index.evaluation.questions import (
    BadQuestions,
    Question,
    Relevant,
    lines_of,
    locate,
    read_questions,
    reader,
)
from index.passages import Source


def outcome(
    *ranks: int | None, confidence: float = 0.9, answerable: bool = True, lang: str = "da"
) -> Outcome:
    places = (Relevant(path="a.md", quote="x"),) if answerable else ()
    question = Question.model_validate(
        {
            "id": "1",
            "question": "?",
            "lang": lang,
            "relevant": places,
            "answerable": answerable,
            "tags": ["t"],
        }
    )
    return Outcome(question, ranks, confidence, 1.0)


def test_figures_follow_their_definitions() -> None:
    figures = figures_of(
        [
            outcome(1, confidence=0.9),
            outcome(4, confidence=0.3),
            outcome(None, confidence=0.8, lang="en"),
            outcome(confidence=0.4, answerable=False),
        ],
        floor=0.5,
    )
    assert figures["n"] == 4
    assert figures["recall"] == {"1": 0.3333, "5": 0.6667, "10": 0.6667}
    assert figures["mrr"] == pytest.approx((1 + 1 / 4) / 3, abs=1e-4)
    assert figures["by"]["lang"]["en"]["recall"]["10"] == 0.0
    assert figures["by"]["tag"]["t"]["n"] == 3
    abstention = figures["abstention"]
    assert abstention["auroc"] == pytest.approx(2 / 3, abs=1e-4)
    assert abstention["answer_rate_at_5pct_false"] == pytest.approx(2 / 3, abs=1e-4)
    assert (abstention["precision"], abstention["recall"]) == (0.5, 1.0)
    assert (abstention["answerable_answered"], abstention["answerable"]) == (2, 3)
    assert (abstention["unanswerable_answered"], abstention["unanswerable"]) == (0, 1)


def test_without_unanswerable_questions_there_is_no_abstention_to_measure() -> None:
    abstention = figures_of([outcome(1)], floor=0.5)["abstention"]
    assert (abstention["auroc"], abstention["answer_rate_at_5pct_false"]) == (None, None)


@pytest.mark.parametrize(
    ("ranks", "value"),
    [
        ((1,), 1.0),
        ((2,), 0.6309),
        ((None,), 0.0),
        ((1, 2), 1.0),
        ((1, 1), 1.0),
        ((1, None), 0.6131),
    ],
)
def test_ndcg_of_one_and_two_places(ranks: tuple[int | None, ...], value: float) -> None:
    assert ndcg(ranks) == pytest.approx(value, abs=1e-4)


@given(st.lists(st.one_of(st.none(), st.integers(1, 10)), min_size=1, max_size=6))
def test_ndcg_lies_between_zero_and_one(ranks: list[int | None]) -> None:
    assert 0.0 <= ndcg(ranks) <= 1.0 + 1e-9


def test_intervals_hold_the_share_and_narrow_with_more_questions() -> None:
    low, high = interval(0.9, 24)
    assert low < 0.9 < high
    lower, higher = interval(0.9, 240)
    assert high - low > higher - lower


def test_a_quote_is_found_over_line_breaks() -> None:
    assert lines_of("a\n\nEn lang\n  sætning her.\n", "En lang sætning her.") == (3, 4)
    assert lines_of("a", "b") is None


def test_an_index_is_measured_on_a_question_file(tmp_path: Path) -> None:
    folder = write(tmp_path / "docs", HANDBOOK)
    file = tmp_path / "q.jsonl"
    file.write_text(
        '{"id": "1", "question": "hvem betaler for driften", "relevant": [{"path": "faq.md", '
        '"quote": "Kommunerne deler udgiften"}]}\n\n'
        '{"id": "2", "question": "Hvad koster en elefant?", "answerable": false}\n',
        "utf-8",
    )
    built(tmp_path / "index", Source("docs", str(folder)))
    index = index_of(tmp_path / "index")
    questions = read_questions(file)
    places = locate(questions, reader([folder]))
    assert places["1"] == [("faq.md", 9, 9)]
    figures = figures_of(run(index, questions, places), index.floor)
    assert figures["recall"]["1"] == 1.0
    assert figures["abstention"]["auroc"] == 1.0


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "line 1"),
        ('{"id": "1", "question": "?"}', "relevant"),
        ('{"id": "1", "question": "?", "lang": "de", "answerable": false}', "lang"),
        ("", "no questions"),
        (
            '{"id": "1", "question": "a", "answerable": false}\n' * 2,
            "several questions have the id 1",
        ),
        ('{"id": "1", "question": "a \\ud800", "answerable": false}', "line 1"),
    ],
)
def test_a_wrong_question_file_says_where(tmp_path: Path, line: str, complaint: str) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text(line, "utf-8")
    with pytest.raises(BadQuestions, match=complaint):
        read_questions(file)


def test_only_line_feeds_end_a_question(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text('{"id": "1", "question": "a\u2028b", "answerable": false}\r\n', "utf-8")
    (question,) = read_questions(file)
    assert question.question == "a\u2028b"


@pytest.mark.parametrize(("path", "quote"), [("faq.md", "findes ikke"), ("../q.jsonl", "id")])
def test_a_quote_that_does_not_stand_in_the_source_is_an_error(
    tmp_path: Path, path: str, quote: str
) -> None:
    folder = write(tmp_path / "docs", HANDBOOK)
    (tmp_path / "q.jsonl").write_text("id", "utf-8")
    question = Question(id="1", question="?", relevant=(Relevant(path=path, quote=quote),))
    with pytest.raises(BadQuestions):
        locate([question], reader([folder]))
