"""Refreshing while the service runs: on a schedule, and when a delivery tells of a change.

The build is a process of its own, so that serving never waits for it and never pays for it. All
sources share one key: what arrives during a refresh is handled together by the next one.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from prometheus_client import Counter
from sqlalchemy import Engine

from os2kb.knowledge.refresh.record import Refresh, last_refresh, remember
from os2kb.logs import get_logger
from os2kb.settings import Settings
from os2kb.store import deliveries, wakes
from os2kb.store.deliveries import Delivery
from os2kb.store.locks import KeyBusy, key_lock

KEY = "source:all"
"""What the work is ordered by."""

# `-P`: without it, a file in the folder that the service runs in could pass for a module.
_COMMAND = ("-P", "-m", "os2kb.cli", "index", "build", "--json", "--keep-pin")
_BUSY = 75  # the command's exit code where another build is running
_BUSY_PAUSE = timedelta(seconds=5)
_LONGEST_SECONDS = 4 * 3600.0
_KINDNESS = 5  # how much the build steps back for whoever serves, as `nice` has it
_SAID = 500  # characters of an error that are kept

REFRESHES = Counter("os2kb_refreshes_total", "Refreshes of the index, by outcome.", ["outcome"])
log = get_logger()


class Stopping(Exception):
    """The service ends; the work is done at its next start."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What asked for a refresh: deliveries, and perhaps a wake, as `wakes.begin` gave it."""

    waiting: Sequence[Delivery]
    begun: datetime | None

    @property
    def ids(self) -> list[int]:
        return [one.id for one in self.waiting]


@dataclass
class Refresher:
    """Brings the index up to date in a process of its own."""

    settings: Settings
    database: Engine
    now: Callable[[], datetime]
    _process: subprocess.Popen[bytes] | None = None
    _stopping: threading.Event = field(default_factory=threading.Event)

    @property
    def is_needed(self) -> bool:
        """Whether there is anything to refresh."""
        return bool(self.settings.sources())

    def schedule(self) -> None:
        """Set the first wake, counted from the last refresh also over a restart."""
        if self.settings.refresh_hours:
            last = last_refresh(self.settings.index_dir)
            due = last.at + self._period if last else self.now()
            wakes.bring_forward(self.database, KEY, max(due, self.now()))

    def work(self, key: str) -> None:
        """Handle what waits for a refresh; the engine's work."""
        try:
            with key_lock(self.database, key):
                waiting = deliveries.open_for(self.database, key)
                longest = self.now() + timedelta(seconds=_LONGEST_SECONDS)
                begun = wakes.begin(self.database, key, longest)
                # Without either, an earlier run took these deliveries with its own.
                if waiting or begun:
                    self._work(_Asked(waiting, begun))
        except KeyBusy:
            wakes.bring_forward(self.database, key, self.now() + _BUSY_PAUSE)

    def stop(self) -> None:
        """Break a running build off; the version before goes on serving."""
        self._stopping.set()
        process = self._process
        if process is not None:
            process.terminate()

    @property
    def _period(self) -> timedelta:
        return timedelta(hours=self.settings.refresh_hours)

    def _work(self, asked: _Asked) -> None:
        started = self.now()
        try:
            code, said = self._build()
        except Stopping:
            self._again(asked, _BUSY_PAUSE)
            return
        if code == _BUSY:
            REFRESHES.labels("busy").inc()
            self._again(asked, _BUSY_PAUSE)
        elif code:
            self._failed(asked, started, said or f"the build ended with code {code}")
        else:
            self._done(asked)

    def _build(self) -> tuple[int, str]:
        """Run the build; its exit code, and the end of what it said.

        Raises:
            Stopping: it was broken off.
        """
        if self._stopping.is_set():
            raise Stopping
        process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, *_COMMAND],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        self._process = process
        try:
            os.setpriority(os.PRIO_PROCESS, process.pid, _KINDNESS)
            _, said = process.communicate(timeout=_LONGEST_SECONDS)
        except ProcessLookupError:  # it has ended already
            _, said = process.communicate()
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return 1, f"the build took more than {_LONGEST_SECONDS / 3600:.0f} hours"
        finally:
            self._process = None
        if self._stopping.is_set() and process.returncode:
            raise Stopping
        return process.returncode, said.decode("utf-8", "replace").strip()[-_SAID:]

    def _done(self, asked: _Asked) -> None:
        refresh = last_refresh(self.settings.index_dir)
        outcome = refresh.outcome if refresh else "built"
        REFRESHES.labels(outcome).inc()
        if refresh:
            log.info(
                "index_refreshed",
                outcome=outcome,
                version=refresh.version,
                seconds=round(refresh.seconds, 1),
                skipped=len(refresh.skipped),
                unreachable=[name for name, one in refresh.sources.items() if one.problem],
            )
        reason = refresh.reason if refresh else ""
        self._settle(asked, "handled", reason)

    def _failed(self, asked: _Asked, started: datetime, reason: str) -> None:
        REFRESHES.labels("failed").inc()
        log.error("index_refresh_failed", reason=reason)
        root = self.settings.index_dir
        last = last_refresh(root)
        if last is None or last.at < started or last.outcome != "failed":
            seconds = (self.now() - started).total_seconds()
            remember(root, Refresh(at=started, seconds=seconds, outcome="failed", reason=reason))
        tries = max((one.attempts for one in asked.waiting), default=0)
        pauses = self.settings.retry_seconds
        if tries >= len(pauses):
            self._settle(asked, "failed", reason)
        else:
            self._again(asked, timedelta(seconds=pauses[tries]), attempts=1, reason=reason)

    def _again(
        self, asked: _Asked, pause: timedelta, *, attempts: int = 0, reason: str = ""
    ) -> None:
        ids, at = asked.ids, self.now() + pause
        if ids:
            deliveries.put_off(self.database, ids, at, attempts=attempts, reason=reason)
        # A wake of its own accord counts no tries: it comes again as often as it must.
        self._wake(asked, at if not ids else self._next())

    def _settle(self, asked: _Asked, state: deliveries.Settled, reason: str) -> None:
        self._wake(asked, self._next())
        deliveries.settle(self.database, asked.ids, state, self.now(), reason)

    def _wake(self, asked: _Asked, at: datetime | None) -> None:
        """A refresh that was asked for while this one ran may be of what it did not read."""
        if asked.begun:
            wakes.settle(self.database, KEY, at, begun=asked.begun)

    def _next(self) -> datetime | None:
        return self.now() + self._period if self._period else None
