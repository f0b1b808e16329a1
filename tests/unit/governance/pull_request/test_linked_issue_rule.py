"""linked-issue: the why is written down first."""

import pytest

from os2kb.governance.facts import Linked
from tests.unit.governance.cases import OTHER_BOT, finding, pull, strict, verdict


def test_a_pull_request_that_names_an_existing_issue_passes() -> None:
    found = finding("linked-issue", pull(linked=(Linked(12), Linked(13))))
    assert (found.verdict, found.label) == ("pass", "")
    assert "#12, #13" in found.evidence.da


def test_a_pull_request_without_an_issue_fails() -> None:
    found = finding("linked-issue", pull())
    assert (found.verdict, found.label) == ("fail", "status.needs-issue")


def test_a_number_that_is_no_issue_is_said_to_be_none() -> None:
    assert "#12" in finding("linked-issue", pull(title="Ret #12")).evidence.en


def test_a_bots_pull_request_needs_no_issue() -> None:
    assert verdict("linked-issue", pull(author=OTHER_BOT)) == "n/a"


def test_an_issue_may_be_among_numbers_that_nobody_looked_up() -> None:
    many = pull(body="Bygger på #1, #2, #3, #4, #5 og #6.")
    assert verdict("linked-issue", many) == "unknown"
    assert verdict("linked-issue", pull(body="Bygger på #1, #2, #3, #4 og #5.")) == "fail"


ELSEWHERE = strict("linked-issue", r", also: '\bDISPLAY-\d+|tickets\.example/browse/'")


@pytest.mark.parametrize(
    ("title", "body", "branch", "expected"),
    [
        ("DISPLAY-7: Ret visning", "", "ret", "pass"),
        ("Ret visning", "Se [sagen](https://tickets.example/browse/7).", "ret", "pass"),
        ("Ret visning", "", "feature/DISPLAY-7-visning", "pass"),
        ("Ret visning", "<!-- DISPLAY-7 -->", "ret", "fail"),
        ("Ret visning", "> DISPLAY-7", "ret", "fail"),
        ("Ret visning", "", "ret", "fail"),
    ],
)
def test_an_issue_may_be_kept_elsewhere_where_the_policy_says_how_it_looks(
    title: str, body: str, branch: str, expected: str
) -> None:
    facts = pull(title=title, body=body, branch=branch)
    assert verdict("linked-issue", facts, ELSEWHERE) == expected
    assert verdict("linked-issue", facts, strict("linked-issue")) == "fail"
