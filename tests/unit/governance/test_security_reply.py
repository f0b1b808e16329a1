"""A suspected vulnerability: shown the private channel, repeated nowhere."""

from dataclasses import replace

import pytest

from tests.unit.governance.cases import (
    ANSWER,
    SELF,
    body,
    comment,
    issue,
    keys,
    plan,
    policy,
    pull,
    receipt,
)

REPORT = issue(
    "XSS i søgefeltet",
    "Skriv <script>alert('hemmeligt')</script> i feltet, så kører det hos @bo.",
    comments=(comment("/os2 ask Hvad gør man ved hemmeligt?\n/os2 why"),),
    answers={77: replace(ANSWER, question="Hvad gør man ved hemmeligt?")},
)


def test_a_report_is_labelled_and_shown_the_private_channel_once() -> None:
    assert keys(REPORT) == ["comment:reply:77", "label:add:It-sikkerhed", "comment:security"]
    said = body(REPORT, "comment:security")
    assert "https://github.example/os2demo/os2demo/security/advisories/new" in said
    again = replace(REPORT, receipts=(receipt("comment:security"),))
    assert "comment:security" not in keys(again)
    theirs = replace(REPORT, comments=(comment(said, 90, SELF),))
    assert "comment:security" not in keys(theirs)


def test_nothing_of_a_report_is_repeated_or_answered_from() -> None:
    everything = repr(plan(REPORT)).lower()
    for word in ("hemmeligt", "søgefelt", "alert", "xss", "@bo"):
        assert word not in everything
    assert "Jeg svarer ikke på spørgsmål her" in body(REPORT, "comment:reply:77")


def test_why_tells_nothing_of_a_report_but_that_it_is_one() -> None:
    by = policy("mode: act\nguidelines: {rules: {branch-name: required, linked-issue: required}}")
    reported = replace(
        pull(branch="ret-hemmeligt-hul", comments=(comment("/os2 why"),)),
        title="XSS i søgefeltet, se #4711",
    )
    said = body(reported, "comment:reply:77", by)
    assert "security-report" in said
    assert "hemmeligt" not in said
    assert "4711" not in said


@pytest.mark.parametrize(
    ("report_to", "shown"),
    [
        ("https://os2.eu/sikkerhed", "[privat](https://os2.eu/sikkerhed)"),
        ("mailto:sikkerhed@os2.example", "(mailto:sikkerhed@os2.example)"),
    ],
)
def test_the_policy_can_name_the_private_channel(report_to: str, shown: str) -> None:
    by = policy(f"guidelines: {{rules: {{security-report: {{report_to: '{report_to}'}}}}}}")
    assert shown in body(REPORT, "comment:security", by)


def test_the_security_label_stays_when_the_text_is_mended() -> None:
    mended = issue(
        "Eksport",
        labels=("It-sikkerhed",),
        receipts=(receipt("label:add:It-sikkerhed", "security-report"),),
    )
    assert keys(mended) == []
