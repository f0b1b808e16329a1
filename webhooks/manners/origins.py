"""Other websites: which may use the API from a visitor's browser, and what none may do.

https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CORS
"""

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from webhooks.problems import Problem

_OPEN = ("/api/", "/widget.js")  # what the allow-list is about
_READS = ("GET", "HEAD", "OPTIONS")
_ASKS = "/answer"  # a read that has work done for it
_OURS = ("same-origin", "none")  # `none`: typed in, or a bookmark
_OF_THE_BODY = ("content-type", "content-length")


class Origins:
    """Lets the websites of a list use the API, and no other change anything.

    A browser says by itself which sites a request comes from and goes to (Fetch Metadata), and no
    script can make it say otherwise. It does so where it reaches a service by https; elsewhere, and
    where it is old, it still says which site sends a form. Programs that are no browsers say
    nothing and are let in: they act for nobody.

    Args:
        allowed: origins such as `https://os2.eu`; `*` for all.
        own: where people reach this service; empty where nobody said.
    """

    def __init__(self, app: ASGIApp, allowed: Sequence[str], own: str = "") -> None:
        self._app, self._allowed = app, frozenset(allowed)
        self._own = urlsplit(own).netloc.lower()
        self._shared = _Shared(
            app,
            allow_origins=allowed,
            allow_methods=("GET", "POST"),
            allow_headers=("If-None-Match",),
            expose_headers=("ETag", "Retry-After"),
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_open = bool(self._allowed) and scope["path"].startswith(_OPEN)
        if self._is_meddling(scope, is_open=is_open):
            await _refused().response()(scope, receive, send)
            return
        await (self._shared if is_open else self._app)(scope, receive, send)

    def _is_meddling(self, scope: Scope, *, is_open: bool) -> bool:
        if scope["method"] in _READS and scope["path"] != _ASKS:
            return False
        headers = Headers(scope=scope)
        origin = headers.get("origin", "")
        if site := headers.get("sec-fetch-site", ""):
            is_ours = site in _OURS
        else:
            hosts = {headers.get("host", "").lower(), self._own}
            is_ours = not origin or origin.lower().partition("://")[2] in hosts - {""}
        return not is_ours and not (is_open and self._allowed & {"*", origin})


class _Shared(CORSMiddleware):
    """Starlette's, but what it refuses beforehand is a problem document like all else."""

    def preflight_response(self, request_headers: Headers) -> Response:
        """The answer to a browser that asks whether a website may send something."""
        made = super().preflight_response(request_headers)
        if made.status_code < 400:
            return made
        # No `Content-Type` of the plain text: the document has its own.
        about = {name: made.headers[name] for name in made.headers if name not in _OF_THE_BODY}
        return Problem(
            made.status_code,
            "This website may not send that",
            f"{bytes(made.body).decode()}.",
            "Those who run the service name the websites that may in OS2KB_CORS_ORIGINS; they may "
            "use GET and POST, and the headers that /openapi.json names.",
            about,
        ).response()


def _refused() -> Problem:
    return Problem(
        403,
        "Another website sends this",
        "A browser sends it for a website that is not on this service's list.",
        "Those who run the service name the websites that may in OS2KB_CORS_ORIGINS.",
        {"Vary": "Origin, Sec-Fetch-Site"},
    )
