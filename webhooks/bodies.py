"""JSON bodies: read within a bound and checked, without ever repeating what they hold."""

import json
from typing import Any, TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError

from webhooks.problems import Problem, ProblemDocument

LARGEST_BODY = 64 * 1024

Model = TypeVar("Model", bound=BaseModel)

TOO_LARGE: dict[int | str, dict[str, Any]] = {
    413: {"model": ProblemDocument, "description": "The body is too large"}
}


def described(model: type[BaseModel]) -> dict[str, Any]:
    """The body for /openapi.json, for a route that reads it itself."""
    content = {"application/json": {"schema": model.model_json_schema()}}
    return {"requestBody": {"required": True, "content": content}}


async def read_body(request: Request, model: type[Model]) -> Model:
    """The request's body as the model; its first example is the cure of what does not fit.

    Raises:
        Problem: 413 before more than LARGEST_BODY is taken in, 422 where it does not fit.
    """
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise Problem(
                413,
                "The body is too large",
                f"The body may be {LARGEST_BODY} bytes at most.",
                "Compare the longest texts in /openapi.json.",
                {"Connection": "close"},
            )
    try:
        return model.model_validate_json(bytes(body))
    except ValidationError as error:
        # Only where and what: the value may hold what must not be repeated.
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        where = ".".join(str(part) for part in ("body", *first["loc"]))
        raise Problem(
            422, "The request does not fit", f"{where}: {first['msg']}", _cure(model)
        ) from None


def _cure(model: type[BaseModel]) -> str:
    extra = model.model_config.get("json_schema_extra")
    examples = extra.get("examples") if isinstance(extra, dict) else None
    first = examples[0] if isinstance(examples, list) else {}
    return f"Send JSON such as {json.dumps(first, ensure_ascii=False)}."
