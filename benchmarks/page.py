"""The search page in Chromium: milliseconds from the last key to the results, and its weight.

The real service with the shared OS2 documents (else the sample handbook), in a process of its own,
and a Chromium that is installed. Words are typed one after the other, each new to the service, a
letter at a time; the clock runs in the page, from the last key to the moment when the results are
there. The weight is all that is loaded for a first search: bytes as they were sent, heads and all.

    python -m benchmarks.page [--count 40] [--json]
"""

import argparse
import json
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from playwright.sync_api import Page, Response, sync_playwright

from benchmarks.blown_up import questions
from benchmarks.http import documents
from benchmarks.intake import free_port, server
from index.build import build
from index.passages import Source
from index.versions import Versions

# The time of the last key, and of the first change of the results after it.
CLOCK = """() => {
  window.times = {};
  const box = document.getElementById("q");
  box.addEventListener("input", () => { window.times = { key: performance.now() }; });
  new MutationObserver(() => { window.times.shown ??= performance.now(); })
    .observe(document.getElementById("found"), { childList: true });
}"""
TOOK = "() => window.times.shown && window.times.shown - window.times.key"


def main() -> None:
    """Print both, or the machine-readable line."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.page")
    options.add_argument("--count", type=int, default=40, help="searches")
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        build([Source("docs", str(documents()))], folder / "index", now=datetime.now(UTC))
        index = Versions(folder / "index").current()
        assert index is not None
        typed = questions([one.text for one in index.passages], given.count + 20)
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
        )
        port = free_port()
        with server(["-m", "os2kb.cli", "serve"], folder, port):
            weight = _weight(chromium.new_page(), f"http://127.0.0.1:{port}/?q=godkendelse")
            page = chromium.new_page()
            page.goto(f"http://127.0.0.1:{port}/")
            page.evaluate(CLOCK)
            took = [_typed(page, " ".join(words.split()[:4])) for words in typed][20:]
        chromium.close()
    p50, p99 = np.percentile(took, [50, 99])
    if given.json:
        print(json.dumps({"bytes": weight, "p50": p50, "p99": p99}))
        return
    print(f"from the last key to the results: p50 {p50:.0f} ms, p99 {p99:.0f} ms of {len(took)}")
    print(f"a first search weighs {weight / 1000:.1f} kB with all that it loads")


def _weight(page: Page, address: str) -> int:
    loaded: list[Response] = []
    page.on("response", lambda response: loaded.append(response))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    sizes = [one.request.sizes() for one in loaded]
    return sum(one["responseBodySize"] + one["responseHeadersSize"] for one in sizes)


def _typed(page: Page, words: str) -> float:
    """Milliseconds from the last key to the results."""
    box = page.locator("#q")
    box.fill("")
    page.wait_for_timeout(300)
    box.press_sequentially(words, delay=40)
    page.wait_for_timeout(50)
    while (took := page.evaluate(TOOK)) is None:
        page.wait_for_timeout(5)
    return float(took)


if __name__ == "__main__":
    main()
