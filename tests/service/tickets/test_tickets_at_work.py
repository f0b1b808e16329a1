"""An issue goes with a ticket: linked and created once, set from the class, and people win."""

from datetime import timedelta
from typing import Any

import pytest

from os2kb.demo.jira.changes import delete, edit, move
from os2kb.demo.wire.limits import read_fault
from os2kb.store import names
from os2kb.store.backlog.tickets import linked_with, ticket_of
from tests.service.people import comment
from tests.service.tickets.stage import API, Stage, key_of

pytestmark = pytest.mark.slow


class Killed(BaseException):
    """As `kill -9` would: nothing that follows is done."""


def test_a_linked_ticket_follows_the_fault_and_a_second_look_writes_nothing(stage: Stage):
    number = stage.fault()
    stage.say(number, "/os2 jira link DEMO-1")
    ticket = stage.jira.issue("DEMO-1")
    (link,) = ticket.links.values()
    assert (link.mark, link.title) == (f"os2kb:{key_of(number)}", f"{API}#{number}")
    assert link.url.endswith(f"/{API}/issues/{number}")
    assert ticket.properties == {"os2kb": {"mark": link.mark}}
    said = stage.comments(number)
    assert said.count(f"[DEMO-1]({stage.jira.jira.web}/browse/DEMO-1)") == 2, "reply and status"
    assert stage.values("DEMO-1")["Priority"] == "Highest"
    assert stage.values("DEMO-1")["Due date"] == "2026-03-05"
    group = names.subjects_of(stage.here.database, key_of(number))
    assert set(group) == {key_of(number), f"jira:{ticket.id}"}

    before = (list(stage.github.writes), stage.jira_writes)
    stage.hear(number)
    assert (list(stage.github.writes), stage.jira_writes) == before

    stage.wait(timedelta(hours=3))  # nobody answered: the second rung
    assert stage.values("DEMO-1")["Alvor"] == "Stor"
    stage.set_in_jira("DEMO-1", "ida", priority={"name": "Low"})
    stage.hear(number)
    assert stage.values("DEMO-1")["Priority"] == "Low", "people win"
    stage.say(number, "/os2 why")
    assert "nogen har valgt noget andet i Jira" in stage.comments(number)
    assert "Low" not in stage.comments(number), "nothing of Jira's becomes public"


def test_undo_takes_back_what_was_set_and_the_link_on_both_sides(stage: Stage):
    number = stage.fault()
    stage.say(number, "/os2 jira link DEMO-1")
    stage.say(number, "/os2 undo")
    ticket = stage.jira.issue("DEMO-1")
    assert (ticket.links, ticket.properties) == ({}, {})
    assert stage.values("DEMO-1")["Priority"] == "Medium"
    assert stage.values("DEMO-1")["Due date"] is None
    assert ticket_of(stage.here.database, key_of(number)) is None
    assert names.key_of(stage.here.database, f"jira:{ticket.id}") == f"jira:{ticket.id}"
    assert "`DEMO-1` følger ikke issuet mere" in stage.comments(number)


@pytest.mark.parametrize("fault", ["reset-after-write", "502-after-write", "503"])
def test_a_ticket_is_created_once_also_where_the_answer_is_lost(stage: Stage, fault: str):
    number = stage.fault("Fejl i <b>login</b> @os2demo/alle 🙂")
    before = set(stage.jira.jira.issues)
    stage.jira.jira.limits.faults.append(read_fault(fault, "POST", "/issue$"))
    stage.jira.jira.index_lags = True
    stage.say(number, "/os2 jira create")
    assert ticket_of(stage.here.database, key_of(number)) is None
    stage.hear(number)
    stage.jira.jira.catch_up()
    stage.wait(timedelta(minutes=11))
    (made,) = set(stage.jira.jira.issues) - before
    ticket = stage.jira.jira.issues[made]
    assert (ticket.type, ticket.values["priority"]) == ("Fejl", "Highest")
    assert ticket.values["description"].endswith(f"/{API}/issues/{number}")
    assert "Loginsiden" not in str(ticket.values), "nothing of the text but its title"
    assert f"[{ticket.key}]" in stage.comments(number)
    assert list(ticket.links) == [f"os2kb:{key_of(number)}"]


