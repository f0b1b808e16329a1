"""What becomes of a key's deliveries, and when the key is looked at next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from prometheus_client import Counter
from sqlalchemy import Engine

from os2kb.apply import Left
from os2kb.backing_off import FAILED_PAUSE, MOST_TRIES, pause_after
from os2kb.forges.port import ForgeError
from os2kb.governance.facts import Facts
from os2kb.governance.plan import Plan
from os2kb.logs import get_logger
from os2kb.observe.observe import RepositoryGone
from os2kb.store import deliveries, wakes
from os2kb.store.deliveries import Delivery

# GitHub's API can lag behind its webhook; seconds until each new look.
LOOK_AGAIN = (2.0, 10.0, 60.0)

RECONCILED = Counter("os2kb_reconciled_total", "Keys reconciled, by outcome.", ["outcome"])
log = get_logger()


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a subject.

    Attributes:
        plan: None where the subject could not be read now.
        left: why not all of the Plan was carried out, or nothing read.
    """

    plan: Plan | None
    left: Left | RepositoryGone | None = None


class TooOld(Exception):
    """What was read is older than what a delivery told of."""


@dataclass(frozen=True, slots=True)
class Floor:
    """How new what is read must be, of a subject and of its ticket; None for any age."""

    subject: datetime | None = None
    ticket: datetime | None = None

    def check(self, facts: Facts) -> None:
        """Nothing where it is new enough.

        Raises:
            TooOld: it is not.
        """
        if self.subject and facts.updated_at < self.subject:
            at = facts.updated_at
            raise TooOld(f"{facts.subject} was read as of {at}, before {self.subject}")
        ticket = facts.ticket.ticket if facts.ticket else None
        if self.ticket and ticket and ticket.updated_at < self.ticket:
            raise TooOld(f"{ticket.key} was read as of {ticket.updated_at}, before {self.ticket}")


def floor_of(waiting: Sequence[Delivery]) -> datetime | None:
    """How new what is read must be.

    A delivery looked at often enough asks no more: a wrong clock must not hold a key for ever.
    """
    floors = [one.floor for one in waiting if one.floor and one.looks < len(LOOK_AGAIN)]
    return max(floors, default=None)


@dataclass(frozen=True, slots=True)
class Settling:
    """Settles deliveries and wakes.

    Args:
        retry_seconds: pauses between tries that failed; after the last one the work is parked.
    """

    database: Engine
    retry_seconds: Sequence[float]
    now: Callable[[], datetime]

    def too_early(self, key: str, waiting: Sequence[Delivery], error: Exception) -> None:
        """The API may lag behind its webhook: what is old or missing now may be there soon."""
        looks = max((one.looks for one in waiting if one.looks < len(LOOK_AGAIN)), default=None)
        if looks is None and isinstance(error, RepositoryGone):
            self.settle_for_now(key, waiting, "ignored", error)
            return
        if looks is None:
            self.settle(key, waiting, "ignored", str(error))
            return
        RECONCILED.labels("too_early").inc()
        pause = timedelta(seconds=LOOK_AGAIN[looks])
        self.put_off(key, waiting, self.now() + pause, looks=1, reason=str(error))

    def failed(self, key: str, waiting: Sequence[Delivery], error: Exception) -> None:
        """Something else went wrong: tried again, then parked."""
        reason = f"{type(error).__name__}: {error}"
        log.warning("reconcile_failed", key=key, error=type(error).__name__)
        woken = wakes.tries_of(self.database, key)
        tries = max((one.attempts for one in waiting), default=woken)
        last = len(self.retry_seconds) - 1
        # Nobody would put a wake back: it is never parked.
        if waiting and tries > last:
            self.settle(key, waiting, "failed", reason, self.now() + FAILED_PAUSE)
            return
        RECONCILED.labels("retried").inc()
        pause = timedelta(seconds=self.retry_seconds[min(tries, last)])
        self.put_off(key, waiting, self.now() + pause, attempts=1, reason=reason)

    def put_off(
        self,
        key: str,
        waiting: Sequence[Delivery],
        at: datetime,
        *,
        looks: int = 0,
        attempts: int = 0,
        reason: str,
    ) -> None:
        """Look again later, and keep what was counted until then."""
        if not waiting:
            tries = wakes.tries_of(self.database, key) + attempts
            wakes.settle(self.database, key, at, tries)
            return
        ids = [one.id for one in waiting]
        deliveries.put_off(self.database, ids, at, looks=looks, attempts=attempts, reason=reason)

    def wake_next(
        self, key: str, done: Sequence[Done], was: datetime | None, *, silent: bool
    ) -> None:
        """As the Plans say, where they could say it all; sooner, where something was left undone.

        A broken Policy knows of no moment, and a backfill tells nobody what is to be told: what
        was awaited before is awaited still.

        Args:
            key: what was worked on.
            done: what became of its subjects.
            was: when it was to be woken as the work began; None for never.
            silent: it was a backfill.
        """
        plans = [one.plan for one in done if one.plan]
        moments = [one.wake_at for one in plans if one.wake_at]
        tries, left = 0, [one.left for one in done if one.left]
        if left:
            RECONCILED.labels("retried").inc()
            tries = wakes.tries_of(self.database, key) + 1
            moments += [self.now() + pause_after(one, tries) for one in left if tries <= MOST_TRIES]
        at = min(moments, default=None)
        if any(one.problems for one in plans):
            wakes.settle(self.database, key, self.now() + FAILED_PAUSE)
        elif not silent:
            wakes.wake_next(self.database, key, was, at, tries)
        elif at is not None:
            wakes.bring_forward(self.database, key, at)

    def settle_for_now(
        self, key: str, waiting: Sequence[Delivery], state: deliveries.Settled, error: ForgeError
    ) -> None:
        """It cannot be done as things are; what is awaited is tried again, rarer and rarer."""
        tries = wakes.tries_of(self.database, key) + 1
        pause = pause_after(error, tries) if tries <= MOST_TRIES else None
        again = self.now() + pause if pause else None
        self.settle(key, waiting, state, str(error), again, tries)

    def settle(
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
