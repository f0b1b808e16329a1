"""A Jira from the settings."""

from collections.abc import Callable
from datetime import datetime

from os2kb.settings import Settings
from os2kb.trackers.jira.adapter import Jira
from os2kb.trackers.jira.transport import Transport


def connect(settings: Settings, now: Callable[[], datetime]) -> Jira | None:
    """Jira as the settings say, None where it is not set up; nothing is asked of it yet."""
    if not settings.jira_url or settings.jira_token is None:
        return None
    return Jira(Transport(settings.jira_url, settings.jira_email, settings.jira_token, now))
