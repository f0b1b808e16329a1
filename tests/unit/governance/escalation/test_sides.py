"""Whose side somebody is on."""

from dataclasses import replace

import pytest

from os2kb.governance.escalation.sides import side_of
from os2kb.governance.facts import Account, Role
from os2kb.policy.load import load_policy
from tests.unit.governance.escalation.faults import MODEL, POLICY

SUPPLIED = load_policy(MODEL.replace("people: {", "people: {suppliers: [Leverandøren], "))


@pytest.mark.parametrize(
    ("account", "side"),
    [
        (Account("Ida"), "reporter"),
        (Account("ida", association="MEMBER"), "reporter"),
        (Account("Kim"), "us"),  # a coordinator
        (Account("medlem", association="MEMBER"), "us"),
        (Account("medlem", association="COLLABORATOR"), "us"),
        (Account("medlem", association="CONTRIBUTOR"), "outside"),
        (Account("medlem"), "outside"),
        (Account("hjælper"), "us"),  # may triage
        (Account("kim", is_bot=True), "bot"),
        (Account("os2kb[bot]", is_bot=True, is_self=True, association="MEMBER"), "bot"),
        (Account(""), "outside"),
    ],
)
def test_a_side(account: Account, side: str):
    assert side_of(account, "ida", POLICY, {"hjælper": Role.TRIAGE, "medlem": Role.READ}) == side


def test_suppliers_are_ours_and_other_organisations_are_not():
    bo, member = Account("bo"), Account("borger", association="MEMBER")
    assert side_of(bo, "anden", SUPPLIED, {}) == "us"
    assert side_of(bo, "anden", POLICY, {}) == "outside"  # nobody says what its organisation is
    people = SUPPLIED.people.model_copy(
        update={"organisations": {**SUPPLIED.people.organisations, "Kommunen": ("borger",)}}
    )
    named = SUPPLIED.model_copy(update={"people": people})
    assert side_of(member, "anden", named, {}) == "outside"
    assert side_of(replace(member, login="kim"), "anden", named, {}) == "us"
