"""The durable engine: turns accepted deliveries into work, one key at a time, through DBOS.

The store is the truth: a delivery stays open there until its work is done, and says when it is due.
The engine's own database only orders the work, so that losing it loses nothing.
"""

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from dbos import DBOS, DBOSConfig, SetEnqueueOptions, SetWorkflowID

# Not exported; the default is pickle, which runs what a database file says.
from dbos._serialization import DBOSPortableJSONSerializer
from sqlalchemy import Engine as Database
from sqlalchemy import create_engine, event

from os2kb.engine.slots import Slot, SlotLost, executor_slot
from os2kb.governance.commands.given.unanswered import KEEP_ASKERS
from os2kb.logs import get_logger
from os2kb.settings import Settings
from os2kb.store import deliveries, ledger, wakes
from os2kb.store.database import BUSY_SECONDS, set_pragmas

QUEUE = "reconcile"
# Pinned: DBOS's default, a hash of the source, would strand pending work after an upgrade.
WORK_VERSION = "1"
DISPATCH_SECONDS = 0.5
POLL_SECONDS = 0.1
SWEEP_SECONDS = 600.0
KEEP_FINISHED = timedelta(days=2)
# Work that has not ended by then is taken to be lost, and dispatched once more.
LEASE = timedelta(minutes=5)

Work = Callable[[str], None]

log = get_logger()


@dataclass
class Engine:
    """Runs `work(key)` for every key that has deliveries due, or is to be woken.

    One key is never worked on twice at once; different keys run in parallel. Work must be
    repeatable: after a crash it runs again from its start.
    """

    settings: Settings
    database: Database
    work: Work
    now: Callable[[], datetime]
    only: str = ""  # the one key that can be worked on here; empty for all
    _poked: threading.Event = field(default_factory=threading.Event)
    _stopping: threading.Event = field(default_factory=threading.Event)
    _held: ExitStack = field(default_factory=ExitStack)
    _threads: list[threading.Thread] = field(default_factory=list)
    _workflow: Callable[[str], None] | None = None
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
        deliveries.release(self.database)
        loops = ((self._dispatch, DISPATCH_SECONDS), (self._sweep, SWEEP_SECONDS))
        for step, pause in (*loops, (self._take_over, self.settings.take_over_seconds)):
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
        DBOS(config=_config(self.settings, self.database, executor))

        @DBOS.workflow(name="reconcile")
        def reconcile(key: str) -> None:
            self.work(key)

        self._workflow = reconcile
        DBOS.launch()
        DBOS.register_queue(
            QUEUE,
            worker_concurrency=self.settings.workers,
            partition_concurrency=1,
            polling_interval_sec=POLL_SECONDS,
            on_conflict="always_update",
        )

    def _enqueue(self, key: str) -> None:
        assert self._workflow is not None  # set before anything can be enqueued  # noqa: S101
        # Python 3.11 on SQLite orders work of the same second by id, so the id carries the order.
        # It is never used twice, or DBOS would take new work for the old: running a key once more
        # than needed is harmless, once too little is not.
        turn = f"{self._generation}-{next(self._turns):012d}-{key}"
        with SetWorkflowID(turn), SetEnqueueOptions(queue_partition_key=key):
            DBOS.enqueue_workflow(QUEUE, self._workflow, key)

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
        now = self.now()
        keys = deliveries.take_due(self.database, now, only=self.only)
        keys += wakes.take_due(self.database, now, LEASE, only=self.only)
        # Marked before enqueued: what a crash loses in between is released when its lease has run
        # out, what an error loses at once. Some keys then run twice, which is harmless.
        try:
            for key in dict.fromkeys(keys):
                self._enqueue(key)
        except Exception:
            deliveries.release(self.database, dispatched_before=now + timedelta(microseconds=1))
            raise

    def _take_over(self) -> None:
        """Release what was lost, and take over the work of replicas that are gone."""
        if deliveries.release(self.database, dispatched_before=self.now() - LEASE):
            self.poke()
        try:
            gone: Sequence[str] = self._slot.free_others() if self._slot else ()
        except SlotLost as lost:
            # Others think us dead and take our work over: working on would do it twice.
            log.critical("slot_lost", reason=str(lost))
            os.kill(os.getpid(), signal.SIGTERM)
            return
        if gone:
            # The one place that uses an inner function of DBOS; tested on each upgrade.
            DBOS._recover_pending_workflows(list(gone))

    def _sweep(self) -> None:
        """Delete finished work, and forget what was kept of people for a while only."""
        now = self.now()
        before = (now - KEEP_FINISHED).isoformat()
        finished = DBOS.list_workflows(
            status=["SUCCESS", "ERROR", "CANCELLED"], end_time=before, limit=1000, load_input=False
        )
        if finished:
            DBOS.delete_workflows([workflow.workflow_id for workflow in finished])
        days = timedelta(days=self.settings.delivery_body_days)
        deliveries.empty_bodies(self.database, now - days)
        ledger.forget_askers(self.database, now - KEEP_ASKERS)


def _config(settings: Settings, database: Database, executor: str) -> DBOSConfig:
    config: DBOSConfig = {
        "name": "os2kb",
        "application_version": WORK_VERSION,
        "executor_id": executor,
        "serializer": DBOSPortableJSONSerializer(),
        "log_level": "WARNING",
    }
    if database.dialect.name != "sqlite":
        # A schema of its own, beside the store's tables.
        return config | {
            "system_database_url": settings.store_url,
            "dbos_system_schema": "os2kb_engine",
        }
    # A file of its own: workers never hold the lock that the intake's commits wait for. It lies
    # beside the store that it belongs to, and the store's slot guards both.
    address = f"sqlite:///{database.url.database}.engine"
    engine = create_engine(address, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", set_pragmas)
    return config | {"system_database_url": address, "system_database_engine": engine}
