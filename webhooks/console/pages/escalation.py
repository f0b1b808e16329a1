"""`/console/escalation`: a repository's open faults: their clocks, and who holds the ball."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Annotated

from cachetools import TTLCache
from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response
from sqlalchemy import Engine

from os2kb.escalation.digest.gather import Follower, open_faults
from os2kb.forges.port import Forge, ForgeError, Unavailable
from os2kb.governance.escalation.clock import BECAUSE
from os2kb.governance.escalation.digest import Watched, is_late, is_soon, is_told, worst_first
from os2kb.phrases import NOTHING, Phrase
from os2kb.policy.sections.escalation import Moment
from webhooks.console.charts import bars
from webhooks.console.console import Console, Visitor, shown
from webhooks.console.gathered.policies import InForce, Policies
from webhooks.console.gathered.reach import Reach

REMEMBERED_SECONDS = 300
_MOST_REPOSITORIES, _MOST_FAULTS = 100, 200
_SIDES = {
    "us": Phrase("os", "us"),
    "reporter": Phrase("melderen", "the reporter"),
    "nobody": Phrase("ingen", "nobody"),
}
PROMISED: Mapping[Moment, Phrase] = {
    "respond": Phrase("svar", "answer"),
    "plan": Phrase("plan", "plan"),
    "fix": Phrase("rettelse", "fix"),
}
STANDS = {
    "late": Phrase("overskredet", "late"),
    "soon": Phrase("snart", "soon"),
    "fine": Phrase("i tide", "in time"),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """An open fault in the list."""

    watched: Watched
    stands: str
    because: Phrase


@dataclass(slots=True)
class Faults:
    """Reads them, and remembers them for five minutes."""

    forge: Forge | None
    database: Engine
    _known: TTLCache[str, tuple[Watched, ...]] = field(
        default_factory=lambda: TTLCache(100, REMEMBERED_SECONDS)
    )
    _lock: Lock = field(default_factory=Lock)

    def of(self, found: InForce, at: datetime) -> tuple[Watched, ...] | Phrase:
        """A repository's open faults, the worst first; or why they cannot be read now."""
        policy = found.read.policy if found.read else None
        if self.forge is None or found.scene is None or policy is None:
            return found.unread
        if policy.escalation is None:
            return ()
        with self._lock:
            known = self._known.get(found.repository)
        if known is not None:
            return known
        follower = Follower(found.scene, policy, policy.escalation)
        try:
            read = open_faults(self.forge, self.database, follower, at, _not_now)
            faults = tuple(sorted(filter(is_told, read), key=worst_first))
        except ForgeError as error:
            return error.phrase
        with self._lock:
            self._known[found.repository] = faults
        return faults


def escalation_router(console: Console, policies: Policies, faults: Faults) -> APIRouter:
    """The page."""
    router = APIRouter(include_in_schema=False)
    database, now = console.installation.database, console.installation.now

    @router.get("/console/escalation")
    def escalation(
        repository: Annotated[str, Query(max_length=200)] = "",
        visitor: Visitor = Depends(console.visitor),
    ) -> Response:
        names = Reach(visitor, database).repositories[:_MOST_REPOSITORIES]
        models = [one for one in policies.each(names) if one.read and one.read.policy.escalation]
        chosen = next((one for one in models if one.repository == repository), None)
        chosen = chosen or (models[0] if models else None)
        read = faults.of(chosen, now()) if chosen else ()
        each = () if isinstance(read, Phrase) else tuple(_fault(one, now()) for one in read)
        model = chosen.read.policy.escalation if chosen and chosen.read else None
        return shown(
            "escalation",
            visitor.language,
            visitor,
            repositories=[one.repository for one in models],
            chosen=chosen.repository if chosen else "",
            model=model,
            problem=read if isinstance(read, Phrase) else NOTHING,
            faults=each[:_MOST_FAULTS],
            left_out=max(len(each) - _MOST_FAULTS, 0),
            stands=STANDS,
            promised=PROMISED,
            clocks=bars(_counted(visitor, each)),
            balls=bars(_balls(visitor, each)),
        )

    return router


def _fault(one: Watched, at: datetime) -> Fault:
    stands = "late" if is_late(one, at) else "soon" if is_soon(one, at) else "fine"
    return Fault(one, stands, BECAUSE[one.stands.timeline[-1].because])


def _counted(visitor: Visitor, faults: tuple[Fault, ...]) -> list[tuple[str, int]]:
    counts = Counter(one.stands for one in faults)
    return [(visitor.say(said), counts[name]) for name, said in STANDS.items()]


def _balls(visitor: Visitor, faults: tuple[Fault, ...]) -> list[tuple[str, int]]:
    held = (one.watched.stands for one in faults)
    return Counter(one.party or visitor.say(_SIDES[one.holder]) for one in held).most_common(8)


def _not_now(until: datetime) -> None:
    """Nobody waits on a page for GitHub's limit to begin anew."""
    raise Unavailable(
        f"GitHub svarer først igen {until:%H:%M} UTC", f"GitHub answers again at {until:%H:%M} UTC"
    )
