"""What a browser holds: a signed ticket to a session, and on the way in, what it set out with.

Nothing is kept in a cookie that means anything by itself. https://datatracker.ietf.org/doc/html/rfc6265
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Any

from fastapi import Request
from fastapi.responses import Response
from itsdangerous import BadData, URLSafeSerializer, URLSafeTimedSerializer

from os2kb.store.sessions import Way

WAY_IN_SECONDS = 600
_TICKET, _WAY_IN = "os2kb-session", "os2kb-way-in"


@dataclass(frozen=True, slots=True)
class WayIn:
    """Somebody on their way in.

    Attributes:
        state: tells that it is the same browser that comes back.
        verifier: of PKCE.
        to: the page they wanted.
    """

    state: str
    verifier: str
    to: str


def new_way_in(to: str) -> WayIn:
    """A way in that nobody can guess."""
    return WayIn(secrets.token_urlsafe(32), secrets.token_urlsafe(64), to)


class Cookies:
    """Reads and writes them.

    Args:
        key: what they are signed with.
        token: the installation's own, where it has one: once it is another, nobody is in by it.
        secure: whether browsers reach us by https alone; the names then say so, and no other host
            of the domain can plant one (`__Host-`).
    """

    def __init__(self, key: str, token: str, *, secure: bool) -> None:
        self._secure = secure
        by_token = sha256(f"{key} {token}".encode()).hexdigest()
        self._tickets: Mapping[Way, URLSafeSerializer] = {
            "github": URLSafeSerializer(key, salt="ticket"),
            "token": URLSafeSerializer(by_token, salt="ticket"),
        }
        self._ways_in = URLSafeTimedSerializer(key, salt="way-in")
        self._forms = URLSafeSerializer(key, salt="form")

    def ticket(self, request: Request) -> str:
        """The ticket to a session; empty for none of ours."""
        signed = request.cookies.get(self._name(_TICKET), "")
        found = (_opened(partial(one.loads, signed)) for one in self._tickets.values())
        return next((one for one in found if isinstance(one, str)), "")

    def give_ticket(self, response: Response, seconds: int, way: Way) -> str:
        """A new ticket, good for so long."""
        ticket = secrets.token_urlsafe(32)
        self._set(response, _TICKET, str(self._tickets[way].dumps(ticket)), seconds)
        return ticket

    def take_ticket(self, response: Response) -> None:
        """Let the browser forget its ticket."""
        self._forget(response, _TICKET)

    def way_in(self, request: Request) -> WayIn | None:
        """What somebody set out with, at most ten minutes ago."""
        signed = request.cookies.get(self._name(_WAY_IN), "")
        found = _opened(lambda: self._ways_in.loads(signed, max_age=WAY_IN_SECONDS))
        if not isinstance(found, list) or len(found) != len(WayIn.__slots__):
            return None
        return WayIn(*map(str, found))

    def give_way_in(self, response: Response, way: WayIn) -> None:
        """Let the browser hold it."""
        signed = self._ways_in.dumps([way.state, way.verifier, way.to])
        self._set(response, _WAY_IN, str(signed), WAY_IN_SECONDS)

    def take_way_in(self, response: Response) -> None:
        """Let the browser forget it."""
        self._forget(response, _WAY_IN)

    def form_token(self, of: str) -> str:
        """What a form of ours holds, so that no other site can send it (CSRF).

        Args:
            of: the session, or the state of a way in.
        """
        return str(self._forms.dumps(of))

    def is_form_token(self, token: str, of: str) -> bool:
        """Whether a form held what we put there for that session."""
        found = _opened(lambda: self._forms.loads(token))
        return isinstance(found, str) and secrets.compare_digest(found.encode(), of.encode())

    def _set(self, response: Response, name: str, value: str, seconds: int) -> None:
        # Not `strict`: a browser that GitHub sends back to us would not show who it is.
        response.set_cookie(
            self._name(name),
            value,
            max_age=seconds,
            path="/",
            secure=self._secure,
            httponly=True,
            samesite="lax",
        )

    def _forget(self, response: Response, name: str) -> None:
        response.delete_cookie(
            self._name(name), path="/", secure=self._secure, httponly=True, samesite="lax"
        )

    def _name(self, name: str) -> str:
        return f"__Host-{name}" if self._secure else name


def _opened(loads: Callable[[], Any]) -> Any:
    """What was signed; None where it was not we who signed it, or too long ago."""
    try:
        return loads()
    except BadData:
        return None
