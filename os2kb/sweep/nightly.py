"""The nightly sweep: what no delivery told of is found, and looked at as after any delivery.

It is work like other work, a page of pairs at a time: it goes on after a restart, and whatever else
is due comes first. Only the keys that are out of step are woken.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from prometheus_client import Counter
from sqlalchemy import Engine

from os2kb.forges.port import ForgeError, RateLimited
from os2kb.logs import get_logger
from os2kb.store import names, wakes
from os2kb.store.backlog import runs
from os2kb.store.backlog.pairs import Pair, pairs
from os2kb.store.locks import KeyBusy, key_lock
from os2kb.sweep.look import Look, Looker
from os2kb.trackers.port import TrackerError, TrackerUnavailable

KEY = "sweep:jira"
"""What the work is ordered by."""
NEVER = -1

_DANISH_TIME = ZoneInfo("Europe/Copenhagen")
_AT_ONCE = 50
_OTHERS_FIRST = timedelta(seconds=5)
_BUSY_PAUSE = timedelta(seconds=2)
_PAUSE = timedelta(minutes=10)

SWEPT = Counter("os2kb_swept_pairs_total", "Pairs looked at by the nightly sweep.", ["found"])
log = get_logger()


@dataclass(frozen=True, slots=True)
class Sweeper:
    """Sweeps all linked pairs once a night.

    Args:
        looker: what each is looked at by.
        hour: when it begins, in Danish time; `NEVER` for not at all.
    """

    looker: Looker
    database: Engine
    now: Callable[[], datetime]
    hour: int

    def schedule(self) -> None:
        """Set the first wake; a sweep that was stopped goes on at once."""
        if self.hour == NEVER:
            wakes.set_wake(self.database, KEY, None)
            return
        stopped = runs.unfinished(self.database, "sweep")
        wakes.bring_forward(self.database, KEY, self.now() if stopped else self._next())

    def work(self, key: str) -> None:
        """Look at the next page; the engine's work."""
        try:
            with key_lock(self.database, key):
                if wakes.is_taken(self.database, key):
                    wakes.settle(self.database, key, self._work())
        except KeyBusy:
            wakes.bring_forward(self.database, key, self.now() + _BUSY_PAUSE)

    def _work(self) -> datetime | None:
        """Returns when to go on, or to begin anew."""
        if self.hour == NEVER:
            return None
        run = runs.unfinished(self.database, "sweep")
        if run is None:
            run = runs.begin(self.database, "sweep", self.now())
        page = pairs(self.database, after=run.cursor, limit=_AT_ONCE)
        try:
            found = self._woken(page or self.looker.unlinked())
        except RateLimited as limited:
            return limited.until
        except TrackerUnavailable as away:
            log.warning("sweep_put_off", reason=str(away))
            return self.now() + max(away.pause, _PAUSE)
        except (ForgeError, TrackerError) as error:
            log.warning("sweep_put_off", reason=str(error))
            return self.now() + _PAUSE
        if not page:
            runs.end(self.database, run.id, self.now())
            log.info("sweep_ended", pairs=run.looked_at, out_of_step=run.out_of_step)
            return self._next()
        runs.go_on(self.database, run.id, page[-1].subject, len(page), found)
        busy = runs.must_wait(self.database, run.id, self.now(), _AT_ONCE)
        return self.now() + (_OTHERS_FIRST if busy else timedelta(0))

    def _woken(self, page: Sequence[Pair]) -> int:
        """Wake what is out of step, now; returns how many."""
        found = 0
        for look in self.looker.looks(page, self.now(), silent=False):
            SWEPT.labels(_found(look)).inc()
            writes = bool(look.plan and look.plan.writes())
            if not (writes or look.unnoted):
                continue
            found += writes
            log.info("out_of_step", subject=look.name, ticket=look.pair.key)
            group = names.key_of(self.database, look.pair.subject)
            wakes.bring_forward(self.database, group, self.now())
        return found

    def _next(self) -> datetime:
        """The next time that it is the hour."""
        at = self.now().astimezone(_DANISH_TIME)
        begins = at.replace(hour=self.hour, minute=0, second=0, microsecond=0)
        later = begins if begins > at else begins + timedelta(days=1)
        return later.astimezone(self.now().tzinfo)


def _found(look: Look) -> str:
    if look.plan is None or look.unread.en:
        return "unread"
    return "out_of_step" if look.plan.writes() else "in_step"
