"""Tickets as our account reads them on the demo Jira: one by one, many at once, and since when."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from os2kb.clock import now
from os2kb.demo.jira.changes import add_comment, create
from os2kb.demo.wire.limits import read_fault
from os2kb.trackers.jira.transport import LOCKED_OUT, MOST_LOCKED_OUT
from os2kb.trackers.port import NotLetIn, Page, TrackerUnavailable
from tests.contract.small_jira import SmallJira, small_jira

SEED = """
people:
  os2kb: {groups: [drift]}
  ida: {shown: Ida, shows_email: true}
  bo: {shown: ida@example.test}
  kim: {shown: Kim, roles: [Administrators], groups: [drift]}
projects:
  DEMO:
    may: {os2kb: all, ida: all, kim: all}
    versions: ["1.0"]
    tickets:
      - {summary: "Æblegrød 🙂", by: ida, type: Fejl, description: "h2. Drift\\n\\n* en",
         labels: [b, a], assignee: ida, priority: High, duedate: "2026-03-05"}
      - {summary: Hemmelig, by: kim, level: Administrators}
      - {summary: Tom, by: kim}
      - {summary: Snakkesalig, by: kim}
  HELP:
    kind: service_desk
    may: {os2kb: all, ida: all}
    tickets: [{summary: Kunden spørger, by: ida}]
