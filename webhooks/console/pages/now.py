"""`/console`: what needs a person now."""

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from webhooks.console.console import Console, Visitor, shown


def now_router(console: Console) -> APIRouter:
    """The page that people come to first."""
    router = APIRouter(include_in_schema=False)

    @router.get("/console")
    def now(visitor: Visitor = Depends(console.visitor)) -> Response:
        return shown("now", visitor.language, visitor)

    return router
