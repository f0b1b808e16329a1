"""Both demo servers in this process: requests reach their gates without a socket, in order.

So that things can happen at an exact moment: the bot is killed before or after any write of its,
or instead of any commit to its store; a person acts before it reads anything.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from io import BytesIO
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qsl, unquote, urlsplit

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from sqlalchemy import Engine, event

from os2kb.demo.wire.asked import Asked, Outcome

_READS = ("GET", "HEAD")
# Questions too long for an address, and what lets us in.
_ASKS = ("/graphql", "/access_tokens", "/bulkfetch", "/comment/list", "/search/jql", "/search")


class Killed(BaseException):
    """As `kill -9` would: nothing that follows is done."""


@dataclass
class Wire(BaseAdapter):
    """Carries requests to gates, by the name of their host.

    Attributes:
        kill_at: the moment at which the bot is killed, counted from now; 0 for never. Before a
            write, after it, and instead of a commit are a moment each.
        meanwhile: what people do before the bot reads something, and how often it read until then.
        listener: is told of each request, and the host that it goes to.
    """

    gates: dict[str, Callable[[Asked], Outcome]]
    kill_at: int = 0
    meanwhile: tuple[int, Callable[[], None]] | None = None
    writes: list[tuple[str, str]] = field(default_factory=list)
    listener: Callable[[str, Asked], None] = lambda _host, _asked: None

    def __post_init__(self) -> None:
        super().__init__()

    def send(self, request: Any, **_: Any) -> requests.Response:
        """Answer a request of the bot's."""
        asked = _asked(request)
        writes = asked.method not in _READS and not asked.path.endswith(_ASKS)
        if not writes:  # between a write's look and itself nobody can be seen
            self._people_act()
        host = str(urlsplit(request.url).hostname)
        self.listener(host, asked)
        if writes:
            self.writes.append((asked.method, request.url))
            self.moment()
        outcome = self.gates[host](asked)
        if writes:
            self.moment()
        if outcome.cut:
            raise requests.ConnectionError("Connection reset by peer", request=request)
        return _answer(request, outcome)

    def close(self) -> None:
        """Nothing is held."""

    def moment(self, *_: Any) -> None:
        """The bot may be killed now."""
        if self.kill_at:
            self.kill_at -= 1
            if not self.kill_at:
                raise Killed

    def peace(self) -> None:
        """Nobody is killed, and nobody acts."""
        self.kill_at, self.meanwhile = 0, None

    def _people_act(self) -> None:
        if self.meanwhile is None:
            return
        left, act = self.meanwhile
        self.meanwhile = (left - 1, act) if left else None
        if not left:
            act()

    @contextmanager
    def connected(self) -> Iterator[None]:
        """Every request of this process goes this way while the block runs."""
        with patch.object(requests.Session, "get_adapter", lambda _session, url: self):
            yield

    def kills_commits_of(self, database: Engine) -> None:
        """The bot may be killed instead of a commit."""
        event.listen(database, "commit", self.moment)


def _asked(request: Any) -> Asked:
    parts = urlsplit(request.url)
    body = request.body or b""
    return Asked(
        request.method,
        unquote(parts.path),
        dict(parse_qsl(parts.query, keep_blank_values=True)),
        {name.lower(): _text(value) for name, value in request.headers.items()},
        body.encode() if isinstance(body, str) else body,
    )


def _text(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode()


def _answer(request: Any, outcome: Outcome) -> requests.Response:
    answer = requests.Response()
    answer.status_code, answer.url, answer.request = outcome.status, request.url, request
    answer.reason = HTTPStatus(outcome.status).phrase
    answer.headers = CaseInsensitiveDict(outcome.headers)
    answer.raw, answer.encoding = BytesIO(outcome.body), "utf-8"
    return answer
