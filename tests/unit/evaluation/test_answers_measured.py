"""What counts as a right answer, a false one and a good quote."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.build import build
from index.evaluation.questions import Question, Relevant, Span
from index.passages import Citation, Source
from index.search import Index
from index.versions import Versions
from os2kb.answers.answer import Answer
from os2kb.answers.ask import Answerer
from os2kb.knowledge.evaluation.answers import Given, Verdict, answer_figures, ask_all, given_json
from os2kb.knowledge.evaluation.floors import NEVER, highest_floor

TEXT = """# Produktniveauer

## Sandkasse

Kriteriet i sandkassefasen er,
at løsningen er open source.

## Drift

Leverandøren har ansvaret for driften.
"""
PLACE: Span = ("niveauer.md", 5, 6)


def question(*, answerable: bool = True, lang: str = "da", tag: str = "t") -> Question:
    return Question.model_validate(
        {
            "id": "1",
            "question": "Hvad er kriteriet i sandkassefasen?",
            "lang": lang,
            "relevant": (Relevant(path="niveauer.md", quote="x"),) if answerable else (),
            "answerable": answerable,
            "tags": [tag],
        }
    )


class Quoting(Answerer):
    """Answers everything with the same citations; none is an abstention."""

    def __init__(self, *citations: Citation) -> None:
        self._citations = citations

    def ask(self, question: str, **_: object) -> Answer:
        return Answer(
            question=question,
            text="",
            abstained=not self._citations,
            citations=self._citations,
            composer="extractive",
            lang="da",
            answer_id="x",
        )


def cite(quote: str, first: int, last: int, path: str = "niveauer.md") -> Citation:
    return Citation(quote=quote, title="", url="", path=path, lines=(first, last))


RIGHT = cite("Kriteriet i sandkassefasen er, at løsningen er open source.", 5, 6)
BESIDE = cite("Leverandøren har ansvaret for driften.", 10, 10)


def given(asked: Question, *citations: Citation, highest_floor: float = 0.5) -> Given:
    places = {"1": [PLACE] if asked.answerable else []}
    read = {"niveauer.md": TEXT}.get
    (one,) = ask_all(Quoting(*citations), [asked], places, read, lambda _: highest_floor)
    return one


@pytest.mark.parametrize(
    ("asked", "citations", "verdict"),
    [
        (question(), (RIGHT,), "answered-rightly"),
        (question(), (BESIDE, RIGHT), "answered-rightly"),
        (question(), (BESIDE,), "answered-beside"),
        (question(), (), "missed"),
        (question(answerable=False), (BESIDE,), "answered-falsely"),
        (question(answerable=False), (), "abstained-rightly"),
    ],
)
def test_a_right_answer_quotes_a_place_that_answers(
    asked: Question, citations: tuple[Citation, ...], verdict: Verdict
) -> None:
    assert given(asked, *citations).verdict == verdict


@pytest.mark.parametrize(
    ("citation", "relevant", "in_document", "verbatim"),
    [
        (RIGHT, True, True, True),
        (BESIDE, False, True, True),
        (cite("Kriteriet er open source.", 5, 6), True, True, False),
        (cite("Leverandøren har ansvaret for driften.", 5, 6), True, True, False),
        (cite("Leverandøren", 5, 6, path="andet.md"), False, False, False),
    ],
)
def test_a_quote_is_judged_by_where_it_comes_from_and_by_the_file_itself(
    citation: Citation, relevant: bool, in_document: bool, verbatim: bool
) -> None:
    (quote,) = given(question(), citation).quotes
    assert (quote.relevant, quote.in_document, quote.verbatim) == (relevant, in_document, verbatim)


def test_figures_count_questions_and_quotes_apart() -> None:
    figures = answer_figures(
        [
            given(question(), RIGHT, BESIDE),
            given(question(lang="en"), BESIDE),
            given(question(tag="u")),
            given(question(answerable=False), BESIDE),
            given(question(answerable=False)),
        ]
    )
    counts = ("n", "answered", "abstained", "answerable", "unanswerable")
    assert [figures[name] for name in counts] == [5, 3, 2, 3, 2]
    assert (figures["answered_rightly"], figures["answered_beside"], figures["missed"]) == (1, 1, 1)
    assert (figures["answered_falsely"], figures["abstained_rightly"]) == (1, 1)
    assert (figures["quotes"], figures["quote_precision"]) == (4, 0.25)
    assert figures["quotes_verbatim"] == 1.0
    assert figures["by"]["lang"]["en"]["answered_beside"] == 1
    assert figures["by"]["tag"]["u"]["missed"] == 1
    low, high = figures["intervals"]["quote_precision"]
    assert low < 0.25 < high


def test_no_quotes_have_no_precision() -> None:
    figures = answer_figures([given(question())])
    assert figures["quote_precision"] is None
    assert figures["intervals"]["quote_precision"] == [0.0, 1.0]


def test_a_real_answer_is_judged_on_its_file(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "niveauer.md").write_text(TEXT, "utf-8")
    root = tmp_path / "index"
    build([Source("docs", str(tmp_path / "docs"))], root, now=datetime(2026, 1, 5, tzinfo=UTC))
    versions = Versions(root)
    index = versions.current()
    assert index is not None
    (one,) = ask_all(
        Answerer(versions),
        [question()],
        {"1": [PLACE]},
        {"niveauer.md": TEXT}.get,
        lambda asked: highest_floor(index, asked),
    )
    row = given_json(one)
    assert row["verdict"] == "answered-rightly"
    assert row["quotes"][0]["verbatim"] is True
    assert row["highest_floor"] > index.floor


def test_how_well_answering_tells_is_measured_by_the_highest_floors() -> None:
    figures = answer_figures(
        [
            given(question(), RIGHT, highest_floor=0.8),
            given(question(), highest_floor=0.3),
            given(question(answerable=False), highest_floor=0.4),
            given(question(answerable=False), highest_floor=0.0),
        ]
    )
    assert figures["abstention"]["auroc"] == 0.75
    assert figures["abstention"]["answer_rate_at_5pct_false"] == 0.5
    assert answer_figures([given(question())])["abstention"] is None


def test_a_question_is_answered_up_to_its_highest_floor_and_not_above(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "niveauer.md").write_text(TEXT, "utf-8")
    root = tmp_path / "index"
    build([Source("docs", str(tmp_path / "docs"))], root, now=datetime(2026, 1, 5, tzinfo=UTC))
    index = Versions(root).current()
    assert index is not None
    elephant = question().model_copy(update={"question": "Hvad koster en elefant?"})
    assert highest_floor(index, elephant) == NEVER

    partly = question().model_copy(
        update={"question": "Hvem har ansvaret for budgettet i driften?"}
    )
    highest = highest_floor(index, partly)
    assert 0 < highest < 1

    class At:
        def __init__(self, floor: float) -> None:
            self._floor = floor

        def current(self) -> Index:
            return index.tuned(floor=self._floor)

    assert not Answerer(At(highest - 0.001)).ask(partly.question).abstained
    assert Answerer(At(min(0.999, highest + 0.05))).ask(partly.question).abstained
