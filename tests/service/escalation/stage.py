"""The ladder at work, over real HTTP: a demo GitHub, a Zulip and a mail server, and one clock.

Whoever is to be woken is woken when it is time, as the engine does it.
"""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from os2kb.governance.receipts import Receipt
from os2kb.installation import Installation, install
from os2kb.store import ledger, names, wakes
from os2kb.subjects import Subject
from tests.fakes.mailbox import Mailbox
from tests.fakes.zulip import FakeZulip
from tests.loopback import HTTP
from tests.service.clockwork import Clockwork
from tests.service.people import open_issue
from tests.service.running import World, settings_for

API = "os2demo/os2demo"
POLICY = """
version: 1
mode: act
labels:
  severity: {kritisk: "fejl: kritisk"}
  status: {needs-info: afventer svar}
  security: It-sikkerhed
people: {coordinators: [kim]}
commands: {escalate: coordinator}
escalation:
  status: vedtaget
  from: "2026-03-01"
  severities: {kritisk: {criteria: Ingen kan arbejde, respond: 2h, plan: 1d, fix: 3d}}
  ladder:
    - {name: leverandør, notify: ["@bo", "zulip:OS2demo/drift"]}
    - {name: produktkoordinator, notify: ["@kim"], when: respond}
    - {name: koordinationsgruppe, notify: ["@os2demo/koordination"], when: plan}
    - {name: styregruppe, notify: ["zulip:OS2demo/styregruppe"], when: fix, confirm: true}
  security: {notify: ["mailto:sikkerhed@os2demo.example"]}
"""
OTHER = "os2demo/anden"
OTHER_POLICY = """
version: 1
mode: act
escalation:
  status: vedtaget
  from: "2026-03-01"
  severities: {kritisk: {criteria: Ingen kan arbejde, respond: 4h}}
  ladder:
    - {name: leverandør, notify: ["@bo"]}
    - {name: produktkoordinator, notify: ["@os2demo/anden"], when: respond}
"""
SEED = f"""
app: {{id: 4242, slug: os2kb}}
people: [ida, bo, kim]
repositories:
  {API}:
    id: 101
    labels: {{"fejl: kritisk": d73a4a, afventer svar: fbca04, It-sikkerhed: b60205}}
    collaborators: {{ida: read, bo: write, kim: maintain}}
    files: {{.github/os2kb.yml: {json.dumps(POLICY)}}}
  {OTHER}:
    id: 102
    collaborators: {{kim: maintain}}
    files: {{.github/os2kb.yml: {json.dumps(OTHER_POLICY)}}}
"""
PRODUCTS = f"""
products:
  os2demo:
    repositories: [{API}]
    chat: [OS2demo]
    mailboxes: [sikkerhed@os2demo.example]
  anden:
    repositories: [{OTHER}]
"""
FORM = "### Severity\n\nkritisk\n\n### Hvad skete der?\n\nLoginsiden svarer ikke."
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)  # 10 o'clock in Denmark


@dataclass
class Stage(Clockwork):
    """An installation, whom it tells, and the time it is."""

    chat: FakeZulip
    mail: Mailbox
    folder: Path
    at: datetime = MONDAY
    github: World = field(init=False)
    here: Installation = field(init=False)
    taken_off: dict[int, Any] = field(default_factory=dict)

    def start(self) -> None:
        """A process starts, on the store of the one before."""
        products = self.folder / "products.yml"
        products.write_text(PRODUCTS, "utf-8")
        told: dict[str, Any] = {
            "zulip_site": self.chat.site,
            "zulip_email": self.chat.email,
            "zulip_key": self.chat.key,
            "smtp_url": f"smtp://127.0.0.1:{self.mail.port}?from=os2kb@os2.example",
        }
        settings = settings_for(self.github, self.folder, products=products, **told)
        self.here = install(settings, lambda: self.at)
        with self.here.database.begin() as connection:
            for identity, name in ((101, API), (102, OTHER)):
                names.remember_repository(connection, "github", identity, name)

    def fault(self, body: str = FORM, title: str = "Fejl i login") -> int:
        return open_issue(self.github, "ida", {"title": title, "body": body}, API)

    def move(self, number: int) -> int:
        """Kim moves an issue to the other product; its number there."""
        order = {"repository": API, "number": number, "by": "kim", "to": OTHER}
        answer = HTTP.post(f"{self.github.github.web}/_demo/transfer-issue", json=order)
        assert answer.is_success, answer.text
        return int(answer.json()["number"])

    def hear(self, number: int, repository: str = API) -> None:
        """Something happened to an issue."""
        wakes.bring_forward(self.here.database, key_of(number, repository), self.at)
        self.work()

    def mentions(self, number: int, repository: str = API) -> list[tuple[str, str]]:
        """When we mentioned somebody, and whom."""
        with self.github.person("kim") as kim:
            found = kim.get(f"/repos/{repository}/issues/{number}/comments").json()
        ours = [one for one in found if one["body"].startswith("<!-- os2kb:tell:")]
        return [(one["created_at"], one["body"].split("\n")[1]) for one in ours]


def key_of(number: int, repository: str = API) -> str:
    return Subject({API: 101, OTHER: 102}[repository], number, repository).key


def receipts(stage: Stage, number: int) -> tuple[Receipt, ...]:
    return ledger.receipts_of(stage.here.database, key_of(number))
