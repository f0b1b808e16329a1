"""The widget and the page to copy it from, over real HTTP."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.service.whole import whole

LARGEST = 15_000  # bytes, packed: what a page on a slow line may be asked to load
ELSEWHERE = "https://os2.eu"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, handbook_index: Path) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("widget")
    with whole(folder, handbook_index, cors_origins=(ELSEWHERE,)) as client:
        yield client


def test_it_is_one_small_file_that_loads_nothing_more(site: httpx.Client):
    script = site.get("/widget.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert len(gzip.compress(script.content)) <= LARGEST
    assert "import " not in script.text
    assert "http://" not in script.text
    assert "https://" not in script.text


def test_only_websites_on_the_list_may_load_it_and_may_keep_it(site: httpx.Client):
    script = site.get("/widget.js", headers={"Origin": ELSEWHERE})
    assert script.headers["access-control-allow-origin"] == ELSEWHERE
    assert "Origin" in script.headers["vary"]
    assert script.headers["cross-origin-resource-policy"] == "cross-origin"
    assert script.headers["cache-control"].startswith("public, max-age=")
    again = site.get("/widget.js", headers={"If-None-Match": script.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = site.get("/widget.js", headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in other.headers


def test_the_page_shows_it_and_what_to_copy_in_both_languages(site: httpx.Client):
    danish, english = (site.get("/widget", params={"lang": one}).text for one in ("da", "en"))
    assert '<os2-search lang="da">' in danish
    service = str(site.base_url).rstrip("/")
    assert f'&lt;script type="module" src="{service}/widget.js"&gt;' in danish
    assert f"På listen står: {ELSEWHERE}." in " ".join(danish.split())
    assert "What your website must allow" in english


@pytest.mark.parametrize("product", ["findes-ikke", '"><script>alert(1)</script>', "\0", "æ" * 100])
def test_a_product_that_there_is_not_is_put_into_no_example(site: httpx.Client, product: str):
    page = site.get("/widget", params={"product": product})
    assert page.status_code == 200
    assert "product=" not in page.text.replace("<code>product</code>", "")
    assert "alert(1)" not in page.text
