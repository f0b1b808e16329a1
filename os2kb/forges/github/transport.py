"""Requests to GitHub: conditional reads, paced writes, errors in the project's words.

https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api
"""

import json
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from github import GithubException
from prometheus_client import Counter
from requests.exceptions import RequestException

from os2kb.forges.github.app.access import Access
from os2kb.forges.github.errors import lost, refused, refused_query, waiting
from os2kb.forges.port import RateLimited

REQUESTS = Counter("os2kb_github_requests_total", "Requests to GitHub.", ["verb", "status"])
# Characters of remembered answers: a 304 costs nothing of the rate limit.
REMEMBERED = 32_000_000
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_NEXT = re.compile(r'<([^>]+)>;\s*rel="next"')


@dataclass(frozen=True, slots=True)
class Answer:
    """What a GraphQL query found. `lost` names the fields that are null because of an error."""

    data: Any
    lost: frozenset[str]


@dataclass
class Pace:
    """Keeps writes apart, for all threads together."""

    seconds: float
    sleep: Callable[[float], None]
    clock: Callable[[], float]
    _next: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self) -> None:
        """Return when the next write may go."""
        with self._lock:
            now = self.clock()
            turn = max(now, self._next)
            self._next = turn + self.seconds
        if turn > now:
            self.sleep(turn - now)


