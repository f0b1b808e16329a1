"""Telling a page that something changed, by server-sent events, so that it loads itself anew.

https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import anyio
from anyio import to_thread
from fastapi.responses import Response, StreamingResponse

_HEADERS = {"Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no"}
_NO_MORE = 204  # a browser that is told so asks no more


@dataclass(slots=True)
class Live:
    """Looks every few seconds whether a mark is another.

    Args:
        mark: of all that a page shows; one short read.
        seconds: between two looks.
        turns: looks until the stream ends; the browser then asks for another, as it is signed in.
        most: streams at a time.
        each: streams at a time of one who is signed in, and may have the page open more than once.
    """

    mark: Callable[[], str]
    seconds: float = 2.0
    turns: int = 300
    most: int = 50
    each: int = 5
    _open: Counter[str] = field(default_factory=Counter)

    def stream(self, since: str, who: str) -> Response:
        """A stream of `changed`, without what changed; 204 where there are too many already.

        Args:
            since: the mark of the page that somebody looks at.
            who: tells sessions apart.
        """
        if self._open.total() >= self.most or self._open[who] >= self.each:
            return Response(status_code=_NO_MORE)
        told = self._told(since, who)
        return StreamingResponse(told, media_type="text/event-stream", headers=_HEADERS)

    async def _told(self, before: str, who: str) -> AsyncIterator[str]:
        self._open[who] += 1
        try:
            yield "retry: 10000\n\n"
            for turn in range(self.turns):
                now = await to_thread.run_sync(self.mark)
                if now != before:
                    before = now
                    yield "event: changed\ndata: 1\n\n"
                elif turn % 10 == 9:  # a sign of life, for proxies
                    yield ": \n\n"
                await anyio.sleep(self.seconds)
        finally:
            self._open -= Counter([who])  # who has none left is forgotten
