"""One evaluation against another, question by question."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.evaluation.comparison import BadEvaluation, compare, read_evaluation
from index.evaluation.intervals import interval_of_mean, interval_of_pair
from index.evaluation.measures import auroc


def row(
    name: str, gain: float, first: int | None = 1, *, answerable: bool = True
) -> dict[str, Any]:
    return {
        "id": name,
        "question": name,
        "answerable": answerable,
        "first": first,
        "ndcg10": gain if answerable else None,
    }


def test_each_question_is_better_worse_or_the_same() -> None:
    compared = compare(
        [row("a", 0.5, 3), row("b", 1.0), row("c", 1.0), row("gone", 1.0)],
        [row("a", 1.0), row("b", 0.0, None), row("c", 1.0), row("new", 1.0)],
    )
    assert [change["id"] for change in compared["better"]] == ["a"]
    assert compared["worse"] == [{"id": "b", "question": "b", "before": 1, "now": None}]
    assert (compared["n"], compared["same"]) == (3, 1)
    assert (compared["only_before"], compared["only_now"]) == (["gone"], ["new"])
    assert compared["difference"] == pytest.approx((0.5 - 1.0) / 3, abs=1e-4)


def test_unanswerable_questions_are_left_out() -> None:
    held = [row("a", 1.0), row("b", 0.0, None, answerable=False)]
    assert compare(held, held)["n"] == 1


def answered(name: str, verdict: str, *, answerable: bool = True) -> dict[str, Any]:
    return {**row(name, 1.0, answerable=answerable), "answer": {"verdict": verdict}}


def test_answers_that_turned_are_told_apart_from_ranks() -> None:
    compared = compare(
        [
            answered("a", "missed"),
            answered("b", "abstained-rightly", answerable=False),
            answered("c", "missed"),
        ],
        [
            answered("a", "answered-rightly"),
            answered("b", "answered-falsely", answerable=False),
            answered("c", "answered-beside"),
        ],
    )
    assert [change["id"] for change in compared["answers"]["better"]] == ["a"]
    (worse,) = compared["answers"]["worse"]
    assert (worse["before"], worse["now"]) == ("abstained-rightly", "answered-falsely")
    assert compare([row("a", 1.0)], [answered("a", "missed")])["answers"] is None


def test_two_evaluations_without_a_question_in_common_have_no_difference() -> None:
    compared = compare([row("a", 1.0)], [row("b", 1.0)])
    assert (compared["n"], compared["difference"]) == (0, None)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"questions": []}', '{"questions": [{"id": 1}]}']
)
def test_another_file_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.json").write_text(text, "utf-8")
    with pytest.raises(BadEvaluation):
        read_evaluation(tmp_path / "x.json")


def test_an_evaluation_is_read_back_whole(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(json.dumps({"questions": [row("a", 1.0)], "n": 1}), "utf-8")
    assert read_evaluation(tmp_path / "x.json")["n"] == 1


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_the_interval_of_a_mean_lies_within_the_values(values: list[float]) -> None:
    low, high = interval_of_mean(values)
    assert min(values) - 1e-9 <= low <= high <= max(values) + 1e-9


def test_the_interval_of_a_measure_narrows_with_more_questions() -> None:
    yes, no = [0.9, 0.8, 0.4], [0.5, 0.1, 0.2]
    few = interval_of_pair(yes, no, auroc)
    many = interval_of_pair(yes * 20, no * 20, auroc)
    assert few[0] <= many[0] <= auroc(yes, no) <= many[1] <= few[1]
