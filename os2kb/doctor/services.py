"""Jira and the language model."""

from os2kb.answers.choose import model
from os2kb.clock import now
from os2kb.doctor.check import Check, as_it_is
from os2kb.llm.errors import LlmError
from os2kb.phrases import Phrase
from os2kb.settings import Settings
from os2kb.trackers.jira.connect import connect
from os2kb.trackers.port import TrackerError


def jira(settings: Settings) -> Check:
    """Whether Jira knows us."""
    tracker = connect(settings, now)
    if tracker is None:
        off = Phrase("OS2KB_JIRA_URL er ikke sat", "OS2KB_JIRA_URL is not set")
        return Check("Jira", "off", off)
    try:
        we, kind = tracker.name, "Cloud" if tracker.is_cloud else "Data Center"
    except TrackerError as error:
        cure = Phrase(
            "Se efter i OS2KB_JIRA_URL, OS2KB_JIRA_EMAIL og OS2KB_JIRA_TOKEN.",
            "Check OS2KB_JIRA_URL, OS2KB_JIRA_EMAIL and OS2KB_JIRA_TOKEN.",
        )
        return Check("Jira", "wrong", error.phrase, cure)
    return Check("Jira", "ok", Phrase(f"vi er {we} ({kind})", f"we are {we} ({kind})"))


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
