"""Embedding over an API, against a real HTTP server that misbehaves on request."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from pydantic import SecretStr

from index.build import BuildReport, build
from index.build.refusals import NotEmbedded
from index.embedders import EVERYONE, EmbedderUnavailable
from index.passages import Source
from index.search import Index
from index.versions import Versions
from os2kb.knowledge.embedders.endpoint import (
    AT_ONCE,
    ATTEMPTS,
    FAILURES,
    LARGEST_REPLY,
    PAUSE,
    Endpoint,
)
from tests.fakes import embeddings as fakes
from tests.fakes.embeddings import Drip, FakeEmbeddings, Raw, Reset, Status

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PAGES = {
    "drift.md": "# Drift\n\nKommunerne deler udgiften til drift efter indbyggertal.\n",
    "kode.md": "# Kode\n\nEn pull request skal henvise til en sag.\n",
    "møde.md": "# Møde\n\nKoordinatoren indkalder til møde og fører referat.\n",
}


@pytest.fixture
def server() -> Iterator[FakeEmbeddings]:
    with fakes.running() as fake:
        yield fake


class Naps(list[float]):
    """A sleep that takes no time and remembers."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def endpoint(server: FakeEmbeddings, **changed: object) -> Endpoint:
    given: dict[str, object] = {
        "api_key": SecretStr("nogle-1234"),
        "sleep": Naps(),
        "jitter": lambda: 0.0,
    }
    return Endpoint(server.url, "fake", **(given | changed))  # type: ignore[arg-type]


def test_each_text_gets_its_own_vector_of_length_one(server: FakeEmbeddings) -> None:
    rows = endpoint(server).passages(["drift drift", "kode", "drift"])
    assert rows.shape == (3, 64)
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1, 1])
    assert rows[0] @ rows[2] == pytest.approx(1)
    assert rows[0] @ rows[1] == pytest.approx(0)


def test_many_texts_go_in_several_requests(server: FakeEmbeddings) -> None:
    texts = [f"tekst {number}" for number in range(AT_ONCE * 2 + 1)]
    assert len(endpoint(server).passages(texts)) == len(texts)
    assert [len(request["input"]) for request in server.requests] == [AT_ONCE, AT_ONCE, 1]
    assert server.texts == texts


def test_the_request_is_what_the_api_describes(server: FakeEmbeddings) -> None:
    endpoint(server).question("Hvem ejer produktet? 🌳 æøå")
    assert server.requests == [
        {"model": "fake", "input": ["Hvem ejer produktet? 🌳 æøå"], "encoding_format": "float"}
    ]
    assert server.headers[0]["authorization"] == "Bearer nogle-1234"


def test_personal_numbers_do_not_leave(server: FakeEmbeddings) -> None:
    embedder = endpoint(server)
    embedder.passages(["Klage fra 010190-1234"])
    embedder.question("Hvad med 020190-1234?")
    assert not any("1234" in text for text in server.texts)


@pytest.mark.parametrize("text", ["a\ud800b\x00c", "ord " * 100_000, "\u202edrift", "{{x}}"])
def test_any_text_can_be_sent(server: FakeEmbeddings, text: str) -> None:
    assert endpoint(server).question(text).shape == (64,)
    assert len(server.texts[0]) <= 8000


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_build_tries_again_after_a_passing_fault(server: FakeEmbeddings, status: int) -> None:
    naps = Naps()
    server.will(Status(status), Reset(), Status(status))
    assert endpoint(server, sleep=naps).passages(["drift"]).shape == (1, 64)
    assert naps == [0.5, 1.0, 2.0]


def test_it_waits_as_long_as_the_server_asks(server: FakeEmbeddings) -> None:
    naps = Naps()
    server.will(Status(429, {"Retry-After": "7"}))
    endpoint(server, sleep=naps).passages(["drift"])
    assert naps == [7.0]


def test_it_does_not_wait_for_an_hour(server: FakeEmbeddings) -> None:
    naps = Naps()
    server.will(Status(429, {"Retry-After": "3600"}))
    with pytest.raises(EmbedderUnavailable, match=r"OS2KB_EMBEDDING_API_KEY.*3600 s"):
        endpoint(server, sleep=naps).passages(["drift"])
    assert naps == []


def test_attempts_are_bounded(server: FakeEmbeddings) -> None:
    server.will(*[Status(500)] * (ATTEMPTS + 1))
    with pytest.raises(EmbedderUnavailable, match=r"500.*build again later"):
        endpoint(server).passages(["drift"])
    assert len(server.requests) == ATTEMPTS


