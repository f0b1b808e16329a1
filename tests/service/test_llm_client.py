"""The language model client against a real HTTP server that misbehaves on request."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
import structlog
from pydantic import SecretStr

from os2kb.llm.client import LARGEST_REPLY, LlmClient, Message
from os2kb.llm.errors import LlmBadReply, LlmError, LlmRefused, LlmUnavailable
from tests.fakes import llm as fakes
from tests.fakes.llm import Drip, FakeLlm, Raw, Reset, Says, Status

QUESTION = [Message("system", "Svar kort."), Message("user", "Hvem ejer produktet? 🌳 æøå")]


@pytest.fixture
def server() -> Iterator[FakeLlm]:
    with fakes.running() as fake:
        yield fake


class Naps(list[float]):
    """A sleep that takes no time and remembers."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def client(server: FakeLlm, **changed: object) -> LlmClient:
    given: dict[str, object] = {
        "api_key": SecretStr("nogle-1234"),
        "timeout": 5.0,
        "sleep": Naps(),
        "jitter": lambda: 0.0,
    }
    return LlmClient(server.url, "fake", **(given | changed))  # type: ignore[arg-type]


def test_a_completion_brings_the_text_and_its_cost(server: FakeLlm) -> None:
    server.will(Says("Kommunerne. æøå 🌳", tokens=42))
    completion = client(server).complete(QUESTION, max_tokens=50)
    assert (completion.text, completion.tokens) == ("Kommunerne. æøå 🌳", 42)


def test_the_request_is_what_the_api_describes(server: FakeLlm) -> None:
    client(server).complete(QUESTION, max_tokens=50, as_json=True)
    assert server.requests == [
        {
            "model": "fake",
            "messages": [
                {"role": "system", "content": "Svar kort."},
                {"role": "user", "content": "Hvem ejer produktet? 🌳 æøå"},
            ],
            "max_tokens": 50,
            "temperature": 0.0,
            "response_format": {"type": "json_object"},
        }
    ]
    assert server.headers[0]["authorization"] == "Bearer nogle-1234"


def test_without_a_key_no_authorization_is_sent(server: FakeLlm) -> None:
    client(server, api_key=None).complete(QUESTION, max_tokens=5)
    assert "authorization" not in server.headers[0]


def test_text_that_is_no_unicode_can_still_be_sent(server: FakeLlm) -> None:
    client(server).complete([Message("user", "a\ud800b\x00c")], max_tokens=5)
    assert server.requests[0]["messages"][0]["content"] == "a\ud800b\x00c"


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_passing_fault_is_tried_again(server: FakeLlm, status: int) -> None:
    naps = Naps()
    server.will(Status(status), Status(status), Says("ja"))
    assert client(server, sleep=naps).complete(QUESTION, max_tokens=5).text == "ja"
    assert naps == [0.5, 1.0]


def test_attempts_are_bounded(server: FakeLlm) -> None:
    server.writes = lambda request: pytest.fail("a fourth attempt")
    server.will(Status(500), Status(500), Status(500))
    with pytest.raises(LlmUnavailable, match="500"):
        client(server).complete(QUESTION, max_tokens=5)
    assert len(server.requests) == 3


def test_retry_after_in_seconds_is_honoured(server: FakeLlm) -> None:
    naps = Naps()
    server.will(Status(429, {"Retry-After": "3"}), Says("ja"))
    client(server, sleep=naps).complete(QUESTION, max_tokens=5)
    assert naps == [3.0]


def test_retry_after_as_a_date_is_honoured(server: FakeLlm) -> None:
    naps = Naps()
    when = format_datetime(datetime.now(UTC) + timedelta(seconds=4), usegmt=True)
    server.will(Status(503, {"Retry-After": when}), Says("ja"))
    client(server, sleep=naps).complete(QUESTION, max_tokens=5)
    assert 2.0 < naps[0] <= 4.0


@pytest.mark.parametrize("value", ["", "soon", "-5", "1e3", "²", "Mon, 99 Foo 2026"])
def test_a_retry_after_that_makes_no_sense_is_as_none(server: FakeLlm, value: str) -> None:
    naps = Naps()
    server.will(Status(429, {"Retry-After": value.encode().decode("latin-1")}), Says("ja"))
    client(server, sleep=naps).complete(QUESTION, max_tokens=5)
    assert naps == [0.5]


@pytest.mark.parametrize("wait", ["60", "9" * 400])
def test_a_wait_beyond_the_time_allowed_is_not_begun(server: FakeLlm, wait: str) -> None:
    naps = Naps()
    server.will(Status(429, {"Retry-After": wait}))
    with pytest.raises(LlmUnavailable, match="OS2KB_LLM_API_KEY"):
        client(server, sleep=naps).complete(QUESTION, max_tokens=5)
    assert naps == []


