"""What stands between an issue and its ticket: long workflows, people, archives, discussions."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from os2kb.demo.github.changes.issues import lock
from os2kb.demo.github.changes.transfer import convert_to_discussion, transfer_issue
from os2kb.demo.github.world.state import Account, Issue, Repository
from os2kb.demo.jira.changes import add_comment, rename_status
from os2kb.demo.wire.limits import read_fault
from os2kb.store.wakes import bring_forward
from os2kb.subjects import Subject
from tests.contract.small_jira import small_jira
from tests.service.people import comment, open_issue
from tests.service.running import world
from tests.service.tickets.stage import API, Stage

pytestmark = pytest.mark.slow

OTHER = "os2demo/os2demo-api"
POLICY = """
version: 1
mode: act
commands: {jira: [maintain]}
jira:
  project: DEMO
  fields: {title: github-to-jira, status: github-to-jira, assignee: both, comments: both}
  public: [status, assignee, comments]
  statuses: {open: [Ny, Klar, I gang], completed: [Færdig], not_planned: [Droppet]}
  resolutions: {completed: Done}
  users: {"712020:kim": kim}
"""
GITHUB = f"""
app: {{id: 4242, slug: os2kb}}
people:
  ida: {{email: Ida@example.test}}
  bo: {{email: bo@example.test}}
  bo-to: {{email: BO@example.test}}
  kim: {{email: kim@example.test}}
repositories:
  {API}:
    id: 101
    collaborators: {{ida: write, bo: write, bo-to: write, kim: maintain}}
    files: {{.github/os2kb.yml: {json.dumps(POLICY)}}}
  {OTHER}:
    id: 102
    collaborators: {{ida: write, bo: write, kim: maintain}}
    files: {{.github/os2kb.yml: {json.dumps(POLICY)}}}
  os2else/os2else: {{id: 103, collaborators: {{kim: maintain}}}}
"""
PRODUCTS = f"""
products:
  os2demo: {{repositories: [{API}, {OTHER}], jira: [DEMO]}}
  os2else: {{repositories: [os2else/os2else]}}
"""
JIRA = """
people:
  os2kb: {}
  ida: {shows_email: true}
  bo: {shows_email: true}
  kim: {roles: [Administrators]}
projects:
  DEMO:
    may: {os2kb: all, ida: all, kim: all}
    workflow:
      - {name: Vurder, to: Klar, from: [Ny]}
      - {name: Start, to: I gang, from: [Klar]}
      - {name: Luk, to: Færdig, from: [I gang], required: [resolution]}
      - {name: Afvis, to: Droppet, from: [Ny], role: Administrators}
    tickets:
      - {summary: Loginsiden er nede, by: ida, status: Ny}
      - {summary: Klar, by: ida, status: Klar}
      - {summary: Under arbejde, by: ida, status: I gang}
  ANDET: {may: {os2kb: all, ida: all}}
