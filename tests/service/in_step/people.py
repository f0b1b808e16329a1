"""What people do on both sides.

Every text that they write holds a word of its own, `w12`, so that it is known wherever it turns
up, however it is written there.
"""

from dataclasses import dataclass
from typing import Any

from os2kb.backlog.sides import Side
from os2kb.demo.github.changes import issues as on_github
from os2kb.demo.github.changes.assignees import assign, unassign
from os2kb.demo.github.world import state as github_state
from os2kb.demo.jira import changes as in_jira
from os2kb.demo.jira import shapes as jira_shapes
from os2kb.demo.jira.world import state as jira_state
from os2kb.subjects import Subject
from tests.service.in_step.office import Office, Pair
from tests.service.in_step.scene import CLASSES, TYPES


@dataclass
class People:
    """Everybody: Ida opens issues, Kim does all else, on both sides."""

    office: Office
    last_word: int = 0

    def open_pair(self, repository: str, *, create: bool) -> Pair:
        """An issue, and what links it to a ticket is said, but not heard yet."""
        id_ = self.office.scene.repositories[repository]
        made = self.office.github.repositories[id_]
        with self.office.github.lock:
            ida = self._account("ida")
            title, body = f"Fejl {self.new_word()}", self.text("github", self.new_word())
            issue = on_github.open_issue(self.office.github, made, ida, title, body)
        pair = Pair(Subject(id_, issue.number, repository))
        name = "create"
        if not create:
            with self.office.jira.lock:
                kim = self.office.jira.people["kim"]
                fields = {
                    "project": {"key": self.office.scene.jira(repository)["project"]},
                    "issuetype": {"name": "Opgave"},
                    "summary": f"Sag {self.new_word()}",
                    "description": self.text("jira", self.new_word()),
                }
                name = f"link {in_jira.create(self.office.jira, kim, fields, ()).key}"
        pair.linking = f"/os2 jira {name}"
        self.comment(pair, "github", pair.linking)
        return pair

    def new_word(self) -> str:
        self.last_word += 1
        return f"w{self.last_word}"

    def text(self, side: Side, word: str) -> str:
        if side == "github":
            return f"Æblegrød **{word}** og `kode`:\n\n- [en](https://example.org/a_(b))\n- to"
        return f"Æblegrød *{word}* og {{{{kode}}}}:\n\n* [en|https://example.org/a_(b)]\n* to"

    def write(self, pair: Pair, side: Side, name: str, value: str) -> None:
        """A person sets a field of one side, or puts a label on or takes it off."""
        if side == "github":
            with self.office.github.lock:
                self._write_issue(pair, name, value)
        else:
            with self.office.jira.lock:
                self._write_ticket(pair, name, value)

    def schedule(self, pair: Pair, day: str) -> None:
        """A person sets the day by which a ticket is to be done."""
        with self.office.jira.lock:
            kim, ticket = self.office.jira.people["kim"], self.office.ticket(pair)
            in_jira.edit(self.office.jira, kim, ticket, {"duedate": day})

    def comment(self, pair: Pair, side: Side, text: str, role: str = "") -> int:
        """A person says something; the comment's id."""
        if side == "github":
            with self.office.github.lock:
                made = on_github.add_comment(*self._on_issue(pair), text)
                return made.id
        with self.office.jira.lock:
            kim = self.office.jira.people["kim"]
            return in_jira.add_comment(
                self.office.jira, kim, self.office.ticket(pair), text, role
            ).id

    def edit_comment(self, pair: Pair, side: Side, id_: int, text: str) -> None:
        """A person says it in another way."""
        if side == "github":
            with self.office.github.lock:
                comment = next(one for one in self.office.issue(pair).comments if one.id == id_)
                on_github.edit_comment(*self._on_issue(pair), comment, text)
            return
        with self.office.jira.lock:
            ticket = self.office.ticket(pair)
            said = next(one for one in ticket.comments if one.id == id_)
            said.body, said.updated_at = text, self.office.jira.now()
            ticket.updated_at = self.office.jira.now()
            payload = {
                "comment": jira_shapes.comment(self.office.jira, ticket, said),
                "issue": jira_shapes.issue(self.office.jira, ticket),
            }
            self.office.jira.hooks.deliver("comment_updated", payload)

    def delete_comment(self, pair: Pair, side: Side, id_: int) -> None:
        """A person takes a comment away, perhaps one of the bot's."""
        if side == "github":
            with self.office.github.lock:
                comment = next(one for one in self.office.issue(pair).comments if one.id == id_)
                on_github.delete_comment(*self._on_issue(pair), comment)
            return
        with self.office.jira.lock:
            ticket = self.office.ticket(pair)
            ticket.comments = [one for one in ticket.comments if one.id != id_]
            ticket.updated_at = self.office.jira.now()

    def _write_issue(self, pair: Pair, name: str, value: str) -> None:
        about = self._on_issue(pair)
        issue = about[-1]
        match name:
            case "title":
                on_github.edit(*about, title=f"Fejl {value}", body=issue.body)
            case "description":
                body = self.text("github", value) if value else ""
                on_github.edit(*about, title=issue.title, body=body)
            case "status" if value == "open":
                on_github.reopen(*about)
            case "status":
                if issue.state == "closed":
                    on_github.reopen(*about)
                on_github.close(*about, value)
            case "assignee":
                unassign(*about, list(issue.assignees))
                assign(*about, [self._account(value)] if value else [])
            case "fixVersion":
                found = (
                    one for one in self.office.repository(pair).milestones if one.title == value
                )
                on_github.plan_for(*about, next(found, None))
            case "type" | "severity":
                kinds = TYPES if name == "type" else CLASSES
                wanted = {label for each, (label, _) in kinds.items() if each == value}
                for label in {one for one, _ in kinds.values()} - wanted:
                    if label in {one.name for one in issue.labels}:
                        on_github.remove_label(*about, label)
                on_github.add_labels(*about, sorted(wanted))
            case _ if value == "on":
                on_github.add_labels(*about, [name])
            case _ if name in {one.name for one in issue.labels}:
                on_github.remove_label(*about, name)

    def _write_ticket(self, pair: Pair, name: str, value: str) -> None:
        kim, ticket = self.office.jira.people["kim"], self.office.ticket(pair)
        match name:
            case "title":
                fields: dict[str, Any] = {"summary": f"Sag {value}"}
            case "description":
                fields = {"description": self.text("jira", value) if value else None}
            case "status":
                self._take_ticket(ticket, value)
                return
            case "assignee":
                key, who = ("accountId", "712020:") if self.office.jira.is_cloud else ("name", "")
                fields = {"assignee": {key: f"{who}{value}"} if value else None}
            case "type":
                fields = {"issuetype": {"name": TYPES[value][1]}}
            case "severity":
                fields = {"priority": {"name": CLASSES[value][1]}}
            case "fixVersion":
                fields = {"fixVersions": [{"name": value}] if value else []}
            case _:
                on = set(ticket.values.get("labels") or ()) - {name}
                fields = {"labels": sorted(on | ({name} if value == "on" else set()))}
        in_jira.edit(self.office.jira, kim, ticket, fields)

    def _take_ticket(self, ticket: jira_state.Issue, state: str) -> None:
        """A person takes a ticket to a state by its workflow."""
        kim = self.office.jira.people["kim"]
        if ticket.status == "Done":
            in_jira.transit(self.office.jira, kim, ticket, "11", {})
        if state == "open":
            return
        if ticket.status == "To Do":
            in_jira.transit(self.office.jira, kim, ticket, "21", {})
        resolution = {"completed": "Done", "not_planned": "Won't Do"}[state]
        in_jira.transit(self.office.jira, kim, ticket, "31", {"resolution": {"name": resolution}})

    def _on_issue(self, pair: Pair) -> Any:
        return (
            self.office.github,
            self.office.repository(pair),
            self._account("kim"),
            self.office.issue(pair),
        )

    def _account(self, login: str) -> github_state.Account:
        found = self.office.github.account(login)
        assert found is not None
        return found
