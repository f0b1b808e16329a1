"""Embedding over an API, against a real HTTP server that misbehaves on request."""

from collections.abc import Iterator

import numpy as np
import pytest

from index.embedders import EmbedderUnavailable
from os2kb.knowledge.embedders.endpoint import (
    AT_ONCE,
    ATTEMPTS,
    FAILURES,
    LARGEST_REPLY,
    PAUSE,
)
from tests.fakes import embeddings as fakes
from tests.fakes.embeddings import Drip, FakeEmbeddings, Raw, Reset, Status
from tests.service.embedding import Clock, Naps, endpoint


def test_each_text_gets_its_own_vector_of_length_one(server: FakeEmbeddings) -> None:
    rows = endpoint(server).passages(["drift drift", "kode", "drift"])
    assert rows.shape == (3, 64)
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1, 1])
    assert rows[0] @ rows[2] == pytest.approx(1)
    assert rows[0] @ rows[1] == pytest.approx(0)


@pytest.fixture
def server() -> Iterator[FakeEmbeddings]:
    with fakes.running() as fake:
        yield fake


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
