"""`/console/health`: how the installation is doing, for operators."""

from collections.abc import Sequence
from datetime import timedelta

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from os2kb.doctor import examine
from os2kb.doctor.check import Check
from os2kb.knowledge.refresh.record import last_refresh
from os2kb.phrases import Phrase
from os2kb.store import deliveries, wakes
from os2kb.store.backlog.freshness import freshness
from os2kb.version import VERSION
from webhooks.console.charts import bars
from webhooks.console.console import Acting, Console, Visitor, shown
from webhooks.console.people import Role
from webhooks.console.wording import STATES

_WEEK = timedelta(days=7)
VERDICTS = {
    "ok": Phrase("i orden", "fine"),
    "off": Phrase("ikke sat op", "not set up"),
    "wrong": Phrase("galt", "wrong"),
}


def health_router(console: Console) -> APIRouter:
    """The page; each part is tried for real only when somebody asks for that."""
    router = APIRouter(include_in_schema=False)
    installation = console.installation
    database = installation.database

    @router.get("/console/health")
    def health(visitor: Visitor = Depends(console.visitor)) -> Response:
        return page(visitor)

    @router.post("/console/health")
    def examined(acting: Acting = Depends(console.acting)) -> Response:
        acting.visitor.require("", Role.OPERATOR)
        return page(acting.visitor, tuple(examine(installation.settings)))

    def page(visitor: Visitor, checks: Sequence[Check] = ()) -> Response:
        visitor.require("", Role.OPERATOR)
        counts = dict.fromkeys(deliveries.STATES, 0) | deliveries.counts(database)
        named = [(STATES[state].in_language(visitor.language), counts[state]) for state in STATES]
        return shown(
            "health",
            visitor.language,
            visitor,
            version=VERSION,
            deliveries=bars(named),
            under_way=wakes.under_way(database, installation.now()),
            index=next(iter(installation.versions.status().versions), None),
            refresh=last_refresh(installation.settings.index_dir),
            freshness=freshness(database, installation.now() - _WEEK),
            mode=installation.settings.mode,
            checks=checks,
            verdicts=VERDICTS,
        )

    return router
