"""Jira and the language model."""

from os2kb.answers.choose import model
from os2kb.doctor.check import Check, as_it_is
from os2kb.llm.errors import LlmError
from os2kb.phrases import Phrase
from os2kb.settings import Settings

JIRA_SECONDS = 15


def jira(settings: Settings) -> Check:
    """Whether Jira knows us."""
    if not settings.jira_url or settings.jira_token is None:
        off = Phrase("OS2KB_JIRA_URL er ikke sat", "OS2KB_JIRA_URL is not set")
        return Check("Jira", "off", off)
    # Imported late: it costs half a second.
    from jira import JIRA, JIRAError
    from requests.exceptions import RequestException

    token = settings.jira_token.get_secret_value()
    try:
        client = JIRA(
            settings.jira_url,
            basic_auth=(settings.jira_email, token) if settings.jira_email else None,
            token_auth=None if settings.jira_email else token,
            max_retries=0,
            timeout=JIRA_SECONDS,
        )
        we = client.myself().get("displayName", "?")
    except (JIRAError, RequestException) as error:
        status = getattr(error, "status_code", None) or type(error).__name__
        return Check(
            "Jira",
            "wrong",
            Phrase(
                f"{settings.jira_url} svarede {status}", f"{settings.jira_url} answered {status}"
            ),
            Phrase(
                "Se efter i OS2KB_JIRA_URL, OS2KB_JIRA_EMAIL og OS2KB_JIRA_TOKEN.",
                "Check OS2KB_JIRA_URL, OS2KB_JIRA_EMAIL and OS2KB_JIRA_TOKEN.",
            ),
        )
    return Check("Jira", "ok", Phrase(f"vi er {we}", f"we are {we}"))


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
