"""How much one client may ask for, so that there is something left for the others."""

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from webhooks.clients import Clients, RateLimit
from webhooks.pages.faults import fault_page
from webhooks.pages.language import wants_page
from webhooks.problems import Problem

_MINUTE = 60.0
_QUESTION = 10  # an answer costs as much as ten searches, or a language model
_DOCUMENT = 5  # of a few hundred lines, as most are, and more for a long one
# Bytes of an address's query that count as one search: to look for a thousand characters takes some
# fifty times as long as to look for a few words.
_ONE_SEARCH = 100
_ASKS = ("/api/v1/ask", "/answer")
_DOCUMENTS = "/passages/"
_COUNTED = ("/api/", "/decisions", _DOCUMENTS)


class Pace:
    """Refuses what a client asks for beyond its share, with when to come again.

    Args:
        a_minute: searches, suggestions and pages that a client may ask for; 0 for any number.
    """

    def __init__(self, app: ASGIApp, a_minute: int) -> None:
        self._app, self._clients, self._most = app, Clients(), a_minute
        self._limit = RateLimit(a_minute, _MINUTE) if a_minute else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if self._limit and scope["type"] == "http" and (cost := _cost(scope)):
            request = Request(scope)
            try:
                self._limit.take(self._clients.mark(request), min(cost, self._most))
            except Problem as problem:
                is_page = wants_page(request) and not request.url.path.startswith("/api/")
                told = fault_page(request, 429, problem.headers) if is_page else problem.response()
                await told(scope, receive, send)
                return
        await self._app(scope, receive, send)


def is_counted(path: str) -> bool:
    """Whether what is there counts at all: deliveries, and what costs next to nothing, do not."""
    return path in ("/", *_ASKS) or path.startswith(_COUNTED)


def _cost(scope: Scope) -> int:
    """How many searches a request counts as."""
    path, query = scope["path"], scope["query_string"]
    # The name as the page reads it: it may be written `%61nswer`.
    if path in _ASKS or (path == "/" and "answer" in QueryParams(query)):
        return _QUESTION
    if path.startswith(_DOCUMENTS):
        return _DOCUMENT
    return 1 + len(query) // _ONE_SEARCH if is_counted(path) else 0
