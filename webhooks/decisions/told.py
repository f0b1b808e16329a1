"""What a browser is told where the log cannot be shown as it was asked for: a page, no JSON."""

from collections.abc import Callable, Coroutine, Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.routing import APIRoute

from os2kb.phrases import Phrase
from webhooks.decisions.addresses import LOG
from webhooks.decisions.shelf import Shelf
from webhooks.decisions.views import Views
from webhooks.pages.language import Reader, reader_of, wants_page
from webhooks.pages.site import SECURITY, page
from webhooks.problems import Problem

_FAULTS: Mapping[str, Phrase] = {
    "q": Phrase("Skriv højst 1.000 tegn at søge efter.", "Search for 1,000 characters at most."),
    "product": Phrase("Produktets navn er for langt.", "The product's name is too long."),
    "type": Phrase("Typen skal være ADR, SDR eller ODR.", "The type has to be ADR, SDR or ODR."),
    "status": Phrase(
        "Vælg en status fra listen; den, der står i adressen, kendes ikke.",
        "Choose a status from the list; the one in the address is not known.",
    ),
    "year": Phrase(
        "Årstallet skal skrives med fire cifre, for eksempel 2026.",
        "The year has to be four digits, such as 2026.",
    ),
    "limit": Phrase(
        "Antallet på en side (limit) skal være fra 1 til 200.",
        "The number on a page (limit) has to be from 1 to 200.",
    ),
    "offset": Phrase(
        "Antallet, der springes over (offset), skal være fra 0 til 100.000.",
        "The number that is skipped (offset) has to be from 0 to 100,000.",
    ),
    "lang": Phrase("Sproget (lang) skal være da eller en.", "The language (lang) is da or en."),
}
_OTHER = Phrase("Noget i adressen kan ikke læses.", "Something in the address cannot be read.")
_Handler = Callable[[Request], Coroutine[Any, Any, Response]]


def telling(shelf: Shelf, views: Views) -> type[APIRoute]:
    """Routes of pages whose errors are pages, too; who asks for no page gets the problem."""

    class Telling(APIRoute):
        def get_route_handler(self) -> _Handler:
            handle = super().get_route_handler()

            async def told(request: Request) -> Response:
                try:
                    return await handle(request)
                except (RequestValidationError, Problem) as error:
                    if not wants_page(request):
                        raise
                    return _page(shelf, views, request, error)

            return told

    return Telling


def _page(
    shelf: Shelf, views: Views, request: Request, error: RequestValidationError | Problem
) -> Response:
    said = request.query_params.get("lang", "")
    reader = reader_of(request, "da" if said == "da" else "en" if said == "en" else "")
    if isinstance(error, RequestValidationError):
        wrong = [str(one["loc"][-1]) for one in error.errors()]
        return _sent(_unfit(views, request, reader, wrong), reader, 422)
    status = error.document.status
    if status == 404:
        return _sent(views.missing(shelf.book()[1], reader), reader, status)
    return _sent(views.away(reader), reader, status, error.headers)


def _unfit(views: Views, request: Request, reader: Reader, wrong: Iterable[str]) -> str:
    names = dict.fromkeys(wrong)
    faults = [_FAULTS.get(name, _OTHER).in_language(reader.lang) for name in names]
    known = request.query_params.items()
    fitting = urlencode([(name, value) for name, value in known if value and name not in names])
    return views.unfit(reader, faults, f"{LOG}?{fitting}" if fitting else LOG)


def _sent(
    body: str, reader: Reader, status: int, headers: Mapping[str, str] | None = None
) -> Response:
    always = {**SECURITY, "Vary": "Accept, Accept-Language", "Cache-Control": "no-cache"}
    return page(body, reader.lang, {**always, **(headers or {})}, status)
