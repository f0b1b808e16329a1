"""Reconcile: observe → decide → apply, for every subject of a key."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from prometheus_client import Histogram
from sqlalchemy import Engine

from os2kb.apply import Applier, Left, Noted
from os2kb.backing_off import FAILED_PAUSE, pause_after
from os2kb.bounds import EVERYTHING, Bounds, bounds_of
from os2kb.chats.port import Unreachable
from os2kb.decision_log.linked import keep_together
from os2kb.decision_log.numbers import COUNTED
from os2kb.escalation.digest.work import ask_for_digest
from os2kb.forges.port import Forbidden, Moved, NotFound, RateLimited, Rejected
from os2kb.governance.actions import Action, CreateTicket, LinkTicket, Tell
from os2kb.governance.decide import decide
from os2kb.governance.decision_log.standing import gives_number
from os2kb.governance.facts import Asked
from os2kb.governance.plan import Plan
from os2kb.governance.take_back import taking_back
from os2kb.logs import get_logger
from os2kb.modes import Mode, weaker
from os2kb.moving import take_ticket_along
from os2kb.observe.observe import InVain, NotOurs, Observation, Observer, RepositoryGone
from os2kb.policy.policy import Policy
from os2kb.preview.work import ask_for_preview
from os2kb.settling import RECONCILED, Done, Floor, Settling, TooOld, floor_of
from os2kb.store import deliveries, names, wakes
from os2kb.store.backlog.tickets import is_ticket
from os2kb.store.console import asked_in_console
from os2kb.store.deliveries import Delivery
from os2kb.store.locks import KeyBusy, key_lock, turn
from os2kb.subjects import Subject, parse_key
from os2kb.trackers.port import Denied, TrackerUnavailable

BUSY_PAUSE = LINKED_PAUSE = timedelta(seconds=2)
_LACKING = (Forbidden, Denied)

SECONDS = Histogram("os2kb_reconcile_seconds", "Seconds to reconcile a subject.")
log = get_logger()


class SwitchedOff(NotOurs):
    """The installation's mode is off, perhaps for an hour only."""


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
        return self.look(full_name, number)[1]

    def look(self, full_name: str, number: int) -> tuple[Observation, Plan]:
        """What is seen of a subject, and what is made of it; writes nothing."""
        seen = self.observer.observe_named(full_name, number)
        return seen, self._decided(seen)

    def apply(self, subject: Subject, bounds: Bounds = EVERYTHING) -> Plan:
        """Observe, decide and apply; what was left undone by the mode stays in the Plan.

        Args:
            subject: what to look after.
            bounds: what may be written.

        Raises:
            KeyBusy: a service works on it now.
            Forbidden, Denied: we lack a permission; the rest is done.
            Unreachable, TrackerUnavailable: not now; the rest is done.
        """
        key = names.key_of(self.database, subject.key)
        with key_lock(self.database, key):
            plan, left = self._reconcile(subject, Floor(), frozenset(), bounds)
            again = self.now() + pause_after(left, 1) if left else None
            for at in (plan.wake_at, again):
                if at is not None:
                    wakes.bring_forward(self.database, key, at)
            if left:
                raise left
            return plan

    @property
    def _settling(self) -> Settling:
        return Settling(self.database, self.retry_seconds, self.now)

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
            wakes.bring_forward(self.database, key, self.now() + BUSY_PAUSE)

    def _work(self, key: str, waiting: Sequence[Delivery], *, woken: bool) -> None:
        was = wakes.moment_of(self.database, key)
        try:
            bounds = bounds_of(waiting, woken=woken)
            done = self._reconcile_key(key, waiting, bounds, woken=woken)
        except (TooOld, NotFound) as error:
            self._settling.too_early(key, waiting, error)
        except RateLimited as error:
            RECONCILED.labels("rate_limited").inc()
            self._settling.put_off(key, waiting, error.until, reason=str(error))
        except InVain as error:  # and a wake that is set stays set
            RECONCILED.labels("ignored").inc()
            ids = [one.id for one in waiting]
            deliveries.settle(self.database, ids, "ignored", self.now(), str(error))
        except SwitchedOff as error:
            self._settling.settle(key, waiting, "ignored", str(error), self.now() + FAILED_PAUSE)
        except NotOurs as error:
            self._settling.settle(key, waiting, "ignored", str(error))
        except (Forbidden, Rejected) as error:
            self._settling.settle_for_now(key, waiting, "failed", error)
        except Exception as error:  # noqa: BLE001 - anything else is tried again, then parked
            self._settling.failed(key, waiting, error)
        else:
            # The wake first: after a crash in between, the deliveries are simply handled again.
            self._settling.wake_next(key, done, was, silent=bounds.silent)
            left = (one.left for one in done if one.plan)
            lacking = next((one for one in left if isinstance(one, _LACKING)), None)
            self._settling.settle(
                key, waiting, "failed" if lacking else "handled", str(lacking or "")
            )

    def _reconcile_key(
        self, key: str, waiting: Sequence[Delivery], bounds: Bounds, *, woken: bool
    ) -> tuple[Done, ...]:
        """Every subject of the group; what one of them cannot be is no reason to leave the others.

        Raises:
            Exception: what a subject with deliveries of its own, or the only one, cannot be.
        """
        if self.mode == "off":
            raise SwitchedOff("OS2KB_MODE er off", "OS2KB_MODE is off")
        done: list[Done] = []
        wrong: list[Exception] = []
        away: list[Done] = []
        group = names.subjects_of(self.database, key)
        linked = [one for one in group if not is_ticket(one)]
        if not linked:
            raise NotOurs(f"{key} er ikke knyttet til noget", f"{key} is linked to nothing")
        of_ticket = [one for one in waiting if is_ticket(one.subject)]
        for one in linked:
            own = [delivery for delivery in waiting if delivery.subject == one]
            try:
                done.append(Done(*self._reconcile_linked(one, own, of_ticket, bounds, woken=woken)))
            except (TooOld, NotFound, NotOurs, InVain, Forbidden) as error:
                log.info("subject_left_out", subject=one, reason=str(error))
                if own or of_ticket or len(linked) == 1:
                    wrong.append(error)
                elif isinstance(error, RepositoryGone | Forbidden):
                    away.append(Done(None, error))  # and what it waits for, it waits for still
        # In vain, or not ours: there is nothing to try again once another was looked after.
        if final := [one for one in wrong if not (done and isinstance(one, InVain | NotOurs))]:
            for at in (one.plan.wake_at for one in done if one.plan and one.plan.wake_at):
                wakes.bring_forward(self.database, key, at)
            raise final[0]
        return (*done, *away)

    def _reconcile_linked(
        self,
        linked: str,
        own: Sequence[Delivery],
        of_ticket: Sequence[Delivery],
        bounds: Bounds,
        *,
        woken: bool,
    ) -> tuple[Plan, Left | None]:
        """One subject of a group; another's deliveries say neither how new it is nor what changed.

        Args:
            own: the deliveries that are about it.
            of_ticket: those about the ticket that it goes with, which is read with it.
        """
        forge, repository_id, number = parse_key(linked)
        name = names.repository_name(self.database, forge, repository_id)
        if name is None:
            raise NotOurs(
                f"repositoriet til {linked} har intet kendt navn",
                f"the repository of {linked} has no known name",
            )
        again = any(one.asks_for_checks for one in own)
        told = frozenset(() if woken or again else (one.event for one in own))
        asked = asked_in_console(self.database, own)
        return self._reconcile(
            Subject(repository_id, number, name, forge),
            Floor(floor_of(own), floor_of(of_ticket)),
            told,
            bounds,
            checks_again=again,
            asked=asked,
        )

    @SECONDS.time()
    def _reconcile(
        self,
        subject: Subject,
        floor: Floor,
        told: frozenset[str],
        bounds: Bounds,
        *,
        checks_again: bool = False,
        asked: tuple[Asked, ...] = (),
    ) -> tuple[Plan, Left | None]:
        """The Plan, and why not all of it was carried out."""
        try:
            seen = self.observer.observe(subject, told=told)
        except RepositoryGone:
            raise
        except NotFound as error:
            self.observer.near.forget(subject.repository_id, subject.number)
            if isinstance(error, Moved):
                take_ticket_along(self.observer, subject, error, self.mode)
            raise
        floor.check(seen.facts)
        seen = replace(seen, facts=replace(seen.facts, checks_again=checks_again, asked=asked))
        plan, writes, noted = self._noted(seen, bounds)
        left: Left | None = None
        try:
            self.applier.carry_out(seen.facts, noted)
        except (Forbidden, Denied, Unreachable, TrackerUnavailable) as error:
            left = error
        else:
            plan = self._with_what_was_linked(plan, writes)
        if not bounds.silent and self.mode != "off":
            ask_for_preview(self.database, seen.facts, writes, self.now())
            keep_together(self.database, seen.facts, seen.policy, writes, self.now())
            self._ask_for_digest(seen)
        return plan, left

    def _with_what_was_linked(self, plan: Plan, writes: Sequence[Action]) -> Plan:
        """A ticket that was just linked or made is to be looked at, too."""
        if not any(isinstance(one, CreateTicket | LinkTicket) for one in writes):
            return plan
        soon = self.now() + LINKED_PAUSE
        return replace(plan, wake_at=min(plan.wake_at or soon, soon))

    def _noted(self, seen: Observation, bounds: Bounds) -> tuple[Plan, tuple[Action, ...], Noted]:
        """Decide, and note down what is to be done.

        What is counted over all subjects is noted in the same turn: two never share the last
        message of a day, nor the number of a decision.
        """
        plan = self._decided(seen, bounds)
        with ExitStack() as stack:
            if any(isinstance(one, Tell) or gives_number(one) for one in plan.writes(self.mode)):
                stack.enter_context(turn(self.database, COUNTED))
                plan = self._decided(self.observer.counted_again(seen), bounds)
            writes = plan.writes(self.mode)
            if plan.in_step is not None and weaker(plan.mode, self.mode) == "act":
                self.applier.agree(seen.facts, plan.in_step)
            if bounds.among:
                writes = bounds.among(writes)
            if not bounds.silent:
                self.applier.settle_cut_off(seen.facts, writes)
            return plan, writes, self.applier.note(seen.facts, writes, bounds.run)

    def _ask_for_digest(self, seen: Observation) -> None:
        repository = seen.facts.repository
        product = self.observer.products.product_of(repository.full_name)
        if product:
            ask_for_digest(self.database, repository, product, seen.policy, self.now())

    def _decided(self, seen: Observation, bounds: Bounds = EVERYTHING) -> Plan:
        if bounds.undoes:
            return taking_back(seen.facts, seen.policy, self.mode, bounds.undoes)
        silent = bounds.silent
        return decide(seen.facts, seen.policy, self.mode, self.now(), silent=silent)
