"""`GET /api/v1/search`, `GET /api/v1/suggest`, `POST /api/v1/ask`: public knowledge only."""

import json
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import Annotated, Any, TypeVar

import anyio
import anyio.to_thread
from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import ValidationError

from index.passages import Kind, Language
from index.search import Index
from index.shapes import results_json, suggestions_json
from index.versions import Versions
from os2kb.answers.answer_json import answer_json
from os2kb.answers.ask import Answerer, NotIndexed
from os2kb.answers.question import clean
from webhooks.knowledge_models import (
    LONGEST_PRODUCT,
    LONGEST_QUERY,
    AskRequest,
    AskResponse,
    SearchResponse,
    SuggestResponse,
)
from webhooks.problems import Problem, ProblemDocument

LARGEST_BODY = 64 * 1024
MOST_RESULTS = 50
FARTHEST_OFFSET = 10_000
SUGGESTIONS = 8
SEARCH_THREADS = 4
ASK_THREADS = 8  # an answer may wait for a language model

EVENT_STREAM = "text/event-stream"

Result = TypeVar("Result")
Search = Annotated[str, Query(max_length=LONGEST_QUERY, examples=["kriterier i sandkassefasen"])]
Product = Annotated[
    str | None,
    Query(max_length=LONGEST_PRODUCT, description="Also finds what belongs to no product."),
]
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemDocument, "description": meaning}
    for status, meaning in {
        422: "A parameter does not fit; the detail says which",
        503: "No index is built yet",
    }.items()
}
_ASK_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": AskRequest.model_json_schema()}},
    }
}
_ASK_RESPONSES: dict[int | str, dict[str, Any]] = {
    **_PROBLEMS,
    200: {
        "description": "The answer; as `citation`, `text` and `done` events where asked for",
        "content": {EVENT_STREAM: {"schema": {"type": "string"}}},
    },
    413: {"model": ProblemDocument, "description": "The body is too large"},
}


def knowledge_router(versions: Versions, answerer: Answerer) -> APIRouter:
    """The routes that serve the index in force.

    Work on the index runs in threads, so that a delivery never waits for a question.
    """
    router = APIRouter(prefix="/api/v1", tags=["knowledge"])
    searching, asking = anyio.CapacityLimiter(SEARCH_THREADS), anyio.CapacityLimiter(ASK_THREADS)

    async def run(work: Callable[[], Result], limiter: anyio.CapacityLimiter) -> Result:
        try:
            return await anyio.to_thread.run_sync(work, limiter=limiter)
        except NotIndexed as error:
            raise _no_index() from error

    @router.get("/search", response_model=SearchResponse, responses=_PROBLEMS)
    async def search(
        q: Search,
        product: Product = None,
        lang: Language | None = None,
        kind: Kind | None = None,
        limit: Annotated[int, Query(ge=0, le=MOST_RESULTS)] = 10,
        offset: Annotated[int, Query(ge=0, le=FARTHEST_OFFSET)] = 0,
    ) -> Response:
        """Find passages."""

        def find() -> dict[str, Any]:
            index = _index(versions, product)
            return results_json(
                index.search(
                    clean(q), product=product, lang=lang, kind=kind, limit=limit, offset=offset
                )
            )

        return JSONResponse(await run(find, searching))

    @router.get("/suggest", response_model=SuggestResponse, responses=_PROBLEMS)
    async def suggest(q: Search, product: Product = None) -> Response:
        """Titles, headings and questions, while somebody types."""

        def find() -> dict[str, Any]:
            index = _index(versions, product)
            # A space at the end says that the last word is whole.
            typed = clean(q) + (" " if q[-1:].isspace() else "")
            return suggestions_json(index.suggest(typed, product=product, limit=SUGGESTIONS))

        return JSONResponse(await run(find, searching))

    @router.post(
        "/ask", response_model=AskResponse, responses=_ASK_RESPONSES, openapi_extra=_ASK_BODY
    )
    async def ask(request: Request) -> Response:
        """Answer a question with quotes, or say plainly that there is no answer."""
        asked = await _read_question(request)

        def compose() -> dict[str, Any]:
            _index(versions, asked.product)
            return answer_json(answerer.ask(asked.question, product=asked.product, lang=asked.lang))

        answer = await run(compose, asking)
        if EVENT_STREAM in request.headers.get("accept", ""):
            events = "".join(_events(answer))
            return Response(events, media_type=EVENT_STREAM, headers={"Cache-Control": "no-store"})
        return JSONResponse(answer)

    return router


def _index(versions: Versions, product: str | None) -> Index:
    """The index in force, where it knows the product."""
    index = versions.current()
    if index is None:
        raise _no_index()
    if product is not None and product not in _products(index):
        known = ", ".join(sorted(_products(index))) or "none"
        raise Problem(
            422,
            "Unknown product",
            f"product: no indexed source belongs to that product. Known products: {known}.",
            "Leave product out to search everything, or name one of the known.",
        )
    return index


@lru_cache(maxsize=1)
def _products(index: Index) -> frozenset[str]:
    """The products that public knowledge belongs to; an internal one is not even named."""
    return frozenset(
        passage.product
        for passage in index.passages
        if passage.product is not None and passage.visibility == "public"
    )


def _no_index() -> Problem:
    return Problem(
        503,
        "There is no index yet",
        "Nothing can be searched or answered before the documents are indexed.",
        "Run `os2kb index build`; the running service takes the index up by itself.",
        {"Retry-After": "60"},
    )


async def _read_question(request: Request) -> AskRequest:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise Problem(
                413,
                "The question is too large",
                f"The body may be {LARGEST_BODY} bytes at most.",
                f"Ask in at most {LONGEST_QUERY} characters.",
            )
    try:
        return AskRequest.model_validate_json(bytes(body))
    except ValidationError as error:
        # Only where and what: the value may hold what must not be repeated.
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        where = ".".join(str(part) for part in ("body", *first["loc"]))
        raise Problem(
            422,
            "The request does not fit",
            f"{where}: {first['msg']}",
            'Send JSON such as {"question": "Hvem godkender en beslutning?"}.',
        ) from None


def _events(answer: dict[str, Any]) -> Iterator[str]:
    """The answer as server-sent events; joined, the `text` events are its Markdown.

    https://html.spec.whatwg.org/multipage/server-sent-events.html
    """
    event = partial(_event)
    for citation in answer["citations"]:
        yield event("citation", citation)
    for line in answer["answer"].splitlines(keepends=True):
        yield event("text", {"text": line})
    yield event("done", {k: v for k, v in answer.items() if k not in ("answer", "citations")})


def _event(name: str, data: dict[str, Any]) -> str:
    # JSON holds no line break, so that no quote can start an event of its own.
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
