"""`/console`: what needs a person now."""

from collections.abc import Iterable
from datetime import timedelta
from hashlib import blake2b
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response
from sqlalchemy import Engine, func, select

from os2kb.store import tables
from os2kb.store.asked import questions
from os2kb.store.asked.questions import Question
from os2kb.store.awaited import lately, waiting_proposals
from os2kb.store.walk import walk
from os2kb.subjects import Subject
from webhooks.console.console import Console, Visitor, shown
from webhooks.console.gathered.policies import Policies
from webhooks.console.gathered.reach import Reach
from webhooks.console.gathered.titled import titles_of
from webhooks.console.live import Live
from webhooks.console.pages.knowledge import own_products

_WEEK = timedelta(days=7)
_SIZE, _LATEST, _MOST_REPOSITORIES = 10, 500, 30


def now_router(console: Console, policies: Policies) -> APIRouter:
    """The page that people come to first."""
    router = APIRouter(include_in_schema=False)
    database = console.installation.database
    live = Live(lambda: mark_of(database))

    @router.get("/console/now/events")
    async def events(
        since: Annotated[str, Query(max_length=32)] = "",
        visitor: Visitor = Depends(console.visitor),
    ) -> Response:
        return live.stream(since, visitor.session.id)

    @router.get("/console")
    def now(visitor: Visitor = Depends(console.visitor)) -> Response:
        mark, reach = mark_of(database), Reach(visitor, database)
        parked = walk(database, reach.sees, state="failed", limit=_SIZE)
        since = console.installation.now() - _WEEK
        proposals = _named(reach, waiting_proposals(database))
        escalated = _named(reach, lately(database, "tell:", since))
        conflicts = _named(reach, lately(database, "comment:conflict", since))
        in_force = policies.each(reach.repositories[:_MOST_REPOSITORIES])
        return shown(
            "now",
            visitor.language,
            visitor,
            mark=mark,
            parked=[(one, reach.subject(one.subject)) for one in parked.deliveries],
            more_parked=bool(parked.older),
            mistaken=[one for one in in_force if one.problems],
            proposals=proposals,
            escalated=escalated,
            conflicts=conflicts,
            titles=titles_of(database, {*proposals, *escalated, *conflicts}),
            questions=_questions(console, reach),
        )

    return router


def mark_of(database: Engine) -> str:
    """Another one whenever a delivery is parked or taken up again, or a question is put."""
    parked = select(func.count(), func.max(tables.deliveries.c.id))
    asked = select(func.count(), func.max(tables.questions.c.last_at))
    with database.connect() as connection:
        failed = connection.execute(parked.where(tables.deliveries.c.state == "failed")).one()
        seen = (*failed, *connection.execute(asked).one())
    return blake2b(repr(seen).encode(), digest_size=8).hexdigest()


def _named(reach: Reach, keys: Iterable[str]) -> list[Subject]:
    """The subjects of keys that somebody may see."""
    found = (reach.subject(key) for key in keys)
    return [one for one in found if one and reach.role(one.repository)][:_SIZE]


def _questions(console: Console, reach: Reach) -> list[Question]:
    """What people asked and nobody could answer, of the products that somebody has a role in."""
    is_theirs = own_products(console, reach)
    found = questions.newest(console.installation.database, limit=_LATEST)
    return [one for one in found if is_theirs(one.product)][:_SIZE]
