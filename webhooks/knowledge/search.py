"""`GET /api/v1/search` and `GET /api/v1/suggest`: public knowledge only."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from index.apart.bodies import Search, Suggest
from index.passages import Kind, Language
from os2kb.answers.question import clean
from webhooks.knowledge.found import Found
from webhooks.knowledge.index_in_force import PROBLEMS
from webhooks.knowledge.models import (
    LONGEST_PRODUCT,
    LONGEST_QUERY,
    SearchResponse,
    SuggestResponse,
)

MOST_RESULTS = 50
FARTHEST_OFFSET = 10_000
SUGGESTIONS = 8

Words = Annotated[str, Query(max_length=LONGEST_QUERY, examples=["kriterier i sandkassefasen"])]
Product = Annotated[
    str | None,
    Query(max_length=LONGEST_PRODUCT, description="Also finds what belongs to no product."),
]
_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"description": "What was found, with an `ETag` that changes with the index"},
    304: {"description": "Nothing else than when the `ETag` in `If-None-Match` was sent"},
    **PROBLEMS,
    503: PROBLEMS[503] | {"description": "No index is built yet, or too many searches wait"},
}


def knowledge_router(found: Found) -> APIRouter:
    """The routes that search the index in force."""
    router = APIRouter(prefix="/api/v1", tags=["knowledge"], lifespan=lambda _: found.running())

    @router.get("/search", response_model=SearchResponse, responses=_RESPONSES)
    async def search(
        request: Request,
        q: Words,
        product: Product = None,
        lang: Language | None = None,
        kind: Kind | None = None,
        limit: Annotated[int, Query(ge=0, le=MOST_RESULTS)] = 10,
        offset: Annotated[int, Query(ge=0, le=FARTHEST_OFFSET)] = 0,
        why: Annotated[bool, Query(description="Say why each was found.")] = False,
    ) -> Response:
        """Find passages."""
        asked = Search(clean(q), product, lang, kind, limit, offset, why)
        return await found.response(request, asked)

    @router.get("/suggest", response_model=SuggestResponse, responses=_RESPONSES)
    async def suggest(request: Request, q: Words, product: Product = None) -> Response:
        """Titles, headings and questions, while somebody types."""
        # A space at the end says that the last word is whole.
        typed = clean(q) + (" " if q[-1:].isspace() else "")
        return await found.response(request, Suggest(typed, product, SUGGESTIONS))

    return router
