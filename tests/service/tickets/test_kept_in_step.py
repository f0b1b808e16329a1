"""An issue and its ticket say the same, over real HTTP: carried once, and people win."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from os2kb.demo.jira.changes import add_comment, create, edit_comment, transit
from os2kb.demo.wire.limits import read_fault
from tests.contract.small_jira import small_jira
from tests.service.people import comment, open_issue
from tests.service.running import world
from tests.service.tickets.stage import API, Stage

pytestmark = pytest.mark.slow

POLICY = """
version: 1
mode: act
labels: {type: {bug: Bug, question: Spørgsmål, documentation: Vejledning}}
commands: {jira: [maintain], undo: [maintain]}
jira:
  project: DEMO
  type: Opgave
  fields:
    title: both
    description: both
    status: both
    type: both
    labels: both
    assignee: both
    comments: both
  public: [title, description, status, type, labels, assignee, comments]
  statuses: {open: [To Do, In Progress], completed: [Done], not_planned: [Done]}
  resolutions: {completed: Done, not_planned: Won't Do}
  required: {Resolution: Done}
  types: {bug: Fejl, question: Opgave}
  users: {"712020:kim": kim}
"""
SEED = f"""
app: {{id: 4242, slug: os2kb}}
people: [ida, bo, kim]
repositories:
  {API}:
    id: 101
    labels: {{Bug: d73a4a, Spørgsmål: d876e3, Vejledning: 0075ca,
             kalender: c5def5, god start: c5def5}}
    collaborators: {{ida: read, bo: write, kim: maintain}}
    files: {{.github/os2kb.yml: {json.dumps(POLICY)}}}
"""


class Pair(Stage):
    """An issue that goes with DEMO-1."""

    number: int = 0

    def begin(self, **issue: Any) -> None:
        said = {"title": "Loginsiden er nede", "body": "Den svarer **ikke**.", "labels": ["Bug"]}
        self.number = open_issue(self.github, "bo", said | issue, API)
        self.say(self.number, "/os2 jira link DEMO-1")
        self.look()

    def look(self) -> None:
        self.hear(self.number)

    def edit(self, **changes: Any) -> None:
        """Bo edits the issue, and the bot hears of it."""
        self.send("PATCH", f"/repos/{API}/issues/{self.number}", **changes)
        self.look()

    def send(self, method: str, path: str, **body: Any) -> None:
        with self.github.person("bo") as bo:
            answer = bo.request(method, path, json=body)
        assert answer.is_success, answer.text

    def change(self, **fields: Any) -> None:
        """Ida edits the ticket, and the bot hears of it."""
        self.set_in_jira("DEMO-1", "ida", **fields)
        self.look()

    def move(self, status: str) -> None:
        """Ida moves the ticket, and the bot hears of it."""
        self.step(self.ticket, status)
        self.look()

    def step(self, ticket: Any, status: str, **fields: Any) -> None:
        """Ida moves a ticket, and nobody tells."""
        world = self.jira.jira
        step = next(one for one in world.workflow(ticket.project) if one.to == status)
        transit(world, world.people["ida"], ticket, str(step.id), fields)

    def others_in(self, *statuses: str) -> None:
        """Tickets of the same type, of which the way through the workflow is learned."""
        world = self.jira.jira
        about = {"project": {"key": "DEMO"}, "issuetype": {"name": self.ticket.type}}
        for status in statuses:
            made = create(world, world.people["ida"], {**about, "summary": "En anden"}, ())
            if made.status != status:
                self.step(made, status)

    @property
    def issue(self) -> dict[str, Any]:
        with self.github.person("bo") as bo:
            found: dict[str, Any] = bo.get(f"/repos/{API}/issues/{self.number}").json()
        return found

    @property
    def ticket(self) -> Any:
        return self.jira.issue("DEMO-1")

    @property
    def writes(self) -> tuple[list[Any], list[str]]:
        return list(self.github.writes), self.jira_writes

    def assert_at_rest(self) -> None:
        """A second look writes nothing."""
        before = self.writes
        self.look()
        assert self.writes == before


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    with ExitStack() as stack:
        made = Pair(stack.enter_context(small_jira("cloud")), tmp_path)
        made.jira.jira.clock = lambda: made.at
        made.github = stack.enter_context(world(SEED, lambda: made.at))
        made.start()
        yield made


def test_an_edit_on_either_side_reaches_the_other_once(pair: Pair):
    pair.begin()
    assert pair.ticket.values["description"] == "Den svarer *ikke*."
    pair.assert_at_rest()

    pair.edit(title="Login er nede", body="## Drift\n\n- [x] `klar`")
    assert pair.ticket.values["summary"] == "Login er nede"
    assert pair.ticket.values["description"] == "h2. Drift\n\n* \\[x\\] {{klar}}"
    pair.assert_at_rest()

    pair.change(summary="Alt er nede", description="Det er *alt*.\n\n[~712020:kim] ser på det.")
    assert pair.issue["title"] == "Alt er nede"
    assert pair.issue["body"] == "Det er **alt**.\n\n@<!-- -->kim ser på det."
    pair.assert_at_rest()

    pair.edit(labels=["Spørgsmål", "kalender"])
    assert (pair.ticket.type, pair.ticket.values["labels"]) == ("Opgave", ["kalender"])
    pair.change(labels=["kalender", "god-start", "kun-i-jira"])
    assert {one["name"] for one in pair.issue["labels"]} == {"Spørgsmål", "kalender", "god start"}
    pair.assert_at_rest()

    pair.send("POST", f"/repos/{API}/issues/{pair.number}/assignees", assignees=["kim"])
    pair.look()
    assert pair.ticket.values["assignee"] == "kim"
    pair.move("In Progress")
    pair.edit(state="closed", state_reason="completed")
    assert (pair.ticket.status, pair.ticket.values["resolution"]) == ("Done", "Done")
    pair.say(pair.number, "/os2 undo")
    assert pair.ticket.status == "Done", "no way leads back to In Progress in one go"
    assert "ingen vej tilbage" in pair.comments(pair.number)
    pair.move("To Do")
    assert pair.issue["state"] == "open"
    pair.assert_at_rest()


def test_changed_on_both_sides_a_person_is_asked_and_chooses(pair: Pair):
    pair.begin(body="")
    pair.set_in_jira("DEMO-1", "ida", summary="Alt er nede")
    pair.edit(title="Login er nede")
    said = pair.comments(pair.number)
    assert "GitHub: Login er nede" in said
    assert "Jira: Alt er nede" in said
    assert "`/os2 jira sync title jira`" in said
    assert "Følger ikke med: titlen (ændret på begge sider)." in said
    (link,) = pair.ticket.links.values()
    assert link.summary == "Følger ikke med: titlen (ændret på begge sider)."
    assert (pair.issue["title"], pair.ticket.values["summary"]) == ("Login er nede", "Alt er nede")
    pair.assert_at_rest()

    pair.say(pair.number, "/os2 jira sync title jira")
    assert pair.issue["title"] == "Alt er nede"
    pair.look()
    assert "er afklaret." in pair.comments(pair.number)
    pair.assert_at_rest()


def test_of_two_endings_either_can_be_chosen(pair: Pair):
    pair.begin(body="")
    pair.others_in("To Do", "In Progress")
    pair.step(pair.ticket, "In Progress")
    pair.step(pair.ticket, "Done", resolution={"name": "Won't Do"})
    pair.edit(state="closed", state_reason="completed")
    assert "`/os2 jira sync status github`" in pair.comments(pair.number)

    pair.say(pair.number, "/os2 jira sync status github")
    assert (pair.ticket.status, pair.ticket.values["resolution"]) == ("Done", "Done")
    pair.look()
    pair.assert_at_rest()


def test_comments_are_copied_once_and_follow_their_source(pair: Pair):
    pair.begin(body="")
    comment(pair.github, "kim", pair.number, "Jeg ser på **det**, @ida", API)
    pair.look()
    (copy,) = pair.ticket.comments
    assert copy.body.endswith("Jeg ser på *det*, @ida")
    assert copy.body.startswith("*kim* [skrev på GitHub|")
    pair.assert_at_rest()

    ida = pair.jira.jira.people["ida"]
    open_to_all = add_comment(pair.jira.jira, ida, pair.ticket, "Fra *Jira*")
    add_comment(pair.jira.jira, ida, pair.ticket, "Kun os", "Administrators")
    pair.look()
    (here,) = [one for one in pair.github.bot_comments(API, pair.number) if "copy:jira:" in one]
    assert here.endswith("Fra **Jira**")
    edit_comment(pair.jira.jira, ida, pair.ticket, open_to_all, "Fra *Jira*, rettet")
    pair.look()
    said = pair.comments(pair.number)
    assert said.count("copy:jira:") == 1
    assert "Fra **Jira**, rettet" in said
    assert "Kun os" not in said
    pair.assert_at_rest()


def test_personal_data_is_held_back_until_a_person_releases_that_text(pair: Pair):
    pair.begin(body="")
    pair.edit(body="Borgeren 010190-1234 kan ikke logge ind")
    assert not pair.ticket.values.get("description")
    pair.say(pair.number, "/os2 jira release description")
    assert "010190-1234" in pair.ticket.values["description"]
    pair.assert_at_rest()


def test_a_type_that_a_person_gives_while_we_write_stays_alone(pair: Pair):
    pair.begin()
    pair.set_in_jira("DEMO-1", "ida", issuetype={"name": "Opgave"})
    seen, plan = pair.here.reconciler.look(API, pair.number)
    path = f"/repos/{API}/issues/{pair.number}"
    pair.send("PATCH", path, labels=["Vejledning", "kalender"])

    pair.here.reconciler.applier.apply(seen.facts, plan.actions)
    assert {one["name"] for one in pair.issue["labels"]} == {"Vejledning", "kalender"}


def test_undo_takes_back_what_was_carried_and_it_stays_so(pair: Pair):
    pair.begin(body="")
    pair.edit(title="Login er nede")
    pair.say(pair.number, "/os2 undo")
    assert pair.ticket.values["summary"] == "Loginsiden er nede"
    assert "feltet `title` er, som det var" in pair.comments(pair.number)
    pair.look()
    assert pair.ticket.values["summary"] == "Loginsiden er nede"
    assert pair.issue["title"] == "Login er nede"


@pytest.mark.parametrize("fault", ["reset-after-write", "502-after-write", "503"])
def test_an_answer_that_is_lost_doubles_nothing_and_asks_nobody(pair: Pair, fault: str):
    pair.begin(body="")
    limits = pair.jira.jira.limits
    limits.faults += [read_fault(fault, "PUT", "/issue/"), read_fault(fault, "POST", "/comment$")]
    comment(pair.github, "kim", pair.number, "Set", API)
    pair.edit(title="Login er nede")
    pair.edit(title="Alt er nede")
    pair.look()
    assert pair.ticket.values["summary"] == "Alt er nede"
    assert len(pair.ticket.comments) == 1
    assert "begge sider" not in pair.comments(pair.number)
    pair.assert_at_rest()


def test_undo_takes_back_a_copy_and_a_label_and_neither_comes_again(pair: Pair):
    pair.begin(body="")
    comment(pair.github, "kim", pair.number, "Set", API)
    pair.edit(labels=["Bug", "kalender"])
    assert len(pair.ticket.comments) == 1
    assert pair.ticket.values["labels"] == ["kalender"]
    pair.say(pair.number, "/os2 undo")
    pair.look()
    assert pair.ticket.comments == []
    assert pair.ticket.values["labels"] == []
    assert {one["name"] for one in pair.issue["labels"]} == {"Bug", "kalender"}
    pair.assert_at_rest()


def test_texts_that_no_database_and_no_markup_expects_are_carried_all_the_same(pair: Pair):
    odd = "æ 🙂 \u202etxet\u202c <b>x</b> {code}|| [~admin] @ida #1"
    pair.begin(body=odd * 40)
    pair.edit(title=f"Titel {odd}")
    assert pair.ticket.values["summary"].startswith("Titel æ 🙂")
    assert "\u202e" not in pair.ticket.values["summary"]
    pair.assert_at_rest()
    pair.change(summary=f"Fra Jira {odd}", description=f"{odd}\0" * 40)
    assert pair.issue["title"].startswith("Fra Jira æ 🙂")
    assert "@<!-- -->ida" in pair.issue["body"]
    pair.assert_at_rest()
