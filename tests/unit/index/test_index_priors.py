"""A document in force, and a newer one, go first where two fit as well."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.passages import Passage
from index.retrieval.priors import IN_FORCE, OLDEST, prior

PASSAGE = Passage(
    id="1", source="docs", path="a.md", lines=(1, 2), title="A", heading=(), anchor="", text="A",
    url="", product=None, kind="decision", lang="da", status="current", visibility="public",
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
