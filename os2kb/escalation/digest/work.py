"""Sending overviews: work of its own, woken when one is due.

A message is planned in the ledger before it is sent, under the day on which it was due. So there is
one for each recipient and week, also after a restart, beside other replicas, and after weeks in
which nobody was there to send any: then only the latest is. Where the day is changed, the next one
is of the week after.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine

from os2kb.backing_off import backed_off
from os2kb.chats.chats import Chats
from os2kb.chats.port import Refused, Unreachable
from os2kb.escalation.digest.gather import Follower, Gathered, Place
from os2kb.escalation.digest.issue import put_digest
from os2kb.forges.port import Forbidden, Forge, ForgeError, NotFound, RateLimited, Rejected
from os2kb.governance.actions import Remember
from os2kb.governance.escalation.digest import Digest, next_at
from os2kb.governance.escalation.ladder import holds_from
from os2kb.governance.facts import Repository
from os2kb.governance.receipts import Receipt, next_plan
from os2kb.logs import get_logger
from os2kb.modes import Mode, weaker
from os2kb.policy.policy import Policy
from os2kb.products.products import Products
from os2kb.store import ledger, names, wakes
from os2kb.store.locks import KeyBusy, key_lock

_PREFIX, _LEARN = "digest:", "digests asked for:"
_WEEK = timedelta(days=6)  # and some hours: the clock may change in it
_BUSY_PAUSE = timedelta(seconds=2)
_PAUSE, _LONGEST_PAUSE = timedelta(minutes=10), timedelta(hours=3)
_BECAUSE = "escalation.digest"
_LONGEST_NAME = 300  # that the ledger keeps
_NOTHING = "nothing to tell"

log = get_logger()


def is_digest(key: str) -> bool:
    """Whether a key of work asks for overviews."""
    return key.startswith((_PREFIX, _LEARN))


def learning(product: str) -> str:
    """The key of work that learns when overviews of a product are due, and sends none."""
    return f"{_LEARN}{product}"


def ask_for_digest(
    database: Engine, repository: Repository, product: str, policy: Policy, now: datetime
) -> None:
    """Have the product's overviews sent when the next one is due, where a Policy asks for any."""
    due = next_at(policy.escalation, now) if policy.escalation else None
    if due is None:
        return
    with database.begin() as connection:
        names.remember_repository(connection, "github", repository.id, repository.full_name)
        wakes.ensure_with(connection, f"{_PREFIX}{product}", due)


def is_sent(one: Follower, bound: Mode, at: datetime) -> bool:
    """Whether a repository's Policy lets anything be sent at a moment.

    A proposal tells nobody, and neither does `observe`, or a model before its day.
    """
    since = holds_from(one.model)
    holds = one.model.is_adopted and (since is None or since <= at)
    return holds and weaker(bound, one.policy.mode) == "act"


