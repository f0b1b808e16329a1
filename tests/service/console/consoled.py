"""A console over real HTTP beside a demo GitHub, and browsers that sign in to it."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from fastapi import FastAPI
from pydantic import SecretStr

from os2kb.clock import now
from os2kb.demo.github.pages.sign_in import CLIENT_SECRET
from os2kb.installation import Installation, install
from os2kb.store.deliveries import Arrival, keep, newest, settle, take_due
from os2kb.store.names import remember_repository
from tests.service.knowledge import served
from tests.service.running import World, settings_for
from webhooks.console.routes import open_console
from webhooks.pages.site import static_router
from webhooks.problems import handle_problems

_CLIENTS = count(1)
TOKEN = "a token of the installation's own, of some length"
PRODUCTS = """\
operators: ["@kim"]
products:
  display:
    repositories: [os2display/api, os2display/secret]
    jira: [DEMO]
    console: {coordinators: ["@os2display/koordination"], readers: ["@bo"]}
    faq: {repository: os2display/api, path: docs/faq}
  forms: {repositories: [os2forms/forms]}
"""
POLICY = """\
version: 1
mode: act
labels:
  type: {bug: Bug, question: Spørgsmål}
  status: {needs-issue: mangler issue}
  security: It-sikkerhed
guidelines: {rules: {linked-issue: required}}
decisions: {repository: os2display/secret, path: beslutninger}
"""
FORMS_POLICY = """\
version: 1
mode: act
labels: {severity: {kritisk: "fejl: kritisk", mindre: "fejl: mindre"}}
escalation:
  status: vedtaget
  severities:
    kritisk: {criteria: Intet virker, respond: 2h, fix: 2d}
    mindre: {criteria: Det er skævt, fix: 400d}
  ladder: [{name: leverandør, notify: ["@forms-maintainer"]}]
decisions: {repository: os2forms/forms, path: beslutninger}
"""
ENTRY = "# [SDR] Ny\n\n- **Dato**: 5/6 2026\n- **Status**: Accepteret\n\n## Beslutning\n\nJa.\n"
# Long enough ago that it is late, whenever that is looked at.
LONG_AGO = f"{now() - timedelta(days=60):%Y-%m-%dT%H:%M:%SZ}"
LABELS = "{Bug: d73a4a, Spørgsmål: cc317c, It-sikkerhed: b60205, mangler issue: fbca04}"
ATTACK = "<script>alert(1)</script> \"'><img src=x onerror=alert(2)> \u202e {{ 7*7 }} 010190-1234"
SEED = f"""
app: {{id: 4242, slug: os2kb}}
people: [ida, bo, kim, forms-maintainer, outsider]
organisations: {{os2display: {{teams: {{koordination: [ida]}}}}}}
repositories:
  os2display/api:
    id: 101
    labels: {LABELS}
    collaborators: {{ida: write, bo: read}}
    files: {{.github/os2kb.yml: {json.dumps(POLICY)}, README.md: "# API"}}
    branches:
      ret: {{commits: [{{by: bo, message: Ret, files: {{src/a.py: "a = 1"}}}}]}}
    issues:
      - {{title: "Fejl: Login virker ikke", body: "Siden er hvid.", by: bo}}
      - {{title: {json.dumps(ATTACK)}, body: {json.dumps(ATTACK)}, by: bo,
          comments: [{{by: ida, body: {json.dumps(ATTACK)}}}]}}
      - {{title: "SQL injection i login giver adgang til alle brugeres data",
          body: "Sårbarhed: ' OR 1=1 i feltet giver adgang uden kodeord. Exploit vedlagt.", by: bo}}
    pulls:
      - {{title: Ret visning, body: "Nu virker det.", by: bo, head: ret}}
  os2display/secret: {{id: 102, private: true, collaborators: {{ida: read}}, labels: {LABELS},
    files: {{beslutninger/2026-06-04-loen.md: {json.dumps(ENTRY.replace("Ny", "Ny løn"))}}},
    issues: [{{title: Lønkørslen fejler, body: Hemmeligt, by: ida}}]}}
  os2forms/forms:
    id: 103
    labels: {{"fejl: kritisk": d73a4a, "fejl: mindre": fbca04}}
    collaborators: {{ida: triage, forms-maintainer: maintain}}
    files:
      .github/os2kb.yml: {json.dumps(FORMS_POLICY)}
      beslutninger/2026-06-04-ny.md: {json.dumps(ENTRY)}
    issues:
      - title: "Formularen er nede <b>æøå</b>"
        by: bo
        labels: ["fejl: kritisk"]
        at: {LONG_AGO}
      - {{title: Skæv tekst, by: bo, labels: ["fejl: mindre"], at: {LONG_AGO}}}
