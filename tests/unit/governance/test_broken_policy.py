"""Where the Policy has mistakes, whoever can mend it is told so when they ask for help."""

from dataclasses import replace

import pytest

from os2kb.governance.actions import PutComment
from os2kb.governance.commands.broken_policy import who_asks_for_help
from os2kb.governance.facts import Facts, Role
from os2kb.phrases import Phrase
from os2kb.policy.problem import PolicyProblem
from tests.unit.governance.carried_out import applied
from tests.unit.governance.cases import BO, IDA, NOW, comment, issue, plan

PATH = ".github/os2kb.yml"
HERE = PolicyProblem(PATH, 3, Phrase("Ukendt nøgle `<b>@kim`.", "Unknown key `<b>@kim`."))
OTHER = PolicyProblem(PATH, 9, Phrase("Der skal stå et tal.", "Write a number."))
HIDDEN = PolicyProblem("os2demo/.github/x", 1, Phrase("hemmeligt", "secret"))


def asked(*said: str) -> Facts:
    """Bo, who can write here, and ida, who cannot, each say these."""
    comments = [
        comment(text, 10 * place + who, (BO, IDA)[who])
        for place, text in enumerate(said)
        for who in (0, 1)
    ]
    return replace(
        issue(comments=tuple(comments)),
        roles={"bo": Role.WRITE, "ida": Role.TRIAGE},
        policy_problems=(HERE, OTHER, HIDDEN),
        problems_told=(HERE, OTHER),
    )


def replies(facts: Facts) -> list[str]:
    return [one.body for one in plan(facts).writes() if isinstance(one, PutComment)]


def test_who_can_mend_it_is_told_the_first_mistake_and_how_many_there_are() -> None:
    (said,) = replies(asked("/os2 help"))
    assert ".github/os2kb.yml:3" in said
    assert "Det er den første af 2" in said
    assert "@kim" not in said
    assert "<b>" not in said
    assert "hemmeligt" not in said


def test_it_is_told_once() -> None:
    facts = asked("/os2 help", "/os2")
    (said,) = replies(facts)
    assert said.count("Du har spurgt igen") == 1
    assert plan(applied(facts, plan(facts).writes())).writes() == ()


@pytest.mark.parametrize("text", ["/os2 why", "/os2 help\n/os2 label Bug", "/os2 undo", "Hej"])
def test_what_else_is_asked_waits(text: str) -> None:
    assert plan(asked(text)).actions == ()
    assert who_asks_for_help(asked(text), NOW) == ()


def test_a_locked_conversation_is_left_alone() -> None:
    assert plan(replace(asked("/os2 help"), locked=True)).actions == ()
