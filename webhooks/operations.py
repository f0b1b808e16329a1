"""Operations: is it alive, is it ready, and how is it doing."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, Gauge, generate_latest
from pydantic import BaseModel
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from index.versions import Versions
from os2kb.knowledge.refresh.record import last_refresh
from os2kb.store import deliveries
from os2kb.store.backlog.freshness import freshness
from os2kb.version import VERSION
from webhooks.problems import Problem, ProblemDocument

PASSAGES = Gauge("os2kb_index_passages", "Passages of the index that serves.")
FRESHNESS = Gauge(
    "os2kb_index_refreshed_timestamp_seconds",
    "When the index was last known to hold what its sources held; 0 for never.",
)
REFRESH_FAILED = Gauge("os2kb_index_refresh_failed", "1 where the last refresh failed.")
UNREACHABLE = Gauge(
    "os2kb_sources_unreachable", "Sources that the last refresh could not read anew."
)
LAG = Gauge(
    "os2kb_ticket_lag_seconds",
    "Seconds from a change of an issue or its ticket until the other was looked after, in a day.",
    ["quantile"],
)
WAITING = Gauge("os2kb_stored_deliveries", "Deliveries in the store, by state.", ["state"])


_A_DAY = timedelta(days=1)


_METRICS: dict[int | str, dict[str, Any]] = {
    200: {"description": "Prometheus's text format", "content": {"text/plain": {}}}
}
_NO_STORE: dict[int | str, dict[str, Any]] = {
    503: {"model": ProblemDocument, "description": "The database cannot be reached"}
}


class Health(BaseModel):
    """The process answers."""

    status: str = "ok"
    version: str = VERSION


class Readiness(BaseModel):
    """The service can take deliveries and, where an index is built, answer questions."""

    status: str
    index: str | None
    deliveries: dict[str, int]


def operations_router(
    database: Engine, versions: Versions, index_dir: Path, now: Callable[[], datetime]
) -> APIRouter:
    """The routes for those who run the service."""
    router = APIRouter(tags=["operations"])

    @router.get("/healthz")
    async def healthz() -> Health:
        """The process answers; nothing else is checked."""
        return Health()

    @router.get("/readyz", responses=_NO_STORE)
    def readyz() -> Readiness:
        """Whether deliveries can be stored."""
        index = versions.current()
        return Readiness(
            status="ready",
            index=index.version if index else None,
            deliveries=_counts(database),
        )

    @router.get("/metrics", response_class=Response, responses=_METRICS | _NO_STORE)
    def metrics() -> Response:
        """Figures for Prometheus."""
        for state, count in _counts(database).items():
            WAITING.labels(state).set(count)
        _index(versions, index_dir)
        _freshness(database, now())
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return router


def _index(versions: Versions, index_dir: Path) -> None:
    index, refresh = versions.current(), last_refresh(index_dir)
    PASSAGES.set(len(index.passages) if index else 0)
    if refresh:
        FRESHNESS.set(refresh.succeeded_at.timestamp() if refresh.succeeded_at else 0)
        REFRESH_FAILED.set(refresh.outcome == "failed")
        UNREACHABLE.set(sum(bool(source.problem) for source in refresh.sources.values()))


def _freshness(database: Engine, now: datetime) -> None:
    """What is unknown is left out, and is not zero."""
    LAG.clear()
    found = freshness(database, now - _A_DAY)
    if found:
        LAG.labels("0.5").set(found.p50)
        LAG.labels("0.95").set(found.p95)


def _counts(database: Engine) -> dict[str, int]:
    try:
        return dict.fromkeys(deliveries.STATES, 0) | deliveries.counts(database)
    except SQLAlchemyError as error:
        raise Problem(
            503,
            "The database cannot be reached",
            f"It answered with {type(error).__name__}.",
            "Check OS2KB_DATABASE_URL, and that the disk is not full; `os2kb doctor` tells more.",
        ) from error