@pytest.mark.parametrize(
    ("status", "cure"),
    [
        (400, "OS2KB_EMBEDDER"),
        (401, "OS2KB_EMBEDDING_API_KEY"),
        (403, "OS2KB_EMBEDDING_API_KEY"),
        (404, "OS2KB_EMBEDDING_BASE_URL"),
        (413, "at once"),
        (302, "OS2KB_EMBEDDING_BASE_URL"),
    ],
)
def test_a_refusal_names_the_cure_and_is_not_tried_again(
    server: FakeEmbeddings, status: int, cure: str
) -> None:
    server.will(Status(status))
    with pytest.raises(EmbedderUnavailable, match=cure):
        endpoint(server).passages(["drift"])
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "reply",
    [
        b"",
        b"<html>hej</html>",
        b"[]",
        b'{"data": []}',
        b'{"data": [{"index": 0, "embedding": []}]}',
        b'{"data": [{"index": 1, "embedding": [1, 2]}]}',
        b'{"data": [{"index": 0, "embedding": [1]}, {"index": 0, "embedding": [1]}]}',
        b'{"data": [{"index": 0, "embedding": ["<script>"]}]}',
        b'{"data": [{"index": 0, "embedding": [NaN, 1]}]}',
        b'{"data": [{"index": 0, "embedding": [1e999, 1]}]}',
        b'{"data": [{"index": 0, "embedding": {"a": 1}}]}',
        b"[" * 100_000,
        b" " * (LARGEST_REPLY + 1),
    ],
    ids=lambda reply: reply[:40].decode(),
)
def test_a_reply_that_is_no_list_of_vectors_is_refused_by_name(
    server: FakeEmbeddings, reply: bytes
) -> None:
    server.will(Raw((reply,)))
    with pytest.raises(EmbedderUnavailable, match="OS2KB_EMBEDDING_BASE_URL"):
        endpoint(server).passages(["drift"])


def test_vectors_of_different_lengths_are_refused(server: FakeEmbeddings) -> None:
    server.will(
        Raw((b'{"data": [{"index": 0, "embedding": [1, 2]}, {"index": 1, "embedding": [1]}]}',))
    )
    with pytest.raises(EmbedderUnavailable, match="different lengths"):
        endpoint(server).passages(["drift", "kode"])


def test_a_key_is_never_told(server: FakeEmbeddings) -> None:
    server.will(Status(401), Raw((b'{"data": "nogle-1234"}',)))
    for _ in range(2):
        with pytest.raises(EmbedderUnavailable) as error:
            endpoint(server).passages(["drift"])
        assert "nogle-1234" not in str(error.value)


def test_a_question_is_asked_once_and_gives_up_at_its_deadline(server: FakeEmbeddings) -> None:
    server.will(Drip(0.05))
    with pytest.raises(EmbedderUnavailable, match="did not answer in 1 s"):
        endpoint(server).question("drift")
    assert len(server.requests) == 1


def test_an_endpoint_that_keeps_failing_is_left_alone_for_a_while(server: FakeEmbeddings) -> None:
    clock = Clock()
    embedder = endpoint(server, clock=clock)
    server.will(*[Status(500)] * FAILURES, Status(500))
    for number in range(FAILURES + 5):
        with pytest.raises(EmbedderUnavailable):
            embedder.question(f"spørgsmål {number}")
    assert len(server.requests) == FAILURES
    clock.now += PAUSE
    for number in range(3):
        with pytest.raises(EmbedderUnavailable):
            embedder.question(f"igen {number}")
    assert len(server.requests) == FAILURES + 1, "one looks whether it is back"
    clock.now += PAUSE
    assert embedder.question("drift").any()
    assert embedder.question("kode").any()


def test_a_question_asked_again_costs_nothing(server: FakeEmbeddings) -> None:
    embedder = endpoint(server)
    assert (embedder.question("drift") == embedder.question("drift")).all()
    assert len(server.requests) == 1


# The whole way: build with it, search with it.


def pages(folder: Path, documents: dict[str, str] = PAGES) -> Source:
    folder.mkdir(exist_ok=True)
    for path, text in documents.items():
        (folder / path).write_text(text, "utf-8")
    return Source("docs", str(folder))


def built(tmp_path: Path, server: FakeEmbeddings, *sources: Source, **given: object) -> BuildReport:
    return build(sources, tmp_path / "index", embedder=endpoint(server, **given), now=NOW)


def index_of(tmp_path: Path, embedder: Endpoint | None) -> Index:
    index = Versions(tmp_path / "index", embedder).current()
    assert index is not None
    return index


def test_an_index_is_built_and_searched_over_the_api(
    tmp_path: Path, server: FakeEmbeddings
) -> None:
    assert built(tmp_path, server, pages(tmp_path / "docs")).embedded == 3
    found = index_of(tmp_path, endpoint(server)).search("udgiften til drift")
    assert found.hits[0].passage.path == "drift.md"
    assert found.hits[0].legs["dense"] == pytest.approx(1)
    assert found.missing == ()


