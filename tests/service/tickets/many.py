"""Many issues, each with its ticket: a demo GitHub, a demo Jira, and the commands beside them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from os2kb.demo.jira.changes import edit
from os2kb.store import names
from os2kb.store.backlog.tickets import link_ticket
from os2kb.store.database import open_database, upgrade
from os2kb.subjects import Subject
from tests.contract.small_jira import SmallJira, small_jira
from tests.service.running import Service, World, installed_beside, world

API = "os2demo/os2demo"
POLICY = """
version: 1
mode: act
labels: {severity: {kritisk: "fejl: kritisk", mindre: "fejl: mindre"}}
escalation:
  status: vedtaget
  severities: {kritisk: {criteria: Ingen kan arbejde}, mindre: {criteria: Skønhedsfejl}}
  ladder: [{name: leverandør, notify: ["@bo"]}]
jira:
  project: DEMO
  fields: {title: off, description: off, labels: off, fixVersion: off, comments: off}
  priorities: {kritisk: Highest, mindre: Low}
"""
BY_LABEL = POLICY.replace(
    "  project: DEMO\n",
    "  project: DEMO\n  type: Opgave\n  create: {label: Til Jira, column: Klar}\n",
)
BOTH_WAYS = """
version: 1
mode: act
jira:
  project: DEMO
  fields: {title: both, description: both, labels: both, comments: both}
  public: [title, comments]
"""
FAULTS = ("kritisk", "mindre", "kritisk")


def seed(policy: str = POLICY) -> str:
    """An issue for each fault, its class as its label."""
    issues = [
        {"title": f"Fejl {place}", "by": "ida", "body": "Nede.", "labels": [f"fejl: {one}"]}
        for place, one in enumerate(FAULTS, 1)
    ]
    repository = {
        "id": 101,
        "labels": {"fejl: kritisk": "d73a4a", "fejl: mindre": "fef2c0", "Til Jira": "0e8a16"},
        "collaborators": {"ida": "read", "bo": "write", "kim": "maintain"},
        "files": {".github/os2kb.yml": policy},
        "issues": issues,
    }
    planted = {"app": {"id": 4242, "slug": "os2kb"}, "people": ["ida", "bo", "kim"]}
    return json.dumps({**planted, "repositories": {API: repository}})


JIRA = """
people: {os2kb: {}, ida: {}, kim: {roles: [Administrators]}}
projects:
  DEMO:
    may: {os2kb: all, ida: all, kim: all}
    tickets: [{summary: Fejl 1, by: ida}, {summary: Fejl 2, by: ida}, {summary: Fejl 3, by: ida}]
"""


@dataclass
class Many:
    """Issues 1, 2 and 3 go with DEMO-1, DEMO-2 and DEMO-3."""

    github: World
    jira: SmallJira
    service: Service
    store: Engine

    def run(self, *arguments: str) -> str:
        """What a command prints, on one line."""
        done = self.service.run("jira", *arguments)
        assert done.returncode == 0, done.stderr
        return " ".join(done.stdout.split())

    def json(self, *arguments: str) -> dict[str, Any]:
        """What it prints as JSON."""
        done = self.service.run("jira", *arguments, "--json")
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    @property
    def priorities(self) -> list[str]:
        return [self.jira.issue(f"DEMO-{n}").values["priority"] for n in (1, 2, 3)]

    def set_in_jira(self, key: str, by: str, **fields: Any) -> None:
        """A person edits a ticket."""
        there = self.jira.jira
        with there.lock:
            edit(there, there.people[by], self.jira.issue(key), fields)

    @property
    def writes(self) -> tuple[int, int]:
        """How much was written to GitHub and to Jira."""
        return len(self.github.writes), len(self.jira.writes)


def subject(number: int) -> Subject:
    return Subject(101, number, API)


@contextmanager
def many(folder: Path, policy: str = POLICY) -> Iterator[Many]:
    with world(seed(policy)) as github, small_jira("cloud", JIRA) as jira:
        products = folder / "products.yml"
        products.write_text(f"products: {{os2demo: {{repositories: [{API}], jira: [DEMO]}}}}")
        there = {"jira_url": jira.jira.web, "jira_token": "token-os2kb"}
        there |= {"jira_email": "os2kb@example.test", "products": str(products)}
        store = open_database(f"sqlite:///{folder / 'os2kb.db'}")
        upgrade(store)
        with store.begin() as connection:
            names.remember_repository(connection, "github", 101, API)
        for number in (1, 2, 3):
            ticket = jira.issue(f"DEMO-{number}")
            now = datetime.now(UTC)
            link_ticket(store, subject(number).key, str(ticket.id), ticket.key, now)
        yield Many(github, jira, installed_beside(folder, github, **there), store)
