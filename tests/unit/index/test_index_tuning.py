"""Weights are chosen by what they do on questions they were not chosen by."""

from pathlib import Path

import numpy as np
import pytest
from corpora import HANDBOOK, built, index_of, write
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from index.evaluation.questions import locate, read_questions, reader
from index.evaluation.tuning import FEWEST, candidates, conclude, preferred, tune
from index.passages import Source
from index.retrieval.defaults import WEIGHTS

TRIED = candidates()


def gains(count: int, default: float, **others: float) -> np.ndarray:
    """nDCG of all candidates on as many questions; `c3=0.9` sets that of the third candidate."""
    held = np.zeros((len(TRIED), count))
    held[0] = default
    for name, value in others.items():
        held[int(name[1:])] = value
    return held


def test_the_default_is_tried_first_and_nothing_is_tried_twice() -> None:
    assert TRIED[0] == WEIGHTS
    assert len({tuple(weights.items()) for weights in TRIED}) == len(TRIED)


def test_weights_that_do_better_on_every_question_are_chosen() -> None:
    tuning = conclude(TRIED, gains(30, 0.5, c7=0.9))
    assert tuning.chosen == tuning.best == TRIED[7]
    assert tuning.gain == pytest.approx(0.4)


def test_a_gain_on_few_of_many_questions_may_be_chance() -> None:
    held = gains(30, 0.5, c7=0.5)
    held[7, 0] = 1.0
    assert conclude(TRIED, held).chosen == WEIGHTS


def test_noise_alone_leaves_the_default() -> None:
    random = np.random.default_rng(5)
    chosen = [conclude(TRIED, random.random((len(TRIED), 40))).chosen for _ in range(20)]
    assert sum(weights != WEIGHTS for weights in chosen) <= 2


def test_too_few_questions_change_nothing_however_clear_they_are() -> None:
    tuning = conclude(TRIED, gains(FEWEST - 1, 0.1, c7=1.0))
    assert tuning.chosen == WEIGHTS
    assert "too few" in tuning.why
    assert conclude(TRIED, gains(0, 0.0)).chosen == WEIGHTS


@given(
    arrays(np.float64, st.tuples(st.just(4), st.integers(1, 12)), elements=st.sampled_from([0, 1]))
)
def test_what_is_preferred_is_never_further_from_the_default_than_the_best(
    held: np.ndarray,
) -> None:
    assert preferred(held) <= int(held.mean(axis=1).argmax())


def test_an_index_is_tuned_on_a_question_file(tmp_path: Path) -> None:
    folder = write(tmp_path / "docs", HANDBOOK)
    built(tmp_path / "index", Source("docs", str(folder)))
    (tmp_path / "q.jsonl").write_text(
        '{"id": "1", "question": "hvem betaler for driften", "relevant": [{"path": "faq.md", '
        '"quote": "Kommunerne deler udgiften"}]}\n'
        '{"id": "2", "question": "Hvad koster en elefant?", "answerable": false}\n',
        "utf-8",
    )
    questions = read_questions(tmp_path / "q.jsonl")
    told: list[tuple[int, int]] = []
    tuning = tune(
        index_of(tmp_path / "index"),
        questions,
        locate(questions, reader([folder])),
        lambda done, all_: told.append((done, all_)),
    )
    assert (tuning.n, tuning.chosen) == (1, WEIGHTS)
    assert told[-1] == (len(TRIED), len(TRIED))
