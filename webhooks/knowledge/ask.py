"""`POST /api/v1/ask`: an answer with quotes, as JSON or as an event stream."""

from typing import Any

import anyio
import anyio.to_thread
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from index.passages import Language
from index.versions import Versions
from os2kb.answers.answer import Answer, Answers
from os2kb.answers.ask import NotIndexed
from os2kb.answers.written.answer_json import answer_json
from webhooks.bodies import TOO_LARGE, described, read_body
from webhooks.knowledge.event_stream import EVENT_SCHEMA, EVENT_STREAM, EventStream, events
from webhooks.knowledge.index_in_force import PROBLEMS, NoIndex, index_in_force
from webhooks.knowledge.models import AskRequest, AskResponse
from webhooks.knowledge.turns import Turns

# An answer may wait for a language model, but fewer do at once than there are threads: what needs
# none is always given at once.
ASK_THREADS = 8
# Proxies close a connection on which nothing is said for a minute, some for half of one.
HEARTBEAT_SECONDS = 10.0

_OK: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The answer; as `citation`, `text` and `done` events where asked for",
        "content": {EVENT_STREAM: {"schema": EVENT_SCHEMA}},
    }
}


class Asking:
    """Has questions answered in threads, so that a delivery never waits for one."""

    def __init__(self, answers: Answers) -> None:
        self._answers, self._turns = answers, Turns()
        self._threads = anyio.CapacityLimiter(ASK_THREADS)

    async def answer(
        self, question: str, product: str | None, lang: Language | None = None
    ) -> Answer:
        """Answer, or abstain.

        Raises:
            NotIndexed: there is no index yet.
        """

        def compose() -> Answer:
            return self._answers.ask(question, product=product, lang=lang)

        async def in_thread() -> Answer:
            return await anyio.to_thread.run_sync(compose, limiter=self._threads)

        return await self._turns.take((question, product, lang), in_thread)


def ask_router(
    versions: Versions, asking: Asking, heartbeat_seconds: float = HEARTBEAT_SECONDS
) -> APIRouter:
    """The route that answers."""
    router = APIRouter(prefix="/api/v1", tags=["knowledge"])

    @router.post(
        "/ask",
        response_model=AskResponse,
        responses={**PROBLEMS, **TOO_LARGE, **_OK},
        openapi_extra=described(AskRequest),
    )
    async def ask(request: Request) -> Response:
        """Answer a question with quotes, or say plainly that there is no answer."""
        asked = await read_body(request, AskRequest)
        # Asked before the stream begins: after that, no status can tell of it.
        await anyio.to_thread.run_sync(index_in_force, versions, asked.product)

        async def answer() -> Answer:
            return await asking.answer(asked.question, asked.product, asked.lang)

        if EVENT_STREAM in request.headers.get("accept", ""):
            return EventStream(answer, events, heartbeat_seconds)
        try:
            return JSONResponse(answer_json(await answer()))
        except NotIndexed as error:
            raise NoIndex from error

    return router
