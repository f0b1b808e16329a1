"""What the tests of pages share."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.chromium import ARGUMENTS, CHROMIUM, PATIENCE


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
