"""The site's pages: templates, and responses that let a browser do no more than show them."""

from collections.abc import Mapping
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, PackageLoader, PrefixLoader, StrictUndefined

from index.passages import Language
from webhooks.problems import Problem, ProblemDocument

_MEDIA_TYPES: Mapping[str, str] = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
# Nothing but our own style sheet and forms: no script at all, no frame around us.
# https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Content-Security-Policy
_NO_SCRIPT = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
SECURITY: Mapping[str, str] = {
    "Content-Security-Policy": _NO_SCRIPT,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# For pages with scripts: only those that are files of ours, which may ask nobody but us.
SCRIPTED: Mapping[str, str] = {
    **SECURITY,
    "Content-Security-Policy": f"{_NO_SCRIPT}; script-src 'self'; connect-src 'self'",
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
    made.globals["static"] = address
    return made


def address(name: str) -> str:
    """Where a file that pages need is kept; it changes with the file."""
    return f"/static/{name}?v={_mark(name)}"


def spoken_in(language: Language) -> dict[str, Any]:
    """What every template needs: its language, and how to say something in it."""
    return {"lang": language, "say": lambda da, en: da if language == "da" else en}


def page(
    body: str | bytes, language: Language, headers: Mapping[str, str], status: int
) -> Response:
    """A page as it is sent, with the headers of its kind (`SECURITY` or `SCRIPTED`) and others."""
    sent = {"Content-Language": language, **headers}
    return HTMLResponse(body, status_code=status, headers=sent)


def static_router() -> APIRouter:
    """Style sheet, scripts and icon. Their addresses change with them: browsers may keep them."""
    router = APIRouter(tags=["pages"])

    @router.get(
        "/static/{name}",
        response_class=Response,
        responses={
            200: {
                "content": {kind.partition(";")[0]: {} for kind in _MEDIA_TYPES.values()},
                "description": "The file",
            },
            404: {"model": ProblemDocument, "description": "There is no such file"},
        },
    )
    async def static(name: str, v: str = "") -> Response:
        """A file that pages need."""
        if name not in _files():
            known = ", ".join(_files())
            raise Problem(404, "There is no such file", f"These are kept there: {known}.")
        kept = f"public, max-age={_YEAR}, immutable" if v == _mark(name) else "no-cache"
        media_type = _MEDIA_TYPES[PurePosixPath(name).suffix]
        headers = {**SECURITY, "Cache-Control": kept}
        return Response(_files()[name], media_type=media_type, headers=headers)

    return router


@cache
def _files() -> Mapping[str, bytes]:
    """All that there are, by name: nothing else is ever opened, whatever an address says."""
    folder = files("webhooks.pages") / "static"
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir(), key=_name)}


def _name(file: Traversable) -> str:
    return file.name


@cache
def _mark(name: str) -> str:
    return blake2b(_files()[name], digest_size=6).hexdigest()