"""


@pytest.fixture(params=["cloud", "server"])
def world(request: pytest.FixtureRequest) -> Iterator[SmallJira]:
    with small_jira(request.param, SEED) as there:
        yield there


def id_of(world: SmallJira, key: str) -> str:
    return str(world.issue(key).id)


def made(world: SmallJira, number: int) -> list[str]:
    """The ids of so many new tickets."""
    kim = world.jira.people["kim"]
    fields = {"project": {"key": "DEMO"}, "issuetype": {"name": "Fejl"}, "summary": "x"}
    return [str(create(world.jira, kim, fields, ()).id) for _ in range(number)]


def asked(world: SmallJira) -> int:
    return sum(one.actor == "os2kb" for one in world.jira.traffic.exchanges)


def test_all_of_a_ticket_is_read_in_jiras_own_words(world: SmallJira) -> None:
    (ticket, read), ida = world.adapter().read("demo-1"), world.jira.people["ida"]
    assert (read.summary, read.description) == ("Æblegrød 🙂", "h2. Drift\n\n* en")
    assert (read.status, read.resolution, read.type) == ("To Do", "", "Fejl")
    assert (read.priority, read.labels, read.due) == ("High", {"a", "b"}, "2026-03-05")
    assert read.assignee == (ida.account_id if world.jira.is_cloud else "ida")
    assert (read.assignee_email, read.versions) == ("ida@example.test", ())
    assert [one.to for one in read.transitions] == ["In Progress"]
    assert ticket == world.adapter().ticket("DEMO-1")
    assert "drift" not in str(ticket.values).lower(), "no text is among what governance sees"


def test_an_address_that_somebody_hides_on_the_cloud_is_not_read(world: SmallJira) -> None:
    kim = world.jira.people["kim"]
    world.issue("DEMO-3").values["assignee"] = "kim"
    read = world.adapter().read("DEMO-3").read
    assert read.assignee_email == ("" if world.jira.is_cloud else kim.email)


def test_many_are_read_at_once_as_each_by_itself(world: SmallJira) -> None:
    us, jira, kim = world.adapter(), world.jira, world.jira.people["kim"]
    us.put_comment("DEMO-1", "copy:1", "Vores")
    add_comment(jira, kim, world.issue("DEMO-1"), "Kun drift", group="drift")
    add_comment(jira, kim, world.issue("DEMO-1"), "Ikke for os", "Administrators")
    for number in range(45):
        add_comment(jira, kim, world.issue("DEMO-4"), f"{number}")
    add_comment(jira, jira.people["ida"], world.issue("HELP-1"), "Internt", internal=True)
    keys = ("DEMO-1", "DEMO-3", "DEMO-4", "HELP-1")
    ids = [id_of(world, key) for key in keys]
    us.account  # noqa: B018 - asked for once
    before = asked(world)
    found = us.read_many([*ids, id_of(world, "DEMO-2"), "999999"])
    reads = asked(world) - before
    assert {one.ticket.key for one in found.values()} == set(keys), "neither hidden nor gone"
    assert found == {id_: us.read(id_) for id_ in ids}
    said = {one.ticket.key: [c.body for c in one.read.comments] for one in found.values()}
    assert said["DEMO-1"] == ["Vores", "Kun drift"]
    assert said["DEMO-4"] == [str(number) for number in range(45)]
    assert found[ids[0]].read.comments[1].restricted_to == "drift"
    assert found[ids[0]].read.comments[0].copy_of == "copy:1"
    assert reads <= 5


def test_a_hundred_cost_one_read(world: SmallJira) -> None:
    us, ids = world.adapter(), made(world, 101)
    assert (us.is_cloud, bool(us.account)) == (world.jira.is_cloud, True)
    before = asked(world)
    assert set(us.read_many(ids)) == set(ids)
    assert asked(world) - before == 2
    assert us.read_many([]) == {}


def test_what_customers_are_not_said_to_see_counts_as_internal(world: SmallJira) -> None:
    jira, issue, ida = world.jira, world.issue("HELP-1"), world.jira.people["ida"]
    add_comment(jira, ida, issue, "Sagt af en agent", internal=True)
    add_comment(jira, ida, issue, "Sagt uden et ord om hvem")
    said = add_comment(jira, ida, issue, "Sagt til kunden")
    said.properties["sd.public.comment"] = {"internal": False}
    internal = [one.internal for one in world.adapter().read("HELP-1").read.comments]
    assert internal == [True, not world.jira.is_cloud, False]


def test_what_was_changed_since_is_found_page_by_page(world: SmallJira) -> None:
    us, new = world.adapter(), made(world, 150)
    assert us.changed("DEMO", now() + timedelta(days=2)) == Page((), "")
    since = now() - timedelta(days=1)
    first = us.changed("DEMO", since)
    assert first.following
    second = us.changed("DEMO", since, first.following)
    assert second.following == ""
    assert set(new) <= {*first.ids, *second.ids}
    assert id_of(world, "HELP-1") not in {*first.ids, *second.ids}


def test_minutes_are_told_as_our_account_has_them(world: SmallJira) -> None:
    # In Copenhagen it is an hour later than in UTC, in winter.
    world.adapter().changed("DEMO", datetime(2026, 1, 2, 22, 59, 59, tzinfo=UTC))
    assert 'updated >= "2026-01-02 23:59"' in world.jira.traffic.exchanges[-1].query["jql"]


def test_somebody_is_known_by_the_very_address_that_jira_shows(world: SmallJira) -> None:
    us, ida = world.adapter(), world.jira.people["ida"]
    here = ida.account_id if world.jira.is_cloud else "ida"
    assert us.account_of("IDA@example.test") == here
    assert us.account_of("ida@example") == "", "the beginning of an address"
    assert us.account_of("Ida") == us.account_of("") == "", "a name"
    assert bool(us.account_of("kim@example.test")) is not world.jira.is_cloud, "Kim hides it"


def test_a_read_that_came_to_nothing_is_tried_again(world: SmallJira) -> None:
    for fault in ("502", "reset", "503"):
        world.jira.limits.faults.append(read_fault(fault, "GET", "/issue/", times=2))
        assert world.adapter().read("DEMO-1").read.summary == "Æblegrød 🙂"
    world.jira.limits.faults.append(read_fault("502", "GET", "/issue/", times=3))
    with pytest.raises(TrackerUnavailable, match="502"):
        world.adapter().read("DEMO-1")


def test_refused_credentials_are_tried_once_and_again_after_a_while(world: SmallJira) -> None:
    at = [now()]
    us = world.adapter(token="udløbet", clock=lambda: at[0])
    pauses = []
    for _ in range(5):
        before = len(world.jira.traffic.exchanges)
        for ask in (us.read, us.ticket):
            with pytest.raises(NotLetIn, match="OS2KB_JIRA_TOKEN") as refused:
                ask("DEMO-1")
        assert len(world.jira.traffic.exchanges) == before + 1
        pauses.append(refused.value.pause)
        at[0] += refused.value.pause
    assert pauses[:2] == [LOCKED_OUT, 2 * LOCKED_OUT]
    assert pauses[-1] == MOST_LOCKED_OUT


def test_once_let_in_again_all_goes_on(world: SmallJira) -> None:
    at = [now()]
    us = world.adapter(clock=lambda: at[0])
    for _ in range(2):
        world.jira.limits.faults.append(read_fault("401", "GET", "/issue/"))
        with pytest.raises(NotLetIn) as refused:
            us.read("DEMO-1")
        assert refused.value.pause == LOCKED_OUT, "counted anew each time"
        at[0] += refused.value.pause
        assert us.read("DEMO-1").ticket.key == "DEMO-1"