"""


class Corners(Stage):
    """An issue that goes with DEMO-1."""

    number: int = 0
    repository: int = 101

    def begin(self) -> None:
        said = {"title": "Loginsiden er nede", "body": "Den svarer ikke."}
        self.number = open_issue(self.github, "bo", said, API)
        self.say(self.number, "/os2 jira link DEMO-1")
        self.look()

    def look(self) -> None:
        bring_forward(self.here.database, self.key, self.at)
        self.work()

    @property
    def key(self) -> str:
        return Subject(self.home.id, self.number, API).key

    def move(self, to: str) -> int:
        """Kim moves the issue to another repository; its number there."""
        github = self.github.github
        target = github.find(*to.split("/"))
        assert target is not None
        became = transfer_issue(github, self.home, self.person("kim"), self.issue, target)
        self.look()
        self.repository, self.number = target.id, became.number
        return became.number

    def send(self, method: str, path: str = "", **body: object) -> None:
        with self.github.person("kim") as kim:
            one = f"/repos/{self.home.full_name}/issues/{self.number}{path}"
            answer = kim.request(method, one, json=body)
        assert answer.is_success, answer.text
        self.look()

    @property
    def issue(self) -> Issue:
        return self.home.issues[self.number]

    @property
    def home(self) -> Repository:
        return self.github.github.repositories[self.repository]

    def person(self, login: str) -> Account:
        found = self.github.github.account(login)
        assert found is not None
        return found

    def why(self) -> str:
        """What the bot says when somebody asks."""
        self.say(self.number, "/os2 why")
        return self.comments(self.number)


@pytest.fixture
def corners(tmp_path: Path) -> Iterator[Corners]:
    with ExitStack() as stack:
        jira = stack.enter_context(small_jira("cloud", JIRA))
        made = Corners(jira, tmp_path, products=PRODUCTS)
        made.jira.jira.clock = lambda: made.at
        made.github = stack.enter_context(world(GITHUB, lambda: made.at))
        made.start()
        made.begin()
        yield made


def test_a_ticket_goes_a_long_way_that_others_have_shown_also_once_a_status_has_another_name(
    corners: Corners,
):
    ticket = corners.jira.issue("DEMO-1")
    corners.send("PATCH", state="closed", state_reason="completed")
    assert (ticket.status, ticket.values["resolution"]) == ("Færdig", "Done")
    before = corners.jira_writes
    corners.look()
    assert corners.jira_writes == before

    corners.send("PATCH", state="open")
    assert ticket.status == "Færdig"
    assert "ingen vej fra Færdig til Ny, Klar, I gang" in corners.why()

    ticket.status = "Ny"
    corners.look()
    rename_status(corners.jira.jira, "Klar", "Vurderet")
    corners.send("PATCH", state="closed", state_reason="completed")
    corners.wait(timedelta(days=2))
    assert ticket.status == "Færdig"


def test_a_step_that_our_account_may_not_take_is_named(corners: Corners):
    corners.send("PATCH", state="closed", state_reason="not_planned")
    assert corners.jira.issue("DEMO-1").status == "Ny"
    assert "Botten må ikke tage trinnet til Droppet" in corners.why()


def test_people_are_known_by_the_table_and_then_by_an_address_and_nobody_is_guessed(
    corners: Corners,
):
    ticket = corners.jira.issue("DEMO-1")
    corners.send("POST", "/assignees", assignees=["ida"])
    assert ticket.values["assignee"] == "ida"
    corners.set_in_jira("DEMO-1", "ida", assignee={"accountId": "712020:kim"})
    corners.look()
    assert [one.login for one in corners.issue.assignees] == ["kim"]
    corners.set_in_jira("DEMO-1", "ida", assignee={"accountId": "712020:bo"})
    corners.look()
    assert [one.login for one in corners.issue.assignees] == ["kim"], "two have Bo's address"
    assert "Værdien har intet modstykke på den anden side" in corners.why()
    sent = [str((one.query, one.request)) for one in corners.github.github.traffic.exchanges]
    assert "@example.test" not in "".join(sent), "nobody's address is asked for on GitHub"


def test_what_became_a_discussion_is_left_alone(corners: Corners):
    ticket, github = corners.jira.issue("DEMO-1"), corners.github.github
    convert_to_discussion(github, corners.home, corners.person("kim"), corners.issue)
    corners.look()
    assert ticket.status == "Ny"
    assert corners.issue.assignees == []


def test_an_issue_that_is_moved_within_its_product_takes_its_ticket_along(corners: Corners):
    jira, ticket = corners.jira.jira, corners.jira.issue("DEMO-1")
    comment(corners.github, "kim", corners.number, "Jeg ser på det", API)
    add_comment(jira, jira.people["ida"], ticket, "Genstartet")
    corners.look()
    assert len(ticket.comments) == 2
    became = corners.move(OTHER)
    corners.look()
    corners.work()
    (link,) = ticket.links.values()
    assert link.title == f"{OTHER}#{became}"
    assert ticket.properties["os2kb"] == {"mark": f"os2kb:github:102#{became}"}
    corners.send("PATCH", title="Login er nede")
    assert ticket.values["summary"] == "Login er nede"
    add_comment(jira, jira.people["ida"], ticket, "Nu igen")
    corners.look()
    assert [one.body.splitlines()[-1] for one in ticket.comments[2:]] == ["Nu igen"]
    said = corners.github.bot_comments(OTHER, became)
    assert sum("Genstartet" in one for one in said) == sum("Nu igen" in one for one in said) == 1
    before = corners.jira_writes
    corners.look()
    assert corners.jira_writes == before


def test_an_issue_that_is_moved_to_another_product_leaves_its_ticket_behind(corners: Corners):
    ticket = corners.jira.issue("DEMO-1")
    corners.move("os2else/os2else")
    corners.hear(1)
    (link,) = ticket.links.values()
    assert link.title == f"{API}#1"


def test_a_locked_issue_is_read_and_an_archived_ticket_is_not_written(corners: Corners):
    ticket, github = corners.jira.issue("DEMO-1"), corners.github.github
    lock(github, corners.home, corners.person("kim"), corners.issue, None)
    corners.send("PATCH", title="Login er nede")
    assert ticket.values["summary"] == "Login er nede"
    ticket.archived = True
    before = corners.jira_writes
    corners.send("PATCH", title="Alt er nede")
    assert corners.jira_writes == before
    ticket.archived = False
    corners.look()
    assert ticket.values["summary"] == "Alt er nede"


def test_a_title_that_jira_does_not_take_is_told_and_the_rest_goes_on(corners: Corners):
    ticket = corners.jira.issue("DEMO-1")
    corners.send("PATCH", title="æ" * 256)
    corners.send("POST", "/assignees", assignees=["kim"])
    assert ticket.values["summary"] == "Loginsiden er nede"
    assert ticket.values["assignee"] == "kim"
    assert "Teksten er længere, end den anden side tager imod." in corners.why()


def test_a_ticket_that_is_moved_or_deleted_is_left_and_its_issue_goes_on(corners: Corners):
    jira, ticket = corners.jira.jira, corners.jira.issue("DEMO-1")
    ticket.project, ticket.number = jira.projects["ANDET"], 1
    corners.send("PATCH", title="Login er nede")
    assert ticket.values["summary"] == "Loginsiden er nede"
    del jira.issues[ticket.id]
    corners.send("PATCH", title="Alt er nede")
    assert "den er der ikke" in corners.why()


def test_a_step_that_was_cut_off_is_not_taken_twice(corners: Corners):
    ticket = corners.jira.issue("DEMO-1")
    corners.jira.jira.limits.faults.append(read_fault("reset-after-write", "POST", "/transitions"))
    corners.send("PATCH", state="closed", state_reason="completed")
    corners.wait(timedelta(minutes=30))
    assert ticket.status == "Færdig"
    assert len([one for one in ticket.changes if one.items[-1].field.id == "status"]) == 3
