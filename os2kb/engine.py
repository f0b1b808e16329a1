"""The durable engine: turns accepted deliveries into work, one key at a time, through DBOS.

The store is the truth: a delivery stays open there until its work is done. The engine's own
database only orders the work, so that losing it loses no delivery.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import structlog
from dbos import DBOS, DBOSConfig, SetEnqueueOptions, SetWorkflowID
from dbos._serialization import (
    DBOSPortableJSONSerializer,
)  # not exported, and pickle is the default
from sqlalchemy import Engine as Database
from sqlalchemy import create_engine, event

from os2kb.settings import Settings
from os2kb.slots import DatabaseSlot, FileSlot, Slot
from os2kb.store import deliveries
from os2kb.store.database import BUSY_SECONDS, set_pragmas

QUEUE = "reconcile"
# Pinned: DBOS's default, a hash of the source, would strand pending work after an upgrade.
WORK_VERSION = "1"
DISPATCH_SECONDS = 0.5
POLL_SECONDS = 0.1
SWEEP_SECONDS = 600.0
TAKE_OVER_SECONDS = 30.0
KEEP_FINISHED = timedelta(days=2)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Again:
    """Look at a key again, at a moment.

    Attributes:
        looks: how many times in a row it has been looked at for the same reason.
        woken: look even where no delivery waits.
    """

    at: datetime
    looks: int
    woken: bool


Work = Callable[[str, int, bool], Again | None]


@dataclass
class Engine:
    """Runs `work(key, looks, woken)` for every key with accepted deliveries.

    One key is never worked on twice at once; different keys run in parallel. Work must be
    repeatable: after a crash it runs again from its start.
    """

    settings: Settings
    database: Database
    work: Work
    now: Callable[[], datetime]
    _poked: threading.Event = field(default_factory=threading.Event)
    _stopping: threading.Event = field(default_factory=threading.Event)
    _held: ExitStack = field(default_factory=ExitStack)
    _threads: list[threading.Thread] = field(default_factory=list)
    _workflow: Callable[[str, int, bool], None] | None = None
    _slot: Slot | None = None
    _generation: str = ""
    _turns: Iterator[int] = field(default_factory=count)

    def start(self) -> None:
        """Take a slot, recover what a crash left, and begin.

        Raises:
            SlotTaken: another process works on this store.
        """
        self._slot = executor_slot(self.database)
        executor = self._held.enter_context(self._slot.hold())
        self._generation = f"{self.now():%Y%m%d%H%M%S%f}"
        self._launch(executor)
        # Whatever the engine's own database remembers, every open delivery is dispatched anew.
        deliveries.mark_accepted(self.database)
        loops = ((self._dispatch, DISPATCH_SECONDS), (self._sweep, SWEEP_SECONDS))
        for step, pause in (*loops, (self._take_over, TAKE_OVER_SECONDS)):
            thread = threading.Thread(target=self._loop, args=(step, pause), daemon=True)
            thread.start()
            self._threads.append(thread)

    def poke(self) -> None:
        """Deliveries were accepted: dispatch them now."""
        self._poked.set()

    def stop(self, patience_seconds: int = 10) -> None:
        """Let running work finish, then stop; what is left waits for the next start."""
        self._stopping.set()
        self._poked.set()
        for thread in self._threads:
            thread.join(5)
        DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=patience_seconds)
        self._held.close()

    def _launch(self, executor: str) -> None:
        DBOS(config=_config(self.settings, executor))

        @DBOS.workflow(name="reconcile")
        def reconcile(key: str, looks: int, woken: bool) -> None:
            again = self._run(key, looks, woken)
            if again:
                self._enqueue(key, again, f"{again.at.timestamp():017.3f}")

        self._workflow = reconcile
        DBOS.launch()
        DBOS.register_queue(
            QUEUE,
            worker_concurrency=self.settings.workers,
            partition_concurrency=1,
            polling_interval_sec=POLL_SECONDS,
            on_conflict="always_update",
        )

    def _run(self, key: str, looks: int, woken: bool) -> Again | None:
        try:
            return self.work(key, looks, woken)
        except Exception as error:
            log.exception("work_failed", key=key, error=type(error).__name__)
            return Again(self.now() + timedelta(seconds=30), looks, woken)

    def _enqueue(self, key: str, again: Again, order: str) -> None:
        assert self._workflow is not None  # set before anything can be enqueued  # noqa: S101
        delay = (again.at - self.now()).total_seconds()
        # Python 3.11 on SQLite orders work of the same second by id, so the id carries the order.
        # It is never used twice, or DBOS would take new work for the old: running a key once more
        # than needed is harmless, once too little is not.
        with (
            SetWorkflowID(f"{order}-{self._generation}-{next(self._turns)}-{key}"),
            SetEnqueueOptions(queue_partition_key=key, delay_seconds=delay if delay > 0 else None),
        ):
            DBOS.enqueue_workflow(QUEUE, self._workflow, key, again.looks, again.woken)

    def _loop(self, step: Callable[[], None], pause: float) -> None:
        while not self._stopping.is_set():
            try:
                step()
            except Exception as error:  # noqa: BLE001 - the loop outlives a lost database
                log.error("engine_step_failed", step=step.__name__, error=type(error).__name__)
            if step == self._dispatch:
                self._poked.wait(pause)
                self._poked.clear()
            else:
                self._stopping.wait(pause)

    def _dispatch(self) -> None:
        pending = deliveries.accepted(self.database)
        for item in pending:
            # Enqueue before marking: a crash between the two dispatches the key once more.
            self._enqueue(item.key, Again(self.now(), 0, woken=False), f"{item.newest:017d}")
        if pending:
            deliveries.mark_dispatched(self.database, pending)

    def _take_over(self) -> None:
        """Put the unfinished work of replicas that are gone back into the queue."""
        gone: Sequence[str] = self._slot.free_others() if self._slot else ()
        if gone:
            # The one place that uses an inner function of DBOS; tested on each upgrade.
            DBOS._recover_pending_workflows(list(gone))

    def _sweep(self) -> None:
        """Delete finished work, and empty the bodies of deliveries handled long ago."""
        now = self.now()
        before = (now - KEEP_FINISHED).isoformat()
        finished = DBOS.list_workflows(
            status=["SUCCESS", "ERROR", "CANCELLED"], end_time=before, limit=1000, load_input=False
        )
        if finished:
            DBOS.delete_workflows([workflow.workflow_id for workflow in finished])
        days = timedelta(days=self.settings.delivery_body_days)
        deliveries.empty_bodies(self.database, now - days)


def executor_slot(database: Database) -> Slot:
    """The slot that a process working on this store has to hold."""
    if database.dialect.name == "sqlite":
        return FileSlot(Path(f"{database.url.database}.lock"))
    return DatabaseSlot(database)


def check_slot(database: Database) -> None:
    """Say early, and clearly, when another process works on this store.

    Raises:
        SlotTaken: one does.
    """
    with executor_slot(database).hold():
        return


def _config(settings: Settings, executor: str) -> DBOSConfig:
    config: DBOSConfig = {
        "name": "os2kb",
        "application_version": WORK_VERSION,
        "executor_id": executor,
        "serializer": DBOSPortableJSONSerializer(),
        "log_level": "WARNING",
    }
    if not settings.store_url.startswith("sqlite"):
        # A schema of its own, beside the store's tables.
        return config | {
            "system_database_url": settings.store_url,
            "dbos_system_schema": "os2kb_engine",
        }
    # A file of its own: workers never hold the lock that the intake's commits wait for.
    address = f"sqlite:///{settings.data_dir / 'engine.db'}"
    engine = create_engine(address, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", set_pragmas)
    return config | {"system_database_url": address, "system_database_engine": engine}
