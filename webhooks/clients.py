"""Telling clients apart without remembering who they are."""

import ipaddress
import math
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import blake2b

from cachetools import LRUCache
from fastapi import Request

from webhooks.problems import Problem

# Clients remembered at a time; of more, those not heard of for longest are let in anew.
MOST_CLIENTS = 20_000


@dataclass(frozen=True, slots=True)
class Clients:
    """Gives each client a mark, good only in this process: the key of the marks is never kept.

    The server has put the address that a trusted proxy saw in the place of the proxy's own
    (`OS2KB_TRUSTED_PROXIES`).
    """

    key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def mark(self, request: Request) -> bytes:
        """The mark of the client that sends a request."""
        address = request.client.host if request.client else ""
        return blake2b(_block(address).encode(), key=self.key, digest_size=16).digest()


def _block(address: str) -> str:
    """The address; of IPv6 the /64 that one household or office has to itself."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)  # `::ffff:192.0.2.1`, as a server of both kinds has it
    if parsed.version == 4:
        return address
    return str(ipaddress.ip_network((address.partition("%")[0], 64), strict=False))


@dataclass(slots=True)
class RateLimit:
    """At most so many requests of a client in a period, spread as the client likes.

    Each request moves the moment at which the client has used nothing up; it may lie one period
    ahead (the generic cell rate algorithm, one number a client).

    Args:
        times: requests in a period.
        seconds: of the period.
        clock: monotonic seconds.
    """

    times: int
    seconds: float
    clock: Callable[[], float] = time.monotonic
    _clear_at: LRUCache[bytes, float] = field(default_factory=lambda: LRUCache(MOST_CLIENTS))

    def take(self, client: bytes, cost: int = 1) -> None:
        """Count a request.

        Args:
            cost: how many it counts as.

        Raises:
            Problem: 429, with the seconds to wait, and the request does not count.
        """
        now = self.clock()
        clear_at, wait = self._after(client, cost, now)
        if wait:
            raise Problem(
                429,
                "Too many requests",
                f"At most {self.times} of these are taken in {self.seconds / 60:g} minutes.",
                "Wait as long as the header Retry-After says.",
                {"Retry-After": str(math.ceil(wait)), "Connection": "close"},
            )
        self._clear_at[client] = clear_at

    def wait(self, client: bytes) -> float:
        """Seconds until a request would be taken; 0 for now."""
        return self._after(client, 1, self.clock())[1]

    def _after(self, client: bytes, cost: int, now: float) -> tuple[float, float]:
        """When the client would have used nothing up, and how long it has to wait before."""
        each = self.seconds / self.times
        clear_at = max(self._clear_at.get(client, now), now) + each * cost
        wait = clear_at - now - self.seconds
        return clear_at, wait if wait > 1e-6 else 0.0  # a millionth for the rounding of the sums
