"""`/console`: what needs a person now."""

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from os2kb.store.walk import walk
from webhooks.console.console import Console, Visitor, shown
from webhooks.console.reach import Reach

_SIZE = 10


def now_router(console: Console) -> APIRouter:
    """The page that people come to first."""
    router = APIRouter(include_in_schema=False)
    database = console.installation.database

    @router.get("/console")
    def now(visitor: Visitor = Depends(console.visitor)) -> Response:
        reach = Reach(visitor, database)
        parked = walk(database, reach.sees, state="failed", limit=_SIZE)
        return shown(
            "now",
            visitor.language,
            visitor,
            parked=[(one, reach.subject(one.subject)) for one in parked.deliveries],
            more_parked=bool(parked.older),
        )

    return router
