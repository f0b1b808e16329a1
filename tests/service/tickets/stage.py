"""An issue and its ticket, over real HTTP: a demo GitHub, a demo Jira, and one clock."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from os2kb.demo.jira.changes import edit
from os2kb.governance.receipts import Receipt
from os2kb.installation import Installation, install
from os2kb.store import ledger, names
from os2kb.store.wakes import bring_forward
from os2kb.subjects import Subject
from tests.contract.small_jira import SmallJira
from tests.service.clockwork import Clockwork
from tests.service.people import comment, open_issue
from tests.service.running import World, settings_for

API = "os2demo/os2demo"
POLICY = """
version: 1
mode: act
labels: {severity: {kritisk: "fejl: kritisk"}}
commands: {escalate: [maintain]}
escalation:
  status: vedtaget
  severities: {kritisk: {criteria: Ingen kan arbejde, respond: 2h, fix: 3d}}
  ladder:
    - {name: leverandør, notify: ["@bo"]}
    - {name: produktkoordinator, notify: ["@kim", "jira:Alvor=Stor"], when: respond}
jira:
  project: DEMO
  type: Fejl
  priorities: {kritisk: Highest}
  fields: {title: off, description: off, labels: off, fixVersion: off, comments: off}
"""
SEED = f"""
app: {{id: 4242, slug: os2kb}}
people: [ida, bo, kim]
repositories:
  {API}:
    id: 101
    labels: {{"fejl: kritisk": d73a4a}}
    collaborators: {{ida: read, bo: write, kim: maintain}}
    files: {{.github/os2kb.yml: {json.dumps(POLICY)}}}
"""
PRODUCTS = f"products: {{os2demo: {{repositories: [{API}], jira: [DEMO]}}}}"
FORM = "### Severity\n\nkritisk\n\n### Hvad skete der?\n\nLoginsiden svarer ikke."
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)  # 10 o'clock in Denmark


@dataclass
class Stage(Clockwork):
    """An installation, its GitHub and its Jira, and the time it is."""

    jira: SmallJira
    folder: Path
    at: datetime = MONDAY
    products: str = PRODUCTS
    github: World = field(init=False)
    here: Installation = field(init=False)

    def start(self) -> None:
        """A process starts, on the store of the one before."""
        products = self.folder / "products.yml"
        products.write_text(self.products, "utf-8")
        jira: dict[str, Any] = {"jira_url": self.jira.jira.web, "jira_token": "token-os2kb"}
        if self.jira.jira.is_cloud:
            jira["jira_email"] = "os2kb@example.test"
        settings = settings_for(self.github, self.folder, products=products, **jira)
        self.here = install(settings, lambda: self.at)
        with self.here.database.begin() as connection:
            names.remember_repository(connection, "github", 101, API)

    def fault(self, title: str = "Fejl i login") -> int:
        return open_issue(self.github, "ida", {"title": title, "body": FORM}, API)

    def say(self, number: int, text: str) -> None:
        """Kim says something, and the bot hears of it."""
        comment(self.github, "kim", number, text, API)
        self.hear(number)

    def hear(self, number: int) -> None:
        """Something happened to an issue."""
        bring_forward(self.here.database, key_of(number), self.at)
        self.work()

    def wait(self, span: timedelta) -> None:
        """The clock goes on, and whoever is to be woken is, each in time."""
        self.until(self.at + span)

    def values(self, key: str) -> dict[str, Any]:
        """What stands in a ticket's fields."""
        named = {self.jira.jira.fields[name].name: name for name in self.jira.jira.fields}
        ticket = self.jira.issue(key)
        return {name: ticket.values.get(id_) for name, id_ in named.items()}

    def set_in_jira(self, key: str, by: str, **fields: Any) -> None:
        """A person edits a ticket."""
        world = self.jira.jira
        edit(world, world.people[by], self.jira.issue(key), fields)

    @property
    def jira_writes(self) -> list[str]:
        """What we asked Jira to change, and it did."""
        return [f"{method} {path}" for method, path, status in self.jira.writes if status < 300]

    def comments(self, number: int) -> str:
        return "\n".join(self.github.bot_comments(API, number))

    def receipts(self, number: int) -> tuple[Receipt, ...]:
        return ledger.receipts_of(self.here.database, key_of(number))


def key_of(number: int) -> str:
    return Subject(101, number, API).key
