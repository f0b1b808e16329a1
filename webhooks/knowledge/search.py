"""`GET /api/v1/search` and `GET /api/v1/suggest`: public knowledge only."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import anyio
import anyio.to_thread
from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response

from index.passages import Kind, Language
from index.shapes import results_json, suggestions_json
from index.versions import Versions
from os2kb.answers.question import clean
from webhooks.knowledge.index_in_force import PROBLEMS, index_in_force
from webhooks.knowledge.models import (
    LONGEST_PRODUCT,
    LONGEST_QUERY,
    SearchResponse,
    SuggestResponse,
)

MOST_RESULTS = 50
FARTHEST_OFFSET = 10_000
SUGGESTIONS = 8
SEARCH_THREADS = 4

Result = TypeVar("Result")
Search = Annotated[str, Query(max_length=LONGEST_QUERY, examples=["kriterier i sandkassefasen"])]
Product = Annotated[
    str | None,
    Query(max_length=LONGEST_PRODUCT, description="Also finds what belongs to no product."),
]


def knowledge_router(versions: Versions) -> APIRouter:
    """The routes that serve the index in force.

    Work on the index runs in threads, so that a delivery never waits for a question.
    """
    router = APIRouter(prefix="/api/v1", tags=["knowledge"])
    searching = anyio.CapacityLimiter(SEARCH_THREADS)

    async def run(work: Callable[[], Result]) -> Result:
        return await anyio.to_thread.run_sync(work, limiter=searching)

    @router.get("/search", response_model=SearchResponse, responses=PROBLEMS)
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
            index = index_in_force(versions, product)
            return results_json(
                index.search(
                    clean(q), product=product, lang=lang, kind=kind, limit=limit, offset=offset
                )
            )

        return JSONResponse(await run(find))

    @router.get("/suggest", response_model=SuggestResponse, responses=PROBLEMS)
    async def suggest(q: Search, product: Product = None) -> Response:
        """Titles, headings and questions, while somebody types."""

        def find() -> dict[str, Any]:
            index = index_in_force(versions, product)
            # A space at the end says that the last word is whole.
            typed = clean(q) + (" " if q[-1:].isspace() else "")
            return suggestions_json(index.suggest(typed, product=product, limit=SUGGESTIONS))

        return JSONResponse(await run(find))

    return router
