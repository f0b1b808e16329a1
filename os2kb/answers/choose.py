"""Which composer an installation uses."""

from collections.abc import Callable
from datetime import datetime

import prompts
from os2kb.answers.composers.extractive import ExtractiveComposer
from os2kb.answers.composers.llm import LlmComposer, TokenBudget
from os2kb.answers.draft import Composes
from os2kb.answers.journal.cache import Method
from os2kb.llm.client import LlmClient
from os2kb.settings import Settings


def model(settings: Settings) -> LlmClient | None:
    """The language model of the settings; None where none is set."""
    if not settings.llm_base_url:
        return None
    return LlmClient(settings.llm_base_url, settings.llm_model, settings.llm_api_key)


def method_of(settings: Settings, composer: Composes) -> Method:
    """What an answer depends on besides the question and the documents."""
    if composer.name != "llm":
        return Method(composer.name)
    prompt = prompts.load("answer")
    return Method("llm", f"{settings.llm_base_url} {settings.llm_model} {prompt.version}")


def composer_for(settings: Settings, now: Callable[[], datetime]) -> Composes:
    """The language model where one is configured, else the extractive composer."""
    client = model(settings)
    if client is None:
        return ExtractiveComposer()
    return LlmComposer(client, TokenBudget(settings.llm_tokens_per_day, now))
