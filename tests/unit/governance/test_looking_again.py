"""When a Plan wants to be made again, though nothing of the subject's own happens."""

from dataclasses import replace
from datetime import timedelta

import pytest

from os2kb.governance.facts import CheckResult, Facts, Linked
from tests.unit.governance.cases import NOW, REPOSITORY, plan, policy, pull, with_pull

BY = policy(
    "guidelines: {rules: {checks: required, approved-issue: {level: advise, labels: [Bug]}}}"
)
APPROVED = (Linked(12, labels=("Bug",)),)


def waiting(conclusion: str | None, linked: tuple[Linked, ...] = APPROVED) -> Facts:
    facts = pull(linked=linked, repository=REPOSITORY)
    return with_pull(facts, checks=(CheckResult("test", conclusion),))


@pytest.mark.parametrize(
    ("facts", "after"),
    [
        (waiting("success"), None),
        (waiting("failure"), None),  # a new commit tells
        (waiting(None), timedelta(minutes=10)),
        (waiting("success", linked=(Linked(12),)), timedelta(hours=1)),
        (waiting(None, linked=(Linked(12),)), timedelta(minutes=10)),  # the sooner
        (replace(waiting(None), open=False), None),
    ],
)
def test_what_no_delivery_will_tell_of_is_looked_at_again(
    facts: Facts, after: timedelta | None
) -> None:
    assert plan(facts, BY).wake_at == (after and NOW + after)


def test_a_subject_where_nothing_happens_is_looked_at_rarer_and_left_alone_in_the_end() -> None:
    def after(facts: Facts, quiet: timedelta) -> timedelta | None:
        wake_at = plan(replace(facts, updated_at=NOW - quiet), BY).wake_at
        return wake_at and wake_at - NOW

    blocked = waiting("success", linked=(Linked(12),))
    assert after(waiting(None), timedelta(days=2)) == timedelta(hours=1)
    assert after(blocked, timedelta(days=2)) == timedelta(hours=1)
    assert after(blocked, timedelta(days=48)) == timedelta(days=1)  # the group met once a month
    assert after(blocked, timedelta(days=90)) is None
