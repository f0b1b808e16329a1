"""The demo GitHub over HTTP: REST under `/api/v3` and `/`, pages, and `/_demo/` to steer it."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.types import Receive, Scope, Send

from os2kb.demo.github.api.control import Control
from os2kb.demo.github.api.gate import Gate, is_api_path
from os2kb.demo.github.pages import pages
from os2kb.demo.github.world.world import GitHub
from os2kb.demo.wire.asked import pass_through
from os2kb.demo.wire.serving import address, listen, server_of, serving


class Application:
    """The ASGI application."""

    def __init__(self, github: GitHub, public_key: str = "") -> None:
        self.github = github
        self.gate = Gate(github)
        self.rest = Starlette(routes=[*Control(github, public_key).routes(), *pages.routes(github)])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request: the API's, or the rest."""
        if scope["type"] == "http" and is_api_path(scope["path"]):
            await pass_through(self.gate.answer, scope, receive, send)
        else:
            await self.rest(scope, receive, send)


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