@dataclass
class Transport:
    """Reads and writes one GitHub. Safe to use from many threads."""

    access: Access
    pace: Pace
    now: Callable[[], datetime]
    _seen: OrderedDict[tuple[str, str], tuple[str, Mapping[str, str], str]] = field(
        default_factory=OrderedDict
    )
    _seen_size: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    # Owner → when its rate limit starts anew: GitHub counts for each installation.
    _limited: dict[str, datetime] = field(default_factory=dict)

    def own_login(self) -> str:
        """The login we act as."""
        with self._errors("", "GET", "/app or /user"):
            return self.access.login

    def git_token(self, repository: str) -> str:
        """What git may read a repository with."""
        with self._errors(repository, "POST", "/app/installations"):
            return self.access.token_for(repository)

    def get(self, repository: str, path: str, **parameters: Any) -> Any:
        """The JSON at a path."""
        return self._read(repository, path, parameters)[0]

    def pages(self, repository: str, path: str, **parameters: Any) -> Iterator[Any]:
        """Every item of a list, page by page."""
        next_path: str | None = path
        arguments: dict[str, Any] = {"per_page": 100, **parameters}
        while next_path:
            items, headers = self._read(repository, next_path, arguments)
            yield from items
            following = _NEXT.search(headers.get("link", ""))
            next_path, arguments = (following[1] if following else None), {}

    def graphql(
        self,
        repository: str,
        query: str,
        variables: Mapping[str, Any],
        *,
        may_lack: frozenset[str] = frozenset(),
        may_hide: frozenset[str] = frozenset(),
    ) -> Answer:
        """What a GraphQL query finds.

        Args:
            may_lack: fields of which nothing need be there; the answer has null for them.
            may_hide: fields that we need not be shown; what they hold is told as lost.

        Raises:
            NotFound: the repository is not there, or not visible to us.
            Rejected: GitHub does not understand the query.
            Unavailable: it took GitHub too long.
        """
        with self._errors(repository, "POST", "/graphql"):
            requester = self.access.client(repository).requester
            headers, answer = requester.requestJsonAndCheck(
                "POST",
                requester.graphql_url,
                input={"query": query, "variables": dict(variables)},
            )
            REQUESTS.labels("POST", "2xx").inc()
        try:
            return _found(answer, headers, self.now(), may_lack, may_hide)
        except RateLimited as limited:
            self._limited[repository.partition("/")[0].lower()] = limited.until
            raise

    def write(self, verb: str, repository: str, path: str, body: Mapping[str, Any] | None) -> Any:
        """Send one write, once.

        Raises:
            Unavailable: the answer was lost; the write may have been done. Look before repeating.
        """
        self.pace.wait()
        with self._errors(repository, verb, path):
            requester = self.access.client(repository).requester
            _, answer = requester.requestJsonAndCheck(
                verb, path, input=dict(body) if body is not None else None
            )
            REQUESTS.labels(verb, "2xx").inc()
        return answer

    def _read(
        self, repository: str, path: str, parameters: Mapping[str, Any]
    ) -> tuple[Any, Mapping[str, str]]:
        # The repository is part of the key, so that what one installation may see is never
        # remembered for another.
        key = (repository, f"{path}?{sorted(parameters.items())}")
        with self._lock:
            tag, headers, text = self._seen.get(key, ("", {}, ""))
        with self._errors(repository, "GET", path):
            requester = self.access.client(repository).requester
            conditional = {"If-None-Match": tag} if tag else {}
            status, fresh, output = requester.requestJson(
                "GET", path, dict(parameters) or None, conditional
            )
            REQUESTS.labels("GET", str(status)).inc()
            if status == 304:
                return json.loads(text), headers
            if status >= 400:
                body = json.loads(output) if output else {}
                raise GithubException(status, body, fresh)
            if "etag" in fresh:
                self._remember(key, fresh["etag"], fresh, output)
            return json.loads(output), fresh

    def _remember(
        self, key: tuple[str, str], tag: str, headers: Mapping[str, str], text: str
    ) -> None:
        with self._lock:
            if key in self._seen:
                self._seen_size -= len(self._seen.pop(key)[2])
            self._seen[key] = (tag, {"link": headers.get("link", "")}, text)
            self._seen_size += len(text)
            while self._seen_size > REMEMBERED:
                self._seen_size -= len(self._seen.popitem(last=False)[1][2])

    @contextmanager
    def _errors(self, repository: str, verb: str, path: str) -> Iterator[None]:
        owner = repository.partition("/")[0].lower()
        until = self._limited.get(owner, _LONG_AGO)
        if self.now() < until:
            raise waiting(until)
        try:
            yield
        except GithubException as error:
            REQUESTS.labels(verb, str(error.status)).inc()
            if error.status == 401:
                self.access.forget(repository)
            place = repository if path == "/graphql" else path.removeprefix("/repos/")
            known = refused(error, f"{verb} {path}", place, self.now())
            if isinstance(known, RateLimited):
                self._limited[owner] = known.until
            raise known from error
        except (RequestException, ConnectionError, TimeoutError) as error:
            REQUESTS.labels(verb, "lost").inc()
            raise lost(f"{verb} {path}", error) from error
        except ValueError as error:
            raise lost(f"{verb} {path}", error) from error


def _found(
    answer: Any,
    headers: Mapping[str, str],
    now: datetime,
    may_lack: frozenset[str],
    may_hide: frozenset[str],
) -> Answer:
    """GraphQL answers 200 also where it found nothing, or refuses.

    https://docs.github.com/en/graphql/guides/using-the-graphql-api-for-discussions
    """
    told = answer.get("errors") if isinstance(answer, dict) else None
    errors, without = [], set()
    for error in told if isinstance(told, list) else [{"message": told}] if told else ():
        names = [str(step) for step in error.get("path") or ()]
        hidden = may_hide.intersection(names) if error.get("type") == "FORBIDDEN" else ()
        without |= set(hidden)
        lacking = error.get("type") == "NOT_FOUND" and may_lack.intersection(names[-1:])
        if not hidden and not lacking:
            errors.append(error)
    kinds = {str(error.get("type", "")) for error in errors}
    said = "; ".join(str(error.get("message", "")) for error in errors)
    if errors or not isinstance(answer, dict) or not isinstance(answer.get("data"), dict):
        raise refused_query(kinds, said, headers, now)
    return Answer(answer["data"], frozenset(without))
