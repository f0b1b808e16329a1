"""How the service behaves towards browsers, other websites and those who ask too much."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.service.knowledge import QUESTION
from tests.service.whole import whole

pytestmark = pytest.mark.slow

LISTED, OTHER = "https://os2.eu", "https://evil.example"
PUBLIC = "https://viden.example.org"
VOTE = {"answer_id": "0" * 20, "helpful": True}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, handbook_index: Path) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("manners")
    with whole(folder, handbook_index, cors_origins=(LISTED,), public_url=PUBLIC) as client:
        yield client


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/", 200),
        ("/?q=godkendelse", 200),
        ("/api/v1/search?q=godkendelse", 200),
        ("/api/v1/search", 422),
        ("/decisions", 200),
        ("/passages/0", 404),
        ("/static/os2.css", 200),
        ("/static/nothing", 404),
        ("/healthz", 200),
        ("/openapi.json", 200),
        ("/nowhere", 404),
        ("/webhooks/github", 405),
        ("/console", 404),
    ],
)
def test_a_browser_may_do_nothing_with_a_response_but_show_it(
    site: httpx.Client, address: str, status: int
):
    response = site.get(address)
    assert response.status_code == status
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"]
    assert response.headers["cache-control"]


def test_what_is_long_is_packed_for_who_takes_it_so(site: httpx.Client):
    for address in ("/?q=godkendelse", "/api/v1/search?q=godkendelse", "/static/os2.css"):
        plain = site.get(address, headers={"Accept-Encoding": "identity"})
        assert "content-encoding" not in plain.headers
        with site.stream("GET", address, headers={"Accept-Encoding": "gzip"}) as packed:
            assert packed.headers["content-encoding"] == "gzip"
            assert "accept-encoding" in packed.headers["vary"].lower()
            raw = b"".join(packed.iter_raw())
        assert len(raw) < len(plain.content) / 2
        assert gzip.decompress(raw) == plain.content or "took_ms" in plain.text


def test_a_search_weighs_less_than_sixty_kilobytes_with_all_that_it_loads(site: httpx.Client):
    weight = 0
    page = site.get("/?q=godkendelse").text
    loaded = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
    assert len(loaded) == 3
    for address in ("/?q=godkendelse", *loaded):
        with site.stream("GET", address, headers={"Accept-Encoding": "gzip"}) as response:
            weight += len(b"".join(response.iter_raw())) + len(str(response.headers))
    assert weight <= 60_000


def test_an_event_stream_and_what_is_sent_to_somebody_signed_in_are_not_packed(site: httpx.Client):
    assert "content-encoding" not in site.get("/answer", params={"q": QUESTION}).headers
    known = site.get("/?q=godkendelse", headers={"Cookie": "session=x"})
    assert "content-encoding" not in known.headers


@pytest.mark.parametrize(
    ("origin", "address", "allowed"),
    [
        (LISTED, "/api/v1/search?q=a", LISTED),
        (LISTED, "/api/v1/suggest?q=a", LISTED),
        (LISTED, "/api/v1/search", LISTED),  # the 422, too: else nobody could read why
        (OTHER, "/api/v1/search?q=a", None),
        ("null", "/api/v1/search?q=a", None),
        (f"{LISTED}.evil.example", "/api/v1/search?q=a", None),
        (LISTED, "/", None),
        (LISTED, "/console", None),
        (LISTED, "/metrics", None),
    ],
)
def test_only_listed_websites_may_read_the_api_from_a_browser(
    site: httpx.Client, origin: str, address: str, allowed: str | None
):
    response = site.get(address, headers={"Origin": origin})
    assert response.headers.get("access-control-allow-origin") == allowed
    assert "access-control-allow-credentials" not in response.headers


def test_no_cache_gives_one_website_what_was_sent_to_another(site: httpx.Client):
    for address in ("/api/v1/search?q=a", "/widget.js"):
        for headers in ({}, {"Origin": LISTED}, {"Origin": OTHER}):
            vary = site.get(address, headers=headers).headers.get("vary", "")
            assert "origin" in vary.lower().split(", "), (address, headers)


def test_a_listed_website_may_ask_and_another_is_told_no_beforehand(site: httpx.Client):
    def preflight(origin: str, address: str = "/api/v1/ask") -> httpx.Response:
        asked = {
            "Origin": origin,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        }
        return site.options(address, headers=asked)

    assert preflight(LISTED).headers["access-control-allow-origin"] == LISTED
    assert "access-control-allow-origin" not in preflight(OTHER).headers
    assert "access-control-allow-origin" not in preflight(LISTED, "/console/sign-in").headers


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({}, 404),  # a program; there is no such answer
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://viden.example"}, 404),
        ({"Sec-Fetch-Site": "cross-site", "Origin": LISTED}, 404),
        ({"Sec-Fetch-Site": "cross-site", "Origin": OTHER}, 403),
        ({"Sec-Fetch-Site": "same-site", "Origin": OTHER}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        # Over http, or an old browser: it says but which site sends it.
        ({"Origin": OTHER}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "https://[x"}, 403),
        ({"Origin": LISTED}, 404),
        ({"Origin": "http://viden.example", "Host": "viden.example"}, 404),
        ({"Origin": PUBLIC, "Host": "10.0.0.1"}, 404),
    ],
)
def test_no_other_website_has_a_visitor_vote(site: httpx.Client, sent: dict[str, str], status: int):
    response = site.post("/api/v1/feedback", json=VOTE, headers=sent)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"


def test_no_other_website_has_a_visitor_ask(site: httpx.Client):
    from_elsewhere = {"Sec-Fetch-Site": "cross-site", "Origin": LISTED}
    assert site.get("/answer", params={"q": "a"}, headers=from_elsewhere).status_code == 403
    link = {"Sec-Fetch-Site": "cross-site"}
    assert site.get("/", params={"q": "a"}, headers=link).status_code == 200


def test_a_forged_host_is_nowhere_repeated(site: httpx.Client):
    forged = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    for address in ("/", "/?q=godkendelse&lang=en", "/decisions", "/api/v1/search?q=a", "/console"):
        response = site.get(address, headers=forged)
        assert "evil.example" not in response.text + str(response.headers)
    led = site.get("/api/v1/search/?q=a", headers=forged, follow_redirects=False)
    assert (led.status_code, led.headers["location"]) == (307, "/api/v1/search?q=a")


def test_a_client_that_asks_too_much_is_told_when_to_come_again_and_no_other_suffers(
    tmp_path: Path, handbook_index: Path
):
    with whole(tmp_path, handbook_index, requests_a_minute=12) as site:

        def status(address: str, client: str) -> int:
            return site.get(address, headers={"X-Forwarded-For": client}).status_code

        # A question counts as ten.
        assert site.get(
            "/answer", params={"q": QUESTION}, headers={"X-Forwarded-For": "192.0.2.1"}
        ).is_success
        searches = [status("/api/v1/search?q=a", "192.0.2.1") for _ in range(4)]
        assert searches == [200, 200, 429, 429]
        refused = site.get("/api/v1/suggest?q=a", headers={"X-Forwarded-For": "192.0.2.1"})
        assert refused.headers["content-type"] == "application/problem+json"
        assert 0 < int(refused.headers["retry-after"]) <= 60
        assert status("/api/v1/search?q=a", "192.0.2.2") == 200
        page = {"X-Forwarded-For": "192.0.2.1", "Accept": "text/html", "Accept-Language": "en"}
        told = site.get("/?q=a", headers=page)
        assert (told.status_code, "Try again in a minute" in told.text) == (429, True)
        free = ("/healthz", "/static/os2.css", "/openapi.json")
        assert [status(one, "192.0.2.1") for one in free] == [200] * len(free)


def test_only_a_proxy_of_ours_is_believed_about_who_asks(tmp_path: Path, handbook_index: Path):
    with whole(tmp_path, handbook_index, trusted="192.0.2.9", requests_a_minute=3) as site:
        answers = [
            site.get("/api/v1/search?q=a", headers={"X-Forwarded-For": f"198.51.100.{n}"})
            for n in range(5)
        ]
    assert [one.status_code for one in answers] == [200, 200, 200, 429, 429]


def test_an_address_that_is_not_there_is_a_page_for_browsers_and_a_problem_for_others(
    site: httpx.Client,
):
    missing = site.get("/nope", headers={"Accept": "text/html", "Accept-Language": "da"})
    assert missing.status_code == 404
    assert "Den side findes ikke" in missing.text
    assert 'href="/"' in missing.text
    assert "style-src 'self'" in missing.headers["content-security-policy"]
    assert site.get("/nope").headers["content-type"] == "application/problem+json"
    english = site.get("/nope?lang=en", headers={"Accept": "text/html"})
    assert "There is no such page" in english.text
