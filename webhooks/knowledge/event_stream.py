"""An answer as server-sent events, sent while the connection is held open.

https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

import json
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Any

import anyio
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from os2kb.answers.answer import Answer
from os2kb.answers.written.answer_json import answer_json
from os2kb.logs import get_logger
from webhooks.pages.markdown import answer_html

EVENT_STREAM = "text/event-stream"
# Of each event of the stream.
EVENT_SCHEMA = {
    "type": "object",
    "required": ["event", "data"],
    "properties": {
        "event": {"enum": ["citation", "text", "done", "error"]},
        "data": {"type": "string", "description": "JSON on one line."},
    },
}
Event = tuple[str, dict[str, Any]]
"""Its name, and its data."""

log = get_logger()


class EventStream(Response):
    """Sends an answer's events once it is there, and a sign of life until then.

    Who hangs up is no longer waited for: a question that still waits for its turn is dropped. One
    that is being answered is answered to the end, since a language model's tokens are spent by
    then, and holds its place until that, so that hanging up cannot be used to ask more at once.

    Args:
        answer: makes the answer; may take as long as a language model does.
        told: the events that tell it, each by name and data.
        heartbeat_seconds: between two comments, which clients ignore and proxies take for traffic.
    """

    def __init__(
        self,
        answer: Callable[[], Awaitable[Answer]],
        told: Callable[[Answer], Iterable[Event]],
        heartbeat_seconds: float,
    ) -> None:
        # `no-transform` and the second keep proxies from gathering what is sent piece by piece.
        super().__init__(
            media_type=EVENT_STREAM,
            headers={"Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no"},
        )
        # Its length is not known beforehand.
        self.raw_headers = [pair for pair in self.raw_headers if pair[0] != b"content-length"]
        self._answer, self._told, self._heartbeat_seconds = answer, told, heartbeat_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Send the stream, or as much of it as the client waits for."""
        await send(
            {"type": "http.response.start", "status": 200, "headers": self.raw_headers},
        )
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(_cancel_on_disconnect, receive, tasks.cancel_scope)
            await self._send_events(send)
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            tasks.cancel_scope.cancel()

    async def _send_events(self, send: Send) -> None:
        try:
            async with anyio.create_task_group() as waiting:
                waiting.start_soon(self._beat, send)
                answer = await self._answer()
                waiting.cancel_scope.cancel()
        except* Exception as group:  # noqa: BLE001 - a stream cannot become a 500
            # The status is long sent, so the stream itself has to say it.
            log.error("answer_failed", error=type(group.exceptions[0]).__name__)
            await _send(send, "error", {"title": "Something failed on our side", "status": 500})
        else:
            for name, data in self._told(answer):
                await _send(send, name, data)

    async def _beat(self, send: Send) -> None:
        while True:
            await anyio.sleep(self._heartbeat_seconds)
            await send({"type": "http.response.body", "body": b": \n\n", "more_body": True})


def events(answer: Answer) -> Iterator[Event]:
    """The API's events: the citations first; joined, the texts are the Markdown."""
    whole = answer_json(answer)
    for citation in whole["citations"]:
        yield "citation", citation
    for line in whole["answer"].splitlines(keepends=True):
        yield "text", {"text": line}
    rest = {name: value for name, value in whole.items() if name not in ("answer", "citations")}
    yield "done", {**rest, "html": str(answer_html(answer.text))}


async def _send(send: Send, name: str, data: dict[str, Any]) -> None:
    # JSON holds no line break, so that no quote can start an event of its own.
    event = f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
    body = event.encode("utf-8", "replace")
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def _cancel_on_disconnect(receive: Receive, scope: anyio.CancelScope) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    scope.cancel()
