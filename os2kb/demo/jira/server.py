"""The demo Jira over HTTP. It is steered by the world it serves, in the same process."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from os2kb.demo.jira.gate import Gate
from os2kb.demo.jira.gate import Request as ApiRequest
from os2kb.demo.jira.world.world import Jira
from os2kb.demo.wire.serving import address, cut, listen, serving


class Application:
    """The ASGI application."""

    def __init__(self, jira: Jira) -> None:
        self.gate = Gate(jira)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            return
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
        await Response(outcome.body, outcome.status, outcome.headers)(scope, receive, send)


@contextmanager
def running(jira: Jira, port: int = 0) -> Iterator[str]:
    """Serve a world from a thread of its own while the block runs; yields its URL."""
    with listen(port) as listener:
        jira.web = address(listener)
        with serving(Application(jira), listener):
            try:
                yield jira.web
            finally:
                jira.hooks.stop()
