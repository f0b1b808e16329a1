"""What the walk says, in words a reader without knowledge of GitHub's API understands."""

import pytest

from os2kb.demo.github.world.hooks import Delivery
from os2kb.demo.scenario import OpenPullRequest
from os2kb.demo.telling import told_deed, told_events, told_finding, told_held_back, worth_telling
from os2kb.governance.actions import PutComment
from os2kb.governance.findings import Finding, Verdict
from os2kb.governance.rules import REGISTRY
from os2kb.phrases import Phrase


def delivery(event: str, action: str | None) -> Delivery:
    return Delivery(1, "g", event, action, None, None, b"", "http://x", {})


def finding(rule: str, verdict: Verdict) -> Finding:
    return Finding(rule=rule, verdict=verdict, evidence=Phrase(da="Fordi.", en="Because."))


def test_events_are_told_once_each_in_order() -> None:
    told = [delivery("issues", "opened"), delivery("push", None), delivery("issues", "opened")]

    assert told_events(told) == "et issue blev oprettet, commits blev lagt op"


def test_an_event_without_a_word_keeps_its_name() -> None:
    assert told_events([delivery("milestone", "created")]) == "milestone.created"


def test_no_event_is_said_too() -> None:
    assert told_events([]) == "ingenting"


@pytest.mark.parametrize("rule", [rule.id for rule in REGISTRY])
def test_every_rule_is_told_in_words_beside_its_key(rule: str) -> None:
    words = told_finding(finding(rule, "unknown")).partition(f" ({rule}): ved ikke. Fordi.")[0]

    assert words not in {"", "regel"}


@pytest.mark.parametrize(
    ("rule", "verdict", "worth"),
    [
        ("security-report", "pass", False),
        ("security-report", "fail", True),
        ("changelog", "pass", True),
        ("changelog", "n/a", False),
    ],
)
def test_an_alarm_that_is_quiet_is_not_told(rule: str, verdict: Verdict, worth: bool) -> None:
    assert worth_telling(finding(rule, verdict)) is worth


def test_an_alarm_that_rings_is_not_called_missing() -> None:
    told = told_finding(finding("security-report", "fail"))

    assert ": OBS. " in told
    assert "mangler" not in told


def test_a_comment_is_told_by_its_words_without_addresses() -> None:
    said = PutComment(
        "status", "Det følger [retningslinjerne](https://a.example/b#c).", because="x"
    )
    assert told_held_back(said) == (
        "Lod være, for her ser den kun med: skriv statuskommentaren: “Det følger retningslinjerne.”"
    )


def test_a_title_is_told_with_the_number_it_was_opened_with() -> None:
    deed = OpenPullRequest.model_validate(
        {
            "do": "open_pull_request",
            "id": "regler",
            "in": "os2demo/os2demo",
            "by": "kim",
            "title": "[$guide]: Ret",
            "body": "",
            "head": "a",
            "base": "b",
            "files": {},
        }
    )
    told = told_deed(deed, lambda text: text.replace("$guide", "4"))
    assert told == "kim åbner en pull request i os2demo/os2demo: “[4]: Ret”"
