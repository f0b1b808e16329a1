"""A GitHub forge from the settings."""

import time
from collections.abc import Callable
from datetime import datetime

from os2kb.forges.github.adapter import GitHub
from os2kb.forges.github.app.access import Access, AppAccess, TokenAccess
from os2kb.forges.github.transport import Pace, Transport
from os2kb.settings import NoCredentials, Settings


def connect(settings: Settings, now: Callable[[], datetime]) -> GitHub:
    """GitHub as the settings say; nothing is asked of it yet.

    Raises:
        NoCredentials: there are none.
    """
    pace = Pace(settings.github_write_pause, sleep=time.sleep, clock=time.monotonic)
    return GitHub(Transport(_access(settings, now), pace, now))


def _access(settings: Settings, now: Callable[[], datetime]) -> Access:
    if settings.github_app_id and settings.github_private_key:
        return AppAccess(
            settings.github_api_url,
            settings.github_app_id,
            settings.github_private_key.get_secret_value(),
            now,
        )
    if settings.github_token:
        return TokenAccess(settings.github_api_url, settings.github_token.get_secret_value())
    raise NoCredentials
