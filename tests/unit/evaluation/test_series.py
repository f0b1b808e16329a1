"""What evaluations came to is kept, run by run, so that the console can show how it goes."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from os2kb.knowledge.evaluation.series import comparable, evaluated, every, remember

AT = datetime(2026, 11, 1, 12, tzinfo=UTC)
MEASURED = {
    "n": 6,
    "recall": {"1": 0.5, "5": 0.75, "10": 1.0},
    "mrr": 0.6,
    "ndcg10": 0.7,
    "answers": {"answerable": 4, "answered_rightly": 3, "unanswerable": 2, "answered_falsely": 1},
    "about": {
        "file": "spørgsmål.jsonl",
        "version": "20261101T120000Z",
        "internal": False,
        "spelling": {"ascii": False, "typos": 0, "seed": None},
    },
    "questions": [{"question": "Hvad står i hemmeligheden?"}],
}


def test_a_run_is_kept_with_its_figures_and_without_a_question(tmp_path: Path):
    remember(tmp_path, evaluated(MEASURED, AT))
    remember(tmp_path, evaluated(MEASURED, AT + timedelta(days=1)))
    first, second = every(tmp_path)
    assert (first.at, second.at) == (AT, AT + timedelta(days=1))
    assert (first.file, first.n, first.recall5, first.ndcg10) == ("spørgsmål.jsonl", 6, 0.75, 0.7)
    assert (first.rightly, first.falsely) == (0.75, 0.5)
    assert "hemmeligheden" not in (tmp_path / "evaluations.jsonl").read_text()


def test_what_was_not_asked_for_answers_has_no_share_of_them():
    searched = {name: value for name, value in MEASURED.items() if name != "answers"}
    run = evaluated(searched, AT)
    assert (run.rightly, run.falsely) == (None, None)


@pytest.mark.parametrize(
    ("name", "value"),
    [("file", "andre.jsonl"), ("internal", True), ("spelling", {"ascii": True, "typos": 2})],
)
def test_runs_of_another_sort_are_not_compared_with_the_newest(
    tmp_path: Path, name: str, value: object
):
    other = {**MEASURED, "about": {**MEASURED["about"], name: value}}  # type: ignore[dict-item]
    remember(tmp_path, evaluated(MEASURED, AT))
    remember(tmp_path, evaluated(other, AT))
    remember(tmp_path, evaluated(MEASURED, AT))
    assert [one.sort for one in comparable(every(tmp_path))] == [evaluated(MEASURED, AT).sort] * 2
    assert comparable(()) == ()


def test_a_broken_line_costs_no_other_and_a_full_disk_no_figure(tmp_path: Path):
    remember(tmp_path, evaluated(MEASURED, AT))
    with (tmp_path / "evaluations.jsonl").open("ab") as file:
        file.write(b'{"at": \xff}\nnot json\n')
    remember(tmp_path, evaluated(MEASURED, AT))
    assert len(every(tmp_path)) == 2
    remember(tmp_path / "nowhere", evaluated(MEASURED, AT))
    assert every(tmp_path / "nowhere") == ()
