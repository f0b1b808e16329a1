"""The feed of a public log, and the addresses by which it is known elsewhere."""

from pathlib import Path
from xml.etree import ElementTree

import httpx
from fastapi import FastAPI
from sqlalchemy import Engine

from index.versions import Versions
from os2kb.store.database import open_database, upgrade
from tests.service.decision_pages.shown import ATOM, OPEN, fill, written
from tests.service.knowledge import served
from webhooks.decisions.routes import decisions_router
from webhooks.decisions.shelf import Shelf
from webhooks.decisions.views import Views


def test_the_feed_is_atom_with_what_was_decided_and_when(site: httpx.Client):
    sent = site.get("/decisions.atom")
    assert sent.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(sent.text)
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 4  # without the one that has no date
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 4
    first = next(one for one in entries if one.findtext(f"{ATOM}title") == "To skal godkende")
    assert first.findtext(f"{ATOM}updated") == "2026-06-04T00:00:00+00:00"
    assert first.findtext(f"{ATOM}summary") == "Sådan bliver det."
    link = first.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == f"{site.base_url}/decisions/os2demo/2026-06-04-ny"
    assert feed.findtext(f"{ATOM}updated") == "2026-06-04T00:00:00+00:00"


def test_addresses_that_leave_the_site_are_the_public_ones_whatever_host_is_asked(
    store: Engine, tmp_path: Path
):
    app = FastAPI()
    views = Views({}, "https://github.com", "https://viden.example.org/kb")
    app.include_router(decisions_router(Shelf(store, Versions(tmp_path)), views))
    with served(app) as site:
        forged = {"Host": "ond.example", "X-Forwarded-Host": "ond.example"}
        feed = site.get("/decisions.atom", headers=forged).text
        page = site.get("/decisions/os2demo/2026-06-04-ny", headers=forged).text
    assert "ond.example" not in feed + page
    lasting = "https://viden.example.org/kb/decisions/os2demo/2026-06-04-ny"
    assert f'href="{lasting}"' in feed
    assert f'<link rel="canonical" href="{lasting}">' in page


def test_whoever_decided_is_one_author_also_with_a_comma(tmp_path: Path):
    store = open_database(f"sqlite:///{tmp_path / 'store.db'}")
    upgrade(store)
    by = "Kim, produktkoordinator; Digitalisering, drift og udvikling"
    fill(store, OPEN, {"a.md": written("Fri").replace("Styregruppen", by)})
    app = FastAPI()
    views = Views({}, "https://github.com")
    app.include_router(decisions_router(Shelf(store, Versions(tmp_path)), views))
    with served(app) as site:
        feed = ElementTree.fromstring(site.get("/decisions.atom").text)
    names = [one.text for one in feed.iter(f"{ATOM}name")]
    assert names == ["Kim, produktkoordinator", "Digitalisering, drift og udvikling"]
