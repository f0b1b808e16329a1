"""Votes on an answer, over real HTTP, as a browser without scripts sends them."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx
import pytest

from os2kb.store.asked import answers
from os2kb.store.database import open_database
from tests.service.whole import whole
from webhooks.knowledge.feedback import VOTES_AN_HOUR

QUESTION = "Hvor mange medlemmer har styregruppen?"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("votes")


@pytest.fixture(scope="module")
def site(folder: Path, handbook_index: Path) -> Iterator[httpx.Client]:
    with whole(folder, handbook_index) as client:
        yield client


def form_under(page: httpx.Response) -> dict[str, str]:
    """The fields of the form under an answer."""
    form = page.text.partition('<form class="feedback"')[2].partition("</form>")[0]
    found = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)
    return {name: unescape(value) for name, value in found}


def vote(site: httpx.Client, client: str, fields: dict[str, str]) -> httpx.Response:
    headers = {"X-Forwarded-For": client, "Accept": "text/html"}
    return site.post("/feedback", data=fields, headers=headers)


def test_a_vote_is_kept_and_its_thanks_lead_back_to_the_answer(site: httpx.Client, folder: Path):
    page = site.get("/", params={"q": QUESTION, "answer": "1", "lang": "en"})
    fields = form_under(page)
    for helpful in ("no", "yes"):  # a person's last vote counts
        sent = vote(site, "198.51.100.1", fields | {"helpful": helpful})
        assert sent.status_code == 303
    thanks = site.get(sent.headers["location"])
    assert "Thank you" in thanks.text
    (back,) = re.findall(r'<a href="([^"]+)">Back to the answer', thanks.text)
    assert form_under(site.get(unescape(back))) == fields
    store = open_database(f"sqlite:///{folder / 'os2kb.db'}")
    (judged,) = [one for one in answers.newest(store) if one.answer.id == fields["answer"]]
    assert (judged.helpful, judged.unhelpful) == (1, 0)


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, 422),
        ({"answer": "0" * 20}, 422),
        ({"answer": "0" * 20, "helpful": "yes"}, 404),
        ({"answer": "' OR 1=1; --' OR 1=1", "helpful": "yes"}, 422),
    ],
)
def test_a_vote_on_nothing_is_told_on_a_page(
    site: httpx.Client, fields: dict[str, str], status: int
):
    told = vote(site, "198.51.100.2", fields)
    assert (told.status_code, told.headers["content-type"]) == (status, "text/html; charset=utf-8")


def test_the_thanks_lead_nowhere_but_to_a_search_of_ours(site: httpx.Client):
    attack = {"q": '"><script>alert(1)</script>', "product": "//evil.example", "lang": "xx"}
    fields = form_under(site.get("/", params={"q": QUESTION, "answer": "1"}))
    sent = vote(site, "198.51.100.3", fields | {"helpful": "yes"} | attack)
    assert sent.headers["location"].startswith("/feedback?")
    thanks = site.get(sent.headers["location"]).text
    assert "<script" not in thanks
    assert re.findall(r'<a href="([^"]+)">Tilbage', thanks)[0].startswith("/?")


def test_who_votes_too_much_is_told_when_to_come_again(site: httpx.Client):
    for _ in range(VOTES_AN_HOUR):
        vote(site, "198.51.100.4", {})
    told = vote(site, "198.51.100.4", {})
    assert (told.status_code, int(told.headers["retry-after"]) > 0) == (429, True)


def test_where_nothing_is_kept_nobody_is_asked_for_a_vote(tmp_path: Path, handbook_index: Path):
    with whole(tmp_path, handbook_index, answer_log_days=0) as site:
        page = site.get("/", params={"q": QUESTION, "answer": "1"})
        assert "fem medlemmer" in page.text
        assert "feedback" not in page.text
