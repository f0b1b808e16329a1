"""Who we are on GitHub: an App with installation tokens, or the owner of a personal token.

https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/about-authentication-with-a-github-app
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

import jwt
from github import Auth, Github, GithubIntegration, UnknownObjectException
from urllib3 import Retry

TIMEOUT_SECONDS = 20
USER_AGENT = "os2kb"
# A token that is about to end could end between two pages of one read.
_SPARE = timedelta(minutes=5)
# How long to believe that the App is not installed: an organisation's `.github` is asked for often.
_ABSENT = timedelta(minutes=2)


def reads_only_retry() -> Retry:
    """Try a read again twice; never a write.

    A write whose answer was lost may have been done: PyGithub's own default sends it again, which
    was seen to make three comments of one.
    """
    return Retry(
        total=2,
        backoff_factor=0.5,
        status_forcelist=(502, 503, 504),
        allowed_methods=("GET", "HEAD"),
        raise_on_status=False,
        respect_retry_after_header=False,
    )


@dataclass
class TokenAccess:
    """A personal token: one client for every repository."""

    api_url: str
    token: str = field(repr=False)
    _local: threading.local = field(default_factory=threading.local, init=False)

    @cached_property
    def login(self) -> str:
        """The login of the token's owner."""
        return str(self.client("").get_user().login)

    @property
    def app_id(self) -> int | None:
        """There is no App behind a personal token."""
        return None

    def client(self, _repository: str) -> Github:
        """This thread's client."""
        # One client a thread: PyGithub keeps a request's verb and address on a shared connection
        # object between building and sending it, so that two threads mix their requests up.
        if not hasattr(self._local, "client"):
            self._local.client = _github(self.api_url, self.token)
        client: Github = self._local.client
        return client

    def token_for(self, _repository: str) -> str:
        """What git may read with."""
        return self.token

    def forget(self, repository: str) -> None:
        """A personal token is the same everywhere; there is nothing to forget."""


@dataclass
class AppAccess:
    """A GitHub App: a token for each installation, renewed before it ends."""

    api_url: str
    app_id: int
    private_key: str = field(repr=False)
    now: Callable[[], datetime]
    _installations: dict[str, int] = field(default_factory=dict, init=False)
    _absent: dict[str, datetime] = field(default_factory=dict, init=False)
    _tokens: dict[int, tuple[str, datetime]] = field(default_factory=dict, init=False, repr=False)
    _local: threading.local = field(default_factory=threading.local, init=False)

    # No lock: it would be held while GitHub is asked, and one slow answer would stop every thread.
    # Two threads that miss the same entry ask twice, and store the same.

    @property
    def _integration(self) -> GithubIntegration:
        if not hasattr(self._local, "integration"):
            self._local.integration = GithubIntegration(
                auth=Auth.AppAuth(self.app_id, sign_func=self._sign),
                base_url=self.api_url,
                timeout=TIMEOUT_SECONDS,
                user_agent=USER_AGENT,
                retry=reads_only_retry(),
                # It asks but for tokens and where we are installed, each seldom.
                seconds_between_requests=None,
                seconds_between_writes=None,
            )
        integration: GithubIntegration = self._local.integration
        return integration

    @cached_property
    def login(self) -> str:
        """The login of the App's bot account: its slug and `[bot]`."""
        return f"{self._integration.get_app().slug}[bot]"

    def client(self, repository: str) -> Github:
        """This thread's client for the installation on a repository.

        Raises:
            UnknownObjectException: the App is not installed there; remembered for some minutes.
        """
        installation = self._installation(repository)
        token = self._token(installation)
        clients: dict[int, tuple[str, Github]] = self._local.__dict__.setdefault("clients", {})
        known = clients.get(installation)
        if known is None or known[0] != token:
            known = clients[installation] = (token, _github(self.api_url, token))
        return known[1]

    def token_for(self, repository: str) -> str:
        """What git may read a repository with; it ends within the hour.

        Raises:
            UnknownObjectException: the App is not installed there.
        """
        return self._token(self._installation(repository))

    def forget(self, repository: str) -> None:
        """Look the installation up again: its token was refused."""
        installation = self._installations.pop(repository, None)
        if installation is not None:
            self._tokens.pop(installation, None)

    def _sign(self, claims: dict[str, Any]) -> str:
        return jwt.encode(claims, self._key, algorithm="RS256")

    @cached_property
    def _key(self) -> Any:
        # To read a key, with the checks it undergoes, takes a hundred times as long as to sign.
        return jwt.get_algorithm_by_name("RS256").prepare_key(self.private_key)

    def _installation(self, repository: str) -> int:
        if self._absent.get(repository, self.now()) > self.now():
            raise UnknownObjectException(404, message="the App is not installed there")
        if repository not in self._installations:
            owner, _, name = repository.partition("/")
            try:
                found = self._integration.get_repo_installation(owner, name).id
            except UnknownObjectException:
                self._absent[repository] = self.now() + _ABSENT
                raise
            self._installations[repository] = found
        return self._installations[repository]

    def _token(self, installation: int) -> str:
        token, ends = self._tokens.get(installation, ("", None))
        if ends is None or ends - self.now() < _SPARE:
            granted = self._integration.get_access_token(installation)
            token, ends = granted.token, granted.expires_at
            self._tokens[installation] = token, ends
        return token


Access = TokenAccess | AppAccess


def _github(api_url: str, token: str) -> Github:
    return Github(
        auth=Auth.Token(token),
        base_url=api_url,
        timeout=TIMEOUT_SECONDS,
        user_agent=USER_AGENT,
        per_page=100,
        retry=reads_only_retry(),
        # The pace of writes is kept in one place for all threads (transport.Pace).
        seconds_between_requests=None,
        seconds_between_writes=None,
    )
