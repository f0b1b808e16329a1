"""The demo Jira over HTTP. It is steered by the world it serves, in the same process."""

from collections.abc import Iterator
from contextlib import contextmanager

from starlette.applications import Starlette
from starlette.types import Receive, Scope, Send

from os2kb.demo.jira.gate import Gate
from os2kb.demo.jira.pages import pages
from os2kb.demo.jira.world.world import Jira
from os2kb.demo.wire.asked import pass_through
from os2kb.demo.wire.serving import address, listen, serving


class Application:
    """The ASGI application."""

    def __init__(self, jira: Jira) -> None:
        self.gate = Gate(jira)
        self.pages = Starlette(routes=pages.routes(jira))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request: the API's, or a page."""
        if scope["type"] == "http" and scope["path"].startswith("/rest/"):
            await pass_through(self.gate.answer, scope, receive, send)
        else:
            await self.pages(scope, receive, send)


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
