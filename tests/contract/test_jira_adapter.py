"""Our adapter on the demo Jira, on the Cloud and in a data center."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType

import httpx
import pytest
from pydantic import SecretStr

from os2kb.clock import now
from os2kb.demo.jira.changes import edit
from os2kb.demo.wire.limits import read_fault
from os2kb.trackers.jira import Jira
from os2kb.trackers.jira.transport import Transport
from os2kb.trackers.port import (
    Denied,
    LinkTo,
    NewTicket,
    NoTicket,
    NotLetIn,
    TrackerUnavailable,
    Unacceptable,
)
from tests.contract.small_jira import SmallJira, small_jira

MARK = "github:101#7"
NEW = NewTicket("DEMO", "Fejl", "Alle skærme\r\ner sorte", "Fra GitHub", MARK)


@pytest.fixture(scope="module", params=["cloud", "server"])
def served(request: pytest.FixtureRequest) -> Iterator[SmallJira]:
    with small_jira(request.param) as world:
        yield world


@pytest.fixture
def world(served: SmallJira) -> Iterator[SmallJira]:
    served.jira.limits.clear()
    served.jira.traffic.clear()
    yield served
    served.jira.catch_up()
    for one in list(served.jira.issues.values()):
        one.links.clear()
        one.properties.clear()


def test_it_tells_where_it_is_and_what_we_are_called(world: SmallJira) -> None:
    us = world.adapter()
    assert us.name == "OS2 knowledge base"
    assert us.is_cloud is world.jira.is_cloud


def test_a_ticket_is_read_with_its_fields_by_name_and_who_chose_them(world: SmallJira) -> None:
    us, key = world.adapter(), world.adapter().create(NEW, begun=False).key
    us.set_field(key, "priority", "high")
    us.set_field(key, "Alvor", "lille")
    us.set_field(key, "antal brugere", "12")
    edit(world.jira, world.jira.people["ida"], world.issue(key), {"duedate": "2026-03-05"})
    ticket = us.ticket(key)
    assert (ticket.key, ticket.project) == (key, "DEMO")
    assert ticket.url == f"{world.jira.web}/browse/{key}"
    assert ticket.value("priority") == ticket.value("Priority") == "High"
    assert (ticket.value("alvor"), ticket.value("Antal brugere")) == ("Lille", "12")
    assert ticket.value("due") == "2026-03-05"
    assert ticket.chosen == {"due"}
    assert us.ticket(ticket.id) == ticket


def test_a_field_that_somebody_set_after_us_is_theirs_and_then_ours_again(
    world: SmallJira,
) -> None:
    us, key = world.adapter(), world.adapter().create(NEW, begun=False).key
    us.set_field(key, "priority", "High")
    edit(world.jira, world.jira.people["ida"], world.issue(key), {"priority": {"name": "Low"}})
    assert us.ticket(key).chosen == {"priority"}
    us.set_field(key, "priority", "Highest")
    assert us.ticket(key).chosen == set()


def test_a_history_that_is_not_told_whole_is_known_to_be_cut(world: SmallJira) -> None:
    us, key = world.adapter(), world.adapter().create(NEW, begun=False).key
    kim = world.jira.people["kim"]
    edit(world.jira, kim, world.issue(key), {"priority": {"name": "Low"}})
    assert not us.ticket(key).history_cut
    for number in range(101):
        edit(world.jira, kim, world.issue(key), {"summary": f"Titel {number}"})
    ticket = us.ticket(key)
    assert ticket.history_cut is world.jira.is_cloud
    assert ("priority" in ticket.chosen) is not world.jira.is_cloud


@pytest.mark.parametrize("answer", [b"{}", b"[]", b"null", b'"Log p\xc3\xa5"', b"<html>"])
def test_what_answers_and_is_no_jira_is_told_by_its_setting(answer: bytes) -> None:
    with answering(answer) as address:
        us = Jira(Transport(address, "", SecretStr("token"), now))
        for ask in (
            lambda: us.ticket("DEMO-1"),
            lambda: us.set_field("DEMO-1", "priority", "High"),
            lambda: us.linked(MARK),
        ):
            with pytest.raises(TrackerUnavailable, match="OS2KB_JIRA_URL"):
                ask()


def test_what_jira_tells_a_stranger_is_no_answer_to_us() -> None:
    stranger = {"X-Seraph-Loginreason": "AUTHENTICATED_FAILED"}
    with answering(b'{"comments": []}', stranger) as there, pytest.raises(NotLetIn, match="TOKEN"):
        Transport(there, "", SecretStr("token"), now).get("issue/DEMO-1")
    with answering(b"{}", {"X-Seraph-Loginreason": "OK"}) as there:
        assert Transport(there, "", SecretStr("token"), now).get("issue/DEMO-1") == {}


@contextmanager
def answering(body: bytes, headers: Mapping[str, str] = MappingProxyType({})) -> Iterator[str]:
    """Something on loopback that answers everything alike."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("key", "field", "value", "says"),
    [
        ("DEMO-1", "priority", "Vild", "takes Highest, High, Medium, Low, Lowest"),
        ("DEMO-1", "Findes ikke", "1", "has no field Findes ikke"),
        ("DEMO-1", "Antal brugere", "mange", "does not take"),
        ("DEMO-1", "Ansvarlig", "ida", "of the type user"),
        ("DEMO-1", "due", "i morgen", "refused"),
    ],
)
def test_what_a_field_cannot_be_is_refused_with_the_cure(
    world: SmallJira, key: str, field: str, value: str, says: str
) -> None:
    with pytest.raises(Unacceptable, match=says):
        world.adapter().set_field(key, field, value)


