"""What waits for its moment goes on waiting, whatever comes between."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from os2kb.cli.subjects import hand_over
from os2kb.engine.engine import LEASE
from os2kb.reconcile import BACKFILL
from os2kb.store import wakes
from os2kb.subjects import Subject
from tests.service.escalation.stage import API, MONDAY, POLICY, Stage, key_of

pytestmark = pytest.mark.slow

DUE = MONDAY + timedelta(hours=2)  # nobody answered


def a_backfill_comes_at_the_same_time(stage: Stage, number: int) -> None:
    stage.at = DUE
    wakes.take_due(stage.here.database, stage.at, LEASE)
    backfill(stage, number)


def backfill(stage: Stage, number: int) -> None:
    hand_over(stage.here, Subject(101, number, API), BACKFILL)
    assert stage.here.reconciler is not None
    stage.here.reconciler.work(key_of(number))


def the_policy_is_broken_for_an_hour(stage: Stage, number: int) -> None:
    write_policy(stage, f"{POLICY}nonsense: 1\n")
    stage.at = MONDAY + timedelta(minutes=30)
    stage.hear(number)
    write_policy(stage, POLICY)


def the_policy_is_broken_when_it_is_due(stage: Stage, number: int) -> None:
    write_policy(stage, f"{POLICY}nonsense: 1\n")
    stage.at = DUE
    stage.hear(number)
    write_policy(stage, POLICY)


def the_bot_is_off_when_it_is_due(stage: Stage, number: int) -> None:
    here = stage.here.reconciler
    assert here is not None
    stage.at = DUE
    wakes.take_due(stage.here.database, stage.at, LEASE)
    replace(here, mode="off").work(key_of(number))


@pytest.mark.parametrize(
    "between",
    [
        a_backfill_comes_at_the_same_time,
        the_policy_is_broken_for_an_hour,
        the_policy_is_broken_when_it_is_due,
        the_bot_is_off_when_it_is_due,
    ],
)
def test_whoever_is_to_be_told_is(stage: Stage, between: Callable[[Stage, int], None]):
    number = stage.fault()
    stage.hear(number)
    between(stage, number)
    stage.until(MONDAY + timedelta(hours=5))
    assert [to for _, to in stage.mentions(number)] == ["@bo", "@kim"]


def test_a_backfill_makes_nobody_wait_longer(stage: Stage):
    number = stage.fault()
    stage.chat.faults.extend(["broken"] * 3)
    stage.hear(number)
    stage.chat.faults.clear()
    stage.at = MONDAY + timedelta(minutes=1)
    backfill(stage, number)
    assert stage.chat.contents == [], "and tells nobody"
    stage.until(MONDAY + timedelta(hours=1))
    assert len(stage.chat.contents) == 1


def write_policy(stage: Stage, text: str) -> None:
    path = f"/repos/{API}/contents/.github/os2kb.yml"
    with stage.github.person("kim") as kim:
        known = kim.get(path).json()["sha"]
        content = b64encode(text.encode()).decode()
        kim.put(path, json={"message": "Ret", "content": content, "sha": known}).raise_for_status()
