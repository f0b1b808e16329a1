"""What went over the wire: kept for tests, for the contract check and for the curious."""

from collections import Counter, deque
from dataclasses import asdict, dataclass, field
from typing import Any

KEPT_EXCHANGES = 5_000
KEPT_WRITES = 50_000
_ASKING = ("/graphql", "/issue/bulkfetch", "/comment/list")
"""What is posted, and only asks."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its response.

    Attributes:
        path: without the `/api/v3` prefix and without the query.
        actor: `ida`, `os2kb[bot]`, `app:os2kb` or `anonymous`.
        request: the JSON body, None where there was none.
        headers: of the response, names in lower case.
    """

    method: str
    path: str
    query: dict[str, str]
    actor: str
    request: Any
    status: int
    headers: dict[str, str]
    response: Any


@dataclass(frozen=True, slots=True)
class Write:
    """A change asked for by an app. `created_labels` are labels that came into being by it."""

    method: str
    path: str
    body: Any
    status: int
    actor: str
    created_labels: tuple[str, ...] = ()


@dataclass(slots=True)
class Traffic:
    """The last exchanges, every write by an app, and how often each actor has read.

    A query is a read, and so is an answer that says that nothing has changed (304).
    """

    exchanges: deque[Exchange] = field(default_factory=lambda: deque(maxlen=KEPT_EXCHANGES))
    writes: deque[Write] = field(default_factory=lambda: deque(maxlen=KEPT_WRITES))
    reads: Counter[str] = field(default_factory=Counter)

    def record(self, exchange: Exchange, *, by_app: bool, created_labels: tuple[str, ...]) -> None:
        """Keep an exchange; keep it as a write too where an app asked for a change."""
        self.exchanges.append(exchange)
        reads = exchange.method in {"GET", "HEAD"} or exchange.path.endswith(_ASKING)
        if reads:
            self.reads[exchange.actor] += 1
        elif by_app:
            self.writes.append(
                Write(
                    exchange.method,
                    exchange.path,
                    exchange.request,
                    exchange.status,
                    exchange.actor,
                    created_labels,
                )
            )

    def clear(self) -> None:
        """Forget it all."""
        self.exchanges.clear()
        self.writes.clear()
        self.reads.clear()

    def as_json(self, what: str) -> list[dict[str, Any]]:
        """`exchanges` or `writes`, oldest first."""
        return [asdict(one) for one in getattr(self, what)]
