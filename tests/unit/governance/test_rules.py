"""What holds of every rule."""

from os2kb.forges.github.app.permissions import EVENTS
from os2kb.governance.evaluate import evaluate
from os2kb.governance.facts import Linked
from os2kb.governance.rules import REGISTRY, rules_for
from tests.unit.governance.cases import (
    CITATION,
    NOW,
    POLICY,
    finding,
    issue,
    policy,
    pull,
)


def test_every_rule_has_an_id_of_its_own_and_speaks_both_languages() -> None:
    assert len({rule.id for rule in REGISTRY}) == len(REGISTRY)
    for rule in REGISTRY:
        assert rule.topic
        assert bool(rule.asks.da) == bool(rule.asks.en)


def test_only_rules_that_are_on_and_fit_the_subject_are_asked() -> None:
    assert [rule.id for rule in rules_for(issue(), POLICY)] == [
        "security-report",
        "personal-data",
        "type-label",
    ]
    assert [rule.id for rule in rules_for(pull(), POLICY)] == [
        "security-report",
        "personal-data",
        "linked-issue",
        "changelog",
    ]
    nothing = policy(
        "guidelines: {rules: {security-report: off, personal-data: off, type-label: off}}"
    )
    assert rules_for(issue(), nothing) == ()


def test_a_finding_carries_its_citation_and_how_strictly_it_holds() -> None:
    facts = pull(citations={"linked-issue": CITATION})
    assert finding("linked-issue", facts).citation == CITATION
    assert finding("linked-issue", facts).required
    assert not finding("changelog", facts).required


def test_only_a_failure_has_a_remedy() -> None:
    for facts in (issue(), pull(), pull(linked=(Linked(3),)), issue("XSS i søgefeltet")):
        for one in evaluate(facts, POLICY, NOW):
            assert bool(one.remedy.da) == (one.verdict == "fail")


def test_what_can_change_a_rules_answer_is_sent_to_us() -> None:
    of_a_subject = {*EVENTS} - {"push", "repository"}  # these name no issue and no pull request
    assert {event for rule in REGISTRY for event in rule.events} <= of_a_subject
