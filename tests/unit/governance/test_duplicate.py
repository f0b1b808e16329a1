"""The rule that leads who reports what is already reported to where it is talked of."""

import pytest

from os2kb.governance.facts import Facts
from os2kb.governance.learned import Near
from os2kb.governance.rules.issue.duplicate import compared
from tests.unit.governance.cases import (
    OTHER_BOT,
    REPOSITORY,
    SELF,
    body,
    comment,
    finding,
    issue,
    policy,
    pull,
    strict,
    verdict,
)

ON = strict("duplicate")
TWELVE = Near(12, "MitID giver hvid side", f"{REPOSITORY.url}/issues/12", 0.62)
ELSEWHERE = Near(7, "Hvid side", "https://github.example/os2demo/klient/issues/7", 0.55)
FAR = Near(3, "Kalender", f"{REPOSITORY.url}/issues/3", 0.41)


def near(*found: Near, text: str = "", **changes: object) -> Facts:
    return issue("Kan ikke logge ind", text, near=found, **changes)


def test_an_issue_like_an_earlier_one_is_led_there() -> None:
    found = finding("duplicate", near(TWELVE, ELSEWHERE, FAR), ON)
    assert (found.verdict, found.label) == ("fail", "")
    assert found.evidence.da == "Issuet ligner #12, os2demo/klient#7."
    assert [one.url for one in found.see] == [TWELVE.url, ELSEWHERE.url]


def test_the_comment_links_to_it_and_closes_nothing() -> None:
    act = policy("mode: act\nguidelines: {rules: {duplicate: advise}}")
    said = body(near(TWELVE), "comment:status", act)
    assert f"MitID giver hvid side]({TWELVE.url})" in said
    for word in ("luk", "close"):
        assert word not in said.lower()


def test_a_title_from_outside_stays_text() -> None:
    act = policy("mode: act\nguidelines: {rules: {duplicate: advise}}")
    evil = Near(12, "](https://evil.example) @bo <img> 030670-1010", TWELVE.url, 0.9)
    said = body(near(evil), "comment:status", act)
    assert "@bo" not in said
    assert "<img" not in said
    assert "](https://evil" not in said
    assert "1010" not in said


def test_the_product_says_how_alike_is_alike() -> None:
    low = strict("duplicate", ", threshold: 0.4")
    assert finding("duplicate", near(FAR), low).verdict == "fail"
    assert verdict("duplicate", near(FAR), ON) == "pass"
    assert verdict("duplicate", near(), ON) == "pass"


@pytest.mark.parametrize(
    "facts",
    [
        near(TWELVE, text="Det ligner #12, men her er det kun i Chrome."),
        near(TWELVE, comments=(comment("Se også #12"),)),
        near(TWELVE, comments=(comment(f"Dubleret: {TWELVE.url}"),)),
    ],
)
def test_what_somebody_has_named_is_not_told_again(facts: Facts) -> None:
    assert verdict("duplicate", facts, ON) == "pass"


def test_our_own_comment_names_nothing() -> None:
    assert verdict("duplicate", near(TWELVE, comments=(comment("#12", 77, SELF),)), ON) == "fail"


def test_a_number_here_is_not_the_same_number_elsewhere() -> None:
    assert verdict("duplicate", near(ELSEWHERE, text="Se #7"), ON) == "fail"


def test_security_and_bots_are_not_compared() -> None:
    for facts in (issue("XSS i søgefeltet", near=(TWELVE,)), near(TWELVE, author=OTHER_BOT)):
        assert not compared(facts, ON)
        assert verdict("duplicate", facts, ON) == "n/a"


def test_only_an_issue_under_the_rule_is_compared() -> None:
    assert compared(issue(), ON)
    assert not compared(pull(), ON)
    assert not compared(issue(), policy("mode: act"))


def test_issues_that_were_not_read_are_not_guessed_at() -> None:
    assert verdict("duplicate", issue(), ON) == "unknown"
