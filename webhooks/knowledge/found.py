"""What the index in force is found to say, as responses: made once, then remembered."""

from hashlib import blake2b

from cachetools import LRUCache
from fastapi import Request
from fastapi.responses import Response

from index.apart.bodies import Asked
from index.search import Index
from index.versions import Versions
from os2kb.version import VERSION
from webhooks.knowledge.index_in_force import check_product, index_in_force
from webhooks.knowledge.searches import Searches
from webhooks.knowledge.waiting import Gone

CLIENT_GONE = 499  # as proxies log it; nobody sees it
REMEMBERED = 5_000_000  # bytes, of bodies of 5 to 25 KB and what was asked
_ASKED = 4_500  # bytes at most of what was asked: a thousand characters, and what holds them


class Found:
    """Responses from the index in force; the latest are remembered while it stays in force.

    What is remembered is looked up on the event loop. The index is read and searched elsewhere, so
    that a delivery never waits for a question.
    """

    def __init__(self, versions: Versions, searches: Searches) -> None:
        self._versions, self._searches = versions, searches
        self.running, self.in_thread = searches.running, searches.in_thread
        self._bodies = bodies(REMEMBERED)
        self._index: Index | None = None

    async def response(self, request: Request, asked: Asked) -> Response:
        """What the index says, or 304 where the client has it already.

        Args:
            request: its `If-None-Match` is heeded.
            asked: its product must be one that the index knows.
        """
        index = await self.in_force()
        check_product(index, asked.product)
        headers = {"ETag": tag_of(index, asked), "Cache-Control": "no-cache"}
        if headers["ETag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        try:
            written = await self.body(request, index, asked)
        except Gone:
            return Response(status_code=CLIENT_GONE)
        return Response(written, media_type="application/json", headers=headers)

    async def body(self, request: Request, index: Index, asked: Asked) -> bytes:
        """What the index says, as JSON.

        Raises:
            Gone: whoever asked has gone.
            Problem: 503, too many wait already.
        """
        written = self._bodies.get(asked)
        if written is None:
            written = await self._searches.body(index, asked, request.is_disconnected)
            if index is self._index and len(written) + _ASKED <= REMEMBERED:
                self._bodies[asked] = written
        return written

    async def in_force(self) -> Index:
        """The index that serves now.

        Raises:
            Problem: 503, there is none yet.
        """
        index = self._versions.at_hand()
        if index is None:  # a new one, which takes its time to read; or none yet
            index = await self._searches.in_thread(lambda: index_in_force(self._versions, None))
        if index is not self._index:
            self._bodies.clear()
            self._index = index
        return index


def bodies(most: int) -> LRUCache[Asked, bytes]:
    """Remembers bodies by what was asked, in so many bytes.

    What finds nothing counts as what it was asked by: a stranger may ask for a million such.
    """
    return LRUCache(most, getsizeof=lambda body: len(body) + _ASKED)


def tag_of(index: Index, *asked: object) -> str:
    """What changes with the index and with what is asked.

    Weak, since a body tells the milliseconds that its search took.
    """
    rests_on = (VERSION, index.version, sorted(index.weights.items()), *asked)
    return f'W/"{blake2b(repr(rests_on).encode(), digest_size=12).hexdigest()}"'
