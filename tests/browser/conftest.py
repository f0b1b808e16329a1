"""What the tests of pages share."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.chromium import ARGUMENTS, CHROMIUM, PATIENCE, opened


# Not for the whole session: while it is there, no other test could run an event loop.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="needs requirements/ci.txt")
    pytest.importorskip("axe_playwright_python", reason="needs requirements/ci.txt")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(
            executable_path=CHROMIUM, args=ARGUMENTS, timeout=PATIENCE
        )
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """A page at a desk, in a browser of its own."""
    context = opened(chromium)
    yield context.new_page()
    context.close()
