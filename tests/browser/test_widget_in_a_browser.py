"""The widget in real Chromium, on a page of another origin under a strict policy."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.responses import HTMLResponse, Response

from index.build import build
from index.passages import Source
from os2kb.store.asked.answers import newest
from os2kb.store.database import open_database
from tests.browser.chromium import NEEDS_CHROMIUM, everyone, look_at, opened
from tests.service.knowledge import served, write
from tests.service.running import until
from tests.service.whole import whole

pytestmark = NEEDS_CHROMIUM

GUIDELINES = Path(__file__).parents[2] / "samples/handbook/guidelines"
ATTACK = "<img src=x onerror='window.ran=1'><script>window.ran=1</script>"
ATTACKING = f"""---
url: "javascript:window.ran=1"
---
# Angreb {ATTACK}

## Hackerfeltet {ATTACK}

I hackerfeltet står {ATTACK} og [et link](javascript:window.ran=1).
"""
QUESTION = "Hvor mange godkendelser skal en pull request have?"
HOST = """<!doctype html><html lang="{lang}"><meta name="color-scheme" content="light dark">
<meta name="viewport" content="width=device-width"><title>En kommune</title>
<main><h1>En kommune</h1>
<os2-search{product}><a href="{service}">Søg</a></os2-search></main>
<script type="module" src="{service}/widget.js"></script></html>"""


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, Path]]:
    """The addresses of a website on the list and of the service, and the service's folder."""
    folder = tmp_path_factory.mktemp("widget")
    other = write(folder / "documents", {"angreb.md": ATTACKING})
    sources = [
        Source("handbook", str(GUIDELINES), product="os2demo"),
        Source("andet", str(other), product="os2andet"),
    ]
    build(sources, folder / "built", now=datetime(2026, 11, 1, tzinfo=UTC))
    website, places = FastAPI(), {"service": ""}

    @website.get("/")
    def page(lang: str = "da", product: str = "") -> Response:
        service = places["service"]
        policy = (
            f"default-src 'none'; script-src {service}; connect-src {service}; base-uri 'none'; "
            "require-trusted-types-for 'script'"
        )
        named = f' product="{product}"' if product else ""
        body = HOST.format(lang=lang, product=named, service=service)
        return HTMLResponse(body, headers={"Content-Security-Policy": policy})

    with served(website) as host:
        elsewhere = str(host.base_url).rstrip("/").replace("127.0.0.1", "localhost")
        with whole(folder, folder / "built", cors_origins=(elsewhere,)) as service:
            places["service"] = str(service.base_url).rstrip("/")
            yield elsewhere, places["service"], folder


@contextmanager
def looking(chromium: Any, *look: Any, **more: Any) -> Iterator[tuple[Any, list[str]]]:
    """A page, and what the browser complains of on it."""
    context = opened(chromium, *look, **more)
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page, said
    context.close()


@everyone
def test_every_state_can_be_read_by_everyone(
    hosted: tuple[str, str, Path], chromium: Any, width: int, scheme: str
):
    website, service, _ = hosted
    with looking(chromium, width, scheme) as (page, said):
        page.goto(website)
        box = page.get_by_role("combobox", name="Søg eller stil et spørgsmål")
        box.wait_for()
        look_at(page, "widget-empty")
        box.fill("godk")
        page.get_by_role("option").first.wait_for()
        box.press("ArrowDown")
        look_at(page, "widget-typing")
        box.fill(QUESTION)
        box.press("Enter")
        page.get_by_role("heading", name="Kilder").wait_for()
        page.get_by_text("9. april 2026").first.wait_for()
        look_at(page, "widget-answer")
        box.fill("xyzzyqqq")
        box.press("Enter")
        page.get_by_text("Ingen resultater").wait_for()
        look_at(page, "widget-nothing")
        assert said == []
        page.goto(f"{service}/widget")
        page.get_by_role("combobox", name="Søg eller stil et spørgsmål").wait_for()
        look_at(page, "widget-page")
    assert said == []


