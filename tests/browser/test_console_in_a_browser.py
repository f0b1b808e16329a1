"""The console in real Chromium: signing in both ways, an undo, nothing forged, read by everyone.

Pictures of the pages are written to the folder that SCREENSHOTS names.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from os2kb.decisions.reading.read import read_file
from os2kb.knowledge.evaluation.series import Evaluated, remember
from os2kb.store.asked.questions import put
from os2kb.store.decisions import DecisionLog, keep_log
from os2kb.subjects import Subject
from tests.browser.chromium import NEEDS_CHROMIUM, everyone, look_at, opened
from tests.service.console.consoled import (
    ATTACK,
    ENTRY,
    SEED,
    TOKEN,
    Consoled,
    consoled,
    delivered,
)
from tests.service.running import world

pytestmark = NEEDS_CHROMIUM
PULL = "/console/subjects/os2display/api/4"
PAGES = {
    "now": "/console",
    "subjects": "/console/subjects",
    "no-subject": "/console/subjects?q=findesikke",
    "subject": PULL,
    "attacked": "/console/subjects/os2display/api/2",
    "vulnerable": "/console/subjects/os2display/api/3",
    "deliveries": "/console/deliveries",
    "delivery": "/console/deliveries/1",
    "escalation": "/console/escalation",
    "decisions": "/console/decisions",
    "jira": "/console/jira",
    "knowledge": "/console/knowledge",
    "questions": "/console/questions",
    "question": "/console/questions/1",
    "policies": "/console/policy",
    "policy": "/console/policy/os2display/api",
    "health": "/console/health",
    "missing": "/console/subjects/os2display/api/777",
}


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Consoled]:
    with world(SEED) as made, consoled(tmp_path_factory.mktemp("console"), made) as running:
        told = json.dumps({"issue": {"title": ATTACK, "body": ATTACK}}).encode()
        reason = f"Unavailable: GitHub svarede 502. {ATTACK} {'x' * 120}"
        delivered(running.installation, "github:101#1", told, state="failed", reason=reason)
        for number in (2, 3, 4):
            delivered(running.installation, f"github:101#{number}", event="pull_request")
        with running.installation.database.begin() as connection:
            put(connection, f"Hvem? {ATTACK}", "display", "da", running.installation.now())
        folder = running.installation.settings.index_dir
        folder.mkdir(exist_ok=True)
        for day, share in enumerate((0.5, 0.62, 0.58, 0.71), 1):
            at = datetime(2026, 3, day, 12, tzinfo=UTC)
            figures = {"n": 66, "recall5": share + 0.2, "ndcg10": share, "rightly": share}
            run = Evaluated(at=at, file="spørgsmål.jsonl", version="v1", falsely=0.07, **figures)
            remember(folder, run)
        log = DecisionLog("github:103:beslutninger", "forms", public=True, repository=103)
        long = "driften af " * 20
        for said in (f"Kommunen betaler {long}skærmene.", f"Staten betaler {long}. {ATTACK}"):
            entry = read_file("2026-06-04-ny.md", ENTRY.replace("Ja.", said))
            keep_log(running.installation.database, log, entry, lambda _: "")
        reconciler = running.installation.reconciler
        assert reconciler is not None
        reconciler.apply(Subject(101, 4, "os2display/api"))
        yield running


@contextmanager
def visiting(
    chromium: Any, console: Consoled, width: int = 1280, scheme: str = "light", **how: Any
) -> Iterator[Any]:
    context = opened(chromium, width, scheme, base_url=console.url, **how)
    yield context.new_page()
    context.close()


def sign_in(page: Any) -> None:
    page.goto("/console")
    page.get_by_label("Installationens nøgle").fill(TOKEN)
    page.get_by_role("button", name="Log ind").click()
    page.get_by_role("heading", name="Det, der venter på et menneske").wait_for()


@everyone
def test_every_page_can_be_read_by_everyone(
    console: Consoled, chromium: Any, width: int, scheme: str
):
    said: list[str] = []
    with visiting(chromium, console, width, scheme) as page:
        page.on("console", lambda message: said.append(message.text))
        page.goto("/console")
        look_at(page, "console-sign-in")
        sign_in(page)
        for name, address in PAGES.items():
            assert page.goto(address).status == (404 if name == "missing" else 200)
            for details in page.locator("details").all():
                details.evaluate("one => { one.open = true }")
            look_at(page, f"console-{name}")
        page.goto("/console/policy/os2display/api")
        page.get_by_label(".github/os2kb.yml").fill("version: 1\nmode: act\n")
        page.get_by_role("button", name="Prøv den").click()
        page.get_by_text("ville få et andet udfald").wait_for()
        look_at(page, "console-policy-tried")
    # Nothing was refused by the pages' own policy, nothing was missing but what is.
    assert [one for one in said if "404" not in one] == []


def test_a_coordinator_signs_in_with_github_and_takes_back_what_the_bot_did(
    console: Consoled, chromium: Any
):
    with visiting(chromium, console, java_script_enabled=False) as page:
        page.goto(PULL)
        page.get_by_role("link", name="Log ind med GitHub").click()
        page.get_by_role("link", name="ida", exact=True).click()
        page.get_by_role("heading", name="Ret visning").wait_for()
        assert console.world.labels("os2display/api", 4) == ["mangler issue"]
        page.get_by_role("button", name="Tag det tilbage").press("Enter")
        page.get_by_text("Fortrydelsen er udført.").wait_for()
        assert console.world.labels("os2display/api", 4) == []
        page.get_by_role("button", name="Log ud").click()
        page.get_by_role("heading", name="Log ind i konsollen").wait_for()
        page.goto(PULL)
        page.get_by_role("heading", name="Log ind i konsollen").wait_for()


def test_what_is_parked_meanwhile_shows_up_by_itself(console: Consoled, chromium: Any):
    with visiting(chromium, console) as page:
        sign_in(page)
        reason = "Parkeret imens"
        delivered(console.installation, "github:101#1", state="failed", reason=reason)
        page.get_by_text(reason).wait_for()
        assert page.get_by_role("status").inner_text() == "Siden er lige opdateret."


def test_another_site_can_neither_send_our_forms_nor_frame_our_pages(
    console: Consoled, chromium: Any
):
    with visiting(chromium, console) as page:
        sign_in(page)
        elsewhere = console.world.github.web.replace("127.0.0.1", "localhost")
        page.route(
            f"{elsewhere}/evil",
            lambda route: route.fulfill(
                content_type="text/html",
                body=f'<form method="post" action="{console.url}/console/sign-out">'
                f'<input name="csrf" value="x"><button>Vind</button></form>'
                f'<iframe src="{console.url}/console"></iframe>',
            ),
        )
        page.goto(f"{elsewhere}/evil")
        framed = page.frames[1].url if len(page.frames) > 1 else ""
        assert not framed.endswith("/console")
        page.get_by_role("button", name="Vind").click()
        page.get_by_text("Du er ikke logget ind længere").or_(
            page.get_by_text("Formularen er for gammel")
        ).wait_for()
        page.goto("/console")
        page.get_by_role("heading", name="Det, der venter på et menneske").wait_for()
