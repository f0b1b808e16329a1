"""What the index in force is found to say, as responses: made once, then remembered."""

from collections.abc import Callable
from hashlib import blake2b
from typing import Any, TypeVar

import anyio
import anyio.to_thread
from cachetools import LRUCache
from fastapi import Request
from fastapi.responses import Response
from pydantic_core import to_json

from index.search import Index
from index.versions import Versions
from os2kb import __version__
from webhooks.knowledge.index_in_force import check_product, index_in_force

REMEMBERED = 1_000  # bodies of 5 to 25 KB
# More would fight one another for the interpreter, and the event loop with them.
SEARCH_THREADS = 1

Result = TypeVar("Result")
About = tuple[object, ...]


class Found:
    """Responses from the index in force; the latest are remembered while it stays in force.

    What is remembered is looked up on the event loop. The index is read and searched in a thread,
    one search at a time, so that a delivery never waits for a question.

    The event loop hands each search over. A thread that took the next one by itself cost a tenth
    less a search, but left the loop no pause: deliveries took a third longer while others search.
    """

    def __init__(self, versions: Versions) -> None:
        self._versions = versions
        self._searching = anyio.CapacityLimiter(SEARCH_THREADS)
        self._bodies: LRUCache[About, bytes] = LRUCache(REMEMBERED)
        self._index: Index | None = None

    async def response(
        self,
        request: Request,
        about: About,
        product: str | None,
        body: Callable[[Index], dict[str, Any]],
    ) -> Response:
        """What `body` says of the index, or 304 where the client has it already.

        Args:
            request: its `If-None-Match` is heeded.
            about: everything that the body depends on, beside the index.
            product: must be one that the index knows.
            body: searches the index.
        """
        index = await self._in_force()
        check_product(index, product)
        headers = {"ETag": _tag(index, about), "Cache-Control": "no-cache"}
        if headers["ETag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        written = self._bodies.get(about)
        if written is None:
            written = await self._in_thread(lambda: to_json(body(index)))
            if index is self._index:
                self._bodies[about] = written
        return Response(written, media_type="application/json", headers=headers)

    async def _in_force(self) -> Index:
        index = self._versions.at_hand()
        if index is None:  # a new one, which takes its time to read; or none yet
            index = await self._in_thread(lambda: index_in_force(self._versions, None))
        if index is not self._index:
            self._bodies.clear()
            self._index = index
        return index

    async def _in_thread(self, work: Callable[[], Result]) -> Result:
        return await anyio.to_thread.run_sync(work, limiter=self._searching)


def _tag(index: Index, about: About) -> str:
    """Weak, since a body tells the milliseconds that its search took."""
    rests_on = (__version__, index.version, sorted(index.weights.items()), about)
    return f'W/"{blake2b(repr(rests_on).encode(), digest_size=12).hexdigest()}"'
