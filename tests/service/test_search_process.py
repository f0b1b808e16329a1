"""Searches in a process of their own: whatever becomes of it, who searches gets the same answer."""

import asyncio
import os
import shutil
import signal
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from prometheus_client import REGISTRY

from index.apart.bodies import Asked, Search, Suggest
from index.build import build
from index.passages import Source
from index.versions import Versions
from os2kb.knowledge.embedders.endpoint import Endpoint
from tests.fakes import embeddings
from tests.service.knowledge import serving
from tests.service.running import until
from tests.service.searching import load, search_processes, the_process
from webhooks.knowledge.search_process import SearchProcess
from webhooks.knowledge.searches import AT_ONCE, MOST_WAITING, Searches

HANDBOOK = Source("handbook", str(Path(__file__).parents[2] / "samples" / "handbook"))
COME = MOST_WAITING + AT_ONCE + 8
LONGEST = ("beslutning " * 91)[:1_000]


def search(query: str, limit: int = 10, **more: Any) -> Search:
    given = {"product": None, "lang": None, "kind": None, "offset": 0, "explain": False}
    return Search(query=query, limit=limit, **(given | more))


ASKED: list[Asked] = [
    search("Hvor mange godkendelser skal en pull request have?", explain=True),
    search("godkendelze", lang="da"),
    search("styregruppe", 50, kind="governance"),
    search("styregruppe", 3, offset=2),
    search(LONGEST, 50),
    search("🌳 æøå <script>alert(1)</script> \"; DROP TABLE 'x' {{ 7*7 }}"),
    search("\u2028 \u0085 \\n ligner linjeskift"),
    search(""),
    search("alt", 0),
    Suggest("godk", None, 8),
    Suggest("", None, 8),
]


def answers_here() -> bool:
    """Whether the process for searches of a service in this process is the one that answers."""
    return REGISTRY.get_sample_value("os2kb_search_process_ready") == 1


def without_time(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name != "took_ms"}


@pytest.fixture
def versions(tmp_path: Path, handbook_index: Path) -> Versions:
    shutil.copytree(handbook_index, tmp_path / "index")
    return Versions(tmp_path / "index")


@contextmanager
def searched(versions: Versions, patience: float) -> Iterator[httpx.Client]:
    """A service in this process, whose process for searches answers."""
    with serving(versions, searches=Searches(versions, patience, pause=0)) as client:
        client.get("/api/v1/search", params={"q": "den første"})
        until(answers_here, what="the process for searches")
        yield client


@pytest.fixture
def api(versions: Versions) -> Iterator[httpx.Client]:
    """One whose process is given time, whatever else the machine has to do."""
    with searched(versions, patience=60) as client:
        yield client


def test_it_says_word_for_word_what_the_index_says(versions: Versions) -> None:
    index = versions.current()
    assert index

    async def ask() -> list[bytes]:
        process = await SearchProcess.start(index.version, versions.place(index.version), 20)
        while process.state == "reading":
            await asyncio.sleep(0.01)
        try:
            return await asyncio.gather(*map(process.body, ASKED))
        finally:
            await process.end()

    for asked, body in zip(ASKED, asyncio.run(ask()), strict=True):
        said, expected = httpx.Response(200, content=body), asked.body(index)
        same = httpx.Response(200, content=expected)
        assert without_time(said.json()) == without_time(same.json())


def test_what_it_cannot_answer_it_leaves_and_goes_on(versions: Versions) -> None:
    index = versions.current()
    assert index
    broken = search("godkendelse", limit="mange")  # type: ignore[arg-type]

    async def ask() -> list[bytes]:
        process = await SearchProcess.start(index.version, versions.place(index.version), 20)
        while process.state == "reading":
            await asyncio.sleep(0.01)
        try:
            return await asyncio.gather(*map(process.body, [broken, search("godkendelse")]))
        finally:
            await process.end()

    left, answered = asyncio.run(ask())
    assert left == b""
    assert b"godkendelse" in answered


def test_killed_under_load_nobody_notices_and_another_takes_over(api: httpx.Client) -> None:
    me = os.getpid()
    with load(api) as answers:
        for _ in range(2):
            until(answers_here, what="the process for searches")
            killed, before = the_process(me), len(answers)
            until(lambda before=before: len(answers) > before + 20)
            os.kill(killed, signal.SIGKILL)
            until(lambda killed=killed: search_processes(me).keys() - {killed}, what="another")
    assert {answer.status_code for answer in answers} == {200}
    assert all(answer.json()["total"] for answer in answers)


def test_one_that_never_ends_to_read_the_index_is_ended(versions: Versions) -> None:
    index = versions.current()
    assert index
    folder = versions.place(index.version)
    for file in folder.iterdir():
        if file.is_file():
            file.unlink()
            os.mkfifo(file)  # whoever opens it waits for a writer

    async def wait() -> None:
        process = await SearchProcess.start(index.version, folder, patience=0.05)
        while process.state == "reading":
            await asyncio.sleep(0.01)
        assert process.state == "ended"
        await process.end()

    asyncio.run(asyncio.wait_for(wait(), 60))


