"""Other websites: which may use the API from a visitor's browser, and what none may do.

https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CORS
"""

from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from webhooks.problems import Problem

_OPEN = ("/api/", "/widget.js")  # what the allow-list is about
_READS = ("GET", "HEAD", "OPTIONS")
_ASKS = "/answer"  # a read that has work done for it
_OURS = ("same-origin", "none")  # `none`: typed in, or a bookmark


class Origins:
    """Lets the websites of a list use the API, and no other change anything.

    A browser says by itself which sites a request comes from and goes to (Fetch Metadata), and no
    script can make it say otherwise. Programs that are no browsers say nothing and are let in:
    they act for nobody.

    Args:
        allowed: origins such as `https://os2.eu`; `*` for all.
    """

    def __init__(self, app: ASGIApp, allowed: Sequence[str]) -> None:
        self._app, self._allowed = app, frozenset(allowed)
        self._shared = CORSMiddleware(
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
        if headers.get("sec-fetch-site", "none") in _OURS:
            return False
        return not is_open or not self._allowed & {"*", headers.get("origin", "")}


def _refused() -> Problem:
    return Problem(
        403,
        "Another website sends this",
        "A browser sends it for a website that is not on this service's list.",
        "Those who run the service name the websites that may in OS2KB_CORS_ORIGINS.",
        {"Vary": "Origin, Sec-Fetch-Site"},
    )
