"""`/console/jira`: linked issues and tickets: in step or not, conflicts, and what goes public."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from os2kb.answers.question import clean
from os2kb.forges.port import ForgeError
from os2kb.governance.told_actions import told_action
from os2kb.phrases import NOTHING, Phrase
from os2kb.store.backlog.freshness import freshness
from os2kb.store.backlog.pairs import Pair, pairs
from os2kb.store.backlog.runs import latest_runs
from os2kb.sweep.kinds import KINDS
from os2kb.sweep.look import Look
from os2kb.trackers.port import TrackerError
from webhooks.console.console import Console, Visitor, shown
from webhooks.console.gathered.reach import Reach
from webhooks.console.gathered.titled import titles_of
from webhooks.console.people import Role

_SIZE, _MOST_WALKED = 20, 2_000
_WEEK = timedelta(days=7)


def jira_router(console: Console) -> APIRouter:
    """The page."""
    router = APIRouter(include_in_schema=False)
    installation = console.installation
    database, now, sweeper = installation.database, installation.now, installation.sweeper

    @router.get("/console/jira")
    def jira(
        after: Annotated[str, Query(max_length=200)] = "",
        visitor: Visitor = Depends(console.visitor),
    ) -> Response:
        reach = Reach(visitor, database)
        found, following = seen(reach, clean(after))
        looks, problem = looked_at(found)
        rows = [(one, reach.subject(one.subject), looks.get(one)) for one in found]
        return shown(
            "jira",
            visitor.language,
            visitor,
            rows=rows,
            titles=titles_of(database, [subject for _, subject, _ in rows if subject]),
            following=following,
            after=after,
            problem=problem,
            is_set_up=sweeper is not None,
            told_action=told_action,
            kinds=KINDS,
            reads_jira={one for one in found if reads_jira(reach, one)},
            freshness=freshness(database, now() - _WEEK) if visitor.is_operator else None,
            runs=latest_runs(database, 5) if visitor.is_operator else (),
        )

    def seen(reach: Reach, after: str) -> tuple[list[Pair], str]:
        """The next pairs that somebody may see, and after which one there are more."""
        found: list[Pair] = []
        walked = 0
        while some := pairs(database, after=after):
            for one in some:
                subject = reach.subject(one.subject)
                if len(found) == _SIZE or walked == _MOST_WALKED:
                    return found, after
                after, walked = one.subject, walked + 1
                if subject and reach.role(subject.repository):
                    found.append(one)
        return found, ""

    def looked_at(found: list[Pair]) -> tuple[dict[Pair, Look], Phrase]:
        """How each stands now, read in bulk; or why that cannot be told."""
        if sweeper is None or not found:
            return {}, NOTHING
        try:
            looks = sweeper.looker.looks(found, now(), silent=True)
            return {one.pair: one for one in looks}, NOTHING
        except (ForgeError, TrackerError) as error:
            return {}, error.phrase

    def reads_jira(reach: Reach, pair: Pair) -> bool:
        """Whether somebody may read what stands in Jira only: who sees GitHub need not."""
        subject = reach.subject(pair.subject)
        return subject is not None and reach.role(subject.repository) >= Role.COORDINATOR

    return router
