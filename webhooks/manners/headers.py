"""Headers that let a browser do no more with a response than show it."""

from dataclasses import dataclass
from functools import partial

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# What a response says of itself stays: pages have policies of their own.
ALWAYS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True, slots=True)
class SafeHeaders:
    """Puts on every response what it does not say itself, and leads to our addresses by path."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        told = partial(_send, send, scope) if scope["type"] == "http" else send
        await self.app(scope, receive, told)


async def _send(send: Send, scope: Scope, message: Message) -> None:
    if message["type"] == "http.response.start":
        headers = MutableHeaders(scope=message)
        if leads := headers.get("location"):
            # Whoever asks chooses what we are called, in `Host`: nobody is led there by us.
            own = str(Request(scope).base_url)
            if leads.startswith(own):
                headers["location"] = f"/{leads.removeprefix(own).lstrip('/')}"
        for name, value in ALWAYS.items():
            headers.setdefault(name, value)
    await send(message)
