"""Real Chromium for the tests of pages: how it is started, and what every page is held to."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

PATIENCE = 60_000  # milliseconds; it costs only who waits in vain
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# As root there is no sandbox to be had, and in a container little shared memory.
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
NEEDS_CHROMIUM = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt-get install chromium"),
]
PICTURES = os.environ.get("SCREENSHOTS", "")
"""The folder for pictures of the pages; empty for none."""
# At a desk by day, and on a phone at night. For pictures the other way round, too.
LOOKS = [(1280, "light"), (390, "dark")] + ([(1280, "dark"), (390, "light")] if PICTURES else [])
everyone = pytest.mark.parametrize(("width", "scheme"), LOOKS)


def opened(chromium: Any, width: int = 1280, scheme: str = "light", **more: Any) -> Any:
    """A browser of a Danish reader, with nothing remembered."""
    viewport = {"width": width, "height": 800}
    context = chromium.new_context(
        viewport=viewport, color_scheme=scheme, **{"locale": "da-DK", **more}
    )
    context.set_default_timeout(PATIENCE)
    return context


def look_at(page: Any, name: str) -> None:
    """Hold what is shown to WCAG 2.1 AA and to the width of the screen, and take its picture."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    # One after the other: axe brings a script, and the page's own policy allows none but ours.
    found = axe.Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], name
    overflows = page.evaluate("() => document.documentElement.scrollWidth > window.innerWidth")
    assert not overflows, f"{name} is wider than the screen"
    if PICTURES:
        scheme = page.evaluate("() => matchMedia('(prefers-color-scheme: dark)').matches")
        look = f"{page.viewport_size['width']}-{'dark' if scheme else 'light'}"
        page.screenshot(path=Path(PICTURES, f"{name}-{look}.png"), full_page=True)
