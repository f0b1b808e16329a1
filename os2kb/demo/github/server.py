"""The demo GitHub over HTTP: REST under `/api/v3` and `/`, pages, and `/_demo/` to steer it."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from os2kb.demo.github.api.control import Control
from os2kb.demo.github.api.gate import Gate, Outcome, is_api_path
from os2kb.demo.github.api.gate import Request as ApiRequest
from os2kb.demo.github.pages import pages
from os2kb.demo.github.world.world import GitHub
from os2kb.demo.wire.serving import address, cut, listen, server_of, serving


class Application:
    """The ASGI application."""

    def __init__(self, github: GitHub, public_key: str = "") -> None:
        self.github = github
        self.gate = Gate(github)
        self.rest = Starlette(routes=[*Control(github, public_key).routes(), *pages.routes(github)])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request: the API's, or the rest."""
        if scope["type"] == "http" and is_api_path(scope["path"]):
            await self._answer(scope, receive, send)
        else:
            await self.rest(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        outcome = self.gate.answer(
            ApiRequest(
                request.method,
                scope["path"],
                dict(request.query_params),
                dict(request.headers),
                await request.body(),
            )
        )
        if outcome.delay:
            await asyncio.sleep(outcome.delay)
        if outcome.cut:
            cut(scope)
            return
        await _response(outcome)(scope, receive, send)


def _response(outcome: Outcome) -> Response:
    return Response(outcome.body, outcome.status, outcome.headers)


def make_server(github: GitHub, listener: socket.socket, public_key: str = "") -> uvicorn.Server:
    """A server for a world that knows where it stands."""
    github.web = address(listener)
    return server_of(Application(github, public_key))


@contextmanager
def running(github: GitHub, port: int = 0, public_key: str = "") -> Iterator[str]:
    """Serve a world from a thread of its own while the block runs; yields its URL.

    The socket listens before the thread starts, so requests may be made at once.
    """
    with listen(port) as listener:
        github.web = address(listener)
        with serving(Application(github, public_key), listener):
            try:
                yield github.web
            finally:
                github.hooks.stop()
