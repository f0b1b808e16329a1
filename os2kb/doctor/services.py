"""The language model."""

from os2kb.answers.choose import model
from os2kb.doctor.check import Check, as_it_is
from os2kb.llm.errors import LlmError
from os2kb.phrases import Phrase
from os2kb.settings import Settings


def llm(settings: Settings) -> Check:
    """Whether the language model completes a sentence."""
    client = model(settings)
    if client is None:
        return Check("LLM", "off", Phrase("kun svar af citater", "extractive answers only"))
    try:
        return Check("LLM", "ok", as_it_is(client.check()))
    except LlmError as error:
        cure = Phrase(
            "Se efter i OS2KB_LLM_BASE_URL og OS2KB_LLM_MODEL.",
            "Check OS2KB_LLM_BASE_URL and OS2KB_LLM_MODEL.",
        )
        return Check("LLM", "wrong", as_it_is(str(error)), cure)