def test_a_missing_permission_is_named(world: SmallJira) -> None:
    with pytest.raises(Denied, match="EDIT_ISSUES"):
        world.adapter().set_field("LUKKET-1", "priority", "High")
    with pytest.raises(Denied, match="LINK_ISSUES"):
        world.adapter().link("LUKKET-1", LinkTo(MARK, "https://example.org/7", "x"))


@pytest.mark.parametrize("name", ["DEMO-2", "NIX-1", "DEMO-999999", "../myself", "a/b?c#d", "\0"])
def test_what_is_not_there_or_not_for_us_is_no_ticket(world: SmallJira, name: str) -> None:
    with pytest.raises(NoTicket):
        world.adapter().ticket(name)


def test_a_ticket_is_linked_once_and_found_by_its_mark(world: SmallJira) -> None:
    us, to = world.adapter(), LinkTo(MARK, "https://example.org/7", "os2demo/os2demo#7")
    assert us.linked(MARK) == ()
    us.link("DEMO-1", to)
    us.link("DEMO-1", to)
    assert [one.key for one in us.linked(MARK)] == ["DEMO-1"]
    assert len(world.issue("DEMO-1").links) == 1
    assert world.issue("DEMO-1").properties == {"os2kb": {"mark": MARK}}
    us.unlink("DEMO-1", MARK)
    us.unlink("DEMO-1", MARK)
    assert (world.issue("DEMO-1").links, world.issue("DEMO-1").properties) == ({}, {})


def test_a_link_is_shown_once_as_it_is_now_and_makes_the_ticket_nobodys(world: SmallJira) -> None:
    us, ticket = world.adapter(), world.issue("DEMO-1")
    assert not us.shows("DEMO-1", MARK)
    for status, over in (("Accepteret", False), ("Erstattet", True)):
        shown = LinkTo(MARK, "https://example.org/7", "Beslutning 7", "Beslutning", status, over)
        us.show("DEMO-1", shown)
        (link,) = ticket.links.values()
        assert (link.relationship, link.summary, link.resolved) == ("Beslutning", status, over)
    assert us.shows("DEMO-1", MARK)
    us.hide("DEMO-1", MARK)
    us.hide("DEMO-1", MARK)
    assert (ticket.links, ticket.properties) == ({}, {})


@pytest.mark.parametrize("fault", ["502-after-write", "reset-after-write"])
def test_a_comment_whose_answer_was_lost_is_found_again_and_not_repeated(
    world: SmallJira, fault: str
) -> None:
    us, key = world.adapter(), world.adapter().create(NEW, begun=False).key
    for name in ("kim", "os2kb"):
        world.http(name).post(f"/issue/{key}/comment", json={"body": "Beslutning 42"})
    world.jira.limits.faults.append(read_fault(fault, "POST", "/comment$"))
    with pytest.raises(TrackerUnavailable):
        us.comment(key, MARK, "Beslutning 42")
    found = us.comment(key, MARK, "Beslutning 42, sagt på en anden måde")
    (*_, last) = world.issue(key).comments
    assert (str(last.id), last.body, len(world.issue(key).comments)) == (found, "Beslutning 42", 3)
    assert us.comment(key, "en anden", "Beslutning 43") != found


def test_a_mark_that_somebody_else_put_on_a_comment_is_not_ours(world: SmallJira) -> None:
    us, key = world.adapter(), world.adapter().create(NEW, begun=False).key
    kept = {"key": "os2kb", "value": {"mark": MARK}}
    world.http("kim").post(f"/issue/{key}/comment", json={"body": "Snyd", "properties": [kept]})
    us.comment(key, MARK, "Beslutning 42")
    assert [one.body for one in world.issue(key).comments] == ["Snyd", "Beslutning 42"]


