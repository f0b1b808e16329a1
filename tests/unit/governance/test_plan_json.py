"""A Plan as the command line prints it."""

import json

from os2kb.governance.decide import decide
from os2kb.governance.plan_json import plan_json
from tests.unit.governance.cases import CITATION, NOW, POLICY, comment, pull


def test_a_plan_is_printed_with_findings_actions_and_when_to_look_again() -> None:
    facts = pull(
        citations={"linked-issue": CITATION},
        comments=(comment("/os2 help", 1), comment("/os2 ask Hvem?", 20)),
        proposed_policy_problems=(),
    )
    printed = plan_json(decide(facts, POLICY, "observe", NOW), "da")
    assert json.loads(json.dumps(printed)) == printed
    assert printed["subject"] == "github:os2demo/os2demo#42"
    assert printed["mode"] == "observe"
    found = {one["rule"]: one for one in printed["findings"]}
    assert found["linked-issue"]["verdict"] == "fail"
    assert found["linked-issue"]["citation"]["lines"] == [3, 3]
    assert found["linked-issue"]["remedy"].startswith("Skriv issuets nummer")
    assert found["changelog"]["citation"] is None
    kinds = [(one["kind"], one["writes"]) for one in printed["actions"]]
    assert kinds == [
        ("set-check", True),
        ("put-comment", True),
        ("add-label", False),
        ("add-label", False),
        ("set-check", False),
        ("put-comment", False),
    ]
    assert printed["wake_at"] == "2026-03-02T10:10:00+00:00"


def test_a_plan_is_printed_in_the_language_of_its_subject() -> None:
    printed = plan_json(decide(pull(), POLICY, "act", NOW), "en")
    assert printed["findings"][2]["evidence"] == (
        "Neither title, description nor branch names an issue."
    )
    assert printed["wake_at"] is None
