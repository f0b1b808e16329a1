"""What a client sees of an answer that takes its time, and what is done for one that hangs up."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from threading import Event
from typing import Any

import httpx
import pytest

from index.versions import Versions
from os2kb.answers.answer import Answer
from os2kb.answers.composers.llm import AT_ONCE, LlmComposer
from os2kb.llm.client import LlmClient
from tests.fakes import llm as fakes
from tests.fakes.llm import FakeLlm
from tests.service.knowledge import QUESTION, serving
from tests.service.running import until
from webhooks.knowledge.ask import ASK_THREADS

STREAM = {"Accept": "text/event-stream"}
QUOTE = "Der skal være mindst én offentlig myndighed som ejer."
CLAIM = {"text": "En myndighed skal eje den.", "quotes": [{"passage": 1, "quote": QUOTE}]}


@pytest.fixture
def gate() -> Event:
    return Event()


@pytest.fixture
def slow_model(gate: Event) -> Iterator[FakeLlm]:
    """A model that answers nobody before the gate is open."""

    def writes(_: dict[str, Any]) -> str:
        assert gate.wait(30)
        return json.dumps({"claims": [CLAIM]})

    with fakes.running() as fake:
        fake.writes = writes
        yield fake
        gate.set()


def test_while_a_model_thinks_the_stream_shows_signs_of_life_and_then_the_answer(
    versions: Versions, slow_model: FakeLlm, gate: Event
):
    composer = LlmComposer(LlmClient(slow_model.url, "fake"))
    with (
        serving(versions, composer, heartbeat_seconds=0.02) as api,
        api.stream("POST", "/api/v1/ask", json={"question": QUESTION}, headers=STREAM) as response,
    ):
        lines = response.iter_lines()
        assert [next(lines) for _ in range(4)] == [": ", "", ": ", ""]
        gate.set()
        rest = [line for line in lines if line and not line.startswith(":")]
    assert rest[0] == "event: citation"
    assert json.loads(rest[1].removeprefix("data: "))["quote"] == QUOTE
    assert rest[-2] == "event: done"


def test_who_hangs_up_while_waiting_for_a_turn_is_not_answered(
    versions: Versions, slow_model: FakeLlm, gate: Event
):
    composer = LlmComposer(LlmClient(slow_model.url, "fake"), at_once=ASK_THREADS)
    asked = {"question": QUESTION}
    with serving(versions, composer, heartbeat_seconds=0.02) as api, ExitStack() as held:
        for number in range(ASK_THREADS):
            other = {"question": QUESTION + "!" * (number + 1)}
            held.enter_context(api.stream("POST", "/api/v1/ask", json=other, headers=STREAM))
        until(lambda: len(slow_model.requests) == ASK_THREADS, what="every turn taken")
        with api.stream("POST", "/api/v1/ask", json=asked, headers=STREAM) as waiting:
            assert next(waiting.iter_lines()) == ": "
        with api.stream("POST", "/api/v1/ask", json=asked, headers=STREAM) as patient:
            lines = patient.iter_lines()
            # Its sign of life comes after the service has seen the one before it hang up.
            assert next(lines) == ": "
            gate.set()
            assert "event: done" in lines
    assert len(slow_model.requests) == ASK_THREADS + 1


def test_a_slow_model_holds_up_nobody_who_needs_it_not(
    versions: Versions, slow_model: FakeLlm, gate: Event
):
    composer = LlmComposer(LlmClient(slow_model.url, "fake"))
    equal, others = [QUESTION] * ASK_THREADS * 2, [QUESTION + "!" * n for n in range(1, AT_ONCE)]
    with serving(versions, composer, heartbeat_seconds=0.02) as api, ExitStack() as held:
        for question in (*equal, *others):
            held.enter_context(
                api.stream("POST", "/api/v1/ask", json={"question": question}, headers=STREAM)
            )
        until(lambda: len(slow_model.requests) == AT_ONCE, what="as many as it may have")
        # The model still thinks: more than it may have are answered by quotes, and say so.
        one_more = api.post("/api/v1/ask", json={"question": QUESTION.upper()}).json()
        assert (one_more["composer"], bool(one_more["note"])) == ("extractive", True)
        assert api.post("/api/v1/ask", json={"question": "???"}).json()["reason"] == "unclear"
        gate.set()
    assert len(slow_model.requests) >= AT_ONCE


def test_what_fails_after_the_stream_began_is_an_event_that_tells_nothing_of_the_question(
    versions: Versions,
):
    class Broken:
        def ask(self, question: str, **scope: Any) -> Answer:
            raise RuntimeError(question)

    with serving(versions, answers=Broken()) as api:
        response = api.post("/api/v1/ask", json={"question": QUESTION}, headers=STREAM)
    assert response.status_code == 200
    assert response.text.startswith("event: error\ndata: {")
    assert "sandkasse" not in response.text


def test_what_can_be_said_before_the_stream_begins_is_a_problem_document(versions: Versions):
    with serving(versions) as api:
        wrong: dict[str, str] = {"question": QUESTION, "product": "os2nothing"}
        response: httpx.Response = api.post("/api/v1/ask", json=wrong, headers=STREAM)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
