"""The knowledge API over real HTTP, on a real index of a few documents."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import httpx
from jsonschema import Draft202012Validator

from index.build import build
from index.passages import Source
from index.versions import Versions
from os2kb.answers.ask import Answerer
from tests.service.knowledge import PUBLIC, QUESTION, ask, serving


def test_a_search_finds_the_passage_and_says_where_it_stands(api: httpx.Client) -> None:
    body = api.get("/api/v1/search", params={"q": "kriterier i sandkassefasen"}).json()
    best = body["results"][0]
    assert best["path"] == "niveauer.md"
    assert best["heading"] == "Sandkasse"
    first, last = best["lines"]
    lines = PUBLIC["niveauer.md"].split("\n")[first - 1 : last]
    assert "Kriterierne i sandkassefasen er:" in lines
    assert "<mark>" in best["snippet"]
    assert body["facets"]["product"] == {"os2display": body["total"]}


def test_what_has_not_changed_is_not_sent_again_until_the_index_has(tmp_path: Path) -> None:
    versions, documents = Versions(tmp_path / "index"), tmp_path / "documents"
    documents.mkdir()
    source = Source("documents", str(documents))
    (documents / "regler.md").write_text("# Regler\n\nGodkendelse kræver to personer.\n", "utf-8")
    build([source], tmp_path / "index", now=datetime(2026, 3, 2, tzinfo=UTC))
    asked = {"q": "godkendelse"}
    with serving(versions) as api:
        for path in ("/api/v1/suggest", "/api/v1/search"):
            first = api.get(path, params=asked)
            known = {"If-None-Match": first.headers["etag"]}
            assert api.get(path, params=asked).json() == first.json()
            again = api.get(path, params=asked, headers=known)
            assert (again.status_code, again.content) == (304, b"")
            assert api.get(path, params={"q": "personer"}, headers=known).status_code == 200
        (documents / "nye.md").write_text("# Godkendelse\n\nKræver nu tre.\n", "utf-8")
        build([source], tmp_path / "index", now=datetime(2026, 3, 3, tzinfo=UTC))
        changed = api.get("/api/v1/search", params=asked, headers=known)
        assert changed.json()["total"] == 2


def test_suggestions_begin_as_what_was_typed(api: httpx.Client) -> None:
    body = api.get("/api/v1/suggest", params={"q": "sandk"}).json()
    assert body["suggestions"][0]["text"] == "Sandkasse"


def test_an_answer_quotes_the_document_on_its_very_lines(api: httpx.Client) -> None:
    body = ask(api, QUESTION)
    assert not body["abstained"]
    assert body["reason"] is None
    for citation in body["citations"]:
        first, last = citation["lines"]
        lines = PUBLIC[citation["path"]].split("\n")[first - 1 : last]
        assert citation["quote"] in "\n".join(lines)
        assert f"[{citation['n']}]" in body["answer"]
    assert "open source" in body["answer"]


def test_the_same_question_has_the_same_answer_id_and_another_scope_another(
    api: httpx.Client,
) -> None:
    one, again = ask(api, QUESTION), ask(api, f"  {QUESTION}\u200b ")
    scoped = ask(api, QUESTION, product="os2display")
    assert one["answer_id"] == again["answer_id"] != scoped["answer_id"]


def test_an_answer_id_is_told_by_none_who_lacks_the_installations_key(versions: Versions) -> None:
    keys = (b"", b"den ene", b"den anden")
    ids = [Answerer(versions, key=key).ask(QUESTION).answer_id for key in (*keys, *keys)]
    assert ids[:3] == ids[3:], "the same wherever the key is the same"
    assert len(set(ids)) == 3


def test_a_draft_is_marked_in_the_language_of_the_answer(api: httpx.Client) -> None:
    question = "Hvornår eskaleres en kritisk fejl til styregruppen?"
    assert "_(udkast)_" in ask(api, question)["answer"]
    assert "_(draft)_" in ask(api, question, lang="en")["answer"]


def test_an_english_question_is_answered_from_english_text(api: httpx.Client) -> None:
    body = ask(api, "Who approves a release?")
    assert (body["lang"], body["citations"][0]["path"]) == ("en", "roles.md")


def test_what_is_not_documented_is_not_answered_but_pointed_on(api: httpx.Client) -> None:
    body = ask(api, "Hvad koster en pizza med ananas på havnen?")
    assert (body["abstained"], body["reason"], body["citations"]) == (True, "no-evidence", [])
    assert "Spørg" in body["answer"] or "spørg" in body["answer"]


def test_an_abstention_counts_only_what_the_asker_may_see(
    api: httpx.Client, versions: Versions
) -> None:
    index = versions.current()
    assert index is not None
    public = sum(passage.visibility == "public" for passage in index.passages)
    assert public < len(index.passages)
    assert f"({public} afsnit)" in ask(api, "Hvad koster en pizza på havnen?")["answer"]


def test_another_language_is_declined_in_both_of_ours(api: httpx.Client) -> None:
    body = ask(api, "Кто утверждает решение?")
    assert body["reason"] == "language"


def test_filters_and_pages_divide_the_same_results(api: httpx.Client) -> None:
    def paths(**params: object) -> list[str]:
        response = api.get("/api/v1/search", params={"q": "produkt styregruppe release", **params})
        return [result["id"] for result in response.json()["results"]]

    whole = paths(limit=50)
    assert paths(limit=1) + paths(limit=50, offset=1) == whole
    assert set(paths(lang="da")) | set(paths(lang="en")) == set(whole)
    assert paths(limit=0) == []


def test_events_carry_the_citations_then_the_text_then_the_rest(api: httpx.Client) -> None:
    question = {"question": QUESTION}
    plain = api.post("/api/v1/ask", json=question).json()
    with api.stream(
        "POST", "/api/v1/ask", json=question, headers={"Accept": "text/event-stream"}
    ) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        raw = response.read().decode()
    events = [block.split("\n") for block in raw.strip().split("\n\n")]
    named = [
        (lines[0].removeprefix("event: "), json.loads(lines[1].removeprefix("data: ")))
        for lines in events
    ]
    names = [name for name, _ in named]
    assert names == sorted(names, key=["citation", "text", "done"].index)
    assert [data for name, data in named if name == "citation"] == plain["citations"]
    assert "".join(data["text"] for name, data in named if name == "text") == plain["answer"]
    assert named[-1][1]["answer_id"] == plain["answer_id"]


def test_without_an_index_everything_says_how_to_build_one(tmp_path: Path) -> None:
    with serving(Versions(tmp_path)) as empty:
        for response in (
            empty.get("/api/v1/search", params={"q": "a"}),
            empty.get("/api/v1/suggest", params={"q": "a"}),
            empty.post("/api/v1/ask", json={"question": "Hvad?"}),
        ):
            assert response.status_code == 503
            assert "os2kb index build" in response.json()["cure"]


def test_every_answer_is_what_the_description_promises(api: httpx.Client) -> None:
    described = api.get("/openapi.json").json()

    def check(path: str, method: str, response: httpx.Response) -> None:
        responses = described["paths"][path][method]["responses"]
        content = responses[str(response.status_code)]["content"]
        schema = next(iter(content.values()))["schema"]
        validator = Draft202012Validator({**schema, "components": described["components"]})
        validator.validate(response.json())

    check("/api/v1/search", "get", api.get("/api/v1/search", params={"q": "styregruppe"}))
    check("/api/v1/search", "get", api.get("/api/v1/search", params={"q": "a", "limit": 99}))
    check("/api/v1/suggest", "get", api.get("/api/v1/suggest", params={"q": "pro"}))
    for question in (QUESTION, "pizza?", "", "x" * 2_000):
        check("/api/v1/ask", "post", api.post("/api/v1/ask", json={"question": question}))


def test_many_ask_at_once(api: httpx.Client) -> None:
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: ask(api, QUESTION)["answer"], range(60)))
    assert len(set(answers)) == 1
