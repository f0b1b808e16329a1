"""The ladder at work, over real HTTP: a demo GitHub, a Zulip and a mail server, and one clock.

Whoever is to be woken is woken when it is time, as the engine does it.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from os2kb.chats.port import Unreachable
from os2kb.engine.engine import LEASE
from os2kb.subjects import Subject
from tests.service.escalation.stage import API, FORM, MONDAY, Stage, receipts
from tests.service.people import comment, order_fault

pytestmark = pytest.mark.slow


class Killed(BaseException):
    """As `kill -9` would: nothing that follows is done."""


def test_a_fault_climbs_the_ladder_in_time_and_each_is_told_once(stage: Stage):
    number = stage.fault()
    stage.hear(number)
    assert stage.github.labels(API, number) == ["fejl: kritisk"]
    assert stage.mentions(number) == [("2026-03-02T09:00:00Z", "@bo")]
    assert len(stage.chat.contents) == 1
    stage.until(MONDAY + timedelta(days=3, minutes=30))
    assert stage.mentions(number) == [
        ("2026-03-02T09:00:00Z", "@bo"),
        ("2026-03-02T11:00:00Z", "@kim"),
        ("2026-03-03T09:00:00Z", "@os2demo/koordination"),
    ]
    (status,) = [one for one in stage.github.bot_comments(API, number) if "os2kb:status" in one]
    assert "Svar: overskredet mandag den 2. marts kl. 12.00" in status
    assert "Trin 4, styregruppe, venter på, at nogen skriver /os2 escalate" in status
    assert len(stage.chat.contents) == 1

    comment(stage.github, "kim", number, "/os2 escalate Hele landet venter", API)
    stage.hear(number)
    (reply,) = [one for one in stage.github.bot_comments(API, number) if "os2kb:reply:" in one]
    assert "Trin 4 af 4, styregruppe, får besked: en kanal i Zulip." in reply
    assert [one.topic for one in stage.chat.messages] == ["drift", "styregruppe"]
    assert f"/{API}/issues/{number}" in stage.chat.contents[1]
    assert "Loginsiden" not in "".join(stage.chat.contents)

    before = list(stage.github.writes)
    stage.hear(number)
    assert stage.github.writes == before, "a second look writes nothing"
    with stage.github.person("bo") as bo:
        bo.patch(f"/repos/{API}/issues/{number}", json={"state": "closed"})
    stage.hear(number)
    (status,) = [one for one in stage.github.bot_comments(API, number) if "os2kb:status" in one]
    assert "Eskalering: kritisk, lukket" in status
    assert "senest torsdag" not in status
    stage.until(MONDAY + timedelta(days=30))
    assert stage.next_wake is None
    assert (len(stage.mentions(number)), len(stage.chat.contents)) == (3, 2)


def test_whoever_answers_in_time_is_left_in_peace_and_so_are_the_others(stage: Stage):
    number = stage.fault()
    stage.hear(number)
    stage.until(MONDAY + timedelta(hours=1))
    comment(stage.github, "bo", number, "Hvilken browser?", API)
    with stage.github.person("bo") as bo:
        path = f"/repos/{API}/issues/{number}/labels"
        assert bo.post(path, json={"labels": ["afventer svar"]}).is_success
    stage.hear(number)
    assert stage.next_wake is None, "the reporter owes an answer"
    stage.until(MONDAY + timedelta(days=7))
    comment(stage.github, "ida", number, "Firefox", API)
    stage.hear(number)
    assert stage.next_wake == stage.at + timedelta(days=1) - timedelta(hours=1), "of a working day"
    assert [to for _, to in stage.mentions(number)] == ["@bo"]


def test_after_a_week_without_a_process_everybody_is_told_once(stage: Stage):
    number = stage.fault()
    stage.hear(number)
    stage.at = MONDAY + timedelta(days=7)
    stage.start()
    stage.until(stage.at)
    assert [to for _, to in stage.mentions(number)] == ["@bo", "@kim @os2demo/koordination"]
    assert len(stage.chat.contents) == 1


@pytest.mark.parametrize("way", ["forge", "chat"])
def test_killed_between_telling_and_the_receipt_nobody_is_told_twice(stage: Stage, way: str):
    number = stage.fault()
    kill_after_telling(stage, way)
    with pytest.raises(Killed):
        stage.hear(number)
    assert any(one.state == "planned" for one in receipts(stage, number))
    stage.start()
    stage.until(stage.at + LEASE)
    assert [to for _, to in stage.mentions(number)] == ["@bo"]
    assert len(stage.chat.contents) == 1
    told = [one for one in receipts(stage, number) if one.action.startswith("tell:")]
    assert {one.state for one in told} == {"applied"}


def kill_after_telling(stage: Stage, way: str) -> None:
    """The next message gets through, and nothing after it."""
    reconciler = stage.here.reconciler
    assert reconciler is not None
    applier = reconciler.applier

    class Forge:
        def __getattr__(self, name: str) -> Any:
            return getattr(applier.forge, name)

        def put_comment(self, *given: Any) -> str:
            made = applier.forge.put_comment(*given)
            if given[2].startswith("tell:"):
                raise Killed
            return made

    class Chat:
        def tell(self, *given: Any) -> str:
            applier.chat(API).tell(*given)
            raise Killed

    change: dict[str, Any] = {"forge": Forge()} if way == "forge" else {"chat": lambda _: Chat()}
    stage.here = replace(
        stage.here, reconciler=replace(reconciler, applier=replace(applier, **change))
    )


def test_a_chat_that_is_down_holds_up_nothing_else_and_hears_of_it_later(stage: Stage):
    number = stage.fault()
    stage.chat.faults.extend(["broken"] * 3)
    stage.hear(number)
    assert stage.github.labels(API, number) == ["fejl: kritisk"]
    assert [to for _, to in stage.mentions(number)] == ["@bo"]
    assert stage.chat.contents == []
    stage.chat.faults.clear()
    stage.until(MONDAY + timedelta(hours=1))
    assert len(stage.chat.contents) == 1
    assert stage.next_wake == MONDAY + timedelta(hours=2), "and the clock was not forgotten"
    assert len(stage.mentions(number)) == 1


def test_a_look_by_hand_tells_what_it_can_and_leaves_the_rest_to_the_clock(stage: Stage):
    number = stage.fault()
    stage.chat.faults.extend(["broken"] * 3)
    reconciler = stage.here.reconciler
    assert reconciler is not None
    with pytest.raises(Unreachable):
        reconciler.apply(Subject(101, number, API))
    assert [to for _, to in stage.mentions(number)] == ["@bo"]
    stage.chat.faults.clear()
    stage.until(MONDAY + timedelta(hours=1))
    assert len(stage.chat.contents) == 1
    assert stage.next_wake == MONDAY + timedelta(hours=2)


def test_a_look_that_fails_forgets_no_clock(stage: Stage):
    number = stage.fault()
    stage.hear(number)
    order_fault(stage.github, f"/issues/{number}/events", "403", "GET")
    stage.until(MONDAY + timedelta(hours=2))
    assert [to for _, to in stage.mentions(number)] == ["@bo"]
    stage.until(MONDAY + timedelta(hours=4))
    assert stage.mentions(number)[1:] == [("2026-03-02T12:00:00Z", "@kim")]


def test_of_a_possible_vulnerability_only_the_mailbox_hears(stage: Stage):
    number = stage.fault(f"{FORM}\n\nJeg har fundet en sårbarhed.", "Fundet en sårbarhed i login")
    stage.hear(number)
    stage.until(MONDAY + timedelta(hours=3))
    assert stage.mentions(number) == []
    assert stage.chat.contents == []
    first, late = stage.mail.received
    assert first["Subject"] == f"{API}#{number}: mulig sårbarhed"
    assert f"/{API}/issues/{number}" in first.get_content()
    assert "login" not in first.get_content()
    assert "Svar: overskredet mandag den 2. marts kl. 12.00" in late.get_content()
    public = "".join(stage.github.bot_comments(API, number))
    assert "Eskalering" not in public
    assert "@bo" not in public
