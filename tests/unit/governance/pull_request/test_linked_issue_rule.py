"""linked-issue: the why is written down first."""

from os2kb.governance.facts import Linked
from tests.unit.governance.cases import OTHER_BOT, finding, pull, verdict


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
