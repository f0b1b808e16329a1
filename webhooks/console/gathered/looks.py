"""Looking at a subject as it is now: what the bot sees of it, and what it would do."""

from dataclasses import dataclass, field
from threading import Lock

from cachetools import TTLCache

from os2kb.forges.port import ForgeError
from os2kb.governance.facts import Facts
from os2kb.governance.plan import Plan
from os2kb.observe.observe import NotOurs
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy
from os2kb.reconcile import Reconciler
from os2kb.subjects import Subject
from os2kb.trackers.port import TrackerError

REMEMBERED_SECONDS = 60
_MOST = 100
_NO_ACCESS = Phrase(
    "Der er ingen adgang til GitHub i indstillingerne.", "The settings give no access to GitHub."
)


@dataclass(frozen=True, slots=True)
class Look:
    """A subject as it is now."""

    facts: Facts
    policy: Policy
    plan: Plan


@dataclass(slots=True)
class Looks:
    """Looks, and remembers for a minute what it saw, as long as nothing is known to have happened.

    Args:
        reconciler: None where there is no access to GitHub.
    """

    reconciler: Reconciler | None
    _seen: TTLCache[tuple[str, object], Look] = field(
        default_factory=lambda: TTLCache(_MOST, REMEMBERED_SECONDS)
    )
    _lock: Lock = field(default_factory=Lock)

    def at(self, subject: Subject, mark: object) -> Look | Phrase:
        """The subject as it is now, or why it cannot be seen.

        Args:
            mark: of all that our store knows to have happened to it.
        """
        if self.reconciler is None:
            return _NO_ACCESS
        key = subject.key, mark
        with self._lock:
            known = self._seen.get(key)
        if known:
            return known
        try:
            seen, plan = self.reconciler.look(subject.repository, subject.number)
        except (ForgeError, NotOurs, TrackerError) as error:
            return error.phrase
        look = Look(seen.facts, seen.policy, plan)
        with self._lock:
            self._seen[key] = look
        return look
