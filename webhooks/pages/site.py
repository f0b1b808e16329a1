"""The site's pages: templates, and responses that let a browser do no more than show them."""

from collections.abc import Mapping
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, PackageLoader, PrefixLoader, StrictUndefined

from index.passages import Language
from webhooks.problems import Problem, ProblemDocument

STYLE, ICON = "os2.css", "os2.svg"
_MEDIA_TYPES: Mapping[str, str] = {STYLE: "text/css; charset=utf-8", ICON: "image/svg+xml"}
# Nothing but our own style sheet and forms: no script at all, no frame around us.
# https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Content-Security-Policy
SECURITY: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_YEAR = 365 * 24 * 3600


def templates(package: str) -> Environment:
    """The templates of a package by their names, and the site's own as `site/NAME`."""
    loaders = {"site": PackageLoader("webhooks.pages"), "page": PackageLoader(package)}
    made = Environment(
        loader=PrefixLoader(loaders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for name, file in (("style", STYLE), ("icon", ICON)):
        made.globals[name] = f"/static/{file}?v={_mark(file)}"
    return made


def spoken_in(language: Language) -> dict[str, Any]:
    """What every template needs: its language, and how to say something in it."""
    return {"lang": language, "say": lambda da, en: da if language == "da" else en}


def page_headers(language: Language) -> dict[str, str]:
    """What is sent with every page."""
    return {**SECURITY, "Content-Language": language}


def page(body: str, language: Language, headers: Mapping[str, str], status: int) -> Response:
    """A page as it is sent."""
    sent = {**page_headers(language), **headers}
    return HTMLResponse(body, status_code=status, headers=sent)


def static_router() -> APIRouter:
    """The style sheet and the icon. Their addresses change with them: browsers may keep them."""
    router = APIRouter(tags=["pages"])

    @router.get(
        "/static/{name}",
        response_class=Response,
        responses={
            200: {"content": {"text/css": {}, "image/svg+xml": {}}, "description": "The file"},
            404: {"model": ProblemDocument, "description": "There is no such file"},
        },
    )
    async def static(name: str, v: str = "") -> Response:
        """A file that pages need."""
        if name not in _MEDIA_TYPES:
            known = ", ".join(_MEDIA_TYPES)
            raise Problem(404, "There is no such file", f"These are kept there: {known}.")
        kept = f"public, max-age={_YEAR}, immutable" if v == _mark(name) else "no-cache"
        return Response(
            _file(name), media_type=_MEDIA_TYPES[name], headers={**SECURITY, "Cache-Control": kept}
        )

    return router


@cache
def _file(name: str) -> bytes:
    return (files("webhooks.pages") / "static" / name).read_bytes()


@cache
def _mark(name: str) -> str:
    return blake2b(_file(name), digest_size=6).hexdigest()