def test_only_new_texts_are_sent(tmp_path: Path, server: FakeEmbeddings) -> None:
    source = pages(tmp_path / "docs")
    built(tmp_path, server, source)
    server.requests.clear()
    pages(tmp_path / "docs", {"ny.md": "# Ny\n\nEn ny side.\n"})
    assert built(tmp_path, server, source).embedded == 1
    (sent,) = server.requests[0]["input"]
    assert "En ny side." in sent


def test_what_was_embedded_before_a_failure_is_not_sent_again(
    tmp_path: Path, server: FakeEmbeddings
) -> None:
    many = {f"{n}.md": f"# Side {n}\n\nIndhold nummer {n}.\n" for n in range(300)}
    source = pages(tmp_path / "docs", many)
    server.will(*[Raw((reply(server, AT_ONCE),))] * 4, Status(401))
    with pytest.raises(NotEmbedded, match=r"OS2KB_EMBEDDING_API_KEY.*still serves"):
        built(tmp_path, server, source)
    assert built(tmp_path, server, source).embedded == 300 - 4 * AT_ONCE


def reply(server: FakeEmbeddings, count: int) -> bytes:
    row = ",".join(["0.5"] * server.dimensions)
    rows = ",".join(f'{{"index": {number}, "embedding": [{row}]}}' for number in range(count))
    return f'{{"data": [{rows}]}}'.encode()


def test_a_failing_build_leaves_the_version_before_serving(
    tmp_path: Path, server: FakeEmbeddings
) -> None:
    source = pages(tmp_path / "docs")
    first = built(tmp_path, server, source).version
    pages(tmp_path / "docs", {"ny.md": "# Ny\n\nEn ny side.\n"})
    server.will(*[Status(503)] * ATTEMPTS)
    with pytest.raises(NotEmbedded):
        built(tmp_path, server, source)
    assert index_of(tmp_path, endpoint(server)).version == first


def test_internal_passages_are_not_sent_unless_the_installation_says_so(
    tmp_path: Path, server: FakeEmbeddings
) -> None:
    public = pages(tmp_path / "docs")
    folder = pages(tmp_path / "inde", {"løn.md": "# Løn\n\nLønnen er fortrolig.\n"}).location
    internal = Source("inde", folder, visibility="internal")
    built(tmp_path, server, public, internal)
    assert not any("fortrolig" in text for text in server.texts)
    found = index_of(tmp_path, endpoint(server)).search("fortrolig løn", visibility=EVERYONE)
    assert found.hits[0].passage.path == "løn.md", "it is found by its words"
    assert built(tmp_path, server, public, internal, internal=True).embedded == 1
    assert any("fortrolig" in text for text in server.texts)


@pytest.mark.parametrize("fault", [Status(500), Reset(), Raw((b"{}",))], ids=str)
def test_a_search_goes_on_by_words_when_the_endpoint_fails_and_says_so(
    tmp_path: Path, server: FakeEmbeddings, fault: Status | Reset | Raw
) -> None:
    built(tmp_path, server, pages(tmp_path / "docs"))
    index = index_of(tmp_path, endpoint(server))
    server.will(fault)
    found = index.search("udgiften til drift")
    assert found.hits[0].passage.path == "drift.md"
    assert found.missing == ("dense",)
    assert "OS2KB_EMBEDDING_BASE_URL" in index.without_dense
    assert index.search("møde").missing == (), "and takes it up again"


def test_another_model_behind_the_name_is_found_out(tmp_path: Path, server: FakeEmbeddings) -> None:
    source = pages(tmp_path / "docs")
    built(tmp_path, server, source)
    server.dimensions = 32
    index = index_of(tmp_path, endpoint(server))
    assert index.search("drift").missing == ("dense",)
    assert "now gives 32 dimensions" in index.without_dense
    pages(tmp_path / "docs", {"ny.md": "# Ny\n\nEn ny side.\n"})
    built(tmp_path, server, source)
    assert index_of(tmp_path, endpoint(server)).search("drift").missing == (), "all embedded anew"


def test_an_index_is_never_compared_with_another_embedder(
    tmp_path: Path, server: FakeEmbeddings
) -> None:
    source = pages(tmp_path / "docs")
    built(tmp_path, server, source)
    index = index_of(tmp_path, None)
    found = index.search("udgiften til drift")
    assert (found.missing, found.hits[0].passage.path) == (("dense",), "drift.md")
    assert "was built with openai:fake" in index.without_dense
    build([source], tmp_path / "index", now=NOW)
    assert index_of(tmp_path, None).search("drift").missing == ()
    assert index_of(tmp_path, endpoint(server)).search("drift").missing == (), "lsa comes with it"


def test_an_empty_question_is_not_sent(tmp_path: Path, server: FakeEmbeddings) -> None:
    built(tmp_path, server, pages(tmp_path / "docs"))
    server.requests.clear()
    assert index_of(tmp_path, endpoint(server)).search("  ").missing == ()
    assert server.requests == []
