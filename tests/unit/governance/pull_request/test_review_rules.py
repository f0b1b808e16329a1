"""reviews and discussions: what others say of the change."""

from datetime import timedelta

import pytest

from os2kb.governance.facts import Account, Facts, Review, Thread
from os2kb.policy.policy import Policy
from tests.unit.governance.cases import START, finding, policy, pull, strict, verdict, with_pull


def review(login: str, state: str = "approved", minute: int = 0, role: str = "MEMBER") -> Review:
    bot = login.endswith("[bot]")
    author = Account(login, is_bot=bot, association=role)
    return Review(author, state, START + timedelta(minutes=minute))  # type: ignore[arg-type]


def reviewed(*reviews: Review) -> Facts:
    return with_pull(pull(), reviews=reviews)


TWO = policy(
    """
guidelines: {rules: {reviews: {level: required, count: 2, organisations: 2}}}
people:
  organisations: {Aarhus Kommune: [bo, kim2], Leverandør A/S: [Kim]}
  coordinators: [koordinator]
"""
)
ONE = strict("reviews")


@pytest.mark.parametrize(
    ("reviews", "by", "expected"),
    [
        ((), ONE, "fail"),
        ((review("bo"),), ONE, "pass"),
        ((review("ida"),), ONE, "fail"),  # the author's own
        ((review("IDA"),), ONE, "fail"),
        ((review("renovate[bot]"),), ONE, "fail"),
        ((review("bo", "commented"),), ONE, "fail"),
        ((review("bo", "pending"),), ONE, "fail"),
        ((review("bo"), review("bo", minute=5)), TWO, "fail"),  # one person twice
        ((review("bo"), review("kim")), TWO, "pass"),
        ((review("bo"), review("kim2")), TWO, "fail"),  # one organisation
        ((review("bo"), review("kim2"), review("kim")), TWO, "pass"),
        ((review("bo"), review("koordinator")), TWO, "unknown"),  # nobody says where they work
        ((review("bo"),), TWO, "fail"),
    ],
)
def test_enough_people_of_enough_organisations_approve(
    reviews: tuple[Review, ...], by: Policy, expected: str
) -> None:
    assert verdict("reviews", reviewed(*reviews), by) == expected


@pytest.mark.parametrize(
    ("reviews", "expected"),
    [
        ((review("bo", "changes_requested", 1), review("bo", "approved", 2)), "pass"),
        ((review("bo", "approved", 2), review("bo", "changes_requested", 1)), "pass"),
        ((review("bo", "approved", 1), review("bo", "changes_requested", 2)), "fail"),
        ((review("bo", "approved", 1), review("bo", "commented", 2)), "pass"),
        ((review("bo", "approved", 1), review("bo", "dismissed", 2)), "fail"),
        ((review("bo"), review("kim", "changes_requested")), "fail"),
        ((review("bo"), review("kim", "dismissed")), "pass"),
    ],
)
def test_a_reviewers_last_word_counts(reviews: tuple[Review, ...], expected: str) -> None:
    assert verdict("reviews", reviewed(*reviews), ONE) == expected


def test_whoever_asks_for_changes_is_named() -> None:
    found = finding("reviews", reviewed(review("bo"), review("kim", "changes_requested")), ONE)
    assert found.evidence.da.startswith("kim ")


@pytest.mark.parametrize(
    ("association", "expected"),
    [("NONE", "unknown"), ("FIRST_TIME_CONTRIBUTOR", "unknown"), ("", "pass"), ("OWNER", "pass")],
)
def test_an_approval_by_a_stranger_proves_nothing(association: str, expected: str) -> None:
    assert verdict("reviews", reviewed(review("gaest", role=association)), ONE) == expected


def test_a_stranger_can_ask_for_changes_without_stopping_anything() -> None:
    stranger = review("gaest", "changes_requested", role="NONE")
    assert verdict("reviews", reviewed(stranger, review("bo")), ONE) == "pass"


def test_whom_the_policy_names_is_no_stranger() -> None:
    facts = reviewed(review("bo", role="NONE"), review("kim", role="NONE"))
    assert verdict("reviews", facts, TWO) == "pass"


def test_the_missing_organisation_is_asked_for() -> None:
    found = finding("reviews", reviewed(review("bo"), review("kim2")), TWO)
    assert "Aarhus Kommune" in found.evidence.en
    assert "anden organisation" in found.remedy.da


def test_reviews_that_were_not_read_are_not_missing() -> None:
    assert verdict("reviews", pull(), ONE) == "unknown"


@pytest.mark.parametrize(
    ("threads", "expected"),
    [
        ((), "n/a"),
        ((Thread(True),), "pass"),
        ((Thread(True), Thread(False)), "fail"),
        ((Thread(False, outdated=True),), "fail"),  # GitHub's protection asks for these too
        (None, "unknown"),
    ],
)
def test_every_discussion_is_resolved(threads: tuple[Thread, ...] | None, expected: str) -> None:
    facts = with_pull(pull(), threads=threads)
    assert verdict("discussions", facts, strict("discussions")) == expected


def test_unresolved_discussions_are_counted() -> None:
    facts = with_pull(pull(), threads=(Thread(True), Thread(False), Thread(False)))
    assert finding("discussions", facts, strict("discussions")).evidence.en.startswith("2 of 3 ")