@pytest.mark.parametrize(
    ("status", "variable"),
    [
        (400, "OS2KB_LLM_MODEL"),
        (401, "OS2KB_LLM_API_KEY"),
        (403, "OS2KB_LLM_API_KEY"),
        (404, "OS2KB_LLM_BASE_URL"),
        (413, "OS2KB_LLM_MODEL"),
        (302, "OS2KB_LLM_BASE_URL"),
    ],
)
def test_a_refusal_names_the_variable_and_is_not_tried_again(
    server: FakeLlm, status: int, variable: str
) -> None:
    server.will(Status(status, {"Location": "http://127.0.0.1:9/"}))
    with pytest.raises(LlmRefused, match=variable):
        client(server).complete(QUESTION, max_tokens=5)
    assert len(server.requests) == 1


def test_a_cut_connection_is_not_paid_for_twice(server: FakeLlm) -> None:
    server.will(Reset())
    with pytest.raises(LlmUnavailable, match="OS2KB_LLM_BASE_URL"):
        client(server).complete(QUESTION, max_tokens=5)
    assert len(server.requests) == 1


def test_a_closed_port_names_the_address_variable() -> None:
    with fakes.running() as gone:
        pass
    naps = Naps()
    with pytest.raises(LlmUnavailable, match="OS2KB_LLM_BASE_URL"):
        client(gone, sleep=naps).complete(QUESTION, max_tokens=5)
    assert naps == [0.5, 1.0]


def test_a_reply_that_drips_is_stopped_by_the_clock(server: FakeLlm) -> None:
    server.will(Drip(0.02))
    with pytest.raises(LlmUnavailable, match=r"0\.2 s"):
        client(server, timeout=0.2).complete(QUESTION, max_tokens=5)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>gateway</html>",
        b"{}",
        b'{"choices": []}',
        b'{"choices": [{"message": {}}]}',
        b'{"choices": [{"message": {"content": "  "}, "finish_reason": "length"}]}',
        b'{"choices": [{"message": {"content": ["a"]}}]}',
        b'{"choices": "' + b"\xff\xfe" + b'"}',
        b"[" * 100_000,
    ],
    ids=lambda body: repr(body[:20]),
)
def test_a_reply_that_is_no_completion_is_a_typed_error(server: FakeLlm, body: bytes) -> None:
    server.will(Raw((body,)))
    with pytest.raises(LlmBadReply, match="OS2KB_LLM"):
        client(server).complete(QUESTION, max_tokens=5)


def test_a_reply_without_end_is_given_up(server: FakeLlm) -> None:
    server.will(Raw((b" " * (LARGEST_REPLY + 1),)))
    with pytest.raises(LlmBadReply, match="far too much"):
        client(server).complete(QUESTION, max_tokens=5)


def test_a_stream_arrives_whole_though_its_chunks_cut_letters(server: FakeLlm) -> None:
    text = "Blåbærgrød på Ærø 🌳, to gange."
    server.will(Says(text))
    assert "".join(client(server).stream(QUESTION, max_tokens=5)) == text
    assert server.requests[0]["stream"] is True


def test_a_stream_is_tried_again_only_before_its_first_piece(server: FakeLlm) -> None:
    server.will(Status(503), Says("ja da"))
    assert "".join(client(server).stream(QUESTION, max_tokens=5)) == "ja da"


@pytest.mark.parametrize(
    "chunks",
    [
        (b'data: {"choices": [{"delta": {"content": "halv',),
        (b'data: {"choices": [{"delta": {"content": "halvt"}}]}\n\n',),
        (b"data: <html>\n\n",),
    ],
)
def test_a_stream_that_breaks_off_is_an_error_not_a_short_answer(
    server: FakeLlm, chunks: tuple[bytes, ...]
) -> None:
    server.will(Raw(chunks, "text/event-stream"))
    with pytest.raises(LlmBadReply):
        list(client(server).stream(QUESTION, max_tokens=5))


def test_doctor_makes_one_small_real_completion(server: FakeLlm) -> None:
    assert client(server).check().startswith("fake answered in")
    assert server.requests[0]["max_tokens"] == 16


def test_neither_prompt_nor_reply_nor_key_is_logged_or_told(
    server: FakeLlm, caplog: pytest.LogCaptureFixture
) -> None:
    secret = "hemmeligt-svar"
    server.will(Status(500), Raw((f'{{"choices": "{secret}"}}'.encode(),)))
    with (
        structlog.testing.capture_logs() as logged,
        caplog.at_level(logging.DEBUG),
        pytest.raises(LlmError) as raised,
    ):
        client(server).complete(QUESTION, max_tokens=5)
    told = f"{logged} {caplog.text} {raised.value} {raised.value.__cause__}"
    assert "llm_status" in told
    for private in (secret, "Hvem ejer", "nogle-1234"):
        assert private not in told
