"""How Jira says no."""

from typing import Any


class Refusal(Exception):
    """An answer that is not a success.

    Args:
        fields: field to what is wrong with it.
        headers: to send along.
    """

    def __init__(
        self,
        status: int,
        message: str = "",
        *,
        fields: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.fields = fields or {}
        self.headers = headers or {}

    def body(self) -> dict[str, Any]:
        """The JSON body."""
        return {"errorMessages": [self.message] if self.message else [], "errors": self.fields}


def no_issue() -> Refusal:
    """It is not there, or you may not know that it is."""
    return Refusal(404, "Issue does not exist or you do not have permission to see it.")


def no_permission(what: str) -> Refusal:
    """You may see it, and not do that."""
    return Refusal(403, f"You do not have the permission {what}.")


def wrong(field: str, message: str) -> Refusal:
    """A 400 about one field."""
    return Refusal(400, fields={field: message})
