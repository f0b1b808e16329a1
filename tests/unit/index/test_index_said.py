"""What a passage is asked for by finds it, and is no evidence of what it says."""

from pathlib import Path

import pytest
from corpora import HANDBOOK, built, index_of, write
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from index.passages import Source
from index.retrieval.lexical import Postings
from index.search import Index

QUESTION = "Hvorfor blinker dimsen på biblioteket?"
TEXT = "# Skærme\n\nEn gul skærm kører en gammel version af koden.\n"


@pytest.fixture
def plain(tmp_path: Path) -> Index:
    return _index(tmp_path / "plain", TEXT)


@pytest.fixture
def asked(tmp_path: Path) -> Index:
    return _index(tmp_path / "asked", f"---\nquestions:\n- {QUESTION}\n---\n{TEXT}")


def _index(place: Path, screens: str) -> Index:
    docs = write(place / "docs", {**HANDBOOK, "skaerme.md": screens})
    built(place / "index", Source("docs", str(docs)))
    return index_of(place / "index")


def test_what_a_passage_is_asked_for_by_finds_it(plain: Index, asked: Index) -> None:
    assert "skaerme.md" not in [hit.passage.path for hit in plain.search(QUESTION).hits]
    assert asked.search(QUESTION).hits[0].passage.path == "skaerme.md"


def test_it_is_no_evidence_of_what_the_passage_says(asked: Index) -> None:
    found = asked.evidence(QUESTION)[0]
    assert (found.gram, found.words, found.near) == (0, 0, 0)
    assert asked.search(QUESTION).confidence < asked.floor


def test_to_say_again_what_a_text_says_makes_it_no_surer(tmp_path: Path) -> None:
    question = "Hvad kører en gul skærm?"
    once = _index(tmp_path / "once", TEXT).evidence(question)[0]
    twice = _index(tmp_path / "twice", f"---\nquestions:\n- {question}\n---\n{TEXT}")
    assert twice.evidence(question)[0].gram <= once.gram
    assert twice.evidence(question)[0].words == once.words == 1


@given(st.lists(st.integers(1, 9), min_size=2, max_size=6), st.data())
def test_a_term_that_stood_there_less_often_would_add_what_it_then_does(
    counts: list[int], data: st.DataObject
) -> None:
    fewer = data.draw(st.integers(1, counts[0]))
    taken = [[float(count), 10.0 - count] for count in counts]
    other = [[float(fewer), 10.0 - fewer], *taken[1:]]  # of the same length
    before, after = (Postings.build(csr_matrix(rows), ["a", "b"]) for rows in (taken, other))
    then = before.impact("a", 0, counted=counts[0], instead=fewer)
    assert then == pytest.approx(after.scores({"a": 1.0})[0], rel=1e-4)
    assert before.impact("c", 0, counted=1, instead=1) == 0
