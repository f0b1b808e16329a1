"""Reconcile: observe → decide → apply, for every subject of a key."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from prometheus_client import Counter, Histogram
from sqlalchemy import Engine

from os2kb.apply import Applier, Noted
from os2kb.backing_off import FAILED_PAUSE, MOST_TRIES, pause_after
from os2kb.chats.port import Unreachable
from os2kb.escalation.digest.work import ask_for_digest
from os2kb.forges.port import Forbidden, ForgeError, NotFound, RateLimited, Rejected
from os2kb.governance.decide import decide
from os2kb.governance.plan import Action, Plan, Tell, labels_among
from os2kb.logs import get_logger
from os2kb.modes import Mode
from os2kb.observe.observe import InVain, NotOurs, Observation, Observer, RepositoryGone
from os2kb.policy.policy import Policy
from os2kb.preview.work import ask_for_preview
from os2kb.store import deliveries, names, wakes
from os2kb.store.deliveries import Delivery
from os2kb.store.locks import KeyBusy, key_lock, turn
from os2kb.subjects import Subject, parse_key

# GitHub's API can lag behind its webhook; seconds until each new look.
LOOK_AGAIN = (2.0, 10.0, 60.0)
BUSY_PAUSE = timedelta(seconds=2)
BACKFILL = "backfill"
"""The event of a delivery that asks for labels only."""

RECONCILED = Counter("os2kb_reconciled_total", "Keys reconciled, by outcome.", ["outcome"])
SECONDS = Histogram("os2kb_reconcile_seconds", "Seconds to reconcile a subject.")
log = get_logger()


class TooOld(Exception):
    """What was read is older than what a delivery told of."""


class SwitchedOff(NotOurs):
    """The installation's mode is off, perhaps for an hour only."""


@dataclass(frozen=True, slots=True)
class _Done:
    """What became of a subject: its Plan, and why not all of it was carried out."""

    plan: Plan
    left: Forbidden | Unreachable | None = None


