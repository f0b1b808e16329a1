"""The console of the real service: an undo that waits its turn in the engine."""

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.service.console.consoled import TOKEN, Browser
from tests.service.people import API, BUG, open_issue, redeliver_everything
from tests.service.running import World, service, until

pytestmark = pytest.mark.slow


def test_what_is_taken_back_in_the_console_stays_so(github: World, installed: Callable[[], Path]):
    with service(installed(), github, session_key="k" * 40, console_token=TOKEN) as running:
        bug = open_issue(github, "ida", BUG)
        running.settle(github)
        assert github.labels(API, bug) == ["Bug"]

        with httpx.Client(base_url=running.url, follow_redirects=True, timeout=60) as client:
            browser, here = Browser(client), f"/console/subjects/{API}/{bug}"
            assert browser.sign_in_with_token().status_code == 200
            after = browser.post(f"{here}/undo", on=here)
            done = "Fortrydelsen er udført."  # where the engine is busy, the page says it waits
            until(lambda: done in browser.get(str(after.url)).text, what="the undo")
            assert "/os2 undo (OS2KB_CONSOLE_TOKEN)" in browser.get(here).text
            assert github.labels(API, bug) == []

            redeliver_everything(github, running)
            running.settle(github)
            assert github.labels(API, bug) == []
            assert github.bot_comments(API, bug) == []
