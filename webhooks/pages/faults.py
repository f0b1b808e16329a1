"""What a person is told where a page cannot be shown: a page, and no JSON."""

from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from os2kb.phrases import Phrase
from webhooks.pages.language import Reader, reader_of, wants_page
from webhooks.pages.site import SECURITY, page, spoken_in, templates
from webhooks.problems import Problem, problem_of

_Handler = Callable[[Request], Coroutine[Any, Any, Response]]
_ENVIRONMENT = templates("webhooks.pages")
_TITLES: Mapping[int, Phrase] = {
    404: Phrase("Den side findes ikke", "There is no such page"),
    422: Phrase("Adressen kan ikke læses", "The address cannot be read"),
    429: Phrase("Et øjeblik", "One moment"),
    503: Phrase("Der er travlt lige nu", "It is busy just now"),
}
_OTHER = Phrase("Det lykkedes ikke", "That did not work")
_TEXTS: Mapping[int, Phrase] = {
    404: Phrase(
        "Adressen kan være skrevet forkert, eller siden er flyttet.",
        "The address may be misspelt, or the page was moved.",
    ),
    422: Phrase(
        "Noget i adressen er for langt eller kendes ikke. En søgning kan højst fylde 1.000 tegn.",
        "Something in the address is too long, or not known. A search may be 1,000 characters.",
    ),
    429: Phrase(
        "Der kommer flere søgninger fra jeres adresse, end der kan nås. Prøv igen om et minut.",
        "More searches come from your address than can be made. Try again in a minute.",
    ),
    503: Phrase("Prøv igen om et øjeblik.", "Try again in a moment."),
}
_NOTHING = Phrase("Prøv igen, eller begynd forfra.", "Try again, or start afresh.")


def fault_page(request: Request, status: int, headers: Mapping[str, str]) -> Response:
    """The page for a fault of that status."""
    said = request.query_params.get("lang", "")
    reader = reader_of(request, "da" if said == "da" else "en" if said == "en" else "")
    always = {**SECURITY, "Vary": "Accept, Accept-Language", "Cache-Control": "no-store"}
    return page(_written(reader, status), reader.lang, {**always, **headers}, status)


def show_missing_pages(app: FastAPI) -> None:
    """Let an address that is not there be told on a page to whoever asks for a page.

    After `handle_problems`, whose problem documents everybody else gets.
    """

    @app.exception_handler(HTTPException)
    async def _missing(request: Request, error: HTTPException) -> Response:
        if error.status_code == 404 and wants_page(request):
            return fault_page(request, 404, {})
        return problem_of(error).response()


class WithFaultPages(APIRoute):
    """Routes whose errors are pages for whoever asks for a page."""

    def get_route_handler(self) -> _Handler:
        """FastAPI's: what handles a request."""
        handle = super().get_route_handler()

        async def told(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestValidationError:
                if not wants_page(request):
                    raise
                return fault_page(request, 422, {})
            except Problem as problem:
                if not wants_page(request):
                    raise
                return fault_page(request, problem.document.status, problem.headers)

        return told


def _written(reader: Reader, status: int) -> str:
    return _ENVIRONMENT.get_template("site/fault.html.j2").render(
        spoken_in(reader.lang),
        ending=reader.ending,
        current="",
        other={"da": "/?lang=da", "en": "/?lang=en"},
        title=_TITLES.get(status, _OTHER).in_language(reader.lang),
        text=_TEXTS.get(status, _NOTHING).in_language(reader.lang),
    )
