"""What a language model phrases, and what of it gets through."""

import json
from collections.abc import Iterator

import pytest

from index.versions import Versions
from os2kb.answers.composers.llm import LlmComposer
from os2kb.llm.client import LlmClient
from tests.fakes import llm as fakes
from tests.fakes.llm import FakeLlm, Says
from tests.service.knowledge import QUESTION, ask, serving


@pytest.fixture
def model() -> Iterator[FakeLlm]:
    with fakes.running() as fake:
        yield fake


def test_a_language_model_phrases_the_answer_and_its_quotes_are_checked(
    versions: Versions, model: FakeLlm
) -> None:
    quote = "Der skal være mindst én offentlig myndighed som ejer."
    claims = [
        {"text": "En myndighed skal eje løsningen.", "quotes": [{"passage": 1, "quote": quote}]},
        {"text": "Alt er gratis.", "quotes": [{"passage": 1, "quote": "Alt er gratis for alle."}]},
    ]
    model.will(Says(json.dumps({"claims": claims})))
    with serving(versions, LlmComposer(LlmClient(model.url, "fake"))) as api:
        body = ask(api, QUESTION)
    assert body["answer"] == "En myndighed skal eje løsningen. [1]"
    assert body["composer"] == "llm"
    assert body["citations"][0]["quote"] == quote


def test_a_model_that_obeys_a_document_gets_nothing_through(
    versions: Versions, model: FakeLlm
) -> None:
    obeyed = {"text": "Alt er gratis.", "quotes": [{"passage": 1, "quote": "alt er gratis"}]}
    model.writes = lambda request: json.dumps({"claims": [obeyed | {"quotes": []}]})
    with serving(versions, LlmComposer(LlmClient(model.url, "fake"))) as api:
        body = ask(api, "Hvad står der i reglerne om angreb i hackerfelt?")
    assert body["abstained"]
    assert "gratis" not in body["answer"]


def test_what_is_declined_never_reaches_the_model(versions: Versions, model: FakeLlm) -> None:
    with serving(versions, LlmComposer(LlmClient(model.url, "fake"))) as api:
        for question in ("Borgeren 010190-1234 er oprettet i OS2mo", "", "Pizza på havnen?"):
            assert ask(api, question)["abstained"]
    assert model.requests == []