def test_a_suggestion_is_chosen_and_a_citation_followed_by_keyboard(
    hosted: tuple[str, str, Path], chromium: Any
):
    with looking(chromium) as (page, said):
        page.goto(hosted[0])
        box = page.get_by_role("combobox")
        box.fill("issue før")
        option = page.get_by_role("option").first
        option.wait_for()
        text = option.inner_text()
        box.press("ArrowDown")
        assert box.get_attribute("aria-activedescendant") == option.get_attribute("id")
        box.press("Enter")
        page.get_by_role("status").filter(has_text=re.compile(r"resultat")).wait_for()
        assert box.input_value() == text
        assert box.get_attribute("aria-expanded") == "false"
        box.fill(QUESTION)
        box.press("Enter")
        page.locator("a.cited").first.press("Enter")
        assert page.locator("#source-1").evaluate("one => one.matches(':focus')")
        assert page.url.rstrip("/") == hosted[0], "the page's own address stays as it is"
        page.get_by_role("button", name="Ja", exact=True).press("Enter")
        page.get_by_text("Tak. Det hjælper os").wait_for()
    assert said == []
    store = open_database(f"sqlite:///{hosted[2] / 'os2kb.db'}")
    until(lambda: any(one.helpful for one in newest(store, limit=10)))


def test_it_speaks_the_pages_language_and_searches_one_product_alone(
    hosted: tuple[str, str, Path], chromium: Any
):
    with looking(chromium) as (page, said):
        page.goto(f"{hosted[0]}/?lang=en&product=os2andet")
        box = page.get_by_role("combobox", name="Search, or ask a question")
        box.fill("godkendelser")
        box.press("Enter")
        page.get_by_text("No results").wait_for()
        page.evaluate("document.querySelector('os2-search').setAttribute('product', 'os2demo')")
        box = page.get_by_role("combobox", name="Search, or ask a question")
        assert box.input_value() == "godkendelser"
        box.press("Enter")
        page.locator(".hits a").first.wait_for()
    assert said == []


def test_nothing_that_a_document_holds_runs_or_becomes_an_element(
    hosted: tuple[str, str, Path], chromium: Any
):
    with looking(chromium) as (page, said):
        page.goto(hosted[0])
        box = page.get_by_role("combobox")
        box.fill("hackerfel")
        page.get_by_role("option").first.wait_for()
        box.fill("Hvad står der i hackerfeltet?")
        box.press("Enter")
        page.locator(".hits a").first.wait_for()
        page.locator(".answer[aria-busy]").wait_for(state="detached")
        assert page.locator("os2-search img, os2-search script").count() == 0
        addresses = page.locator("os2-search a").evaluate_all("all => all.map(one => one.href)")
        assert [one for one in addresses if not one.startswith("http")] == []
        assert page.evaluate("() => window.ran") is None
    assert said == []


def test_a_website_that_is_not_on_the_list_and_a_browser_without_scripts_get_the_link(
    hosted: tuple[str, str, Path], chromium: Any
):
    website = hosted[0]
    with looking(chromium) as (page, _):
        page.goto(website.replace("localhost", "127.0.0.1"))
        assert page.get_by_role("link", name="Søg").is_visible()
        assert page.get_by_role("combobox").count() == 0
    with looking(chromium, java_script_enabled=False) as (page, _):
        page.goto(website)
        assert page.get_by_role("link", name="Søg").is_visible()


def test_a_service_that_does_not_answer_is_told_of(hosted: tuple[str, str, Path], chromium: Any):
    with looking(chromium) as (page, _):
        page.goto(hosted[0])
        box = page.get_by_role("combobox")
        page.route("**/api/v1/search*", lambda route: route.abort())
        box.fill("godkendelser")
        box.press("Enter")
        page.get_by_text("Der kunne ikke søges lige nu").wait_for()
        page.unroute("**/api/v1/search*")
        page.route(
            "**/api/v1/search*",
            lambda route: route.fulfill(status=429, headers={"Access-Control-Allow-Origin": "*"}),
        )
        box.press("Enter")
        page.get_by_text("Der er spurgt meget").wait_for()