"""


@dataclass
class Browser:
    """Somebody's browser: it keeps cookies and follows us to GitHub and back."""

    http: httpx.Client

    def get(self, address: str, **more: Any) -> httpx.Response:
        return self.http.get(address, **more)

    def field(self, page: httpx.Response, name: str = "csrf") -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
        assert found is not None, page.text
        return unescape(found[1])

    def post(self, address: str, on: str, **fields: str) -> httpx.Response:
        """Send a form that stands on a page."""
        return self.http.post(address, data={"csrf": self.field(self.get(on)), **fields})

    def sign_in_with_token(self, token: str = TOKEN, to: str = "/console") -> httpx.Response:
        door = self.get("/console/sign-in", params={"to": to})
        fields = {"csrf": self.field(door), "to": to, "token": token}
        return self.http.post("/console/sign-in", data=fields)

    def sign_in_with_github(self, login: str, to: str = "/console") -> httpx.Response:
        asked = self.http.get("/console/sign-in/github", params={"to": to})
        assert asked.status_code == 200, asked.text
        return self.http.get(f"{asked.url}&person={login}")


def delivered(
    installation: Installation,
    subject: str,
    body: bytes = b"{}",
    *,
    state: str = "handled",
    reason: str = "",
    repository: str = "os2display/api",
    event: str = "issues",
    action: str = "opened",
    source: str = "github",
    headers: dict[str, str] | None = None,
) -> int:
    """A delivery as the store has it once it is settled; its number."""
    arrival = Arrival(
        source, str(uuid4()), event, action, headers or {}, body, installation.now(),
        "accepted", "", subject, repository,
    )  # fmt: skip
    with installation.database.begin() as connection:
        keep(connection, [arrival])
    (kept,) = newest(installation.database, limit=1)
    settle(installation.database, [kept.id], state, installation.now(), reason)  # type: ignore[arg-type]
    return kept.id


@dataclass
class Consoled:
    """An installation with its console, and the GitHub beside it."""

    installation: Installation
    url: str
    world: World

    @contextmanager
    def browser(self) -> Iterator[Browser]:
        """A client of its own, as a proxy of ours tells it."""
        headers = {"X-Forwarded-For": f"198.51.100.{next(_CLIENTS) % 250}"}
        with httpx.Client(
            base_url=self.url, headers=headers, follow_redirects=True, timeout=30, trust_env=False
        ) as client:
            yield Browser(client)

    @contextmanager
    def signed_in(self, login: str = "") -> Iterator[Browser]:
        """By GitHub; by the installation's token where no login is given."""
        with self.browser() as browser:
            door = browser.sign_in_with_github(login) if login else browser.sign_in_with_token()
            assert door.status_code == 200, door.text
            yield browser


def work(installation: Installation) -> None:
    """Handle what is due, as the engine does."""
    assert installation.reconciler is not None
    for key in take_due(installation.database, installation.now()):
        installation.reconciler.work(key)


@contextmanager
def consoled(folder: Path, world: World, **settings: Any) -> Iterator[Consoled]:
    """A console beside the reconciler itself, without an engine between them."""
    products = folder / "products.yml"
    products.write_text(PRODUCTS)
    app = FastAPI()
    handle_problems(app)

    async def as_it_is_then(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await app(scope, receive, send)

    # The address is known first, for GitHub sends people back to it.
    with served(as_it_is_then) as client:
        url = str(client.base_url).rstrip("/")
        given = {
            "products": products,
            "public_url": url,
            "session_key": SecretStr("k" * 40),
            "console_token": SecretStr(TOKEN),
            "oauth_client_id": "Iv1.demo4242",
            "oauth_client_secret": SecretStr(CLIENT_SECRET),
        }
        installation = install(settings_for(world, folder, **(given | settings)), now)
        with installation.database.begin() as connection:
            for repository in world.github.repositories.values():
                remember_repository(connection, "github", repository.id, repository.full_name)
        app.include_router(static_router())
        open_console(app, installation, lambda: work(installation))
        yield Consoled(installation, url, world)
