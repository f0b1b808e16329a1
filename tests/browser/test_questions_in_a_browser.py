"""What nobody could answer, in real Chromium: asked, answered in the console, found by search."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import NEEDS_CHROMIUM, everyone, look_at, opened
from tests.loopback import HTTP
from tests.service.running import Service, until

pytestmark = NEEDS_CHROMIUM

GUIDELINES = Path(__file__).parents[2] / "samples/handbook/guidelines"
TOKEN = "a token of the installation's own, of some length"
QUESTION = "Hvad koster en flodhest i abonnement?"
ANSWER = "En flodhest koster 500 kroner om måneden i abonnement."


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("questions")
    products = folder / "products.yml"
    products.write_text(
        f"products: {{os2demo: {{sources: [{{name: handbook, path: {GUIDELINES}}}]}}}}"
    )
    environment = {
        "OS2KB_PRODUCTS": str(products),
        "OS2KB_SESSION_KEY": "k" * 40,
        "OS2KB_CONSOLE_TOKEN": TOKEN,
    }
    started = Service(folder, environment)
    built = started.run("index", "build")
    assert built.returncode == 0, built.stderr
    started.start()
    yield started
    started.kill()


def sign_in(page: Any, service: Service) -> None:
    page.goto(f"{service.url}/console/questions")
    page.get_by_label("Installationens nøgle").fill(TOKEN)
    page.get_by_role("button", name="Log ind").click()
    page.get_by_role("heading", name="Spørgsmål, der venter på svar").wait_for()


@everyone
def test_every_page_can_be_read_by_everyone(
    service: Service, chromium: Any, width: int, scheme: str
):
    # An address of its own: so many questions are taken from one in an hour.
    address = {"X-Forwarded-For": f"198.51.100.{width % 250 + len(scheme)}"}
    context = opened(chromium, width, scheme, extra_http_headers=address)
    page = context.new_page()
    page.goto(f"{service.url}/questions")
    look_at(page, "questions-form")
    page.get_by_label("Dit spørgsmål").fill("Må jeg skrive 010190-1234?")
    page.get_by_role("button", name="Send spørgsmålet").click()
    page.get_by_role("alert").wait_for()
    look_at(page, "questions-refused")
    for text in ("Hvem ejer en næsehorn i drift?", "Hvem skal eje en næsehorn i drift"):
        page.get_by_label("Dit spørgsmål").fill(text)
        page.get_by_role("button", name="Send spørgsmålet").click()
        page.get_by_text("Dit spørgsmål er sendt").wait_for()
        look_at(page, "questions-sent")
        page.goto(f"{service.url}/questions")
    sign_in(page, service)
    look_at(page, "console-questions")
    page.get_by_role("link", name="Hvem ejer en næsehorn i drift?").first.click()
    page.get_by_label("Svar", exact=True).wait_for()
    look_at(page, "console-question")
    context.close()


def test_a_question_is_asked_answered_and_found_without_a_script(service: Service, chromium: Any):
    context = opened(chromium, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{service.url}/?q={QUESTION}&answer=1")
    page.get_by_role("link", name="Send spørgsmålet videre").first.click()
    assert page.get_by_label("Dit spørgsmål").input_value() == QUESTION
    page.get_by_role("button", name="Send spørgsmålet").press("Enter")
    page.get_by_text("Dit spørgsmål er sendt").wait_for()
    sign_in(page, service)
    page.get_by_role("link", name=QUESTION).click()
    page.get_by_label("Svar", exact=True).fill(ANSWER)
    page.get_by_role("button", name="Gem svaret").press("Enter")
    page.get_by_text("Svaret er gemt").wait_for()

    def found() -> bool:
        results = HTTP.get(f"{service.url}/api/v1/search", params={"q": QUESTION}).json()
        return any("500 kroner" in one["snippet"] for one in results["results"])

    until(found, what="that the answer is found")
    page.goto(f"{service.url}/?q={QUESTION}&answer=1")
    assert ANSWER in page.locator("#answer .said").inner_text()
    page.locator(".hits").get_by_role("link", name=QUESTION).first.click()
    assert re.search(r"500 kroner", page.locator(".lines").inner_text())
    context.close()
