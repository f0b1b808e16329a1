"""One server for all the demo GitHubs of a test run, one after another.

To start a server and to end it takes longer than most tests do.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from starlette.types import Receive, Scope, Send

from os2kb.demo.github import GitHub, plant, read_seed
from os2kb.demo.github.server import Application
from os2kb.demo.wire.serving import address, listen, serving
from tests.contract.small_world import PUBLIC_KEY


@dataclass
class Stage:
    """An address, and the application that answers there now."""

    url: str
    application: Application | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self.application is not None
        await self.application(scope, receive, send)

    @contextmanager
    def running(self, github: GitHub, public_key: str) -> Iterator[str]:
        """Serve a world while the block runs, like the server that a world has to itself."""
        github.web = self.url
        self.application = Application(github, public_key)
        try:
            yield self.url
        finally:
            github.hooks.stop()

    @contextmanager
    def planted(self, seed: str) -> Iterator[GitHub]:
        """Serve a world as a seed has it, its App with the keys of all our tests."""
        github = GitHub()
        with self.running(github, PUBLIC_KEY):
            plant(github, read_seed(seed), PUBLIC_KEY)
            yield github


@contextmanager
def standing() -> Iterator[Stage]:
    with listen() as listener:
        stage = Stage(address(listener))
        with serving(stage, listener):
            yield stage
