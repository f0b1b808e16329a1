"""The form for what found no answer, over real HTTP, as a browser without scripts sends it."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine

from os2kb.store.asked import questions
from os2kb.store.database import open_database
from tests.service.whole import whole
from webhooks.knowledge.feedback import QUESTIONS_AN_HOUR

FROM = "X-Forwarded-For"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("questions")


@pytest.fixture(scope="module")
def site(folder: Path, handbook_index: Path) -> Iterator[httpx.Client]:
    with whole(folder, handbook_index) as client:
        client.headers["Accept-Language"] = "da"
        yield client


@pytest.fixture(scope="module")
def store(site: httpx.Client, folder: Path) -> Engine:
    return open_database(f"sqlite:///{folder / 'os2kb.db'}")


def kept(store: Engine) -> dict[str, int]:
    return {one.text: one.asked for one in questions.newest(store, limit=1_000)}


def send(site: httpx.Client, client: str, **fields: str) -> httpx.Response:
    return site.post("/questions", data=fields, headers={FROM: client})


def test_a_search_and_a_question_in_vain_offer_to_send_it_on(site: httpx.Client):
    for page in ("/?q=xyzzyqqq", "/?q=Hvad koster en pizza?&answer=1"):
        found = re.search(r'href="(/questions\?q=[^"]+)"', site.get(page).text)
        assert found is not None, page
    form = site.get(found[1].replace("&amp;", "&")).text
    assert "Hvad koster en pizza?</textarea>" in form


def test_a_question_is_kept_and_the_person_told_where_the_answer_will_be(
    site: httpx.Client, store: Engine
):
    for _ in range(2):  # a button pressed twice
        sent = send(site, "198.51.100.1", text="Hvem ejer  koden?\0\u202e")
        assert (sent.status_code, sent.headers["location"]) == (303, "/questions?sent=1")
    thanks = site.get("/questions?sent=1").text
    assert "Dit spørgsmål er sendt til koordinatorerne" in thanks
    assert "Hvem ejer koden?" in kept(store)
    assert len([one for one in kept(store) if "ejer" in one]) == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Skriv dit spørgsmål først"),
        ("Må vi gemme 010190-1234?", "Tag det ud, og send igen"),
        ("Hvem svarer på hans.hansen@gmail.com?", "Tag det ud, og send igen"),
        ("Hvem? " * 300, "Skriv det kortere"),
        ("Jeg har fundet et SQL injection-hul i login", "sårbar"),
    ],
)
def test_what_cannot_be_put_is_told_kindly_with_what_to_leave_out(
    site: httpx.Client, store: Engine, text: str, told: str
):
    before = kept(store)
    answer = send(site, "198.51.100.2", text=text)
    assert answer.status_code == 422
    assert told in answer.text
    assert 'role="alert"' in answer.text
    assert kept(store) == before


def test_what_a_program_fills_in_is_thanked_for_and_thrown_away(site: httpx.Client, store: Engine):
    sent = send(site, "198.51.100.3", text="Billige piller", website="https://example.org")
    assert sent.status_code == 303
    assert "Billige piller" not in kept(store)


def test_a_flood_is_stopped_and_neither_way_in_lets_it_go_on(site: httpx.Client):
    for number in range(QUESTIONS_AN_HOUR):
        assert send(site, "198.51.100.4", text=f"Hvem er nummer {number}?").status_code == 303
    refused = send(site, "198.51.100.4", text="Hvem er den næste?")
    assert refused.status_code == 429
    assert "Vent en stund" in refused.text
    assert int(refused.headers["retry-after"]) > 0
    body = {"text": "Hvem er den næste?"}
    again = site.post("/api/v1/questions", json=body, headers={FROM: "198.51.100.4"})
    assert again.status_code == 429


def test_a_forged_address_lets_nobody_put_more(tmp_path: Path, handbook_index: Path):
    with whole(tmp_path, handbook_index, trusted="192.0.2.1") as site:
        for number in range(QUESTIONS_AN_HOUR):
            assert send(site, f"198.51.100.{number}", text="Hvem ejer?").status_code == 303
        assert send(site, "203.0.113.9", text="Hvem ejer?").status_code == 429


@pytest.mark.parametrize("body", [b"text=" + b"a" * 1_000_000, b"\xff\xfe", b"a&" * 500, b""])
def test_a_body_that_is_no_form_of_ours_is_refused(site: httpx.Client, body: bytes):
    headers = {"Content-Type": "application/x-www-form-urlencoded", FROM: "198.51.100.5"}
    assert site.post("/questions", content=body, headers=headers).status_code == 422


def test_another_website_cannot_have_a_visitor_ask(site: httpx.Client, store: Engine):
    headers = {"Sec-Fetch-Site": "cross-site", FROM: "198.51.100.6"}
    sent = site.post("/questions", data={"text": "Hvem sendte dette?"}, headers=headers)
    assert sent.status_code == 403
    assert "Hvem sendte dette?" not in kept(store)


def test_what_is_written_is_text_on_the_page_and_an_unknown_product_is_none(site: httpx.Client):
    attack = '"></textarea><script>alert(1)</script> 010190-1234'
    page = send(site, "198.51.100.7", text=attack, product="findes-ikke", lang="xx")
    assert page.status_code == 422
    assert "<script" not in page.text
    assert "findes-ikke" not in page.text
    page = site.get("/questions", params={"q": attack, "product": attack})
    assert "<script" not in page.text


def test_where_there_is_one_product_its_coordinators_get_what_names_none(
    tmp_path: Path, handbook_index: Path
):
    listed = tmp_path / "products.yml"
    listed.write_text("products: {os2demo: {repositories: [os2demo/os2demo]}}", "utf-8")
    with whole(tmp_path, handbook_index, products=listed) as site:
        assert send(site, "198.51.100.1", text="Hvem ejer koden?").status_code == 303
        body = {"text": "Hvem betaler driften?"}
        assert site.post("/api/v1/questions", json=body).status_code == 202
    found = questions.newest(open_database(f"sqlite:///{tmp_path / 'os2kb.db'}"))
    assert {one.text: one.product for one in found} == {
        "Hvem ejer koden?": "os2demo",
        "Hvem betaler driften?": "os2demo",
    }


def test_it_is_in_english_for_who_reads_it(site: httpx.Client):
    page = site.get("/questions?lang=en").text
    assert "Ask the community" in page
    sent = send(site, "198.51.100.8", text="Who owns the code?", lang="en")
    assert sent.headers["location"] == "/questions?sent=1&lang=en"


def test_where_nothing_is_kept_nothing_is_asked_for(tmp_path: Path, handbook_index: Path):
    with whole(tmp_path, handbook_index, answer_log_days=0) as site:
        assert "<form" not in site.get("/questions").text
        assert send(site, "198.51.100.9", text="Hvem ejer koden?").status_code == 404
        assert "/questions" not in site.get("/?q=xyzzyqqq").text
