"""`GET /widget.js` and `GET /widget`: the widget, and a page to copy it from."""

from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from webhooks.knowledge.found import Found
from webhooks.knowledge.index_in_force import NoIndex, products
from webhooks.knowledge.models import LONGEST_PRODUCT
from webhooks.pages.language import reader_of
from webhooks.pages.sent import VARY
from webhooks.pages.site import SCRIPTED, page
from webhooks.widget.views import Views

PAGE = "/widget"
_MINUTES = 10  # that a browser may keep it; the address is the same for good
_SCRIPT: dict[int | str, dict[str, Any]] = {
    200: {"description": "The file", "content": {"text/javascript": {}}},
    304: {"description": "Nothing else than when the `ETag` in `If-None-Match` was sent"},
}


def widget_router(found: Found, views: Views) -> APIRouter:
    """The routes of the widget: public, and what they serve is the same for everybody."""
    router = APIRouter(tags=["widget"])

    @router.get("/widget.js", response_class=Response, responses=_SCRIPT)
    async def script(request: Request) -> Response:
        """The widget: all of it in one file."""
        body, tag = _script()
        headers = {
            "ETag": tag,
            "Cache-Control": f"public, max-age={60 * _MINUTES}",
            # Pages that let nothing in from elsewhere unless it says that it may be.
            "Cross-Origin-Resource-Policy": "cross-origin",
        }
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(body, media_type="text/javascript", headers=headers)

    @router.get(PAGE, response_class=HTMLResponse)
    async def example(
        request: Request,
        product: Annotated[
            str, Query(max_length=LONGEST_PRODUCT, description="What the example is narrowed to.")
        ] = "",
        lang: Literal["", "da", "en"] = "",
    ) -> Response:
        """The widget as it looks, and what to copy to have it on another website."""
        reader = reader_of(request, lang)
        try:
            known = products(await found.in_force())
        except NoIndex:
            known = frozenset()
        chosen = product if product in known else ""
        body = views.example(reader, str(request.base_url).rstrip("/"), sorted(known), chosen)
        return page(body, reader.lang, {**SCRIPTED, "Vary": VARY}, 200)

    return router


@cache
def _script() -> tuple[bytes, str]:
    body = (files("webhooks.widget") / "widget.js").read_bytes()
    return body, f'"{blake2b(body, digest_size=12).hexdigest()}"'
