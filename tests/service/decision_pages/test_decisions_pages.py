"""The public decision log over HTTP: pages, JSON and a feed, of what the world may see."""

import re
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from jsonschema import Draft202012Validator

from index.build import build
from index.passages import Source
from index.versions import Versions
from os2kb.clock import now
from os2kb.decisions.approval import Approval
from os2kb.decisions.decision import Decision
from os2kb.decisions.entry import Entry
from os2kb.store.database import open_database, upgrade
from os2kb.store.decisions import Logged
from tests.service.decision_pages.shown import BROWSER, CLOSED, FILES, OPEN, fill, titles
from tests.service.knowledge import served
from webhooks.decisions.book import book_of
from webhooks.decisions.models import whole
from webhooks.decisions.routes import decisions_router
from webhooks.decisions.shelf import Shelf
from webhooks.decisions.views import Views
from webhooks.pages.language import Reader


def test_the_page_shows_all_public_decisions_the_newest_first(site: httpx.Client):
    page = site.get("/decisions")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    shown = titles(page.text)
    assert shown[0] == "To skal godkende"
    assert shown[2:] == ["Én skal godkende", "Fri software", "Uden dag"]
    assert "5 beslutninger" in page.text
    years = re.findall(r'<h2 id="y\w+">([^<]+)</h2>', page.text)
    assert years == ["2026", "2025", "2024", "Uden dato"]


@pytest.mark.parametrize(
    "address",
    [
        "/decisions",
        "/decisions?q=hemmelig",
        "/decisions.atom",
        "/api/v1/decisions",
        "/decisions/os2demo/loen",
        "/api/v1/decisions/os2demo/loen",
        "/decisions/os2demo/2026-06-04-ny",
    ],
)
def test_nothing_of_an_internal_log_is_told_anywhere(site: httpx.Client, address: str):
    told = site.get(address).text
    assert "løn" not in told.lower().replace("loen", "").replace("q=hemmelig", "")


def test_an_internal_decision_changes_nothing_of_what_a_public_one_is_said_to_be(
    site: httpx.Client,
):
    assert site.get("/api/v1/decisions/os2demo/2026-06-04-ny").json()["status"] == "accepted"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=godkende", ["To skal godkende", "Én skal godkende"]),
        ("status=proposed", ["Fri software"]),
        ("year=2025", ["Én skal godkende"]),
        ("type=ADR", []),
        ("product=os2andet", []),
        ("q=&product=&type=&status=&year=2024&lang=", ["Fri software"]),
        ("limit=1&offset=2", ["Én skal godkende"]),
    ],
)
def test_the_page_and_the_data_are_narrowed_alike(
    site: httpx.Client, query: str, expected: list[str]
):
    assert titles(site.get(f"/decisions?{query}").text) == expected
    found = site.get(f"/api/v1/decisions?{query.replace('&lang=', '')}").json()
    assert [one["title"] for one in found["items"]] == expected


def test_older_decisions_stand_behind_a_link(site: httpx.Client):
    first = site.get("/decisions?limit=2&lang=en").text
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following
    address = following[1].replace("&amp;", "&")
    assert titles(site.get(address).text) == ["Én skal godkende", "Fri software"]
    assert "lang=en" in address


def test_a_decision_has_a_page_with_what_replaced_it(site: httpx.Client):
    page = site.get("/decisions/os2demo/2025-01-02-gammel").text
    assert "Denne beslutning gælder ikke længere." in page
    assert re.search(r'Den er afløst af\s+<a href="/decisions/os2demo/2026-06-04-ny"', page)
    assert "https://example.org/log/2025-01-02-gammel.md" in page
    replaced = site.get("/api/v1/decisions/os2demo/2025-01-02-gammel").json()["replaced_by"]
    assert [one["name"] for one in replaced] == ["2026-06-04-ny"]


def test_the_same_address_gives_json_to_who_asks_for_it(site: httpx.Client):
    for page, api in (
        ("/decisions", "/api/v1/decisions"),
        ("/decisions/os2demo/2026-06-04-ny", "/api/v1/decisions/os2demo/2026-06-04-ny"),
    ):
        as_json = site.get(page, headers={"Accept": "application/json"})
        assert as_json.json() == site.get(api).json()


def test_the_data_is_what_the_description_says(site: httpx.Client):
    description = site.get("/openapi.json").json()
    for address, route in (
        ("/api/v1/decisions", "/api/v1/decisions"),
        ("/api/v1/decisions/os2demo/2025-01-02-gammel", "/api/v1/decisions/{product}/{name}"),
    ):
        responses = description["paths"][route]["get"]["responses"]
        schema = responses["200"]["content"]["application/json"]["schema"]
        known = schema | {"components": description["components"]}
        Draft202012Validator(known).validate(site.get(address).json())


