"""`/openapi.json`: what the routes say of themselves, and what the layers round them add."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from webhooks.knowledge.examples import EXAMPLES
from webhooks.manners.pace import is_counted
from webhooks.problems import MEDIA_TYPE, ProblemDocument

_REF = "#/components/schemas/"
_PROBLEM = {"$ref": f"{_REF}{ProblemDocument.__name__}"}
_PLAIN = {"$ref": f"{_REF}HTTPValidationError"}
_EXAMPLE = {
    "type": "about:blank",
    "title": "The request does not fit",
    "status": 422,
    "detail": "query.limit: Input should be less than or equal to 50",
    "cure": "Compare the request with /openapi.json.",
}
_LIMITED = "Too many of one client; wait as long as the header `Retry-After` says"
_MEDDLING = "A browser sends it for a website that is not on the list"
_WAIT = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "string"}}}

Json = dict[str, Any]


def describe(app: FastAPI) -> None:
    """Let an app's description tell of every answer, and of each error as the document it is."""

    def described() -> Json:
        if app.openapi_schema is None:
            app.openapi_schema = _described(app)
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]


def _described(app: FastAPI) -> Json:
    made = get_openapi(
        title=app.title, version=app.version, description=app.description, routes=app.routes
    )
    schemas = made["components"]["schemas"]
    schemas[ProblemDocument.__name__] = ProblemDocument.model_json_schema()
    # Put in now: what writes the description leaves out all that is null.
    for name, example in {**EXAMPLES, ProblemDocument.__name__: _EXAMPLE}.items():
        schemas[name]["examples"] = [example]
    for path, method, operation in _operations(made):
        responses: dict[str, Json] = operation["responses"]
        if is_counted(path):
            limited = responses.setdefault("429", _problem(_LIMITED))
            if not path.startswith(("/api/", "/answer")):
                limited["content"]["text/html"] = {"schema": {"type": "string"}}
        if path == "/answer" or (method == "post" and not path.startswith("/webhooks/")):
            responses.setdefault("403", _problem(_MEDDLING))
        for status, response in responses.items():
            _as_problem(response)
            if status in ("429", "503"):
                response["headers"] = _WAIT
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    return made


def _operations(made: Json) -> Iterator[tuple[str, str, Json]]:
    for path, item in made["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def _problem(description: str) -> Json:
    return {"description": description, "content": {"application/json": {"schema": _PROBLEM}}}


def _as_problem(response: Json) -> None:
    """Name the media type that a problem document is sent as (RFC 9457); it may be a page, too."""
    content = response.get("content", {})
    for media_type in ("application/json", "text/html"):
        if content.get(media_type, {}).get("schema") in (_PROBLEM, _PLAIN):
            del content[media_type]
            content[MEDIA_TYPE] = {"schema": _PROBLEM}
            if media_type == "text/html":
                content[media_type] = {"schema": {"type": "string"}}
