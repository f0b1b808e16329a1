"""The report stands alone, says the figures in words, and lets no text of others act in it."""

import re
from typing import Any

import pytest

from index.evaluation.comparison import compare
from index.evaluation.figures import figures
from index.evaluation.outcomes import Outcome, outcome_json
from index.evaluation.questions import Question, Relevant
from os2kb.knowledge.evaluation.report import report
from os2kb.reports import charts
from tests.unit.reports.whole_page import Page


def outcome(
    name: str,
    *ranks: int | None,
    confidence: float = 0.9,
    text: str = "Hvem?",
    answerable: bool = True,
) -> Outcome:
    question = Question(
        id=name,
        question=text,
        relevant=(Relevant(path="a.md", quote="x"),) if answerable else (),
        answerable=answerable,
        tags=("rolle",),
    )
    return Outcome(question, ranks, confidence, 1.5, (("a.md", 3, 4),) if answerable else ())


def measured(*outcomes: Outcome) -> dict[str, Any]:
    return {
        **figures(outcomes, 0.5),
        "questions": [outcome_json(one) for one in outcomes],
        "about": {
            "file": "q.jsonl",
            "version": "v",
            "passages": 7,
            "spelling": {"ascii": False, "typos": 0, "seed": None},
        },
    }


BOTH = (
    outcome("1", 1),
    outcome("2", None, confidence=0.2, text="Hvor er <b>det</b>?"),
    outcome("3", confidence=0.1, answerable=False),
)


@pytest.mark.parametrize("lang", ["da", "en"])
@pytest.mark.parametrize(
    "outcomes",
    [BOTH, BOTH[:1], BOTH[2:]],
    ids=["both", "only-answerable", "only-unanswerable"],
)
def test_the_page_is_whole_and_needs_nothing_beside_it(
    outcomes: tuple[Outcome, ...], lang: Any
) -> None:
    page = Page(text := report(measured(*outcomes), lang))
    assert (page.opened, page.unbalanced) == ([], [])
    assert ("html", {"lang": lang}) in page.seen
    tags = {tag for tag, _ in page.seen}
    assert not tags & {"script", "img", "link", "iframe"}
    assert not re.search(r"@import|url\(|src=", text)


def test_every_chart_has_a_name_and_a_table_beside_it() -> None:
    page = Page(report(measured(*BOTH)))
    ids = {attributes["id"] for _, attributes in page.seen if "id" in attributes}
    drawn = [attributes for tag, attributes in page.seen if tag == "svg"]
    assert len(drawn) >= 4
    for attributes in drawn:
        assert attributes["role"] == "img"
        assert set(str(attributes["aria-labelledby"]).split()) <= ids
    assert sum(tag == "table" for tag, _ in page.seen) >= len(drawn)


def test_text_of_others_is_shown_and_does_nothing() -> None:
    text = report(measured(outcome("1", None, text="<script>alert(1)</script> \u202e {{ 7*7 }}")))
    assert "<script>" not in text
    assert "&lt;script&gt;" in text
    assert "{{ 7*7 }}" in text


def test_a_question_of_any_length_leaves_a_page_that_can_be_read() -> None:
    assert len(report(measured(outcome("1", None, text="ord " * 80_000)))) < 30_000


def test_what_was_not_found_is_listed_with_its_right_place() -> None:
    text = report(measured(*BOTH))
    listed = text[text.index('id="failures"') :]
    assert "Hvor er &lt;b&gt;det&lt;/b&gt;?" in listed
    assert "a.md:3–4" in listed
    assert "Hvem?" not in listed


def test_figures_are_written_as_each_language_writes_them() -> None:
    assert "nDCG@10</dt><dd>0,50" in report(measured(*BOTH), "da")
    assert "nDCG@10</dt><dd>0.50" in report(measured(*BOTH), "en")


def test_the_floor_is_drawn_where_answers_are_given_today_not_where_the_search_is_sure() -> None:
    asked = measured(*BOTH)
    verdicts = (("answered-rightly", 0.9), ("answered-beside", 0.6), ("abstained-rightly", 0.1))
    for row, (verdict, floor) in zip(asked["questions"], verdicts, strict=True):
        row["answer"] = {"verdict": verdict, "highest_floor": floor, "quotes": []}
    asked["answers"] = {
        "n": 3, "answerable": 2, "answered_rightly": 1, "answered_beside": 1, "missed": 0,
        "unanswerable": 1, "answered_falsely": 0, "abstained_rightly": 1, "quotes": 0,
        "quote_precision": None, "quotes_in_document": None, "quotes_verbatim": None,
        "abstention": {"auroc": 1.0, "intervals": {"auroc": [0.9, 1.0]}},
        "intervals": {name: [0.0, 1.0] for name in ("answered_rightly", "answered_falsely")},
    }  # fmt: skip
    text = report(asked, "en")
    row = 'at today&#39;s floor</th><td class="n">0%</td><td class="n">100%</td>'
    assert row in text
    assert "Which answers were beside the point?" in text


def test_a_comparison_is_told_where_there_is_one() -> None:
    now = measured(*BOTH)
    assert 'id="compare"' not in report(now)
    now["compare"] = compare(measured(outcome("1", 3))["questions"], now["questions"])
    assert "1 better," in report(now, "en")


def test_the_curve_of_abstention_ends_where_everything_is_answered() -> None:
    curve = charts.abstention_curve([(0.0, 0.0), (0.0, 0.5), (1.0, 1.0)], {"floor": (0.0, 0.5)})
    end = f"{charts.RIGHT} {charts.TOP}"
    assert curve.path.replace(".0", "").endswith(end)
    assert [(point.x, point.text) for point in curve.points] == [(charts.LEFT, "floor")]


def test_a_histogram_holds_every_value() -> None:
    columns, ticks = charts.histogram([0.1, 0.2, 0.9, 1.7, 0.0])
    assert sum(int(column.text or 0) for column in columns) == 5
    assert [tick.text for tick in ticks] == ["0", "1", "2"]
    assert charts.histogram([0.0])[1][-1].text == "1"
