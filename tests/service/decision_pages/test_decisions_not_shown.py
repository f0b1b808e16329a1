"""What is said on the pages of a log where something is wrong or missing, and how to go on."""

import re
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from index.versions import Versions
from os2kb.store.database import open_database
from tests.service.decision_pages.shown import BROWSER, titles
from tests.service.knowledge import served
from webhooks.decisions.routes import decisions_router
from webhooks.decisions.shelf import Shelf
from webhooks.decisions.views import Views
from webhooks.problems import handle_problems


def test_a_decision_that_is_not_there_is_told_of_in_the_form_that_was_asked_for(
    site: httpx.Client,
):
    page = site.get("/decisions/os2demo/ingen", headers=BROWSER)
    assert page.status_code == 404
    assert "Den beslutning findes ikke her" in page.text
    for address in ("/api/v1/decisions/os2demo/ingen", "/decisions/os2demo/ingen"):
        problem = site.get(address)
        assert problem.status_code == 404
        assert problem.headers["content-type"] == "application/problem+json"
        assert problem.json()["cure"]


@pytest.mark.parametrize(
    "query", ["year=20", "year=x", "type=XYZ", "limit=0", "offset=-1", "lang=de", f"q={'x' * 1001}"]
)
def test_what_does_not_fit_is_a_problem_that_says_where(site: httpx.Client, query: str):
    problem = site.get(f"/decisions?{query}")
    assert problem.status_code == 422
    assert query.partition("=")[0] in problem.json()["detail"]


@pytest.mark.parametrize(
    ("language", "said", "leads"),
    [
        ("da", "Årstallet skal skrives med fire cifre", "Vis beslutningerne uden det"),
        ("en", "The year has to be four digits", "Show the decisions without it"),
    ],
)
def test_a_browser_is_told_what_does_not_fit_and_how_to_go_on(
    site: httpx.Client, language: str, said: str, leads: str
):
    asking = {**BROWSER, "Accept-Language": language}
    page = site.get("/decisions?year=abc&q=fri&status=sidste", headers=asking)
    assert (page.status_code, page.headers["content-language"]) == (422, language)
    assert said in page.text
    assert "abc" not in page.text
    following = re.search(rf'<a href="([^"]+)">{leads}</a>', page.text)
    assert following
    assert following[1] == "/decisions?q=fri"
    assert titles(site.get(following[1]).text) == ["Fri software"]


@pytest.mark.parametrize(
    "query", ["type=XYZ", "limit=0", "offset=-1", "lang=de", f"q={'x' * 1001}"]
)
def test_each_thing_that_does_not_fit_has_words_of_its_own(site: httpx.Client, query: str):
    page = site.get(f"/decisions?{query}", headers=BROWSER).text
    assert len(re.findall(r"<li>[^<]+</li>", page)) == 1
    assert "Noget i adressen kan ikke læses" not in page


def test_a_product_leads_to_its_decisions_and_an_unknown_one_to_those_there_are(
    site: httpx.Client,
):
    for address in ("/decisions/os2demo", "/decisions/os2demo/"):
        assert site.get(address).headers["location"] == "/decisions?product=os2demo"
    assert site.get("/decisions/").headers["location"] == "/decisions"
    page = site.get("/decisions/os2andet?lang=en", headers=BROWSER)
    assert page.status_code == 404
    assert 'href="/decisions?product=os2demo&amp;lang=en">OS2demo</a>' in page.text
    assert site.get("/decisions/os2andet").json()["title"] == "There is no such product"


def test_a_store_that_is_away_is_told_of_with_its_cure(tmp_path: Path):
    app = FastAPI()
    handle_problems(app)
    nowhere = open_database(f"sqlite:///{tmp_path / 'tom.db'}")
    shelf = Shelf(nowhere, Versions(tmp_path / "index"))
    app.include_router(decisions_router(shelf, Views({}, "https://github.com")))
    with served(app) as site:
        problem = site.get("/decisions")
        page = site.get("/decisions", headers=BROWSER)
    assert problem.status_code == 503
    assert "doctor" in problem.json()["cure"]
    assert (page.status_code, page.headers["retry-after"]) == (503, "60")
    assert "Prøv igen om et minut." in page.text
