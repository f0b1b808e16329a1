"""`GET /` and what lies below it: search, the answer as it comes, and documents."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Annotated, Any, Literal

from cachetools import LRUCache
from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, Response

from index.passages import Kind
from index.search import Index
from os2kb.answers.answer import Answer
from os2kb.answers.question import clean
from webhooks.knowledge.ask import HEARTBEAT_SECONDS, Asking
from webhooks.knowledge.event_stream import EVENT_SCHEMA, EVENT_STREAM, Event, EventStream
from webhooks.knowledge.found import CLIENT_GONE, Found, tag_of
from webhooks.knowledge.index_in_force import PROBLEMS, NoIndex, check_product, products
from webhooks.knowledge.models import LONGEST_PRODUCT, LONGEST_QUERY, SearchResponse
from webhooks.knowledge.search import FARTHEST_OFFSET
from webhooks.knowledge.waiting import Gone
from webhooks.pages.faults import WithFaultPages
from webhooks.pages.language import Reader, reader_of
from webhooks.pages.sent import VARY
from webhooks.pages.site import SCRIPTED, page
from webhooks.problems import ProblemDocument
from webhooks.search_page import views as shown
from webhooks.search_page.places import PASSAGES, public_passages
from webhooks.search_page.views import Views
from webhooks.search_page.wanted import ANSWER, FACETS, PAGE, Facet, Wanted

REMEMBERED = 5_000_000  # bytes of pages, each some 15 KB
_LINES = re.compile(r"(\d{1,7})-(\d{1,7})")

Lang = Annotated[Literal["", "da", "en"], Query(description="Empty: as `Accept-Language` says.")]
Words = Annotated[str, Query(max_length=LONGEST_QUERY, examples=["kriterier i sandkassefasen"])]
Product = Annotated[str, Query(max_length=LONGEST_PRODUCT, examples=["os2demo"])]
_SAME: dict[int | str, dict[str, Any]] = {
    304: {"description": "Nothing else than when the `ETag` in `If-None-Match` was sent"}
}
_PAGE: dict[int | str, dict[str, Any]] = _SAME | {
    422: PROBLEMS[422] | {"content": {"text/html": {}}},
    503: {
        "description": "No index is built yet, which the page says; or too many searches wait",
        "content": {"text/html": {}},
        "model": ProblemDocument,
    },
}
_STREAM: dict[int | str, dict[str, Any]] = PROBLEMS | {
    200: {
        "description": "`citation` events, and a `done` that holds the HTML",
        "content": {EVENT_STREAM: {"schema": EVENT_SCHEMA}},
    }
}
_DOCUMENT: dict[int | str, dict[str, Any]] = _SAME | {
    404: {"description": "A page that says so", "content": {"text/html": {}}},
    422: PROBLEMS[422] | {"content": {"text/html": {}}},
    503: PROBLEMS[503] | {"content": {"text/html": {}}},
}


def asked(
    q: Words = "",
    product: Product = "",
    kind: Literal[Kind, ""] = "",
    offset: Annotated[int, Query(ge=0, le=FARTHEST_OFFSET)] = 0,
    answer: Annotated[bool, Query(description="Put the answer on the page.")] = False,
) -> Wanted:
    """What is wanted; an empty value, which a form sends, does not matter."""
    return Wanted(clean(q), product, kind or None, offset, answer)


Asked = Annotated[Wanted, Depends(asked)]


def search_router(found: Found, asking: Asking, views: Views) -> APIRouter:
    """The routes of the search page: public, without a login, and without a script if need be."""
    router = APIRouter(tags=["search page"], route_class=WithFaultPages)
    written: LRUCache[str, bytes] = LRUCache(REMEMBERED, getsizeof=len)

    @router.get(PAGE, response_class=HTMLResponse, responses=_PAGE)
    async def search(request: Request, wanted: Asked, lang: Lang = "") -> Response:
        """The search page, with what was found."""
        reader = reader_of(request, lang)
        try:
            index = await found.in_force()
        except NoIndex as problem:
            unready = views.search(replace(wanted, q=""), reader, None)
            return page(unready, reader.lang, {**SCRIPTED, **problem.headers}, 503)
        held, known = index.held(), products(index)
        unknown = wanted.product if wanted.product not in {"", *known} else ""
        wanted = replace(wanted, product="") if unknown else wanted
        headers = {**SCRIPTED, "Vary": VARY, "Cache-Control": "no-store"}
        answer, tag = None, ""
        if wanted.answer and wanted.q:
            answer = await asking.answer(wanted.q, wanted.product or None)
        else:
            tag = tag_of(index, wanted, unknown, reader)
            headers |= {"ETag": tag, "Cache-Control": "no-cache"}
            if tag in request.headers.get("if-none-match", ""):
                return Response(status_code=304, headers=headers)
        if known_page := written.get(tag):
            return page(known_page, reader.lang, headers, 200)
        try:
            results = await _search(request, index, wanted) if wanted.q else None
        except Gone:
            return Response(status_code=CLIENT_GONE)
        body = views.search(wanted, reader, held, known, results, answer, unknown).encode()
        if tag:
            written[tag] = body
        return page(body, reader.lang, headers, 200)

    async def _search(request: Request, index: Index, wanted: Wanted) -> shown.Found:
        """What is found; what each facet would come to is often remembered from before."""

        async def body(one: Wanted) -> SearchResponse:
            written = await found.body(request, index, one.search())
            return SearchResponse.model_validate_json(written)

        response = await body(wanted)
        counts: dict[Facet, dict[str, int]] = {}
        for facet in FACETS:
            chosen = getattr(wanted, facet)
            facets = (await body(wanted.without(facet)) if chosen else response).facets
            counts[facet] = getattr(facets, facet)
        return shown.Found(index, response, counts)

    @router.get(ANSWER, response_class=Response, responses=_STREAM)
    async def answer(
        request: Request, q: Words, product: Product = "", lang: Lang = ""
    ) -> EventStream:
        """The answer on the search page, as an event stream."""
        index, reader = await found.in_force(), reader_of(request, lang)
        check_product(index, product or None)

        async def compose() -> Answer:
            return await asking.answer(clean(q), product or None)

        told = partial(_told, views, index, reader, product)
        return EventStream(compose, told, HEARTBEAT_SECONDS)

    @router.get(PASSAGES + "/{id}", response_class=HTMLResponse, responses=_DOCUMENT)
    async def document(
        request: Request,
        id: str,  # noqa: A002 - its name in the address
        lines: Annotated[str, Query(pattern=r"^(\d{1,7}-\d{1,7})?$", examples=["12-18"])] = "",
        lang: Lang = "",
    ) -> Response:
        """The document that holds a passage, line by line."""
        index, reader = await found.in_force(), reader_of(request, lang)
        headers = {**SCRIPTED, "Vary": VARY, "Cache-Control": "no-cache"}
        passage = public_passages(index).get(id)
        if passage is None:
            return page(views.missing(reader), reader.lang, headers, 404)
        headers["ETag"] = tag_of(index, id, lines, reader)
        if headers["ETag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        first, last = passage.lines
        if named := _LINES.fullmatch(lines):
            first, last = int(named[1]), int(named[2])
        marked = range(first, last + 1)
        # In a thread: to write a document of 6,000 lines takes a quarter of a second.
        body = await found.in_thread(lambda: views.document(index, passage, marked, reader))
        return page(body, reader.lang, headers, 200)

    return router


def _told(
    views: Views, index: Index, reader: Reader, product: str, answer: Answer
) -> Iterator[Event]:
    return views.events(index, reader, product, answer)