@dataclass(frozen=True, slots=True)
class Digester:
    """Sends the overviews of products.

    Args:
        mode: the installation's bound on every Policy.
    """

    forge: Forge
    chats: Chats
    database: Engine
    products: Products
    mode: Mode
    now: Callable[[], datetime]

    def work(self, key: str) -> None:
        """Send what is due of a product; the engine's work."""
        try:
            with key_lock(self.database, key):
                if wakes.is_taken(self.database, key) and key.startswith(_LEARN):
                    wakes.settle(self.database, key, self._learn(key.removeprefix(_LEARN)))
                elif wakes.is_taken(self.database, key):
                    tries = wakes.tries_of(self.database, key) + 1
                    at, in_vain = self._work(key, tries)
                    wakes.settle(self.database, key, at, tries if in_vain else 0)
        except KeyBusy:
            wakes.bring_forward(self.database, key, self.now() + _BUSY_PAUSE)

    def _learn(self, product: str) -> datetime | None:
        """Have the next overview sent when it is due; returns when to try to learn that again."""
        at = self.now()
        gathered = Gathered(self.forge, self.database, self.products, product, at, _give_up)
        try:
            coming = [next_at(one.model, at) for one in gathered.followers()]
        except RateLimited as limited:
            return limited.until
        except ForgeError as error:
            log.warning("digest_not_learned", product=product, reason=str(error))
            return at + _PAUSE
        if due := min((one for one in coming if one), default=None):
            with self.database.begin() as connection:
                wakes.ensure_with(connection, f"{_PREFIX}{product}", due)
        return None

    def _work(self, key: str, tries: int) -> tuple[datetime | None, bool]:
        """Returns when to be woken next, and whether that is to try again.

        Args:
            tries: the how manieth in a row this is.
        """
        again = backed_off(tries, _PAUSE, _LONGEST_PAUSE)
        at, product = self.now(), key.removeprefix(_PREFIX)
        if not (product in self.products.entries or self.products.open_to_all):
            return None, False
        gathered = Gathered(self.forge, self.database, self.products, product, at, _give_up)
        try:
            followers = gathered.followers()
            coming = [next_at(one.model, at) for one in followers]
            sent_to = tuple(one for one in followers if is_sent(one, self.mode, at))
            pauses = [self._send(key, gathered, one) for one in gathered.places(sent_to)]
        except RateLimited as limited:
            return limited.until, True
        except ForgeError as error:
            log.warning("digest_put_off", product=product, reason=str(error))
            return at + again, True
        left = [at + max(pause, again) for pause in pauses if pause is not None]
        return min((one for one in (*coming, *left) if one), default=None), bool(left)

    def _send(self, key: str, gathered: Gathered, place: Place) -> timedelta | None:
        """Send one, unless that was done; returns how long at least to wait for another try."""
        receipts = ledger.receipts_of(self.database, key)
        name = f"{_PREFIX}{place.to}"[:_LONGEST_NAME]
        action = Remember(name, place.due.isoformat(), because=_BECAUSE)
        ours = [one for one in receipts if one.action == action.key]
        if any(one.content == action.content and one.state != "planned" for one in ours):
            return None
        if any(_is_same_week(one, place.due) for one in ours):
            return None
        said = gathered.overview(place)
        known = next((one.reference for one in reversed(ours) if one.reference), "")
        planned = ledger.plan(self.database, key, [(next_plan(receipts), action)], self.now())
        self._end_older(key, ours, action.content)
        ((receipt, _),) = planned
        if not said.count and not (place.is_issue and known):
            ledger.settle(self.database, receipt, "skipped", note=_NOTHING)
            return None
        try:
            reference = self._tell(gathered.product, place, said, known)
        except Unreachable as error:
            log.warning("digest_put_off", product=gathered.product, reason=str(error))
            return error.pause
        except (Refused, Rejected, NotFound, Forbidden) as error:
            ledger.settle(self.database, receipt, "skipped", note=str(error))
            log.warning("digest_refused", product=gathered.product, reason=str(error))
            return None
        ledger.settle(self.database, receipt, "applied", reference=reference)
        log.info("digest_sent", product=gathered.product, faults=said.count)
        return None

    def _tell(self, product: str, place: Place, said: Digest, known: str) -> str:
        if place.is_issue:
            return put_digest(self.forge, place.of[0].scene.repository, said, known)
        chat = self.chats.of(self.products.grant(product))
        once = f"{_PREFIX}{product}:{place.to}:{place.due:%Y-%m-%d}"
        return chat.tell(place.to, said.subject, said.text, once)

    def _end_older(self, key: str, ours: Sequence[Receipt], due: str) -> None:
        """What could not be sent in its week is not sent in the next one."""
        for one in ours:
            if one.state == "planned" and one.content != due:
                ledger.settle_planned(
                    self.database, key, one, state="skipped", note="the next one was due"
                )


def _is_same_week(receipt: Receipt, due: datetime) -> bool:
    """Whether an overview was sent less than a week before another is due."""
    sent = receipt.state == "applied"
    return sent and abs(due - datetime.fromisoformat(receipt.content)) < _WEEK


def _give_up(until: datetime) -> None:
    raise RateLimited("GitHub beder os vente", "GitHub asks us to wait", until)