@pytest.mark.parametrize(
    ("approval", "da", "en"),
    [
        (Approval(("kim",)), "Godkendt af kim", "Approved by kim"),
        (
            Approval((), ("bo",)),
            "Flettet uden godkendelse; godkendt bagefter af bo",
            "Merged without an approval; approved afterwards by bo",
        ),
    ],
)
def test_who_let_it_into_the_log_is_told_on_its_page(approval: Approval, da: str, en: str):
    decision = Decision("Fælles drift", status_text="Accepteret", id="7")
    entry = Entry(decision, "files", "a.md", approval=approval)
    book = book_of([Logged(OPEN, entry, "https://example.org/a.md")])
    views = Views({}, "https://github.com")
    for reader, said in ((Reader("da", None), da), (Reader("en", None), en)):
        page = views.decision(book, book.decisions[0], reader)
        assert f"<dd>{said}</dd>" in page
    assert whole(book, book.decisions[0]).model_dump()["approval"] == {
        "by": list(approval.by),
        "later": list(approval.later),
    }


def test_english_is_spoken_to_who_reads_it(site: httpx.Client):
    page = site.get("/decisions", headers={"Accept-Language": "en-GB"})
    assert page.headers["content-language"] == "en"
    assert '<html lang="en">' in page.text
    assert "5 decisions" in page.text
    assert '<html lang="da">' in site.get("/decisions?lang=da").text


def test_what_a_decision_says_is_shown_and_does_nothing(site: httpx.Client):
    everywhere = [
        site.get(address).text
        for address in ("/decisions", "/decisions/os2demo/angreb", "/decisions.atom")
    ]
    for page in everywhere:
        assert "&lt;script&gt;alert(" in page
        for tag in ("<script", "<img", "<svg", 'javascript:alert(2)"', "\x00", "\u202e"):
            assert tag not in page
    assert "{{ 7*7 }}" in everywhere[1]


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        '"><svg onload=alert(1)>',
        "\u202e\u0000",
        "' OR 1=1--",
        "æ" * 999,
    ],
)
def test_what_is_asked_is_shown_and_does_nothing(site: httpx.Client, attack: str):
    page = site.get("/decisions", params={"q": attack, "product": attack[:200], "lang": "da"})
    assert page.status_code == 200
    assert "<script" not in page.text
    assert "<svg" not in page.text


def test_a_page_may_run_nothing_and_stand_in_no_frame(site: httpx.Client):
    for address in ("/decisions", "/decisions/os2demo/angreb", "/decisions/os2demo/ingen"):
        headers = site.get(address, headers=BROWSER).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "address",
    [
        "/decisions",
        "/decisions?q=fri&lang=en",
        "/decisions/os2demo/2026-06-04-ny",
        "/decisions.atom",
        "/api/v1/decisions",
    ],
)
def test_what_has_not_changed_is_not_sent_again(site: httpx.Client, address: str):
    first = site.get(address)
    again = site.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = site.get(address, headers={"If-None-Match": '"noget andet"'})
    assert other.content == first.content


def test_what_changed_in_the_log_changes_the_page(tmp_path: Path):
    store = open_database(f"sqlite:///{tmp_path / 'store.db'}")
    upgrade(store)
    versions = Versions(tmp_path / "index")
    app = FastAPI()
    app.include_router(decisions_router(Shelf(store, versions), Views({}, "https://github.com")))
    with served(app) as site:
        empty = site.get("/decisions")
        assert "Der er ingen offentlige beslutninger endnu." in empty.text
        fill(store, OPEN, FILES)
        filled = site.get("/decisions", headers={"If-None-Match": empty.headers["etag"]})
        assert "To skal godkende" in filled.text
        fill(store, CLOSED, FILES)
        still = site.get("/decisions", headers={"If-None-Match": filled.headers["etag"]})
        assert still.status_code == 304
        folder = tmp_path / "kilde"
        (folder / "adr").mkdir(parents=True)
        (folder / "adr/0007-koe.md").write_text(
            "# ADR 7 - Use a queue\n\nStatus: Accepted\n\n## Decision\n\nJobs wait in a queue.\n"
        )
        build([Source("kilde", str(folder), "os2demo")], tmp_path / "index", now=now())
        built = site.get("/decisions", headers={"If-None-Match": filled.headers["etag"]})
        assert "Use a queue" in built.text


def test_another_name_of_a_decision_leads_to_it(site: httpx.Client):
    moved = site.get("/decisions/os2demo/to-skal-godkende?lang=en")
    assert moved.status_code == 302
    assert moved.headers["location"] == "/decisions/os2demo/2026-06-04-ny?lang=en"


@pytest.mark.parametrize(
    "address",
    [
        "/decisions",
        "/decisions?year=abc",
        "/decisions/os2demo/2026-06-04-ny",
        "/decisions.atom",
        "/api/v1/decisions",
        "/static/os2.css",
    ],
)
def test_a_head_tells_of_what_a_get_would_send(site: httpx.Client, address: str):
    head, got = site.head(address), site.get(address)
    assert (head.status_code, head.content) == (got.status_code, b"")
    for name in ("content-type", "content-length", "etag"):
        assert head.headers.get(name) == got.headers.get(name)


def test_the_style_sheet_may_be_kept_for_as_long_as_it_is_the_same(site: httpx.Client):
    address = re.search(r'href="(/static/os2\.css\?v=\w+)"', site.get("/decisions").text)
    assert address
    style = site.get(address[1])
    assert style.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in style.headers["cache-control"]
    assert site.get("/static/os2.css?v=gammel").headers["cache-control"] == "no-cache"
    assert site.get("/static/..%2fsite.py").status_code == 404
