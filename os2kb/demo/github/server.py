"""The demo GitHub over HTTP: REST under `/api/v3` and `/`, pages, and `/_demo/` to steer it."""

import asyncio
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from os2kb.demo.github.api.control import Control
from os2kb.demo.github.api.gate import Gate, Outcome, is_api_path
from os2kb.demo.github.api.gate import Request as ApiRequest
from os2kb.demo.github.pages import pages
from os2kb.demo.github.world.world import GitHub

_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


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
            _cut(scope)
            return
        await _response(outcome)(scope, receive, send)


def _response(outcome: Outcome) -> Response:
    return Response(outcome.body, outcome.status, outcome.headers)


class CuttableProtocol(HttpToolsProtocol):
    """uvicorn's HTTP protocol, which lets a request have its own connection cut."""

    def on_headers_complete(self) -> None:
        """Hand the request its connection."""
        # A key of our own, which the type of the scope does not know.
        self.scope["os2kb.cut"] = self.cut  # type: ignore[typeddict-unknown-key]
        super().on_headers_complete()

    def cut(self) -> None:
        """Reset the connection (RST) without a word."""
        if self.cycle is not None:
            self.cycle.disconnected = True
        if self.transport is None:
            return
        raw = self.transport.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        self.transport.abort()


def _cut(scope: Scope) -> None:
    scope["os2kb.cut"]()


def listen(port: int = 0) -> socket.socket:
    """A listening socket on loopback; port 0 lets the kernel choose."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    listener.listen(256)
    return listener


def address(listener: socket.socket) -> str:
    """The URL of what listens there."""
    return f"http://127.0.0.1:{listener.getsockname()[1]}"


def make_server(github: GitHub, listener: socket.socket, public_key: str = "") -> uvicorn.Server:
    """A server for a world that knows where it stands."""
    github.web = address(listener)
    return _server(Application(github, public_key))


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


@contextmanager
def serving(application: ASGIApp, listener: socket.socket) -> Iterator[None]:
    """Serve an application from a thread of its own while the block runs."""
    server = _server(application)
    thread = threading.Thread(
        target=server.run, kwargs={"sockets": [listener]}, name="demo-github", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(10)


def _server(application: ASGIApp) -> uvicorn.Server:
    config = uvicorn.Config(
        application,
        http=CuttableProtocol,
        lifespan="off",
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
    )
    return uvicorn.Server(config)
