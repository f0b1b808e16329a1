"""Reconcile: observe → decide → apply, for every subject of a key."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from prometheus_client import Counter, Histogram
from sqlalchemy import Engine

from os2kb.apply import Applier
from os2kb.engine import Again
from os2kb.forges.port import Forbidden, NotFound, RateLimited, Rejected
from os2kb.governance.decide import decide
from os2kb.governance.facts import Facts
from os2kb.governance.plan import Mode, Plan
from os2kb.observe import NotOurs, Observer
from os2kb.store import deliveries, names
from os2kb.store.deliveries import Delivery
from os2kb.subjects import Subject, parse_key

# GitHub's API can lag behind its webhook; seconds until each new look.
LOOK_AGAIN = (2.0, 10.0, 60.0)

RECONCILED = Counter("os2kb_reconciled_total", "Keys reconciled, by outcome.", ["outcome"])
SECONDS = Histogram("os2kb_reconcile_seconds", "Seconds to reconcile a subject.")
log = structlog.get_logger()


class TooOld(Exception):
    """What was read is older than what a delivery told of."""


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

    def plan(self, subject: Subject, *, floor: datetime | None = None) -> Plan:
        """Observe and decide; writes nothing."""
        return self._decide(subject, floor)[1]

    def apply(self, subject: Subject) -> Plan:
        """Observe, decide and apply; what was left undone by the mode stays in the Plan."""
        return self._reconcile(subject, None)

    def work(self, key: str, looks: int, woken: bool) -> Again | None:
        """Handle every open delivery of a key; the engine's work.

        Nothing is raised for what a retry can mend: the deliveries stay open and the engine is
        told when to look again. What it cannot mend is parked as failed, with the reason.
        """
        waiting = deliveries.open_for(self.database, key)
        if not waiting and not woken:
            return None  # an earlier run of this key took these deliveries with its own
        try:
            wake_at = self._reconcile_key(key, _floor(waiting, looks))
        except TooOld:
            RECONCILED.labels("too_old").inc()
            return Again(self.now() + timedelta(seconds=LOOK_AGAIN[looks]), looks + 1, woken)
        except RateLimited as error:
            RECONCILED.labels("rate_limited").inc()
            return Again(error.until, looks, woken)
        except (NotOurs, NotFound) as error:
            self._settle(waiting, "ignored", str(error))
        except (Forbidden, Rejected) as error:
            self._settle(waiting, "failed", str(error))
        except Exception as error:  # noqa: BLE001 - anything else is tried again, then parked
            return self._failed(key, waiting, looks, error)
        else:
            self._settle(waiting, "handled", "")
            return Again(wake_at, 0, woken=True) if wake_at else None
        return None

    def _reconcile_key(self, key: str, floor: datetime | None) -> datetime | None:
        if self.mode == "off":
            raise NotOurs("OS2KB_MODE is off")
        wakes = []
        for linked in names.subjects_of(self.database, key):
            forge, repository_id, number = parse_key(linked)
            name = names.repository_name(self.database, forge, repository_id)
            if name is None:
                raise NotOurs(f"the repository of {linked} has no known name")
            plan = self._reconcile(Subject(repository_id, number, name, forge), floor)
            wakes.append(plan.wake_at)
        return min((moment for moment in wakes if moment), default=None)

    @SECONDS.time()
    def _reconcile(self, subject: Subject, floor: datetime | None) -> Plan:
        facts, plan = self._decide(subject, floor)
        self.applier.apply(facts, plan.writes(self.mode))
        return plan

    def _decide(self, subject: Subject, floor: datetime | None) -> tuple[Facts, Plan]:
        seen = self.observer.observe(subject)
        if floor and seen.facts.updated_at < floor:
            raise TooOld(f"{subject} was read as of {seen.facts.updated_at}, before {floor}")
        return seen.facts, decide(seen.facts, seen.policy, self.mode, self.now())

    def _settle(self, waiting: Sequence[Delivery], state: deliveries.Settled, reason: str) -> None:
        RECONCILED.labels(state).inc()
        if state == "failed":
            log.error("delivery_failed", count=len(waiting), reason=reason)
        deliveries.settle(
            self.database, [delivery.id for delivery in waiting], state, self.now(), reason
        )

    def _failed(
        self, key: str, waiting: Sequence[Delivery], looks: int, error: Exception
    ) -> Again | None:
        reason = f"{type(error).__name__}: {error}"
        log.warning("reconcile_failed", key=key, error=type(error).__name__)
        # A wake has no delivery to count tries on or to park: it is tried until it works.
        tries = max((delivery.attempts for delivery in waiting), default=looks)
        last = len(self.retry_seconds) - 1
        if waiting and tries > last:
            self._settle(waiting, "failed", reason)
            return None
        RECONCILED.labels("retried").inc()
        deliveries.count_attempt(self.database, [delivery.id for delivery in waiting], reason)
        pause = timedelta(seconds=self.retry_seconds[min(tries, last)])
        if waiting:
            return Again(self.now() + pause, looks, woken=False)
        return Again(self.now() + pause, looks + 1, woken=True)


def _floor(waiting: Sequence[Delivery], looks: int) -> datetime | None:
    """How new what is read must be. None after the last look: a wrong clock must not hold a key."""
    if looks >= len(LOOK_AGAIN):
        return None
    return max((delivery.floor for delivery in waiting if delivery.floor), default=None)
