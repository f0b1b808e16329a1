from math import log
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from index.embedders.fitting import FittingFailed, fit
from index.embedders.lsa import Lsa
from index.retrieval.fusion import fuse, normalised, spread
from index.retrieval.lexical import K1, Postings
from index.retrieval.vectors import VectorIndex

COUNTS = st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=1, max_size=6)


@given(COUNTS, st.lists(st.floats(0.1, 2), min_size=3, max_size=3))
def test_postings_score_as_bm25_is_written(rows: list[list[int]], weights: list[float]) -> None:
    terms, b = ["a", "b", "c"], 0.6
    postings = Postings.build(csr_matrix(np.array(rows, np.float32)), terms, b)
    lengths = [sum(row) for row in rows]
    average = sum(lengths) / len(rows)
    expected = []
    for row, length in zip(rows, lengths, strict=True):
        score = 0.0
        for column, weight in enumerate(weights):
            held = sum(other[column] > 0 for other in rows)
            idf = log(1 + (len(rows) - held + 0.5) / (held + 0.5))
            if row[column]:
                norm = K1 * (1 - b + b * length / average)
                score += weight * idf * row[column] * (K1 + 1) / (row[column] + norm)
        expected.append(score)
    found = postings.scores(dict(zip(terms, weights, strict=True)))
    assert found == pytest.approx(expected, rel=1e-4, abs=1e-6)


def test_postings_know_which_passage_holds_a_term() -> None:
    postings = Postings.build(csr_matrix(np.array([[1, 0], [0, 2]], np.float32)), ["a", "b"])
    assert [postings.holds("a", 0), postings.holds("a", 1), postings.holds("x", 0)] == [
        True,
        False,
        False,
    ]


def test_an_unknown_term_scores_nothing_and_tells_most() -> None:
    postings = Postings.build(csr_matrix(np.array([[1.0], [0.0]])), ["a"])
    assert not postings.scores({"x": 1.0}).any()
    assert postings.idf_of("x") > postings.idf_of("a")


def test_fusion_is_the_weighted_mean_of_normalised_legs() -> None:
    stem = normalised(np.array([4.0, 2.0, 0.0], np.float32))
    dense = spread(np.array([2, 0]), np.array([0.9, 0.5], np.float32), 3)
    fused = fuse({"stem": stem, "dense": dense}, {"stem": 1.0, "dense": 0.5})
    assert fused == pytest.approx([2 / 3, 1 / 3, 1 / 3])


def test_a_leg_that_finds_nothing_changes_no_order() -> None:
    assert not normalised(np.zeros(3, np.float32)).any()
    assert not spread(np.zeros(0, np.int64), np.zeros(0, np.float32), 3).any()


def test_nearest_vectors_obey_the_filter_and_a_zero_vector_finds_nothing() -> None:
    vectors = np.eye(4, dtype=np.float32)
    index = VectorIndex.build(vectors)
    positions, cosines = index.nearest(vectors[2], 2)
    assert positions[0] == 2
    assert cosines[0] == pytest.approx(1.0)
    allowed = np.array([True, True, False, True])
    assert 2 not in index.nearest(vectors[2], 4, allowed)[0]
    assert len(index.nearest(np.zeros(4, np.float32), 2)[0]) == 0


def test_what_is_coded_finds_what_an_exact_search_would_also_where_few_are_allowed() -> None:
    # Around many centres, as passages are around subjects; random directions have no nearest.
    chance = np.random.default_rng(0)
    centres = chance.normal(size=(3_000, 32))
    vectors = np.repeat(centres, 11, axis=0) + 0.3 * chance.normal(size=(33_000, 32))
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    index = VectorIndex.build(vectors)
    few = np.zeros(len(vectors), np.bool_)
    few[::50] = True
    for allowed in (None, few):
        held = [
            len(set(index.nearest(vector, 10, allowed)[0]) & _ten_nearest(vector, vectors, allowed))
            for vector in vectors[::330]
        ]
        assert sum(held) / len(held) > 9.5
    assert few[index.nearest(vectors[0], 200, few)[0]].all()


def _ten_nearest(
    vector: np.ndarray, vectors: np.ndarray, allowed: np.ndarray | None
) -> set[np.int64]:
    cosines = vectors @ vector
    if allowed is not None:
        cosines[~allowed] = -2
    return set(np.argsort(-cosines)[:10])


TEXTS = [
    f"Emne {name} handler om {name} og {name}skriv" for name in ("drift", "kode", "skærm", "møde")
] * 3


def test_lsa_puts_a_question_nearest_to_the_text_about_it() -> None:
    model = Lsa.fit(TEXTS)
    cosines = model.passages(TEXTS) @ model.question("skærmen")
    assert TEXTS[int(cosines.argmax())].startswith("Emne skærm")


def test_the_same_texts_give_the_same_model(tmp_path) -> None:  # type: ignore[no-untyped-def]
    first, second = Lsa.fit(TEXTS), Lsa.fit(TEXTS)
    first.save(tmp_path)
    assert first.id == second.id == Lsa.load(tmp_path).id


def test_a_model_fitted_in_a_process_of_its_own_is_the_same_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoy = tmp_path / "where it runs"
    decoy.mkdir()
    (decoy / "json.py").write_text("raise SystemExit('a decoy was imported')", "utf-8")
    monkeypatch.chdir(decoy)
    texts = [f"{text} {number} \ud800" for number, text in enumerate(TEXTS * 50)]
    model = fit(texts, tmp_path / "lsa")
    assert model.id == Lsa.fit(texts).id
    assert not list(tmp_path.rglob("*.json")), "the texts it was fitted on are gone"


def test_a_model_that_cannot_be_fitted_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(FittingFailed, match="exit code 1"):
        fit(TEXTS * 50, tmp_path / "lsa")


@pytest.mark.parametrize("texts", [[""], ["ord"], ["😀", "!!"], ["a b", "c d"]])
def test_a_corpus_too_small_to_learn_from_gives_vectors_all_the_same(texts: list[str]) -> None:
    model = Lsa.fit(texts)
    rows = model.passages(texts)
    assert len(rows) == len(texts)
    assert model.question("ord").shape == rows[0].shape
