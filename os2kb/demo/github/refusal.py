"""How GitHub says no."""

from typing import Any

DOCUMENTATION = "https://docs.github.com/rest"


class Refusal(Exception):
    """An answer that is not a success: a status, a message and perhaps what was wrong.

    Args:
        errors: what a 422 lists; None leaves the key out.
        headers: to send along.
        extra: more keys of the body.
    """

    def __init__(
        self,
        status: int,
        message: str,
        *,
        errors: list[Any] | None = None,
        headers: dict[str, str] | None = None,
        extra: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.errors = errors
        self.headers = headers or {}
        self.extra = extra or {}

    def body(self) -> dict[str, Any]:
        """The JSON body."""
        body = {
            "message": self.message,
            **self.extra,
            "documentation_url": DOCUMENTATION,
            "status": str(self.status),
        }
        if self.errors is not None:
            body["errors"] = self.errors
        return body


def not_found() -> Refusal:
    """It is not there, or you may not know that it is."""
    return Refusal(404, "Not Found")


def gone() -> Refusal:
    """It was there once."""
    return Refusal(410, "This issue was deleted")


def invalid(resource: str, field: str, code: str, message: str = "") -> Refusal:
    """A 422 about one field. `code` is missing, missing_field, invalid, already_exists, custom."""
    error = {"resource": resource, "field": field, "code": code}
    return Refusal(
        422, "Validation Failed", errors=[{**error, "message": message} if message else error]
    )
