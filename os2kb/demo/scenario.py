"""The scenario: what people do in the demo, step by step, through GitHub's own API."""

from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import httpx
import yaml
from pydantic import BaseModel, ConfigDict, Field


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OpenIssue(_Part):
    """A person opens an issue; `id` names it for later actions."""

    do: Literal["open_issue"]
    id: str
    repository: str = Field(alias="in")
    by: str
    title: str
    body: str


class OpenPullRequest(_Part):
    """A person makes a branch with these files, if any, and opens a pull request."""

    do: Literal["open_pull_request"]
    id: str
    repository: str = Field(alias="in")
    by: str
    title: str
    body: str
    head: str
    base: str
    files: dict[str, str]


class Comment(_Part):
    """A person comments."""

    do: Literal["comment"]
    subject: str
    by: str
    body: str


class Edit(_Part):
    """A person edits a title or a body."""

    do: Literal["edit"]
    subject: str
    by: str
    title: str | None = None
    body: str | None = None


class Commit(_Part):
    """A person adds a commit to a pull request."""

    do: Literal["commit"]
    subject: str
    by: str
    message: str
    files: dict[str, str]


class Label(_Part):
    """A person puts a label on, or takes one off."""

    do: Literal["label", "unlabel"]
    subject: str
    by: str
    label: str


class Close(_Part):
    """A person closes an issue."""

    do: Literal["close"]
    subject: str
    by: str
    reason: Literal["completed", "not_planned"]


class MoveTicket(_Part):
    """A person takes the ticket of an issue to another status."""

    do: Literal["move_ticket"]
    subject: str
    ticket: str
    by: str
    to: str
    resolution: str | None = None


class CommentTicket(_Part):
    """A person comments on the ticket of an issue."""

    do: Literal["comment_ticket"]
    subject: str
    ticket: str
    by: str
    body: str


OnTicket = MoveTicket | CommentTicket
Act = Annotated[
    OpenIssue
    | OpenPullRequest
    | Comment
    | Edit
    | Commit
    | Label
    | Close
    | MoveTicket
    | CommentTicket,
    Field(discriminator="do"),
]


class Step(_Part):
    """Something people do, and what to watch for."""

    title: str
    actions: tuple[Act, ...]
    shows: str


class Scenario(_Part):
    """All steps."""

    steps: tuple[Step, ...]


def read_scenario(path: Path) -> Scenario:
    """Read a scenario file."""
    return Scenario.model_validate(yaml.safe_load(path.read_text("utf-8")))


@dataclass(frozen=True, slots=True)
class Opened:
    """An issue or pull request that somebody opened. `branch` is empty for an issue."""

    repository: str
    number: int
    url: str
    branch: str = ""


class Players:
    """Carries actions out as the people who do them. Remembers what was opened under which id.

    Args:
        api: GitHub's.
        jira: where people read Jira.
    """

    def __init__(self, api: str, jira: str) -> None:
        self._http = httpx.Client(base_url=api, timeout=30, trust_env=False)
        self._jira = httpx.Client(base_url=f"{jira}/rest/api/2", timeout=30, trust_env=False)
        self._opened: dict[str, Opened] = {}

    def play(self, action: Act) -> Opened:
        """Carry an action out; returns what it was about."""
        match action:
            case OpenIssue():
                self._opened[action.id] = self._open_issue(action)
                return self._opened[action.id]
            case OpenPullRequest():
                self._opened[action.id] = self._open_pull_request(action)
                return self._opened[action.id]
        about = self._opened[action.subject]
        issue = f"/repos/{about.repository}/issues/{about.number}"
        match action:
            case Comment():
                self._send(action.by, "POST", f"{issue}/comments", {"body": action.body})
            case Edit():
                changed = {"title": action.title, "body": action.body}
                texts = {key: self.filled(text) for key, text in changed.items() if text}
                self._send(action.by, "PATCH", issue, texts)
            case Commit():
                self._commit(
                    action.by, about.repository, about.branch, action.message, action.files
                )
            case Label(do="label"):
                self._send(action.by, "POST", f"{issue}/labels", {"labels": [action.label]})
            case Label():
                self._send(action.by, "DELETE", f"{issue}/labels/{action.label}")
            case Close():
                closed = {"state": "closed", "state_reason": action.reason}
                self._send(action.by, "PATCH", issue, closed)
            case MoveTicket() | CommentTicket():
                self._play_on_ticket(action)
        return about

    def _play_on_ticket(self, action: OnTicket) -> None:
        ticket = f"/issue/{action.ticket}"
        match action:
            case MoveTicket():
                path = f"{ticket}/transitions"
                ways = self._send_to_jira(action.by, "GET", path)["transitions"]
                way = next(one["id"] for one in ways if one["to"]["name"] == action.to)
                resolved = {"resolution": {"name": action.resolution}} if action.resolution else {}
                taken = {"transition": {"id": way}, "fields": resolved}
                self._send_to_jira(action.by, "POST", path, taken)
            case CommentTicket():
                self._send_to_jira(action.by, "POST", f"{ticket}/comment", {"body": action.body})

    def _send_to_jira(self, by: str, method: str, path: str, body: Any = None) -> Any:
        who = (f"{by}@example.test", f"token-{by}")
        answer = self._jira.request(method, path, json=body, auth=who)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def _open_issue(self, action: OpenIssue) -> Opened:
        body = {"title": action.title, "body": action.body}
        issue = self._send(action.by, "POST", f"/repos/{action.repository}/issues", body)
        return Opened(action.repository, issue["number"], issue["html_url"])

    def _open_pull_request(self, action: OpenPullRequest) -> Opened:
        repository = action.repository
        title = self.filled(action.title)
        if action.files:
            self._branch(action)
            self._commit(action.by, repository, action.head, title, action.files)
        opened = self._send(
            action.by,
            "POST",
            f"/repos/{repository}/pulls",
            {
                "title": title,
                "body": self.filled(action.body),
                "head": action.head,
                "base": action.base,
            },
        )
        return Opened(repository, opened["number"], opened["html_url"], action.head)

    def _branch(self, action: OpenPullRequest) -> None:
        path = f"/repos/{action.repository}/branches/{action.base}"
        base = self._send(action.by, "GET", path)["commit"]["sha"]
        ref = {"ref": f"refs/heads/{action.head}", "sha": base}
        self._send(action.by, "POST", f"/repos/{action.repository}/git/refs", ref)

    def _commit(
        self, by: str, repository: str, branch: str, message: str, files: dict[str, str]
    ) -> None:
        for path, text in files.items():
            address = f"/repos/{repository}/contents/{path}"
            known = self._http.get(address, params={"ref": branch}, headers=_as(by))
            body: dict[str, Any] = {
                "message": self.filled(message),
                "content": b64encode(self.filled(text).encode()).decode(),
                "branch": branch,
            }
            if known.is_success:
                body["sha"] = known.json()["sha"]
            self._send(by, "PUT", address, body)

    def filled(self, text: str) -> str:
        """Replace `$id` by the number that id was given."""
        for name in sorted(self._opened, key=len, reverse=True):
            text = text.replace(f"${name}", str(self._opened[name].number))
        return text

    def _send(self, by: str, method: str, path: str, body: Any = None) -> Any:
        answer = self._http.request(method, path, json=body, headers=_as(by))
        answer.raise_for_status()
        return answer.json() if answer.content else None


def _as(person: str) -> dict[str, str]:
    return {"Authorization": f"Bearer person-{person}"}
