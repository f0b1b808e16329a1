"""Requests to Jira, through the session of the package `jira`.

Its habits that are not ours, and what is done about each: it sends again what it heard no answer
to, so it may retry nothing; it waits a minute where Jira asks for ten, so we keep the moment
ourselves; it follows an issue's `self` link with our token, and redirects, so we make the
addresses, and follow nothing; its errors print headers, so only their text is used.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from prometheus_client import Counter
from pydantic import SecretStr

from os2kb.trackers.jira.errors import lost, refused, waiting
from os2kb.trackers.port import TrackerUnavailable

if TYPE_CHECKING:
    from jira.resilientsession import ResilientSession

SECONDS = 15
REQUESTS = Counter("os2kb_jira_requests_total", "Requests to Jira.", ["verb", "status"])
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass
class Transport:
    """Reads and writes one Jira by its API of version 2. Safe to use from many threads.

    Args:
        url: where people read it.
        email: of the account that an API token belongs to; empty for a personal access token.
    """

    url: str
    email: str
    token: SecretStr
    now: Callable[[], datetime]
    _limited: datetime = _LONG_AGO
    _own: threading.local = field(default_factory=threading.local)

    def get(self, path: str, **parameters: str) -> Any:
        """The JSON at a path."""
        return self._send("GET", path, params=parameters)

    def write(self, verb: str, path: str, body: Any = None, **parameters: str) -> Any:
        """Send one write, once; the JSON that answers it, None where nothing does.

        Raises:
            TrackerUnavailable: the answer was lost, perhaps; the write may have been done. Look
                before repeating.
        """
        return self._send(verb, path, params=parameters, json=body)

    def _send(self, verb: str, path: str, **what: Any) -> Any:
        with self._errors(verb, path):
            address = f"{self.url.rstrip('/')}/rest/api/2/{path}"
            answer = self._session().request(verb, address, **what)
            REQUESTS.labels(verb, str(answer.status_code)).inc()
            return answer.json() if answer.content else None

    def _session(self) -> "ResilientSession":
        """A session of each thread's own."""
        if not hasattr(self._own, "session"):
            # Imported late: it costs half a second, and most installations have no Jira.
            from jira.client import TokenAuth
            from jira.resilientsession import ResilientSession

            session = ResilientSession(timeout=SECONDS, max_retries=0)
            secret = self.token.get_secret_value()
            session.auth = (self.email, secret) if self.email else TokenAuth(secret)
            session.trust_env = False  # nothing from a .netrc
            session.max_redirects = 0
            # Or Jira refuses writes that look like a browser's.
            session.headers["X-Atlassian-Token"] = "no-check"
            self._own.session = session
        kept: ResilientSession = self._own.session
        return kept

    @contextmanager
    def _errors(self, verb: str, path: str) -> Iterator[None]:
        pause = self._limited - self.now()
        if pause.total_seconds() > 0:
            raise waiting(pause)
        from jira.exceptions import JIRAError
        from requests.exceptions import RequestException

        request = f"{verb} {path}"
        try:
            yield
        except JIRAError as error:
            status = error.status_code or 0
            REQUESTS.labels(verb, str(status)).inc()
            headers: Mapping[str, str] = (
                error.response.headers if error.response is not None else {}
            )
            known = refused(status, error.text or "", headers, request, self.now())
            if isinstance(known, TrackerUnavailable) and known.pause:
                self._limited = self.now() + known.pause
            raise known from None  # its text would print our token
        except (RequestException, ConnectionError, TimeoutError, ValueError) as error:
            REQUESTS.labels(verb, "lost").inc()
            raise lost(request, type(error).__name__) from None
