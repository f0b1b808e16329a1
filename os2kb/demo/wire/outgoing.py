"""HTTP out of a demo server, by which it delivers its webhooks."""

import ssl
from functools import cache

import httpx


def outgoing(timeout: float) -> httpx.Client:
    """A client for deliveries; `timeout` in seconds."""
    return httpx.Client(timeout=timeout, trust_env=False, verify=_trusted())


@cache
def _trusted() -> ssl.SSLContext:
    """The authorities to trust. Read once: that takes 30 ms, longer than most deliveries."""
    return httpx.create_ssl_context(trust_env=False)