def test_one_that_hangs_is_replaced_and_what_waited_for_it_is_answered(versions: Versions) -> None:
    me = os.getpid()
    with searched(versions, patience=0.5) as api, load(api) as answers:
        hanging = the_process(me)
        os.kill(hanging, signal.SIGSTOP)
        until(lambda: search_processes(me).keys() - {hanging}, what="another")
        until(answers_here, what="the other")
    assert {answer.status_code for answer in answers} == {200}
    assert all(answer.json()["total"] for answer in answers)


def test_an_index_swapped_in_under_load_is_searched_and_nobody_waits_in_vain(
    api: httpx.Client, versions: Versions, tmp_path: Path
) -> None:
    me, news = os.getpid(), tmp_path / "news"
    news.mkdir()
    (news / "ny.md").write_text("# Flagstang\n\nFlagstangen males hvert år i maj.\n", "utf-8")
    with load(api, searching=3) as answers:
        sources = [HANDBOOK, Source("news", str(news))]
        report = build(sources, tmp_path / "index", now=datetime(2026, 11, 2, tzinfo=UTC))
        until(lambda: any(report.version in line for line in search_processes(me).values()))
        until(answers_here, what="the process for the new version")
        found = api.get("/api/v1/search", params={"q": "hvornår males flagstangen"}).json()
    assert found["results"][0]["path"] == "ny.md"
    assert len(search_processes(me)) == 1
    assert {answer.status_code for answer in answers} == {200}


def test_a_question_of_ten_thousand_words_is_refused_and_the_longest_allowed_answered(
    api: httpx.Client,
) -> None:
    with load(api):
        assert api.get("/api/v1/search", params={"q": "ord " * 10_000}).status_code == 422
        assert api.get("/api/v1/search", params={"q": LONGEST}).status_code == 200


def test_an_index_of_another_embedder_is_searched_by_the_service_itself(tmp_path: Path) -> None:
    with embeddings.running() as fake:
        endpoint = Endpoint(fake.url, "fake", None, internal=True)
        build([HANDBOOK], tmp_path, embedder=endpoint, now=datetime(2026, 11, 2, tzinfo=UTC))
        versions = Versions(tmp_path, endpoint)
        with serving(versions, searches=Searches(versions, pause=0)) as api:
            for number in range(20):
                found = api.get("/api/v1/search", params={"q": f"godkendelse {number}"})
                assert found.json()["total"]
                assert found.json()["missing"] == []
            assert not search_processes(os.getpid())


@contextmanager
def busy(versions: Versions) -> Iterator[tuple[Searches, httpx.Client, int]]:
    """A service that answers no search until its process, the last of these, is let go on."""
    searches = Searches(versions, patience=60, pause=0)
    with serving(versions, searches=searches) as client:
        client.get("/api/v1/search", params={"q": "den første"})
        until(answers_here, what="the process for searches")
        process = the_process(os.getpid())
        os.kill(process, signal.SIGSTOP)
        try:
            yield searches, client, process
        finally:
            os.kill(process, signal.SIGCONT)


def test_so_many_wait_and_whoever_else_comes_is_told_when_to_come_again(
    versions: Versions,
) -> None:
    with busy(versions) as (searches, api, process), ThreadPoolExecutor(COME) as pool:
        client = httpx.Client(base_url=api.base_url, limits=httpx.Limits(), timeout=60)

        def ask(number: int) -> httpx.Response:
            return client.get("/api/v1/search", params={"q": f"godkendelse {number}"})

        asked = [pool.submit(ask, number) for number in range(COME)]
        until(lambda: sum(one.done() for one in asked) == COME - MOST_WAITING - AT_ONCE)
        assert searches.waiting.length == MOST_WAITING
        refused = [one.result() for one in asked if one.done()]
        assert client.get("/api/v1/search", params={"q": "den første"}).is_success, "remembered"
        os.kill(process, signal.SIGCONT)
        answered = [one.result() for one in asked if one.result() not in refused]
        assert client.get("/api/v1/search", params={"q": "bagefter"}).is_success
    assert {one.status_code for one in refused} == {503}
    assert refused[0].headers["content-type"] == "application/problem+json"
    assert int(refused[0].headers["retry-after"]) > 0
    assert {one.status_code for one in answered} == {200}


def test_nothing_is_searched_for_whoever_has_gone(versions: Versions) -> None:
    def not_made() -> float:
        labels = {"reason": "gone"}
        return REGISTRY.get_sample_value("os2kb_searches_not_made_total", labels) or 0

    before, gone = not_made(), 40
    with busy(versions) as (searches, api, process), ThreadPoolExecutor(1) as pool:
        for number in range(gone):
            with socket.create_connection((api.base_url.host, api.base_url.port or 0)) as leaving:
                path = f"/api/v1/search?q=godkendelse+{number}"
                leaving.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        until(lambda: searches.waiting.length == gone - AT_ONCE)
        patient = pool.submit(api.get, "/api/v1/search", params={"q": "styregruppe"})
        until(lambda: searches.waiting.length == gone - AT_ONCE + 1)
        os.kill(process, signal.SIGCONT)
        assert patient.result().json()["total"]
    assert not_made() - before == gone - AT_ONCE, "those on the wire could not be called back"
