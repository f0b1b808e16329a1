"""Previews read no more than a share of what the forge gives."""

from datetime import timedelta

import pytest

from os2kb.forges.port import RateLimited
from os2kb.preview.budget import ReadBudget
from tests.unit.governance.cases import NOW

HOUR = timedelta(hours=1)


def test_what_is_too_much_waits_until_the_first_is_an_hour_ago() -> None:
    moment = NOW
    budget = ReadBudget(3, lambda: moment)
    for minute in (0, 10, 20):
        moment = NOW + timedelta(minutes=minute)
        budget.spend(7)
    with pytest.raises(RateLimited) as limited:
        budget.spend(7)
    assert limited.value.until == NOW + HOUR
    moment = NOW + HOUR
    budget.spend(7)
    with pytest.raises(RateLimited):
        budget.spend(7)


def test_each_repository_has_its_own() -> None:
    budget = ReadBudget(1, lambda: NOW)
    budget.spend(7)
    budget.spend(8)
    with pytest.raises(RateLimited):
        budget.spend(7)
