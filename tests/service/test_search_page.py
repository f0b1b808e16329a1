"""The search page over real HTTP: what is on it for whoever runs no script."""

import re
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import httpx
import pytest

from index.build import build
from index.passages import Source
from index.versions import Versions
from tests.service.knowledge import PUBLIC, QUESTION, serving, write

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7*7 }}{% raw %}"


def text_of(page: str) -> str:
    """What a reader sees."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def counts(page: str) -> dict[str, int]:
    """How many results there would be of each product."""
    facet = page.partition('aria-label="Produkt"')[2].partition("</nav>")[0]
    found = re.findall(r">(\w+) <span>(\d+)</span>", facet)
    return {name: int(count) for name, count in found}


def links(page: str, about: str) -> list[str]:
    """Where links whose words begin so lead."""
    found = re.findall(r'<a [^>]*href="([^"]+)"[^>]*>\s*([^<]+)', page)
    return [unescape(to) for to, said in found if unescape(said).strip().startswith(about)]


def test_a_shared_address_shows_the_same_results_again(api: httpx.Client):
    page = api.get("/", params={"q": "kriterier i sandkassefasen"})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert '<a href="/passages/' in page.text
    assert ">Sandkasse</a>" in page.text
    assert "<mark>" in page.text
    assert "niveauer.md:3" in page.text
    assert 'value="kriterier i sandkassefasen"' in page.text


def test_every_result_says_why_it_is_there(api: httpx.Client):
    said = text_of(api.get("/", params={"q": "sandkasse styregruppe"}).text)
    assert "Hvorfor dette resultat? Ord fra din søgning: styregruppe (i teksten)." in said
    assert re.search(r"Samme ord, også bøjet eller sammensat \d+ %", said)
    english = text_of(api.get("/", params={"q": "sandkasse", "lang": "en"}).text)
    assert "Why this result? Words of your search: sandkasse" in english


def test_a_result_without_an_address_of_its_own_leads_to_its_very_lines(api: httpx.Client):
    (to,) = links(api.get("/", params={"q": "sandkassefasen"}).text, "Sandkasse")
    path, _, anchor = to.partition("#")
    assert re.fullmatch(r"/passages/[0-9a-f]{16}\?lines=\d+-\d+", path)
    page = api.get(path).text
    shown = dict(re.findall(r'<li id="L(\d+)" value="\d+" class="cited[^"]*"><code>(.*?)<', page))
    for number, line in shown.items():
        assert unescape(line) == PUBLIC["niveauer.md"].split("\n")[int(number) - 1]
    assert anchor.removeprefix("L") in shown
    assert "Kriterierne i sandkassefasen er:" in shown.values()


def test_the_answer_is_on_the_page_for_whoever_asks_for_it(api: httpx.Client):
    page = api.get("/", params={"q": QUESTION, "answer": "1"})
    assert page.headers["cache-control"] == "no-store"
    assert '<a class="cited" href="#source-1">[1]</a>' in page.text
    assert 'id="source-1"' in page.text
    assert "open source" in text_of(page.text)
    offered = api.get("/", params={"q": QUESTION}).text
    (to,) = links(offered, "Find et svar")
    assert "[1]" in api.get(to).text


def test_what_no_quote_supports_is_not_answered(api: httpx.Client):
    page = api.get("/", params={"q": "Hvad koster en pizza på havnen?", "answer": "1"}).text
    assert "Jeg finder ikke et svar" in page
    assert "source-1" not in page


def test_a_citizens_number_is_answered_with_what_to_do_about_it(api: httpx.Client):
    page = api.get("/", params={"q": "Borgeren 010190-1234 kan ikke logge på", "answer": "1"})
    assert "ligner et CPR-nummer" in page.text


def test_a_draft_says_that_it_is_one(api: httpx.Client):
    page = api.get("/", params={"q": "eskaleres en kritisk fejl"}).text
    assert '<span class="badge draft">Udkast</span>' in page


@pytest.mark.parametrize(
    ("query", "language", "said"),
    [({}, "da,en;q=0.5", "Hvad vil du vide?"), ({}, "en", "What would you like to know?"),
     ({"lang": "en"}, "da", "What would you like to know?")],
)  # fmt: skip
def test_it_speaks_the_language_that_is_asked_for(
    api: httpx.Client, query: dict[str, str], language: str, said: str
):
    page = api.get("/", params=query, headers={"Accept-Language": language})
    assert said in page.text
    assert f'<html lang="{page.headers["content-language"]}">' in page.text


def test_the_language_that_an_address_says_stays_in_every_link(api: httpx.Client):
    page = api.get("/", params={"q": "styregruppe", "lang": "en"}).text
    inside = re.findall(r'href="(/(?:\?|decisions)[^"]*)"', page)
    assert inside
    assert [one for one in inside if "lang=" not in one] == []


def test_facets_narrow_and_say_how_many_there_would_be(tmp_path: Path):
    rule = {"regler.md": "# Regler\n\nHver godkendelse kræver to.\n"}
    more = {"faq.md": "# Godkendelse?\n\nSpørg dem, der skal give den.\n"}
    sources = [
        Source("a", str(write(tmp_path / "a", rule | more)), product="os2display"),
        Source("b", str(write(tmp_path / "b", rule)), product="os2forms"),
    ]
    build(sources, tmp_path / "index", now=datetime(2026, 3, 2, tzinfo=UTC))
    with serving(Versions(tmp_path / "index")) as api:
        whole = api.get("/?q=godkendelse").text
        (to,) = links(whole, "OS2display")
        narrowed = api.get(to).text
    assert counts(whole) == counts(narrowed) == {"OS2display": 2, "os2forms": 1}
    assert 'name="product" value="os2display"' in narrowed
    assert "2 resultater" in narrowed
    assert links(narrowed, "Alle")[0] == "/?q=godkendelse"


def test_an_unknown_product_is_told_and_all_is_searched(api: httpx.Client):
    page = api.get("/", params={"q": "styregruppe", "product": HOSTILE}).text
    assert "findes ikke her" in page
    assert "<mark>styregruppe</mark>" in page
    assert "<img src=x" not in page


def test_results_are_turned_over(tmp_path: Path):
    files = {f"{n}.md": f"# Regel {n}\n\nGodkendelse nummer {n} kræver to.\n" for n in range(25)}
    sources = [Source("regler", str(write(tmp_path / "documents", files)))]
    build(sources, tmp_path / "index", now=datetime(2026, 3, 2, tzinfo=UTC))
    with serving(Versions(tmp_path / "index")) as api:
        address, seen = "/?q=godkendelse", list[str]()
        while address:
            page = api.get(address).text
            seen += re.findall(r"<h2 [^>]*><a [^>]*>(Regel \d+)</a>", page)
            address = next(iter(links(page, "Næste")), "")
    assert sorted(seen) == sorted(f"Regel {n}" for n in range(25))


def test_what_was_sent_is_not_sent_again(api: httpx.Client):
    first = api.get("/", params={"q": "styregruppe"})
    again = api.get(
        "/", params={"q": "styregruppe"}, headers={"If-None-Match": first.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    other = {"If-None-Match": first.headers["etag"], "Accept-Language": "en"}
    assert api.get("/", params={"q": "styregruppe"}, headers=other).status_code == 200


@pytest.mark.parametrize(
    "query",
    [HOSTILE, "angreb hackerfelt", "\x00\u202e\U0001f333 æøå", "a" * 1_000, " "],
)
def test_nothing_that_is_asked_or_found_becomes_a_tag(api: httpx.Client, query: str):
    for address in ("/", "/answer"):
        sent = api.get(address, params={"q": query, "answer": "1"}).text
        assert "<script>alert" not in sent
        assert "<img" not in sent
        assert "onerror=" not in re.sub(r'"[^"]*"|&lt;[^<]*', "", sent)
        assert " 49 " not in text_of(sent)


def test_a_query_that_is_no_text_is_searched_all_the_same(api: httpx.Client):
    assert api.get("/?q=%ED%A0%80%00%FF%C3").status_code == 200


def test_nothing_internal_is_shown_anywhere(api: httpx.Client, versions: Versions):
    index = versions.current()
    assert index
    hidden = [passage.id for passage in index.passages if passage.visibility == "internal"]
    pages = [api.get("/", params={"q": "månedsløn lønaftalen"}), api.get("/")]
    pages += [api.get(f"/passages/{one}") for one in hidden]
    assert [page.status_code for page in pages[2:]] == [404] * len(hidden)
    told = " ".join(page.text for page in pages).replace("månedsløn lønaftalen", "")
    assert "40.000" not in told
    assert "løn.md" not in told


@pytest.mark.parametrize(
    "address",
    ["/passages/../../etc/passwd", "/passages/%2e%2e%2fos2kb.db", "/passages/0", "/passages/%00"],
)
def test_there_is_no_way_to_any_other_file(api: httpx.Client, address: str):
    assert api.get(address).status_code == 404


def test_a_page_may_run_our_script_and_nothing_else(api: httpx.Client):
    policy = api.get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<script(?! src=\"/static/)|\son\w+=|style=", api.get("/").text)


@pytest.mark.parametrize("query", ["q=" + "a" * 1_001, "q=a&kind=rumour", "q=a&offset=-1"])
def test_an_address_that_does_not_fit_is_told_on_a_page_to_people_and_as_data_to_programs(
    api: httpx.Client, query: str
):
    page = api.get(f"/?{query}", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["content-type"]) == (422, "text/html; charset=utf-8")
    assert "Adressen kan ikke læses" in page.text
    assert "aaaa" not in page.text
    assert api.get(f"/?{query}").json()["status"] == 422


def test_before_the_first_index_the_page_says_so(tmp_path: Path):
    with serving(Versions(tmp_path)) as empty:
        page = empty.get("/", params={"q": "styregruppe"})
        assert page.status_code == 503
        assert page.headers["retry-after"] == "60"
        assert "Der er ikke noget at søge i endnu" in page.text


def test_the_stream_of_the_page_ends_with_what_the_page_shows_without_it(api: httpx.Client):
    streamed = api.get("/answer", params={"q": QUESTION})
    assert streamed.headers["content-type"].startswith("text/event-stream")
    events = re.findall(r"^event: (\w+)$", streamed.text, re.MULTILINE)
    assert events[-1] == "done"
    assert set(events[:-1]) == {"citation"}
    assert '<a class=\\"cited\\" href=\\"#source-1\\">[1]</a>' in streamed.text
