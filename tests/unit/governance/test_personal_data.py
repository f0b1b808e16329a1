"""The rule that no personal data stands in public, and how it says so."""

from dataclasses import replace

import pytest

from os2kb.governance.facts import Facts, PullRequest
from tests.unit.governance.cases import (
    BO,
    OTHER_BOT,
    SELF,
    body,
    comment,
    finding,
    issue,
    keys,
    policy,
    pull,
    verdict,
)

CPR, PHONE, EMAIL = "030670-1010", "23 45 67 89", "bo@gmail.com"
ACT = policy("mode: act")


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (issue(f"Fejl for {CPR}"), "et CPR-nummer (██████-████) i titlen."),
        (issue(body=f"Ring {PHONE}"), "et telefonnummer (██ ██ ██ ██) i beskrivelsen."),
        (
            issue(comments=(comment(EMAIL), comment("ida@live.dk", 78, BO))),
            "2 private e-mailadresser (██████@██████) i kommentarerne.",
        ),
        (
            issue(CPR, f"{CPR}, {PHONE}", comments=(comment(EMAIL),)),
            "et CPR-nummer (██████-████), en privat e-mailadresse (██████@██████) og "
            "et telefonnummer (██ ██ ██ ██) i titlen, beskrivelsen og kommentarerne.",
        ),
    ],
)
def test_it_tells_what_and_where(facts: Facts, said: str) -> None:
    found = finding("personal-data", facts)
    assert found.verdict == "fail"
    assert found.evidence.da == f"Der ser ud til at stå {said}"


def test_the_same_number_counts_once_wherever_it_stands() -> None:
    facts = issue(CPR, f"{CPR} {CPR.replace('-', '')} og 020308-4321, tlf. 23456789, +45 {PHONE}")
    evidence = finding("personal-data", facts).evidence.da
    assert "2 CPR-numre" in evidence
    assert "et telefonnummer" in evidence


def test_the_hint_repeats_nothing_of_it() -> None:
    facts = issue(f"Fejl for {CPR}", f"Ring {PHONE} eller skriv til {EMAIL}", language="en")
    hint = body(facts, "comment:status", ACT)
    assert "a CPR number (██████-████)" in hint
    for part in (CPR, PHONE, "030670", "1010", "gmail", "bo@"):
        assert part not in hint


def test_what_bots_and_we_write_is_not_read() -> None:
    bots = (comment(CPR, 77, OTHER_BOT), comment(CPR, 78, SELF))
    assert verdict("personal-data", issue(body=CPR, author=OTHER_BOT, comments=bots)) == "pass"


def test_it_is_advice_until_the_policy_says_otherwise() -> None:
    assert not finding("personal-data", issue(body=CPR)).required
    off = policy("mode: act\nguidelines: {rules: {personal-data: off}}")
    assert keys(issue(body=CPR), off) == []


def test_a_draft_is_told_too_and_of_nothing_else() -> None:
    facts = pull(body=CPR)
    draft = replace(facts, pull_request=replace(_of(facts), draft=True))
    strict = policy("mode: act\nguidelines: {rules: {linked-issue: required}}")
    said = body(draft, "comment:status", strict)
    assert "CPR-nummer" in said
    assert "linked-issue" not in said


def test_nobody_is_praised_for_writing_none() -> None:
    loud = policy("mode: act\nquiet: false")
    assert keys(issue(), loud) == []


def _of(facts: Facts) -> PullRequest:
    assert facts.pull_request is not None
    return facts.pull_request
