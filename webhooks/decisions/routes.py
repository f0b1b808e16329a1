"""`GET /decisions` and what lies below it: pages, JSON at the same addresses, and a feed."""

from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from webhooks.decisions.addresses import API, FEED, LOG, address, listing
from webhooks.decisions.book import Book, Place
from webhooks.decisions.found import Asked, found
from webhooks.decisions.models import DecisionList, WholeDecision, list_of, whole
from webhooks.decisions.shelf import Shelf
from webhooks.decisions.told import telling
from webhooks.decisions.views import Views
from webhooks.pages.language import reader_of, wants_json
from webhooks.pages.sent import Sent
from webhooks.problems import Problem, ProblemDocument

_ATOM = "application/atom+xml"

Lang = Annotated[Literal["", "da", "en"], Query(description="Empty: as `Accept-Language` says.")]


def asked(
    q: Annotated[str, Query(max_length=1_000, examples=["drift"])] = "",
    product: Annotated[str, Query(max_length=200, examples=["os2demo"])] = "",
    type: Literal["", "ADR", "SDR", "ODR"] = "",  # noqa: A002 - its name in the address
    status: Literal[
        "", "proposed", "accepted", "superseded", "rejected", "deprecated", "unknown"
    ] = "",
    year: Annotated[str, Query(pattern=r"^(\d{4})?$", examples=["2026"])] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> Asked:
    """What is asked for; an empty value, which a form sends, does not matter."""
    return Asked(q, product, type, status, year, limit, offset)


Wanted = Annotated[Asked, Depends(asked)]
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    304: {"description": "Nothing else than when the `ETag` in `If-None-Match` was sent"},
    422: {
        "model": ProblemDocument,
        "description": "A parameter does not fit; the detail says which",
    },
    503: {"model": ProblemDocument, "description": "The store cannot be read"},
}
_FEED: dict[int | str, dict[str, Any]] = {
    200: {"content": {_ATOM: {}}, "description": "Atom (RFC 4287)"}
}
_MISSING: dict[int | str, dict[str, Any]] = {
    404: {"model": ProblemDocument, "description": "There is no such public decision"}
}


def _either(model: type[DecisionList] | type[WholeDecision]) -> dict[int | str, dict[str, Any]]:
    return {200: {"model": model, "content": {"text/html": {}}, "description": "A page, or JSON"}}


def decisions_router(shelf: Shelf, views: Views) -> APIRouter:
    """The routes of the decision log: public, without a login or a script."""
    router = APIRouter(tags=["decisions"])
    pages = APIRouter(tags=["decisions"], route_class=telling(shelf, views))
    sent = Sent()

    @pages.get(LOG, response_class=HTMLResponse, responses=_either(DecisionList) | _PROBLEMS)
    def log(request: Request, wanted: Wanted, lang: Lang = "") -> Response:
        """The decisions, newest first: a page, or JSON where `Accept` asks for it."""
        if wants_json(request):
            return listed(request, wanted)
        (mark, book), reader = shelf.book(), reader_of(request, lang)
        return sent.page(
            request,
            (mark, wanted, reader),
            reader.lang,
            lambda: views.log(book, found(book, wanted), wanted, reader),
        )

    @router.get(API, response_model=DecisionList, responses=_PROBLEMS)
    def listed(request: Request, wanted: Wanted) -> Response:
        """The decisions, newest first."""
        mark, book = shelf.book()
        return sent.body(
            request,
            (mark, wanted),
            "application/json",
            lambda: list_of(book, found(book, wanted), wanted.q).model_dump_json(),
        )

    @router.get(
        FEED,
        response_class=Response,
        responses=_FEED | _PROBLEMS,
    )
    def feed(request: Request, wanted: Wanted, lang: Lang = "") -> Response:
        """The newest decisions that have a date, for who wants to follow them."""
        (mark, book), reader = shelf.book(), reader_of(request, lang)
        base = views.public_url or str(request.base_url).rstrip("/")
        here = listing(wanted, reader.said, path=FEED)
        return sent.body(
            request,
            (mark, wanted, base, reader),
            f"{_ATOM}; charset=utf-8",
            lambda: views.feed(book, found(book, wanted), base, here, reader),
        )

    @pages.get(
        f"{LOG}/{{product:path}}/{{name}}",
        response_class=HTMLResponse,
        responses=_either(WholeDecision) | _PROBLEMS | _MISSING,
    )
    def one(request: Request, product: str, name: str, lang: Lang = "") -> Response:
        """A decision, and what replaced it: a page, or JSON where `Accept` asks for it."""
        if wants_json(request):
            return data(request, product, name)
        (mark, book), reader, place = shelf.book(), reader_of(request, lang), Place(product, name)
        known = book.aliases.get(place, ())
        if place not in book.at and len(known) > 1:
            several = partial(views.several, book, known, reader)
            return sent.page(request, (mark, place, reader), reader.lang, several, 300)
        found_at = _place(book, place)
        if place != found_at:
            return RedirectResponse(reader.ending(address(found_at)), status_code=302)
        return sent.page(
            request,
            (mark, place, reader),
            reader.lang,
            lambda: views.decision(book, book.at[place], reader),
        )

    @pages.get(
        f"{LOG}/{{product:path}}",
        response_class=RedirectResponse,
        status_code=302,
        responses=_PROBLEMS | _MISSING,
    )
    def of_product(request: Request, product: str, lang: Lang = "") -> Response:
        """Leads to the decisions of a product."""
        _, book = shelf.book()
        name = product.strip("/")
        if name and all(one.place.product != name for one in book.decisions):
            raise Problem(
                404,
                "There is no such product",
                "No product of that name has a public decision.",
                f"The facets of {API} have the products that do.",
            )
        said = reader_of(request, lang).said
        return RedirectResponse(listing(Asked(product=name), said), status_code=302)

    @router.get(
        f"{API}/{{product:path}}/{{name}}",
        response_model=WholeDecision,
        responses=_PROBLEMS | _MISSING,
    )
    def data(request: Request, product: str, name: str) -> Response:
        """A decision, and what replaced it."""
        mark, book = shelf.book()
        place = _place(book, Place(product, name))
        return sent.body(
            request,
            (mark, place),
            "application/json",
            lambda: whole(book, book.at[place]).model_dump_json(),
        )

    router.include_router(pages)
    return router


def _place(book: Book, place: Place) -> Place:
    if place in book.at:
        return place
    known = book.aliases.get(place, ())
    if len(known) == 1:
        return known[0]
    others = ", ".join(sorted(address(one) for one in known))
    raise Problem(
        404,
        "There is no such decision",
        f"Several go by that name: {others}." if known else "No public decision goes by that name.",
        f"Name one of these, or search the log at {API}.",
    )
