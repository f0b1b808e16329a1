"""`/os2 severity`: one label of the escalation model, as a person judges it."""

from dataclasses import replace

import pytest

from os2kb.governance.facts import Facts
from os2kb.policy.policy import Policy
from tests.unit.governance.asked import SEVERE, effects, given, said
from tests.unit.governance.carried_out import applied
from tests.unit.governance.cases import (
    POLICY,
    issue,
    plan,
)

LABELS = ("Bug", "Spørgsmål", "fejl: kritisk", "fejl: alvorlig", "wontfix", "good first issue")


def severe(text: str, **changes: object) -> Facts:
    facts = issue(repository=replace(issue().repository, labels=LABELS), **changes)
    return given(f"/os2 severity {text}", facts)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("kritisk", "fejl: kritisk"),
        ("KRITISK alt er nede", "fejl: kritisk"),
        ("kritisk: alt er nede", "fejl: kritisk"),
        ("meget alvorlig, login driller", "fejl: alvorlig"),
    ],
)
def test_a_severity_is_its_label(text: str, label: str) -> None:
    asked = severe(text)
    assert effects(asked, SEVERE) == [f"label:add:{label}"]
    assert f"etiketten `{label}` er på" in said(asked, by=SEVERE)
    assert "login" not in said(asked, by=SEVERE)  # a reason is not repeated


def test_a_severity_replaces_what_a_command_set_and_leaves_what_a_person_did() -> None:
    first = severe("kritisk")
    first = applied(first, plan(first, SEVERE).writes())
    second = given("/os2 severity meget alvorlig", first, number=40)
    assert effects(second, SEVERE) == ["label:remove:fejl: kritisk", "label:add:fejl: alvorlig"]
    theirs = severe("kritisk", labels=("fejl: alvorlig",))
    assert effects(theirs, SEVERE) == ["label:add:fejl: kritisk"]
    assert "`fejl: alvorlig` har et menneske sat på" in said(theirs, by=SEVERE)


@pytest.mark.parametrize(
    ("text", "by", "reply"),
    [
        ("kritisk", POLICY, "Policyen nævner ingen alvorsgrader"),
        ("", SEVERE, "Her er der `kritisk`, `Meget alvorlig`, `mild`."),
        ("slem", SEVERE, "Her er der `kritisk`, `Meget alvorlig`, `mild`."),
        ("kritiske fejl", SEVERE, "Her er der `kritisk`"),
        ("mild", SEVERE, "Policyens etiket `væk` for `mild` findes ikke i repositoriet"),
    ],
)
def test_a_severity_that_is_none_is_told_which_there_are(text: str, by: Policy, reply: str) -> None:
    assert effects(severe(text), by) == []
    assert reply in said(severe(text), by=by)
