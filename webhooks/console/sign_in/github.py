"""Signing in with GitHub: the authorisation code flow with PKCE, without asking for any scope.

All that is wanted is who somebody is; what they may see, the App finds out itself. So their token
is used once and kept nowhere.
https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-user-access-token-for-a-github-app
"""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

import httpx
from pydantic import SecretStr

from os2kb.settings import Settings

PATH = "/console/sign-in/github/back"
_SECONDS = 10.0


class SignInFailed(Exception):
    """GitHub did not say who it is. The message is for the log."""


@dataclass(frozen=True, slots=True)
class GitHubSignIn:
    """The way to GitHub and back.

    Args:
        web: where people read GitHub.
        api: its API.
        back: our own address that people come back to.
    """

    web: str
    api: str
    client_id: str
    client_secret: SecretStr
    back: str

    def address(self, state: str, verifier: str) -> str:
        """Where somebody is sent to sign in.

        Args:
            state: comes back with them.
            verifier: proves, when the code is exchanged, that it was we who sent them (RFC 7636).
        """
        challenge = urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        asked = {
            "client_id": self.client_id,
            "redirect_uri": self.back,
            "state": state,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return f"{self.web}/login/oauth/authorize?{urlencode(asked)}"

    def login(self, code: str, verifier: str) -> str:
        """Who came back with a code.

        Raises:
            SignInFailed: the code is worth nothing, or GitHub cannot be reached.
        """
        given = {
            "client_id": self.client_id,
            "client_secret": self.client_secret.get_secret_value(),
            "code": code,
            "redirect_uri": self.back,
            "code_verifier": verifier,
        }
        as_json = {"Accept": "application/json"}
        try:
            with httpx.Client(timeout=_SECONDS) as client:
                address = f"{self.web}/login/oauth/access_token"
                token = _said(client.post(address, data=given, headers=as_json), "access_token")
                bearer = as_json | {"Authorization": f"Bearer {token}"}
                return _said(client.get(f"{self.api}/user", headers=bearer), "login")
        except httpx.HTTPError as error:
            raise SignInFailed(type(error).__name__) from error


def github_sign_in(settings: Settings) -> GitHubSignIn | None:
    """The way that the settings describe; None where they describe none."""
    if not settings.oauth_client_id or settings.oauth_client_secret is None:
        return None
    return GitHubSignIn(
        settings.github_web,
        settings.github_api_url,
        settings.oauth_client_id,
        settings.oauth_client_secret,
        f"{settings.public_url}{PATH}",
    )


def _said(response: httpx.Response, key: str) -> str:
    """One text of a JSON answer."""
    try:
        answer: Any = response.json()
    except ValueError as error:
        raise SignInFailed(f"{response.status_code}, no JSON") from error
    found = answer.get(key) if isinstance(answer, dict) else None
    if not isinstance(found, str) or not found:
        problem = answer.get("error", "") if isinstance(answer, dict) else ""
        raise SignInFailed(f"{response.status_code} {problem}".strip())
    return found