def test_a_creation_that_was_lost_twice_makes_one_ticket(stage: Stage):
    number, world = stage.fault(), stage.jira.jira
    before = set(world.issues)
    world.limits.faults.append(read_fault("503", "POST", "/issue$"))
    stage.say(number, "/os2 jira create")
    assert set(world.issues) == before, "it never arrived"
    world.limits.faults.append(read_fault("reset-after-write", "POST", "/issue$"))
    world.index_lags = True
    stage.at += timedelta(minutes=6)
    stage.hear(number)
    assert len(set(world.issues) - before) == 1, "it arrived, and nobody heard"
    stage.hear(number)  # a moment later, before a search finds it
    world.catch_up()
    stage.wait(timedelta(minutes=30))
    (made,) = set(world.issues) - before
    assert list(world.issues[made].links) == [f"os2kb:{key_of(number)}"]


def test_what_jira_says_when_it_refuses_is_for_the_log_alone(
    stage: Stage, caplog: pytest.LogCaptureFixture
):
    number = stage.fault()
    stage.say(number, "/os2 jira link DEMO-1")
    stage.jira.jira.limits.faults.append(read_fault("403", "GET", "/issue/", times=4))
    stage.say(number, "/os2 why")
    said = stage.comments(number)
    assert "Ticketen kan ikke læses nu: min konto i Jira mangler en tilladelse." in said
    assert "GET issue" not in said
    assert "GET issue" in caplog.text


def test_while_jira_is_down_all_else_goes_on_and_the_fields_follow(stage: Stage):
    number = stage.fault()
    stage.say(number, "/os2 jira link DEMO-1")
    stage.set_in_jira("DEMO-1", "os2kb", priority={"name": "Medium"})
    stage.set_in_jira("DEMO-1", "os2kb", duedate=None)
    stage.jira.jira.limits.faults.append(read_fault("503", "GET", "/issue/", times=3))
    other = stage.fault("En anden fejl")
    stage.hear(other)
    stage.hear(number)
    assert [one for one in stage.receipts(other) if one.state == "planned"] == []
    assert stage.next_wake is not None
    stage.wait(timedelta(minutes=30))
    assert "Trin 1" in stage.comments(number)


def test_refused_credentials_are_tried_once_and_all_goes_on_when_they_are_renewed(stage: Stage):
    first, second = stage.fault(), stage.fault("En anden fejl")
    stage.say(first, "/os2 jira link DEMO-1")
    stage.set_in_jira("DEMO-1", "ida", summary="Idas")
    world = stage.jira.jira
    world.traffic.clear()
    world.limits.faults.append(read_fault("401", times=1000))
    for _ in range(2):
        stage.hear(first)
        stage.say(second, "/os2 jira create")
    assert [one.status for one in world.traffic.exchanges] == [401]
    stage.wait(timedelta(minutes=10))
    assert [one.status for one in world.traffic.exchanges] == [401, 401]
    world.limits.clear()
    stage.wait(timedelta(hours=3))
    assert ticket_of(stage.here.database, key_of(second)) is not None
    assert stage.values("DEMO-1")["Priority"] == "Highest"


def test_killed_between_a_write_and_its_receipt_it_is_known_as_ours(stage: Stage):
    number = stage.fault()
    reconciler = stage.here.reconciler
    assert reconciler is not None
    tickets = reconciler.applier.tickets
    tracker = tickets.tracker
    assert tracker is not None

    class Dying:
        def __getattr__(self, name: str) -> Any:
            return getattr(tracker, name)

        def set_field(self, *given: str) -> None:
            tracker.set_field(*given)
            raise Killed

    object.__setattr__(tickets, "tracker", Dying())
    with pytest.raises(Killed):
        stage.say(number, "/os2 jira link DEMO-1")
    assert any(one.state == "planned" for one in stage.receipts(number))
    stage.start()
    stage.wait(timedelta(hours=1))
    assert stage.values("DEMO-1")["Priority"] == "Highest"
    assert stage.values("DEMO-1")["Due date"] == "2026-03-05"
    assert {one.state for one in stage.receipts(number)} == {"applied"}
    kept = ticket_of(stage.here.database, key_of(number))
    assert kept is not None
    assert kept.base == {"priority": "Highest", "due": "2026-03-05"}
    assert sum(one == "PUT /issue/DEMO-1" for one in stage.jira_writes) == 0


