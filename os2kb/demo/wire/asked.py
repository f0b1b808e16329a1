"""A request to a demo server as its gate sees it, what the gate has to say, and how it is sent."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from os2kb.demo.wire.serving import cut


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came: path decoded, header names in lower case."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What goes back. With `cut` the connection is reset instead; `delay` is in seconds."""

    status: int
    headers: dict[str, str]
    body: bytes
    cut: bool = False
    delay: float = 0.0


async def pass_through(
    gate: Callable[[Asked], Outcome], scope: Scope, receive: Receive, send: Send
) -> None:
    """Let the gate answer an HTTP request, whose body is read first."""
    request = Request(scope, receive)
    outcome = gate(
        Asked(
            request.method,
            scope["path"],
            dict(request.query_params),
            dict(request.headers),
            await request.body(),
        )
    )
    if outcome.delay:
        await asyncio.sleep(outcome.delay)
    if outcome.cut:
        cut(scope)
        return
    await Response(outcome.body, outcome.status, outcome.headers)(scope, receive, send)
