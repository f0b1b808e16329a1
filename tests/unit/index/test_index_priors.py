"""A document in force, a newer one, and one that says something, go first where two fit as well."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.passages import Passage
from index.retrieval.priors import IN_FORCE, OLDEST, SHORTEST, prior

PASSAGE = Passage(
    id="1", source="docs", path="a.md", lines=(1, 2), title="A", heading=(), anchor="",
    text="ord " * 20, url="", product=None, kind="decision", lang="da", status="current",
    visibility="public",
)  # fmt: skip


def dated(*dates: str) -> list[Passage]:
    return [replace(PASSAGE, date=found) for found in dates]


def test_the_newer_of_two_decisions_goes_first_and_an_undated_one_between() -> None:
    newer, undated, older = prior(dated("2026-06-04", "", "2019-01-31"))
    assert newer > undated > older


def test_where_no_document_has_a_date_none_is_held_back() -> None:
    assert list(prior(dated("", ""))) == [1.0, 1.0]


@pytest.mark.parametrize("status", [status for status in IN_FORCE if status != "current"])
def test_what_is_not_in_force_goes_behind_what_is(status: str) -> None:
    current, other = prior([PASSAGE, replace(PASSAGE, status=status)])  # type: ignore[arg-type]
    assert other < current


@given(st.lists(st.dates(date(2000, 1, 1), date(2099, 12, 31)), min_size=1), st.integers(0, 3650))
def test_age_counts_from_the_newest_document_and_never_for_much(
    dates: list[date], days: int
) -> None:
    known = [(found - timedelta(days)).isoformat() for found in dates]
    later = [found.isoformat() for found in dates]
    assert list(prior(dated(*known))) == list(prior(dated(*later)))
    assert min(prior(dated(*known))) >= OLDEST - 1e-6


def test_a_passage_that_only_points_elsewhere_goes_behind_one_that_says_something() -> None:
    pointer, whole = prior([replace(PASSAGE, text="Se [politikken](SECURITY.md)."), PASSAGE])
    assert SHORTEST < pointer < whole == 1.0


def test_a_short_answer_below_its_question_is_not_held_back() -> None:
    asked = ("Spørgsmål og svar", "Hvem vælger formanden?")
    assert list(prior([replace(PASSAGE, text="Styregruppen.", heading=asked)])) == [1.0]


@given(st.lists(st.integers(0, 60), min_size=2, max_size=2).map(sorted))
def test_more_words_never_count_against_a_passage(lengths: list[int]) -> None:
    fewer, more = prior([replace(PASSAGE, text="ord " * words) for words in lengths])
    assert SHORTEST <= fewer <= more <= 1.0
