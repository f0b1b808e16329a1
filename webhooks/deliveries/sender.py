"""Taking a delivery: within its bounds, signed, and JSON. The same for every sender."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import anyio.to_thread
from fastapi import Request
from prometheus_client import Counter, Histogram
from pydantic import SecretStr

from webhooks.deliveries.signatures import is_signed
from webhooks.problems import Problem, ProblemDocument

# GitHub caps a payload at 25 MB, and Jira's are smaller.
LARGEST_BODY = 25 * 1024 * 1024
# Reading more JSON than this in the event loop would hold up other deliveries.
SMALL_BODY = 128 * 1024

ANSWERED = Counter("os2kb_deliveries_total", "Deliveries received.", ["source", "outcome"])
SECONDS = Histogram("os2kb_delivery_seconds", "Seconds to acknowledge a delivery.", ["source"])
REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemDocument, "description": meaning}
    for status, meaning in {
        400: "Not JSON, or a header is missing",
        401: "The signature does not fit, or no secret is configured",
        413: "Larger than 25 MB",
        503: "It could not be stored; deliver it again",
    }.items()
}

_SIGNATURE = re.compile(r"sha256=[0-9a-f]{64}")
_KEPT_HEADERS = ("content-type", "user-agent", "x-github-", "x-hub-", "x-atlassian-webhook-")


@dataclass(frozen=True, slots=True)
class Sender:
    """Whoever sends deliveries.

    Attributes:
        source: its name in metrics and in the store.
        name: its name for people.
        header: which holds the signature.
        setting: which holds the secrets.
    """

    source: str
    name: str
    header: str
    setting: str
    secrets: Sequence[SecretStr]

    async def signed_body(self, request: Request) -> bytes:
        """The raw body; refused before it is read whole where it is too large, or not signed.

        Raises:
            Problem: 401 or 413.
        """
        declared = request.headers.get("content-length", "0")
        if declared.isdigit() and int(declared) > LARGEST_BODY:
            raise self._too_large()
        signature = self._signature(request)
        chunks: list[bytes] = []
        size = 0
        async for chunk in request.stream():
            size += len(chunk)
            if size > LARGEST_BODY:
                raise self._too_large()
            chunks.append(chunk)
        body = b"".join(chunks)
        if not is_signed(body, signature, self.secrets):
            raise self._forged(f"{self.header} was not made from this body with our secret.")
        return body

    def not_stored(self, error: Exception) -> Problem:
        """A delivery that is not known to be kept."""
        ANSWERED.labels(self.source, "not_stored").inc()
        return Problem(
            503,
            "The delivery could not be stored",
            f"{error}; nothing is known to be kept.",
            "Deliver it again once /readyz answers 200.",
            {"Retry-After": "10"},
        )

    def _signature(self, request: Request) -> str:
        if not self.secrets:
            raise Problem(
                401,
                "No webhook secret is configured",
                "Without a secret no delivery can be told from a forged one, so all are refused.",
                f"Set {self.setting} to the webhook's secret and start again.",
            )
        signature = request.headers.get(self.header, "")
        if not _SIGNATURE.fullmatch(signature):
            raise self._forged(f"{self.header} is missing, or not `sha256=` and 64 digits.")
        return signature

    def _forged(self, detail: str) -> Problem:
        ANSWERED.labels(self.source, "forged").inc()
        return Problem(
            401,
            "The signature does not fit",
            detail,
            f"Set the webhook's secret on {self.name} to the value of {self.setting}.",
            {"Connection": "close"},
        )

    def _too_large(self) -> Problem:
        return Problem(
            413,
            "The delivery is too large",
            f"A delivery may be {LARGEST_BODY} bytes at most.",
            f"Choose fewer events for the webhook; {self.name} itself never sends more.",
            # Hang up: or the rest of the body would still be taken in, to be thrown away.
            {"Connection": "close"},
        )


async def parse(body: bytes) -> dict[str, Any]:
    """The JSON object that a body holds.

    Raises:
        Problem: 400, it holds none.
    """
    try:
        if len(body) <= SMALL_BODY:
            payload = json.loads(body)
        else:
            payload = await anyio.to_thread.run_sync(json.loads, body)
    except (ValueError, RecursionError) as error:
        raise Problem(
            400,
            "The body is not JSON",
            f"It cannot be read as JSON in UTF-8 ({type(error).__name__}).",
            "Choose the content type application/json for the webhook.",
        ) from error
    if not isinstance(payload, dict):
        raise Problem(400, "The body is not an object", "A delivery is a JSON object.")
    return payload


def kept_headers(request: Request) -> dict[str, str]:
    """The headers that are kept with a delivery."""
    return {
        name: value.replace("\0", "")
        for name, value in request.headers.items()
        if name.startswith(_KEPT_HEADERS)
    }
