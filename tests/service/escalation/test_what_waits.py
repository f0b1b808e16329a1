"""What waits for its moment goes on waiting, whatever comes between."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from os2kb.bounds import BACKFILL, EVERYTHING
from os2kb.cli.subjects import hand_over
from os2kb.engine.engine import LEASE
from os2kb.store import names, wakes
from os2kb.subjects import Subject
from tests.loopback import HTTP
from tests.service.escalation.stage import (
    API,
    FORM,
    MONDAY,
    OTHER,
    POLICY,
    Stage,
    key_of,
    receipts,
)
from tests.service.people import open_issue, order_fault

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


def uninstalled(stage: Stage) -> None:
    """The App is taken off the organisation; tokens that it had are worth nothing."""
    github = stage.github.github
    stage.taken_off = dict(github.installations)
    github.installations.clear()
    github.tokens.clear()


def test_an_app_that_is_taken_off_for_some_hours_tells_what_came_due_meanwhile(stage: Stage):
    number = stage.fault()
    stage.hear(number)
    uninstalled(stage)
    stage.until(DUE + timedelta(hours=2))
    assert stage.next_wake is not None
    assert (stage.next_wake - DUE) // timedelta(hours=1) == 2, "the second time in a row"
    stage.github.github.installations.update(stage.taken_off)
    stage.until(DUE + timedelta(hours=4))
    assert [to for _, to in stage.mentions(number)] == ["@bo", "@kim"]


def test_an_app_that_never_comes_back_is_waited_for_three_weeks(stage: Stage):
    number = stage.fault()
    stage.hear(number)
    uninstalled(stage)
    stage.until(DUE + timedelta(weeks=4))
    assert stage.next_wake is None


def test_what_waits_beside_a_linked_subject_goes_on_waiting_while_it_cannot_be_seen(
    stage: Stage,
):
    here = open_issue(stage.github, "ida", {"title": "Login", "body": "Hvordan?"}, API)
    fault = open_issue(stage.github, "ida", {"title": "Login", "body": FORM}, OTHER)
    names.link(stage.here.database, key_of(here), key_of(fault, OTHER))
    stage.hear(here)
    with stage.here.database.begin() as connection:  # its repository is hidden from us
        names.remember_repository(connection, "github", 102, "os2demo/skjult")
    stage.hear(here)
    assert stage.next_wake is not None
    with stage.here.database.begin() as connection:
        names.remember_repository(connection, "github", 102, OTHER)
    stage.until(MONDAY + timedelta(hours=6))
    assert [to for _, to in stage.mentions(fault, OTHER)] == ["@bo", "@os2demo/anden"]


def test_a_linked_subject_that_may_not_be_read_keeps_nobody_else_from_being_told(stage: Stage):
    here = open_issue(stage.github, "ida", {"title": "Login", "body": FORM}, API)
    fault = open_issue(stage.github, "ida", {"title": "Login", "body": FORM}, OTHER)
    names.link(stage.here.database, key_of(here), key_of(fault, OTHER))
    order_fault(stage.github, f"/repos/{API}/issues/{here}", "403", "GET", times=1_000)
    stage.hear(here)
    HTTP.delete(f"{stage.github.github.web}/_demo/faults").raise_for_status()
    assert [to for _, to in stage.mentions(fault, OTHER)] == ["@bo"]
    assert stage.mentions(here) == []
    stage.until(MONDAY + timedelta(hours=2))
    assert [to for _, to in stage.mentions(here)] == ["@bo", "@kim"], "an hour later, and in time"


def test_an_issue_that_is_deleted_is_waited_for_no_more(stage: Stage):
    number = stage.fault()
    stage.hear(number)
    order = {"repository": API, "number": number, "by": "kim"}
    HTTP.post(f"{stage.github.github.web}/_demo/delete-issue", json=order).raise_for_status()
    stage.until(DUE)
    assert stage.next_wake is None


def test_a_chat_that_stays_down_is_tried_rarer_and_rarer_and_no_rung_waits_for_it(stage: Stage):
    number = stage.fault()
    stage.chat.faults.extend(["broken"] * 1_000)
    stage.hear(number)
    pauses = []
    for _ in range(4):
        assert stage.next_wake is not None
        pauses.append((stage.next_wake - stage.at) // timedelta(minutes=1))
        stage.until(stage.next_wake)
    assert pauses == [5, 10, 20, 40]
    stage.until(DUE)
    assert [to for _, to in stage.mentions(number)] == ["@bo", "@kim"]
    stage.chat.faults.clear()
    stage.until(DUE + timedelta(hours=1))
    assert len(stage.chat.contents) == 1


def test_a_mention_that_is_refused_for_hours_leaves_one_receipt_and_is_made_in_the_end(
    stage: Stage,
):
    number = stage.fault()
    order_fault(stage.github, f"/issues/{number}/comments", "403", "POST", times=1_000)
    stage.hear(number)
    stage.until(MONDAY + timedelta(hours=1, minutes=30))
    refused = [one for one in receipts(stage, number) if one.action.startswith("tell:mention")]
    assert [(one.state, one.content) for one in refused] == [("skipped", "@bo")]
    HTTP.delete(f"{stage.github.github.web}/_demo/faults").raise_for_status()
    stage.until(MONDAY + timedelta(hours=4))
    assert [to for _, to in stage.mentions(number)] == ["@bo", "@kim"]


def test_two_issues_of_one_moment_share_no_message_of_a_budget(stage: Stage):
    write_policy(stage, POLICY.replace("  status: vedtaget\n", "  status: vedtaget\n  budget: 1\n"))
    first, second = stage.fault(), stage.fault()
    reconciler = stage.here.reconciler
    assert reconciler is not None
    seen = [reconciler.observer.observe(Subject(101, one, API)) for one in (first, second)]
    for one in seen:  # both were read before anything was noted
        plan, _, _ = reconciler._noted(one, EVERYTHING)
        assert plan.mode == "act"
    told = [
        one.content
        for number in (first, second)
        for one in receipts(stage, number)
        if one.action.startswith("tell:")
    ]
    assert sorted(told) == ["@bo", "zulip:OS2demo/drift"]


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
