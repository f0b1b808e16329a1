"""The search page in real Chromium: by keyboard, by screen reader, without a script, attacked."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from index.build import build
from index.passages import Source
from tests.browser.chromium import NEEDS_CHROMIUM, everyone, look_at, opened
from tests.service.journal import asking, listed
from tests.service.knowledge import write
from tests.service.running import Service, until

pytestmark = NEEDS_CHROMIUM

GUIDELINES = Path(__file__).parents[2] / "samples/handbook/guidelines"
ATTACK = "<img src=x onerror='window.ran=1'><script>window.ran=1</script>"
ANGREB = f"""# Angreb {ATTACK} `{ATTACK}`

## Hackerfeltet `{ATTACK}`?

I hackerfeltet står {ATTACK} og `{ATTACK}`.
"""
UDKAST = """---
status: draft
date: 2026-03-02
---
# Udkast om flodheste

En flodhest er stor.
"""
LANG = f"# Meget {'lang' * 60}\n\n## {'Overskrift' * 30}\n\nOrdet flodhest. {'æ' * 500}\n"
QUESTION = "Hvor mange godkendelser skal en pull request have?"
PAGES = {
    "search-home": "/",
    "search-words": "/?q=godkendelse",
    "search-question": f"/?q={QUESTION}",
    "search-narrowed": "/?q=flodhest&product=os2andet",
    "search-attacked": "/?q=hackerfeltet",
    "search-nothing": "/?q=xyzzyqqq",
    "search-english": "/?q=godkendelze&lang=en",
    "search-missing": "/passages/0",
    "search-thanks": f"/feedback?q={QUESTION}",
    "search-unreadable": "/?offset=x",
    "search-nowhere": "/nowhere",
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("search")
    other = write(folder / "documents", {"angreb.md": ANGREB, "lang.md": LANG, "udkast.md": UDKAST})
    sources = [
        Source("handbook", str(GUIDELINES), product="os2demo"),
        Source("andet", str(other), product="os2andet"),
    ]
    build(sources, folder / "index", now=datetime(2026, 11, 1, tzinfo=UTC))
    with asking(folder) as running:
        yield running


def answered(page: Any) -> None:
    """Wait until no answer is waited for."""
    page.locator("#answer[aria-busy]").wait_for(state="detached")


@everyone
def test_every_state_can_be_read_by_everyone(
    service: Service, chromium: Any, width: int, scheme: str
):
    context = opened(chromium, width, scheme)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for name, address in PAGES.items():
        page.goto(service.url + address)
        answered(page)
        look_at(page, name)
    page.goto(f"{service.url}/?q=godkendelse")
    page.get_by_text("Hvorfor dette resultat?").first.click()
    look_at(page, "search-why")
    page.locator(".hits a").first.click()
    page.locator(".lines .cited").first.wait_for()
    look_at(page, "search-document")
    page.goto(service.url)
    page.get_by_role("combobox").fill("godk")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    look_at(page, "search-typing")
    context.close()
    assert [one for one in said if not re.search("404|422", one)] == []


def test_results_come_while_somebody_types_and_a_suggestion_is_chosen_by_keyboard(
    service: Service, page: Any
):
    page.goto(service.url)
    box = page.get_by_role("combobox", name="Søg eller stil et spørgsmål")
    box.fill("issue før kode")
    page.locator(".hits h2", has_text="Issue før kode").first.wait_for()
    page.get_by_role("status").filter(has_text=re.compile(r"\d+ resultater")).wait_for()
    assert "q=issue+f%C3%B8r+kode" in page.url
    option = page.get_by_role("option").first
    option.wait_for()
    text = option.inner_text()
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == option.get_attribute("id")
    assert option.get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("listbox").wait_for(state="hidden")
    assert box.input_value() == text
    assert box.get_attribute("aria-expanded") == "false"
    page.go_back()
    page.wait_for_url("**/?q=issue+f%C3%B8r+kode")
    until(lambda: box.input_value() == "issue før kode")


def test_what_is_typed_after_a_look_at_a_suggestion_is_what_is_searched_for(
    service: Service, page: Any
):
    page.goto(service.url)
    box = page.get_by_role("combobox")
    box.fill("godk")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.type("e")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=godke")
    assert box.input_value() == "godke"


def test_a_late_list_of_suggestions_does_not_take_the_place_of_one_that_is_chosen_from(
    service: Service, page: Any
):
    page.goto(service.url)
    box = page.get_by_role("combobox")
    box.fill("godk")
    option = page.get_by_role("option").first
    option.wait_for()
    held: list[Any] = []
    page.route("**/api/v1/suggest?q=godke*", lambda route: held.append(route))
    page.keyboard.type("e")
    until(lambda: page.evaluate("1") and bool(held))
    page.keyboard.press("ArrowDown")
    chosen = option.inner_text()
    with page.expect_response("**/api/v1/suggest?q=godke*"):
        held[0].fulfill(json={"suggestions": [{"text": "Noget andet", "kind": "title", "url": ""}]})
    page.keyboard.press("Enter")
    page.get_by_role("listbox").wait_for(state="hidden")
    assert box.input_value() == chosen


def test_escape_leaves_what_was_typed(service: Service, page: Any):
    page.goto(service.url)
    box = page.get_by_role("combobox")
    box.fill("godk")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("listbox").wait_for(state="hidden")
    assert box.input_value() == "godk"


def test_a_question_is_answered_with_quotes_that_open_their_lines_and_can_be_judged(
    service: Service, page: Any
):
    page.goto(service.url)
    page.get_by_role("combobox").fill(QUESTION)
    page.keyboard.press("Enter")
    page.locator("#answer .said").wait_for()
    until(lambda: "svar over resultaterne" in page.locator("#told").inner_text())
    page.locator("#answer .cited").first.click()
    assert page.url.endswith("#source-1")
    assert page.locator("#answer .said").is_visible(), "a jump is no new search"
    page.get_by_role("button", name="Ja", exact=True).click()
    page.get_by_text("Tak. Det hjælper os").wait_for()
    until(lambda: [one for one in listed(service, "answers", "list") if one["helpful"] == 1])
    page.locator(".sources a").first.click()
    cited = page.locator(".lines .cited").all_inner_texts()
    assert any("to godkendelser" in line for line in cited)


def test_all_of_it_works_without_a_script(service: Service, chromium: Any):
    context = opened(chromium, java_script_enabled=False)
    page = context.new_page()
    page.goto(service.url)
    page.get_by_label("Søg eller stil et spørgsmål").fill(QUESTION)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Find et svar med citater").click()
    assert "[1]" in page.locator("#answer .said").inner_text()
    page.get_by_role("button", name="Ja", exact=True).click()
    page.get_by_text("Det hjælper os").wait_for()
    page.get_by_role("link", name="Tilbage til svaret").click()
    assert "[1]" in page.locator("#answer .said").inner_text()
    page.goto(f"{service.url}/?q=flodhest+godkendelse")
    page.get_by_role("navigation", name="Produkt").get_by_role("link", name="os2andet").click()
    assert "product=os2andet" in page.url
    assert page.locator(".badge.draft").inner_text() == "Udkast"
    context.close()


def test_nothing_that_a_document_holds_runs_or_becomes_an_element(service: Service, page: Any):
    page.goto(service.url)
    box = page.get_by_role("combobox")
    box.fill("hackerfel")
    option = page.get_by_role("option").first
    option.wait_for()
    assert "<img" in option.inner_text()
    box.fill("Hvad står der i hackerfeltet?")
    page.keyboard.press("Enter")
    page.locator("#answer .said, #answer .none").wait_for()
    page.locator(".hits a").first.click()
    page.locator(".lines").wait_for()
    assert page.evaluate("() => window.ran") is None
    assert page.locator("main img, main script").count() == 0
