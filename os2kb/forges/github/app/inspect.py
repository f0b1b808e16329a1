"""What an App is installed on, and what it was granted; for the doctor."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from github import Auth, Github, GithubException, GithubIntegration
from requests.exceptions import RequestException

from os2kb.forges.github.app.access import TIMEOUT_SECONDS, USER_AGENT, reads_only_retry
from os2kb.forges.port import ForgeError, Unavailable
from os2kb.settings import Settings


@dataclass(frozen=True, slots=True)
class Installed:
    """One installation: on whose account, with what granted and sent, on which repositories."""

    account: str
    permissions: dict[str, str]
    events: tuple[str, ...]
    repositories: tuple[str, ...]


def whoami(settings: Settings) -> str:
    """Our login, asked of GitHub.

    Raises:
        ForgeError: the credentials do not work, or GitHub cannot be reached.
    """
    try:
        if settings.github_app_id and settings.github_private_key:
            return f"{_integration(settings).get_app().slug}[bot]"
        token = settings.github_token.get_secret_value() if settings.github_token else ""
        return str(Github(auth=Auth.Token(token), **_options(settings)).get_user().login)
    except (GithubException, RequestException, ValueError, AssertionError) as error:
        raise _in_our_words(error) from error


def installations(settings: Settings) -> Iterator[Installed]:
    """Every installation of the App.

    Raises:
        ForgeError: the credentials do not work, or GitHub cannot be reached.
    """
    try:
        for found in _integration(settings).get_installations():
            yield Installed(
                account=str(found.raw_data["account"]["login"]),
                permissions=dict(found.raw_data["permissions"]),
                events=tuple(found.raw_data["events"]),
                repositories=tuple(repository.full_name for repository in found.get_repos()),
            )
    except (GithubException, RequestException, ValueError) as error:
        raise _in_our_words(error) from error


def _integration(settings: Settings) -> GithubIntegration:
    key = settings.github_private_key
    return GithubIntegration(
        auth=Auth.AppAuth(settings.github_app_id or 0, key.get_secret_value() if key else ""),
        **_options(settings),
    )


def _options(settings: Settings) -> dict[str, Any]:
    return {
        "base_url": settings.github_api_url,
        "timeout": TIMEOUT_SECONDS,
        "user_agent": USER_AGENT,
        "retry": reads_only_retry(),
    }


def _in_our_words(error: Exception) -> ForgeError:
    if isinstance(error, GithubException) and error.status in (401, 403, 404):
        return ForgeError(
            f"GitHub godtager ikke vores nøgle ({error.status})",
            f"GitHub does not accept our credentials ({error.status})",
        )
    if isinstance(error, GithubException | RequestException):
        return Unavailable(
            f"GitHub kan ikke nås ({type(error).__name__})",
            f"GitHub cannot be reached ({type(error).__name__})",
        )
    return ForgeError(
        f"den private nøgle kan ikke bruges ({type(error).__name__})",
        f"the private key cannot be used ({type(error).__name__})",
    )