def test_a_ticket_goes_with_one_issue(stage: Stage):
    first, second = stage.fault(), stage.fault("Endnu en fejl")
    stage.say(first, "/os2 jira link DEMO-1")
    stage.say(second, "/os2 jira link DEMO-1")
    assert "`DEMO-1` følges allerede med et andet issue." in stage.comments(second)
    kept = linked_with(stage.here.database, str(stage.jira.issue("DEMO-1").id))
    assert kept is not None
    assert kept.subject == key_of(first)


def test_of_two_that_link_a_ticket_at_once_one_does_and_the_other_leaves_nothing(stage: Stage):
    first, second = stage.fault(), stage.fault("Endnu en fejl")
    comment(stage.github, "kim", first, "/os2 jira link DEMO-1", API)
    reconciler = stage.here.reconciler
    assert reconciler is not None
    tickets = reconciler.applier.tickets
    tracker = tickets.tracker
    assert tracker is not None

    class Slow:
        def __getattr__(self, name: str) -> Any:
            return getattr(tracker, name)

        def link(self, *given: Any) -> None:
            tracker.link(*given)
            object.__setattr__(tickets, "tracker", tracker)
            stage.hear(first)

    object.__setattr__(tickets, "tracker", Slow())
    stage.say(second, "/os2 jira link DEMO-1")
    assert list(stage.jira.issue("DEMO-1").links) == [f"os2kb:{key_of(first)}"]
    assert ticket_of(stage.here.database, key_of(second)) is None
    stage.say(second, "/os2 jira create")
    made = ticket_of(stage.here.database, key_of(second))
    assert made is not None
    assert made.key != "DEMO-1"


def test_what_our_account_may_not_see_is_no_ticket(stage: Stage):
    number = stage.fault()
    stage.say(number, "/os2 jira link DEMO-2")
    assert "Jira har ingen ticket `DEMO-2`, som jeg må se" in stage.comments(number)
    assert "Hemmelig" not in stage.comments(number)
    assert stage.jira_writes == []


def test_a_ticket_that_is_moved_is_left_alone_and_one_that_is_deleted_makes_room(stage: Stage):
    number, world = stage.fault(), stage.jira.jira
    stage.say(number, "/os2 jira link DEMO-1")
    ticket = stage.jira.issue("DEMO-1")
    with world.lock:
        edit(world, world.people["os2kb"], ticket, {"priority": {"name": "Medium"}})
        move(world, world.people["kim"], ticket, world.projects["LUKKET"])
    stage.hear(number)
    kept = ticket_of(stage.here.database, key_of(number))
    assert kept is not None
    assert (kept.key, ticket.values["priority"]) == ("LUKKET-2", "Medium")
    assert "[LUKKET-2]" in stage.comments(number)
    with world.lock:
        delete(world, world.people["kim"], ticket)
    stage.say(number, "/os2 jira create")
    kept = ticket_of(stage.here.database, key_of(number))
    assert kept is not None
    assert kept.key.startswith("DEMO-")


def test_a_ticket_that_could_not_be_linked_is_not_made_a_second_time(stage: Stage):
    number, may = stage.fault(), stage.jira.jira.projects["DEMO"].may
    before, all_of_it = set(stage.jira.jira.issues), may["os2kb"]
    may["os2kb"] = all_of_it - {"LINK_ISSUES"}
    stage.say(number, "/os2 jira create")
    stage.say(number, "/os2 why")
    assert "Jira afviste at oprette eller knytte en ticket" in stage.comments(number)
    may["os2kb"] = all_of_it
    stage.say(number, "/os2 jira create")
    (made,) = set(stage.jira.jira.issues) - before
    assert list(stage.jira.jira.issues[made].links) == [f"os2kb:{key_of(number)}"]
