"""The decision log in real Chromium: to be read by everyone, on a phone and at a desk.

Pictures of the pages are written to the folder that SCREENSHOTS names.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from index.versions import Versions
from os2kb.decisions.reading.read import read_file
from os2kb.store.database import open_database, upgrade
from os2kb.store.decisions import DecisionLog, keep_log
from tests.browser.chromium import NEEDS_CHROMIUM, everyone, look_at, opened
from tests.service.knowledge import served
from webhooks.decisions.routes import decisions_router
from webhooks.decisions.shelf import Shelf
from webhooks.decisions.views import Views
from webhooks.pages.site import static_router

pytestmark = NEEDS_CHROMIUM

HANDBOOK = Path(__file__).parents[2] / "samples/handbook/beslutninger"
LONG = (
    "# [ODR] Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrikantenvereinigungsbeslutning\n\n"
    "- **Dato**: 1/2 2024\n- **Status**: Afvist\n\n## Beslutning\n\n"
    f"{'æ' * 300}\n\n| En | To |\n|---|---|\n| {'x' * 80} | {'y' * 80} |\n\n"
    f"> Et citat\n\n```\n{'kode ' * 40}\n```\n\n1. [Et link](https://example.org/{'z' * 200})\n"
)
PAGES = {
    "log": "/decisions",
    "nothing": "/decisions?q=findesikke",
    "superseded": "/decisions/os2demo/2025-09-04-en-godkendelse-er-nok",
    "proposed": "/decisions/os2demo/2026-09-03-faelles-testmiljoe",
    "long": "/decisions/os2demo/lang",
    "missing": "/decisions/os2demo/findes-ikke",
    "unfit": "/decisions?year=abc&type=XYZ",
}
STATUSES = {"missing": 404, "unfit": 422}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    store = open_database(f"sqlite:///{tmp_path_factory.mktemp('log') / 'store.db'}")
    upgrade(store)
    files = {path.name: path.read_text("utf-8") for path in HANDBOOK.glob("*.md")}
    entries = [
        entry
        for path, text in (files | {"lang.md": LONG}).items()
        for entry in read_file(path, text)
    ]
    log = DecisionLog("source:handbook", "os2demo", public=True)
    keep_log(store, log, entries, lambda one: f"https://example.org/{one.path}")
    app = FastAPI()
    app.include_router(static_router())
    shelf = Shelf(store, Versions(tmp_path_factory.mktemp("index")))
    app.include_router(decisions_router(shelf, Views({}, "https://github.com")))
    with served(app) as client:
        yield str(client.base_url).rstrip("/")


@everyone
def test_every_page_can_be_read_by_everyone(site: str, chromium: Any, width: int, scheme: str):
    context = opened(chromium, width, scheme)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for name, address in PAGES.items():
        status = page.goto(site + address).status
        assert status == STATUSES.get(name, 200)
        look_at(page, f"decisions-{name}")
    context.close()
    # Nothing was refused by the pages' own policy, nothing was missing but what is.
    assert [one for one in said if "404" not in one and "422" not in one] == []


def test_the_log_is_searched_by_keyboard_without_a_script(site: str, chromium: Any):
    context = opened(chromium, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/decisions")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Gå til indhold"
    page.get_by_label("Søg", exact=True).focus()
    page.keyboard.type("godkendelser")
    page.keyboard.press("Tab")
    page.get_by_label("Status").select_option("superseded")
    page.get_by_role("button", name="Vis").press("Enter")
    page.get_by_role("link", name="Én godkendelse er nok til at flette en pull request").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Én godkendelse")
    page.locator(".notice").get_by_role("link").click()
    assert page.get_by_role("heading", level=1).inner_text() == "To godkendelser før fletning"
    context.close()


def test_what_a_decision_holds_runs_nothing(site: str, chromium: Any):
    page = chromium.new_page()
    page.goto(f"{site}/decisions/os2demo/lang")
    ran = page.evaluate(
        "() => { const script = document.createElement('script');"
        " script.textContent = 'window.ran = true'; document.body.append(script);"
        " return Boolean(window.ran) }"
    )
    assert ran is False
    page.close()
