"""Problem documents: what is wrong, where, and how to mend it (RFC 9457)."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from os2kb.logs import get_logger
from webhooks.manners.headers import ALWAYS

MEDIA_TYPE = "application/problem+json"
log = get_logger()


class ProblemDocument(BaseModel):
    """The body of every error."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    cure: str = ""


class Problem(Exception):
    """An error to show the client.

    Args:
        status: HTTP status code.
        title: the kind of error, the same each time.
        detail: what is wrong this time.
        cure: how to mend it.
    """

    def __init__(
        self,
        status: int,
        title: str,
        detail: str,
        cure: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.document = ProblemDocument(title=title, status=status, detail=detail, cure=cure)
        self.headers = dict(headers or {})

    def response(self) -> JSONResponse:
        """The HTTP response."""
        return JSONResponse(
            self.document.model_dump(),
            status_code=self.document.status,
            media_type=MEDIA_TYPE,
            headers={"X-Content-Type-Options": "nosniff", **self.headers},
        )


def handle_problems(app: FastAPI) -> None:
    """Let the app answer every error with a problem document, never a stack trace."""

    @app.exception_handler(Problem)
    async def _problem(_: Request, problem: Problem) -> JSONResponse:
        return problem.response()

    @app.exception_handler(RequestValidationError)
    async def _invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        return Problem(
            422,
            "The request does not fit",
            _first(error.errors()),
            "Compare the request with /openapi.json.",
        ).response()

    @app.exception_handler(HTTPException)
    async def _http(_: Request, error: HTTPException) -> JSONResponse:
        return problem_of(error).response()

    @app.exception_handler(Exception)
    async def _unexpected(request: Request, error: Exception) -> JSONResponse:
        log.error("request_failed", path=request.url.path, error=type(error).__name__)
        return Problem(
            500,
            "Something failed on our side",
            "The request could not be handled; the log says why.",
            "Try again; if it goes on, ask those who run this service to read its log.",
            ALWAYS,  # it is sent outside the layer that puts them on all else
        ).response()


def problem_of(error: HTTPException) -> Problem:
    """What the framework refused: an address or a method that is not there."""
    said = str(error.detail)
    cure = "The addresses and methods stand in /openapi.json."
    return Problem(error.status_code, said, said, cure, error.headers)


def _first(errors: Sequence[Any]) -> str:
    """The first error in words, without the value: it may hold what must not be repeated."""
    error = errors[0]
    where = ".".join(str(part) for part in error["loc"])
    return f"{where}: {error['msg']}"