@dataclass(frozen=True, slots=True)
class Reconciler:
    """Makes what should be true of a subject true.

    Args:
        mode: the installation's bound on every Policy.
        retry_seconds: pauses between tries that failed; after the last one the work is parked.
    """

    observer: Observer
    applier: Applier
    database: Engine
    mode: Mode
    retry_seconds: Sequence[float]
    now: Callable[[], datetime]

    def plan(self, subject: Subject, instead: Policy | None = None) -> Plan:
        """Observe and decide, by another Policy than the one in force if wished; writes nothing."""
        return self._decided(self.observer.observe(subject, *([instead] if instead else [])))

    def plan_named(self, full_name: str, number: int) -> Plan:
        """The same by name."""
        return self._decided(self.observer.observe_named(full_name, number))

    def apply(self, subject: Subject, *, silent: bool = False) -> Plan:
        """Observe, decide and apply; what was left undone by the mode stays in the Plan.

        Args:
            subject: what to look after.
            silent: set and take off labels only; nobody wants to hear of an old thread.

        Raises:
            KeyBusy: a service works on it now.
            Forbidden: we lack a permission; the rest is done.
            Unreachable: somebody could not be told; the rest is done.
        """
        key = names.key_of(self.database, subject.key)
        with key_lock(self.database, key):
            done = self._reconcile(subject, None, frozenset(), silent=silent)
            again = self.now() + pause_after(done.left, 1) if done.left else None
            for at in (done.plan.wake_at, again):
                if at is not None:
                    wakes.bring_forward(self.database, key, at)
            if done.left:
                raise done.left
            return done.plan

    def work(self, key: str) -> None:
        """Handle every open delivery of a key, or its wake; the engine's work.

        Nothing is raised for what a retry can mend: the deliveries stay open, with the moment to
        look again. What it cannot mend is parked as failed, with the reason.
        """
        try:
            with key_lock(self.database, key):
                waiting = deliveries.open_for(self.database, key)
                # Without either, an earlier run of this key took its deliveries with its own.
                woken = wakes.is_taken(self.database, key)
                if waiting or woken:
                    self._work(key, waiting, woken=woken)
        except KeyBusy:
            wakes.set_wake(self.database, key, self.now() + BUSY_PAUSE)

    def _work(self, key: str, waiting: Sequence[Delivery], *, woken: bool) -> None:
        try:
            silent = bool(waiting) and not woken and all(one.event == BACKFILL for one in waiting)
            again = any(one.asks_for_checks for one in waiting)
            told = frozenset(() if woken or again else (one.event for one in waiting))
            done = self._reconcile_key(
                key, _floor(waiting), told, silent=silent, checks_again=again
            )
        except (TooOld, NotFound) as error:
            self._too_early(key, waiting, error)
        except RateLimited as error:
            RECONCILED.labels("rate_limited").inc()
            self._put_off(key, waiting, error.until, reason=str(error))
        except InVain as error:  # and a wake that is set stays set
            RECONCILED.labels("ignored").inc()
            ids = [one.id for one in waiting]
            deliveries.settle(self.database, ids, "ignored", self.now(), str(error))
        except SwitchedOff as error:
            self._settle(key, waiting, "ignored", str(error), self.now() + FAILED_PAUSE)
        except NotOurs as error:
            self._settle(key, waiting, "ignored", str(error))
        except (Forbidden, Rejected) as error:
            self._settle_for_now(key, waiting, "failed", error)
        except Exception as error:  # noqa: BLE001 - anything else is tried again, then parked
            self._failed(key, waiting, error)
        else:
            # The wake first: after a crash in between, the deliveries are simply handled again.
            self._wake_next(key, done, silent=silent)
            lacking = next((one.left for one in done if isinstance(one.left, Forbidden)), None)
            self._settle(key, waiting, "failed" if lacking else "handled", str(lacking or ""))

    def _reconcile_key(
        self,
        key: str,
        floor: datetime | None,
        told: frozenset[str],
        *,
        silent: bool,
        checks_again: bool,
    ) -> tuple[_Done, ...]:
        if self.mode == "off":
            raise SwitchedOff("OS2KB_MODE er off", "OS2KB_MODE is off")
        done = []
        for linked in names.subjects_of(self.database, key):
            forge, repository_id, number = parse_key(linked)
            name = names.repository_name(self.database, forge, repository_id)
            if name is None:
                raise NotOurs(
                    f"repositoriet til {linked} har intet kendt navn",
                    f"the repository of {linked} has no known name",
                )
            subject = Subject(repository_id, number, name, forge)
            done.append(
                self._reconcile(subject, floor, told, silent=silent, checks_again=checks_again)
            )
        return tuple(done)

    @SECONDS.time()
    def _reconcile(
        self,
        subject: Subject,
        floor: datetime | None,
        told: frozenset[str],
        *,
        silent: bool,
        checks_again: bool = False,
    ) -> _Done:
        try:
            seen = self.observer.observe(subject, told=told)
        except RepositoryGone:
            raise
        except NotFound:
            self.observer.near.forget(subject.repository_id, subject.number)
            raise
        if floor and seen.facts.updated_at < floor:
            raise TooOld(f"{subject} was read as of {seen.facts.updated_at}, before {floor}")
        seen = replace(seen, facts=replace(seen.facts, checks_again=checks_again))
        plan, writes, noted = self._noted(seen, silent=silent)
        left: Forbidden | Unreachable | None = None
        try:
            self.applier.carry_out(seen.facts, noted)
        except (Forbidden, Unreachable) as error:
            left = error
        if not silent and self.mode != "off":
            ask_for_preview(self.database, seen.facts, writes, self.now())
            self._ask_for_digest(seen)
        return _Done(plan, left)

    def _noted(self, seen: Observation, *, silent: bool) -> tuple[Plan, tuple[Action, ...], Noted]:
        """Decide, and note down what is to be done.

        Messages are counted and noted in one turn: two subjects never share the last one of a day.
        """
        plan = self._decided(seen, silent=silent)
        with ExitStack() as stack:
            if any(isinstance(one, Tell) for one in plan.writes(self.mode)):
                stack.enter_context(turn(self.database, "messages"))
                plan = self._decided(self.observer.counted_again(seen), silent=silent)
            writes = plan.writes(self.mode)
            if silent:
                writes = labels_among(writes)
            else:
                self.applier.settle_cut_off(seen.facts, writes)
            return plan, writes, self.applier.note(seen.facts, writes)

    def _ask_for_digest(self, seen: Observation) -> None:
        repository = seen.facts.repository
        product = self.observer.products.product_of(repository.full_name)
        if product:
            ask_for_digest(self.database, repository, product, seen.policy, self.now())

    def _decided(self, seen: Observation, *, silent: bool = False) -> Plan:
        return decide(seen.facts, seen.policy, self.mode, self.now(), silent=silent)

    def _too_early(self, key: str, waiting: Sequence[Delivery], error: Exception) -> None:
        """The API may lag behind its webhook: what is old or missing now may be there soon."""
        looks = max((one.looks for one in waiting if one.looks < len(LOOK_AGAIN)), default=None)
        if looks is None and isinstance(error, RepositoryGone):
            self._settle_for_now(key, waiting, "ignored", error)
            return
        if looks is None:
            self._settle(key, waiting, "ignored", str(error))
            return
        RECONCILED.labels("too_early").inc()
        pause = timedelta(seconds=LOOK_AGAIN[looks])
        self._put_off(key, waiting, self.now() + pause, looks=1, reason=str(error))

    def _failed(self, key: str, waiting: Sequence[Delivery], error: Exception) -> None:
        reason = f"{type(error).__name__}: {error}"
        log.warning("reconcile_failed", key=key, error=type(error).__name__)
        tries = max((one.attempts for one in waiting), default=0)
        last = len(self.retry_seconds) - 1
        # A wake has nothing to count tries on, and nobody would put it back: it is never parked.
        if waiting and tries > last:
            self._settle(key, waiting, "failed", reason, self.now() + FAILED_PAUSE)
            return
        RECONCILED.labels("retried").inc()
        pause = timedelta(seconds=self.retry_seconds[min(tries, last)])
        self._put_off(key, waiting, self.now() + pause, attempts=1, reason=reason)

    def _put_off(
        self,
        key: str,
        waiting: Sequence[Delivery],
        at: datetime,
        *,
        looks: int = 0,
        attempts: int = 0,
        reason: str,
    ) -> None:
        if not waiting:
            wakes.set_wake(self.database, key, at)
            return
        ids = [one.id for one in waiting]
        deliveries.put_off(self.database, ids, at, looks=looks, attempts=attempts, reason=reason)

    def _wake_next(self, key: str, done: Sequence[_Done], *, silent: bool) -> None:
        """As the Plans say, where they could say it all; sooner, where something was left undone.

        A broken Policy knows of no moment, and a backfill tells nobody what is to be told: what
        was awaited before is awaited still.
        """
        moments = [one.plan.wake_at for one in done if one.plan.wake_at]
        tries, left = 0, [one.left for one in done if one.left]
        if left:
            RECONCILED.labels("retried").inc()
            tries = wakes.tries_of(self.database, key) + 1
            moments += [self.now() + pause_after(one, tries) for one in left if tries <= MOST_TRIES]
        at = min(moments, default=None)
        if any(one.plan.problems for one in done):
            wakes.settle(self.database, key, self.now() + FAILED_PAUSE)
        elif not silent:
            wakes.set_wake(self.database, key, at, tries)
        elif at is not None:
            wakes.bring_forward(self.database, key, at)

    def _settle_for_now(
        self, key: str, waiting: Sequence[Delivery], state: deliveries.Settled, error: ForgeError
    ) -> None:
        """It cannot be done as things are; what is awaited is tried again, rarer and rarer."""
        tries = wakes.tries_of(self.database, key) + 1
        pause = pause_after(error, tries) if tries <= MOST_TRIES else None
        again = self.now() + pause if pause else None
        self._settle(key, waiting, state, str(error), again, tries)

    def _settle(
        self,
        key: str,
        waiting: Sequence[Delivery],
        state: deliveries.Settled,
        reason: str,
        again: datetime | None = None,
        tries: int = 0,
    ) -> None:
        """Note what became of deliveries, and when to look again at a key that was woken.

        A moment that is awaited still stands.
        """
        RECONCILED.labels(state).inc()
        if state == "failed":
            log.error("delivery_failed", key=key, count=len(waiting))
        if state != "handled":  # or the Plans have said it
            wakes.settle(self.database, key, again, tries)
        ids = [one.id for one in waiting]
        deliveries.settle(self.database, ids, state, self.now(), reason)


def _floor(waiting: Sequence[Delivery]) -> datetime | None:
    """How new what is read must be.

    A delivery looked at often enough asks no more: a wrong clock must not hold a key for ever.
    """
    floors = [one.floor for one in waiting if one.floor and one.looks < len(LOOK_AGAIN)]
    return max(floors, default=None)
