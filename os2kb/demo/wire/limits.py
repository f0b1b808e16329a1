"""Rate limits, and faults on demand: what a client must live with.

https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

PER_HOUR = 5_000

FaultKind = Literal["status", "reset", "slow", "stale-read", "rate-limit", "secondary-rate-limit"]
_WORDING = re.compile(
    r"(?:(?P<status>[45]\d\d)|(?P<kind>reset|slow|stale-read|rate-limit|secondary-rate-limit))"
    r"(?P<after>-after-write)?(?::(?P<seconds>\d+(?:\.\d+)?))?\Z"
)


class BadFault(ValueError):
    """A fault nobody knows. The message lists those there are."""


@dataclass(slots=True)
class Fault:
    """Something that goes wrong for the next `times` requests that match.

    Attributes:
        after: the request is carried out first, then goes wrong.
        seconds: how long it is slow, or how long until a rate limit lets go.
    """

    method: str
    path: re.Pattern[str]
    times: int
    kind: FaultKind
    status: int = 0
    after: bool = False
    seconds: float | None = None


def read_fault(then: str, method: str = "", path: str = "", times: int = 1) -> Fault:
    """Read a fault as tests write it.

    `then` is `502`, `reset`, `slow:0.3`, `stale-read`, `rate-limit:60` or
    `secondary-rate-limit:2`; `502-after-write` and `reset-after-write` do the work first.

    Raises:
        BadFault: it is none of these, or the path is no regular expression.
    """
    said = _WORDING.match(then)
    if said is None:
        raise BadFault(
            f"“{then}” is no fault; write 502, reset, slow:0.3, stale-read, rate-limit:60 or"
            " secondary-rate-limit:2, with -after-write after a status or reset"
        )
    try:
        pattern = re.compile(path)
    except re.error as error:
        raise BadFault(f"“{path}” is no regular expression: {error}") from error
    kind: FaultKind = "status" if said["status"] else said["kind"]  # type: ignore[assignment]
    if said["after"] and kind not in {"status", "reset"}:
        raise BadFault(f"“{then}”: only a status or reset can come after the write")
    return Fault(
        method.upper(),
        pattern,
        times,
        kind,
        int(said["status"] or 0),
        bool(said["after"]),
        float(said["seconds"]) if said["seconds"] else None,
    )


@dataclass(slots=True)
class Limits:
    """How much each actor has asked this hour, and the faults that wait.

    Attributes:
        used: actor to (start of the window as a Unix time, requests in it). Queries have a limit
            of their own, under the actor's name and `graphql`.
    """

    per_hour: int = PER_HOUR
    used: dict[str, tuple[float, int]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    time: Callable[[], float] = time.time

    def clear(self) -> None:
        """Full quota for everyone and no faults."""
        self.used.clear()
        self.faults.clear()
        self.per_hour = PER_HOUR

    def take_fault(self, method: str, path: str, *, stale_possible: bool) -> Fault | None:
        """The first waiting fault that matches, used up by one.

        A stale read waits until there is a change to be behind.
        """
        for fault in self.faults:
            if fault.kind == "stale-read" and not (stale_possible and method == "GET"):
                continue
            if (not fault.method or fault.method == method) and fault.path.search(path):
                fault.times -= 1
                if fault.times <= 0:
                    self.faults.remove(fault)
                return fault
        return None

    def wants_previous(self) -> bool:
        """Whether the state before a change must be kept for a stale read."""
        return any(fault.kind == "stale-read" for fault in self.faults)

    def spend(self, actor: str, cost: int = 1) -> None:
        """Count a request."""
        start, used = self._window(actor)
        self.used[actor] = (start, used + cost)

    def exhausted(self, actor: str) -> bool:
        """Whether the actor has nothing left this hour."""
        return self._window(actor)[1] >= self.per_hour

    def headers(self, actor: str) -> dict[str, str]:
        """The rate-limit headers every answer carries."""
        start, used = self._window(actor)
        return {
            "X-RateLimit-Limit": str(self.per_hour),
            "X-RateLimit-Remaining": str(max(0, self.per_hour - used)),
            "X-RateLimit-Used": str(used),
            "X-RateLimit-Reset": str(int(start) + 3600),
            "X-RateLimit-Resource": "core",
        }

    def _window(self, actor: str) -> tuple[float, int]:
        start, used = self.used.get(actor, (self.time(), 0))
        if self.time() >= start + 3600:
            return self.time(), 0
        return start, used
