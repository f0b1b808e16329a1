"""checks: green, or explained."""

from dataclasses import replace

import pytest

from os2kb.governance.facts import Account, CheckResult, Facts
from tests.unit.governance.cases import (
    IDA,
    OTHER_BOT,
    SELF,
    comment,
    finding,
    pull,
    strict,
    verdict,
    with_pull,
)

CHECKS = strict("checks")


def checked(**conclusions: str | None) -> Facts:
    results = tuple(CheckResult(name, conclusion) for name, conclusion in conclusions.items())
    return with_pull(pull(), checks=results)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (checked(), "n/a"),
        (checked(test="success", lint="neutral", docs="skipped"), "pass"),
        (checked(test="success", lint="failure"), "fail"),
        (checked(test="cancelled"), "fail"),
        (checked(test="timed_out"), "fail"),
        (checked(test="error"), "fail"),  # a commit status
        (checked(test="action_required"), "fail"),
        (checked(test=None), "unknown"),
        (checked(test="pending"), "unknown"),
        (checked(test=None, lint="failure"), "fail"),
        (pull(), "unknown"),
    ],
)
def test_checks_are_green(facts: Facts, expected: str) -> None:
    assert verdict("checks", facts, CHECKS) == expected


def test_some_checks_may_fail_where_the_policy_says_so() -> None:
    by = strict("checks", ", exempt: ['codecov/*']")
    results = (CheckResult("codecov/patch", "failure"), CheckResult("test", "success"))
    assert verdict("checks", with_pull(pull(), checks=results), by) == "pass"


FAILING = with_pull(pull(), checks=(CheckResult("Test (PHP 8.3)", "failure"),))


@pytest.mark.parametrize(
    ("said", "author", "expected"),
    [
        ("Test (PHP 8.3) fejler, fordi 8.3 ikke er understøttet endnu.", IDA, "pass"),
        ("`test (php 8.3)` is flaky.", IDA, "pass"),
        ("Test (PHP 8.3) fejler.", IDA, "fail"),  # no reason
        ("Det fejler, fordi det er nyt.", IDA, "fail"),  # which?
        ("> Test (PHP 8.3) fejler, fordi ...", IDA, "fail"),  # somebody else said so
        ("<!-- Test (PHP 8.3) fejler, fordi -->", IDA, "fail"),
        ("Test (PHP 8.3) fails because of me.", OTHER_BOT, "fail"),
        ("Test (PHP 8.3) fails because of me.", SELF, "fail"),
        ("", IDA, "fail"),
        ("\x00\ud800 Test (PHP 8.3) \u202e because", IDA, "pass"),
    ],
)
def test_a_person_can_explain_why_a_check_fails(said: str, author: Account, expected: str) -> None:
    facts = replace(FAILING, comments=(comment(said, author=author),))
    assert verdict("checks", facts, CHECKS) == expected


def test_one_explanation_does_not_serve_for_two_checks() -> None:
    facts = replace(
        checked(test="failure", lint="failure"),
        comments=(comment("lint fails because of the old config."),),
    )
    found = finding("checks", facts, CHECKS)
    assert found.verdict == "fail"
    assert "test" in found.evidence.en
    assert "lint" not in found.evidence.en


def test_at_most_five_names_are_listed() -> None:
    facts = checked(**{f"job{number}": "failure" for number in range(9)})
    assert finding("checks", facts, CHECKS).evidence.en.endswith("job3, job4, ….")
