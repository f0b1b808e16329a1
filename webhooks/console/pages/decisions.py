"""`/console/decisions`: the logs, what is wrong with them, and what waits for an approval."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Annotated

from cachetools import TTLCache
from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response
from sqlalchemy import Engine

from os2kb.decision_log.linted import findings_with_issues, log_on
from os2kb.decisions.lint.finding import Finding
from os2kb.decisions.words import STATUSES
from os2kb.forges.port import Forge, ForgeError
from os2kb.phrases import NOTHING, Phrase
from os2kb.store.awaited import waiting_proposals
from os2kb.store.decisions import SOURCE, DecisionLog, Logged, every_log
from webhooks.console.console import Console, Visitor, shown
from webhooks.console.differing import side_by_side
from webhooks.console.gathered.logs import Logs
from webhooks.console.gathered.policies import InForce, Policies
from webhooks.console.gathered.reach import FORGE, Reach
from webhooks.console.gathered.titled import titles_of
from webhooks.console.people import Role
from webhooks.pages.markdown import safe_address

REMEMBERED_SECONDS = 300
_MOST_REPOSITORIES, _SIZE, _CHANGED = 100, 100, 20


@dataclass(slots=True)
class Linted:
    """Judges logs, and remembers for five minutes what is wrong with them."""

    forge: Forge | None
    database: Engine
    _known: TTLCache[str, tuple[Finding, ...]] = field(
        default_factory=lambda: TTLCache(100, REMEMBERED_SECONDS)
    )
    _lock: Lock = field(default_factory=Lock)

    def of(self, found: InForce) -> Sequence[Finding] | Phrase:
        """What is wrong with the log that a repository names; or why that cannot be told now."""
        section = found.read.policy.decisions if found.read else None
        if self.forge is None or found.scene is None or section is None:
            return ()
        with self._lock:
            known = self._known.get(found.repository)
        if known is not None:
            return known
        try:
            log = log_on(self.forge, section, self.database)
            judged = findings_with_issues(self.forge, log, section, found.scene.repository)
        except ForgeError as error:
            return error.phrase
        with self._lock:
            self._known[found.repository] = judged
        return judged


def decisions_pages_router(console: Console, policies: Policies) -> APIRouter:
    """The page."""
    router = APIRouter(include_in_schema=False)
    installation = console.installation
    database = installation.database
    linted, every = Linted(installation.forge, database), Logs(database, installation.versions)

    @router.get("/console/decisions")
    def decisions(
        repository: Annotated[str, Query(max_length=200)] = "",
        visitor: Visitor = Depends(console.visitor),
    ) -> Response:
        reach = Reach(visitor, database)
        found = policies.each(reach.repositories[:_MOST_REPOSITORIES])
        logs = [one for one in every_log(database) if _sees(reach, one)]
        open_to = {_home(reach, one) for one in logs if one.public}
        naming = [one for one in found if _may_read(reach, one, open_to)]
        chosen = next((one for one in naming if one.repository == repository), None)
        chosen = chosen or (naming[0] if naming else None)
        judged = linted.of(chosen) if chosen else ()
        entries = [one for one in every.every() if _sees(reach, one.log)]
        entries.sort(key=_day, reverse=True)
        changed = [one for one in entries if one.accepted]
        proposed = (reach.subject(key) for key in waiting_proposals(database))
        waiting = [one for one in proposed if one and reach.role(one.repository)]
        return shown(
            "decisions",
            visitor.language,
            visitor,
            repositories=[one.repository for one in naming],
            chosen=chosen.repository if chosen else "",
            problem=judged if isinstance(judged, Phrase) else NOTHING,
            findings=() if isinstance(judged, Phrase) else judged[:_SIZE],
            changed=[
                (one, *side_by_side(one.accepted.text, one.entry.decision.decision))
                for one in changed[:_CHANGED]
                if one.accepted
            ],
            entries=entries[:_SIZE],
            count=len(entries),
            waiting=waiting,
            titles=titles_of(database, waiting),
            statuses=STATUSES,
            safe=safe_address,
        )

    return router


def _sees(reach: Reach, log: DecisionLog) -> bool:
    """Whether somebody may see a log: all of the world, or those with a role where it lives."""
    if log.public or reach.role("") is Role.OPERATOR:
        return True
    if log.key.startswith(SOURCE) or log.repository is None:
        return False
    subject = reach.subject(f"{FORGE}:{log.repository}#1")
    return subject is not None and reach.role(subject.repository) >= Role.READER


def _may_read(reach: Reach, found: InForce, open_to: Collection[str]) -> bool:
    """Whether it names a log, and somebody who sees it may read that log where it lives."""
    section = found.read.policy.decisions if found.read else None
    if section is None:
        return False
    return section.repository.casefold() in open_to or bool(reach.role(section.repository))


def _home(reach: Reach, log: DecisionLog) -> str:
    """The repository of a log, folded; empty for none."""
    subject = reach.subject(f"{FORGE}:{log.repository}#1") if log.repository else None
    return subject.repository.casefold() if subject else ""


def _day(one: Logged) -> str:
    day = one.entry.decision.date
    return day.isoformat() if day else ""