def test_a_mark_with_quotes_finds_nothing_else(world: SmallJira) -> None:
    us = world.adapter()
    us.link("DEMO-1", LinkTo('a" OR "1', "https://example.org/7", "x"))
    assert [one.key for one in us.linked('a" OR "1')] == ["DEMO-1"]
    assert us.linked('b" OR "1') == ()


def test_a_ticket_is_created_with_one_line_of_summary_and_its_mark(world: SmallJira) -> None:
    made = world.issue(world.adapter().create(NEW, begun=False).key)
    assert made.values["summary"] == "Alle skærme er sorte"
    assert made.properties == {"os2kb": {"mark": MARK}}


def test_what_is_linked_already_is_adopted_and_not_created_again(world: SmallJira) -> None:
    us = world.adapter()
    us.link("DEMO-1", LinkTo(MARK, "https://example.org/7", "x"))
    assert us.create(NEW, begun=False).key == "DEMO-1"
    assert ("POST", "/issue", 201) not in world.writes


@pytest.mark.parametrize("fault", ["502-after-write", "reset-after-write"])
def test_a_creation_whose_answer_was_lost_is_found_again_and_not_repeated(
    world: SmallJira, fault: str
) -> None:
    us, before = world.adapter(), len(world.jira.issues)
    world.jira.limits.faults.append(read_fault(fault, "POST", "/issue$"))
    with pytest.raises(TrackerUnavailable):
        us.create(NEW, begun=False)
    assert len(world.jira.issues) == before + 1
    found = us.create(NEW, begun=True)
    assert len(world.jira.issues) == before + 1
    assert world.issue(found.key).properties == {"os2kb": {"mark": MARK}}


def test_a_lost_creation_that_never_arrived_is_made(world: SmallJira) -> None:
    us, before = world.adapter(), len(world.jira.issues)
    world.jira.limits.faults.append(read_fault("503", "POST", "/issue$"))
    with pytest.raises(TrackerUnavailable):
        us.create(NEW, begun=False)
    us.create(NEW, begun=True)
    assert len(world.jira.issues) == before + 1


def test_every_page_of_a_search_is_read(world: SmallJira) -> None:
    us = world.adapter()
    wanted = {
        us.create(NewTicket("DEMO", "Opgave", "x", "", f"m{n}"), begun=False).id for n in range(60)
    }
    found = list(us.search("creator = currentUser() ORDER BY created DESC", 60))
    assert (set(found), len(found)) == (wanted, 60)
    assert len(list(us.search("project = DEMO", 7))) == 7


@pytest.mark.parametrize("status", [500, 502, 503, 409])
def test_nothing_is_sent_twice_by_itself(world: SmallJira, status: int) -> None:
    world.jira.limits.faults.append(read_fault(str(status), "PUT", "/issue/"))
    with pytest.raises(TrackerUnavailable, match=str(status)):
        world.adapter().set_field("DEMO-1", "priority", "High")
    assert [one[2] for one in world.writes] == [status]


def test_who_is_asked_to_wait_waits_as_long_and_asks_nothing_meanwhile(world: SmallJira) -> None:
    us = world.adapter()
    world.jira.limits.faults.append(read_fault("rate-limit:900", "GET", "/issue/"))
    with pytest.raises(TrackerUnavailable) as asked:
        us.ticket("DEMO-1")
    assert asked.value.pause == timedelta(seconds=900)
    before = len(world.jira.traffic.exchanges)
    with pytest.raises(TrackerUnavailable) as waits:
        us.ticket("DEMO-1")
    assert timedelta(seconds=800) < waits.value.pause <= timedelta(seconds=900)
    assert len(world.jira.traffic.exchanges) == before


def test_a_stale_token_is_told_by_its_setting_and_never_repeated(world: SmallJira) -> None:
    with pytest.raises(TrackerUnavailable, match="OS2KB_JIRA_TOKEN") as refused:
        world.adapter(token="gammel").ticket("DEMO-1")
    assert "gammel" not in str(refused.value)


def test_what_does_not_answer_is_told_by_its_setting() -> None:
    world = SmallJira.__new__(SmallJira)
    with small_jira("cloud") as there:
        world.jira = there.jira
    with pytest.raises(TrackerUnavailable, match="OS2KB_JIRA_URL"):
        world.adapter().ticket("DEMO-1")


def test_the_demo_lets_nobody_in_by_another_kind_of_key(world: SmallJira) -> None:
    wrong = {"Authorization": "Bearer token-os2kb"} if world.jira.is_cloud else {}
    with httpx.Client(trust_env=False) as http:
        answer = http.get(f"{world.jira.web}/rest/api/2/myself", headers=wrong)
    assert answer.status_code == 401
