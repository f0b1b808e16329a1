"""Who is told because somebody asked for it: `/os2 escalate`."""

from dataclasses import replace

import pytest

from os2kb.governance.facts import Role
from os2kb.governance.ledger.marks import own_comment
from os2kb.policy.policy import Policy
from tests.unit.governance.escalation.at_work import (
    BOARD,
    KIM,
    MAY_ESCALATE,
    Desk,
    fault,
    messages,
    model,
    moment,
    reply,
    whom,
)


def test_a_command_tells_the_next_rung_and_says_whom() -> None:
    desk = Desk(replace(fault("kritisk"), roles={"kim": Role.TRIAGE}), model(MAY_ESCALATE))
    desk.look("2 10.05")
    desk.comment("/os2 escalate Det haster", KIM, "2 10.10", number=900)
    plan = desk.look("2 10.11")
    assert whom(plan) == [("@kim",)]
    assert "nogen har bedt om denne besked med /os2 escalate" in messages(plan)[0].body
    said = reply(desk, 900)
    assert "Trin 2 af 4, produktkoordinator, får besked: `@kim`." in said
    assert "Det haster" not in said
    assert desk.plan("2 10.12").writes() == ()


def test_a_command_confirms_the_rung_that_waits() -> None:
    desk = Desk(replace(fault("kritisk"), roles={"kim": Role.TRIAGE}), model(MAY_ESCALATE))
    desk.look("5 10.00")
    desk.comment("/os2 escalate", KIM, "5 10.10", number=900)
    plan = desk.look("5 10.11")
    assert whom(plan) == [(BOARD,)]
    assert messages(plan)[0].once == BOARD
    desk.comment("/os2 escalate", KIM, "5 10.20", number=901)
    assert whom(desk.look("5 10.21")) == []
    assert "ikke flere trin" in reply(desk, 901)


def test_asked_for_at_night_it_is_told_in_the_morning_and_the_reply_says_so() -> None:
    desk = Desk(replace(fault("mindre"), roles={"kim": Role.TRIAGE}), model(MAY_ESCALATE))
    desk.look("2 10.05")
    desk.comment("/os2 escalate", KIM, "2 20.00", number=900)
    plan = desk.look("2 20.01")
    assert whom(plan) == []
    assert plan.wake_at == moment("3 8.00")
    assert "kommer tirsdag den 3. marts kl. 8.00" in reply(desk, 900)
    assert whom(desk.look("3 8.00")) == [("@kim",)]


@pytest.mark.parametrize(
    ("policy", "change", "says"),
    [
        (model(MAY_ESCALATE, status="forslag"), {}, "er et forslag"),
        (model(MAY_ESCALATE), {"open": False}, "Kun et åbent issue"),
        (model(MAY_ESCALATE), {"labels": ("It-sikkerhed",)}, "går ikke op ad stigen"),
        (model(), {}, "må ingen give her"),
    ],
)
def test_a_command_that_leads_nowhere_is_refused(
    policy: Policy, change: dict[str, object], says: str
) -> None:
    desk = Desk(fault("kritisk", roles={"kim": Role.TRIAGE}, **change), policy)
    desk.comment("/os2 escalate", KIM, "2 10.10", number=900)
    plan = desk.look("2 10.11")
    assert says in reply(desk, 900)
    assert not any(one.key == "hold:escalate" for one in plan.writes())


def test_an_undo_says_that_a_message_cannot_be_taken_back() -> None:
    roles = {"kim": Role.MAINTAIN}
    desk = Desk(replace(fault("kritisk"), roles=roles), model(MAY_ESCALATE))
    desk.look("2 10.05")
    desk.comment("/os2 escalate", KIM, "2 10.10", number=900)
    desk.look("2 10.11")
    desk.comment("/os2 undo", KIM, "2 10.20", number=901)
    desk.look("2 10.21")
    said = reply(desk, 901)
    assert "eskaleringen: en besked kan ikke tages tilbage" in said
    assert "beskeden til `@kim`: en besked kan ikke tages tilbage" in said
    assert own_comment(desk.facts, "tell:mention:2") is not None


def test_what_a_person_asks_for_has_the_whole_budget() -> None:
    desk = Desk(fault("kritisk", roles={"kim": Role.TRIAGE}), model(MAY_ESCALATE))
    desk.facts = replace(desk.facts, messages={"@kim": 9})
    desk.look("2 10.05")
    desk.comment("/os2 escalate", KIM, "2 10.10", number=900)
    assert whom(desk.look("2 10.11")) == [("@kim",)]
