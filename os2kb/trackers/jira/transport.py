"""Requests to Jira, through the session of the package `jira`.

Its habits that are not ours, and what is done about each: it sends again what it heard no answer
to, so it may retry nothing; it waits a minute where Jira asks for ten, so we keep the moment
ourselves; it follows an issue's `self` link with our token, and redirects, so we make the
addresses, and follow nothing; its errors print headers, so only their text is used.

Reads are tried again, writes never: one whose answer was lost may have been done.
"""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from prometheus_client import Counter
from pydantic import SecretStr

from os2kb.logs import get_logger
from os2kb.trackers.jira.errors import is_to_a_stranger, lost, not_let_in, refused, waiting
from os2kb.trackers.port import NotLetIn, TrackerUnavailable

if TYPE_CHECKING:
    from jira.resilientsession import ResilientSession

SECONDS = 15
AGAIN = (0.3, 1.0)
"""Seconds before a read that came to nothing is tried again."""
LOCKED_OUT, MOST_LOCKED_OUT = timedelta(minutes=5), timedelta(hours=1)
"""For so long nothing is asked with credentials that were refused: after a few tries in a row a
data center locks the account. Each refusal doubles it, up to the longest."""
REQUESTS = Counter("os2kb_jira_requests_total", "Requests to Jira.", ["verb", "status"])
log = get_logger()
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
    sleep: Callable[[float], None] = time.sleep
    _limited: datetime = _LONG_AGO
    _refusals: int = 0
    _own: threading.local = field(default_factory=threading.local)

    def get(self, path: str, **parameters: str) -> Any:
        """The JSON at a path. What came to nothing is asked again, twice."""
        return self._ask("GET", path, params=parameters)

    def ask(self, path: str, body: Any, **parameters: str) -> Any:
        """The JSON that answers a question, where it is too long for an address; as `get`."""
        return self._ask("POST", path, params=parameters, json=body)

    def write(self, verb: str, path: str, body: Any = None, **parameters: str) -> Any:
        """Send one write, once; the JSON that answers it, None where nothing does.

        Raises:
            TrackerUnavailable: the answer was lost, perhaps; the write may have been done. Look
                before repeating.
        """
        return self._send(verb, path, params=parameters, json=body)

    def _ask(self, verb: str, path: str, **what: Any) -> Any:
        for pause in AGAIN:
            try:
                return self._send(verb, path, **what)
            except TrackerUnavailable as error:
                # Who asks us to wait means all of us, and longer.
                if error.pause:
                    raise
                self.sleep(pause)
        return self._send(verb, path, **what)

    def _send(self, verb: str, path: str, **what: Any) -> Any:
        with self._errors(verb, path):
            address = f"{self.url.rstrip('/')}/rest/api/2/{path}"
            answer = self._session().request(verb, address, **what)
            REQUESTS.labels(verb, str(answer.status_code)).inc()
            if is_to_a_stranger(answer.headers):
                raise self._shut_out()
            self._let_in()
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
        if pause > timedelta(0):
            raise not_let_in(pause) if self._refusals else waiting(pause)
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
            if isinstance(known, NotLetIn):
                raise self._shut_out() from None
            if isinstance(known, TrackerUnavailable) and known.pause:
                self._limited = self.now() + known.pause
            raise known from None  # its text would print our token
        except (RequestException, ConnectionError, TimeoutError, ValueError) as error:
            REQUESTS.labels(verb, "lost").inc()
            raise lost(request, type(error).__name__) from None

    def _shut_out(self) -> NotLetIn:
        """Our credentials were refused: told once, and not tried again at once."""
        if not self._refusals:
            log.error("jira_does_not_let_us_in", cure=not_let_in(LOCKED_OUT).phrase.en)
        pause = min(LOCKED_OUT * 2**self._refusals, MOST_LOCKED_OUT)
        self._refusals = min(self._refusals + 1, 10)
        self._limited = self.now() + pause
        return not_let_in(pause)

    def _let_in(self) -> None:
        if self._refusals:
            self._refusals = 0
            log.info("jira_lets_us_in_again")
