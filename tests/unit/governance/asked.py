"""Subjects on which people have given commands, and what comes of it."""

from dataclasses import replace

from os2kb.governance.facts import Account, Facts, Role
from os2kb.policy.policy import Policy
from tests.unit.governance.carried_out import applied
from tests.unit.governance.cases import (
    POLICY,
    body,
    comment,
    issue,
    plan,
    policy,
)

KIM = Account("kim")


ROLES = {"kim": Role.MAINTAIN, "bo": Role.TRIAGE}


SEVERE = policy(
    "mode: act\nlabels: {type: {bug: Bug, question: Spørgsmål}, "
    "severity: {kritisk: 'fejl: kritisk', Meget alvorlig: 'fejl: alvorlig', mild: væk}}"
)


def given(text: str, facts: Facts | None = None, by: Account = KIM, number: int = 30) -> Facts:
    """The subject with a command as its newest comment."""
    facts = facts or issue()
    return replace(facts, comments=(*facts.comments, comment(text, number, by)), roles=ROLES)


def after(text: str, facts: Facts | None = None, number: int = 30, by: Policy = POLICY) -> Facts:
    """The subject once the command was carried out."""
    asked = given(text, facts, number=number)
    return applied(asked, plan(asked, by).writes())


def said(facts: Facts, number: int = 30, by: Policy = POLICY) -> str:
    return body(facts, f"comment:reply:{number}", by).partition("\n")[2].strip()


def effects(facts: Facts, by: Policy = POLICY) -> list[str]:
    """What is written for commands, but for notes and replies."""
    quiet = ("command:", "comment:", "hold:")
    writes = plan(facts, by).writes()
    return [
        one.key
        for one in writes
        if one.because.startswith("/os2") and not one.key.startswith(quiet)
    ]
