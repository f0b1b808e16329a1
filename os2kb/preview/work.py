"""Showing the effect of an edited Policy: work of its own, since it reads many subjects.

A reconcile of the pull request only asks for it. What was read is kept for a while, so that the
next commit to the pull request, or a wait for the forge, costs little.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice

from cachetools import LRUCache
from sqlalchemy import Engine

from os2kb.apply import Applier
from os2kb.forges.port import Conversation, Forbidden, ForgeError, NotFound, RateLimited
from os2kb.governance.actions import Action, SetCheck
from os2kb.governance.comments.checks.policy import awaits_preview, holds_when
from os2kb.governance.facts import Facts, Repository
from os2kb.governance.labelling import lost_labels
from os2kb.governance.rules import REGISTRY
from os2kb.logs import get_logger
from os2kb.modes import Mode
from os2kb.observe.in_force import Proposal, policy_of_scene, proposed_policy, tried_policy
from os2kb.observe.observe import NotOurs, Observation, Observer
from os2kb.observe.reached import unreached
from os2kb.phrases import Phrase
from os2kb.policy.load import PolicyFile
from os2kb.policy.policy import Policy
from os2kb.policy.problem import BadPolicy
from os2kb.preview import said
from os2kb.preview.budget import ReadBudget
from os2kb.preview.difference import Difference, Outcome, difference, outcome
from os2kb.store import names, wakes
from os2kb.store.locks import KeyBusy, key_lock
from os2kb.subjects import Subject, parse_key

MOST_SUBJECTS = 100
AT_A_TIME = 4
_TELL_EVERY = 25
_MOST_KEPT = 150
_BUSY_PAUSE = timedelta(seconds=2)
_PREFIX = "preview:"
_EVER = datetime(1970, 1, 1, tzinfo=UTC)

log = get_logger()


def is_preview(key: str) -> bool:
    """Whether a key of work asks for a preview."""
    return key.startswith(_PREFIX)


def awaited_previews(database: Engine) -> int:
    """How many were asked for and are not shown yet."""
    return wakes.awaited(database, _PREFIX)


def ask_for_preview(
    database: Engine, facts: Facts, writes: Sequence[Action], now: datetime
) -> None:
    """Ask for it, where the pull request puts a usable Policy in place and nothing shows it."""
    if awaits_preview(facts, writes):
        with database.begin() as connection:
            names.remember_repository(
                connection, "github", facts.repository.id, facts.repository.full_name
            )
            wakes.bring_forward_with(connection, f"{_PREFIX}{facts.subject.key}", now)


@dataclass(frozen=True, slots=True)
class _Kept:
    """Facts as they were read once, and for which needs."""

    updated_at: datetime
    needs: frozenset[str]
    facts: Facts


@dataclass(frozen=True, slots=True)
class Previewer:
    """Shows the effect of an edited Policy on its pull request."""

    observer: Observer
    applier: Applier
    database: Engine
    mode: Mode
    now: Callable[[], datetime]
    budget: ReadBudget
    _kept: LRUCache[str, _Kept] = field(default_factory=lambda: LRUCache(_MOST_KEPT))

    def work(self, key: str) -> None:
        """Show what was asked for; the engine's work."""
        try:
            with key_lock(self.database, key):
                if wakes.is_taken(self.database, key):
                    wakes.settle(self.database, key, self._work(key.removeprefix(_PREFIX)))
        except KeyBusy:
            wakes.bring_forward(self.database, key, self.now() + _BUSY_PAUSE)

    def tried(self, full_name: str, own: PolicyFile, most: int) -> tuple[Difference, Policy]:
        """What a Policy file would change for the latest subjects, and the Policy; writes nothing.

        Args:
            full_name: of the repository whose own file it is to be.
            own: the file.
            most: how many subjects are looked at.

        Raises:
            BadPolicy: the file has mistakes.
            ForgeError: what is needed cannot be read now, or was read too often within an hour.
        """
        forge, products = self.observer.forge, self.observer.products
        scene, product = forge.scene(full_name), products.product_of(full_name)
        grant = products.grant(product or full_name)
        after = tried_policy(forge, full_name, own, grant)
        try:
            before = policy_of_scene(scene, grant).policy
        except BadPolicy:  # and it rules nothing now
            before = Policy(version=1)
        latest = tuple(islice(forge.conversations(scene.repository, _EVER), most))
        read = tuple(self._read(scene.repository, latest, before, after))
        outcomes = [one for one in read if one is not None]
        return difference(outcomes, len(read) - len(outcomes)), after

    def _work(self, subject_key: str) -> datetime | None:
        """Returns when to try again; None for never."""
        forge, repository_id, number = parse_key(subject_key)
        name = names.repository_name(self.database, forge, repository_id)
        if name is None or self.mode == "off":
            return None
        try:
            seen = self.observer.observe(Subject(repository_id, number, name, forge))
            return self._show(seen) if awaits_preview(seen.facts) else None
        except RateLimited as limited:  # before there was anything to tell it on
            return limited.until
        except (NotFound, NotOurs, Forbidden) as error:
            log.info("preview_left_out", key=subject_key, reason=str(error))
        except ForgeError as error:
            log.warning("preview_failed", key=subject_key, reason=str(error))
        return None

    def _show(self, seen: Observation) -> datetime | None:
        facts, pull = seen.facts, seen.facts.pull_request
        if pull is None:
            return None
        head = pull.head_sha
        try:
            proposal = self._proposed(facts, head)
            self._tell(facts, self._compared(facts, head, seen.policy, proposal))
        except RateLimited as limited:
            self._tell(facts, said.waiting(facts.language, head, limited.until))
            return limited.until
        except (NotFound, Forbidden):
            raise
        except (ForgeError, BadPolicy) as error:
            self._tell(facts, said.failed(facts.language, head, str(error)))
        return None

    def _proposed(self, facts: Facts, head: str) -> Proposal:
        """The Policy that would hold: the edited file over its organisation's."""
        repository, products = facts.repository, self.observer.products
        product = products.product_of(repository.full_name)
        grant = products.grant(product) if product else None
        return proposed_policy(self.observer.forge, repository, facts.subject.number, head, grant)

    def _compared(self, facts: Facts, head: str, before: Policy, proposal: Proposal) -> SetCheck:
        after = proposal.policy
        every = self.observer.forge.conversations(facts.repository, _EVER)
        others = (one for one in every if one.number != facts.subject.number)
        latest = tuple(islice(others, MOST_SUBJECTS))
        self._tell(facts, said.under_way(facts.language, head, 0, len(latest)))
        outcomes: list[Outcome] = []
        unread = 0
        for place, one in enumerate(self._read(facts.repository, latest, before, after), 1):
            if one is None:
                unread += 1
            else:
                outcomes.append(one)
            if place % _TELL_EVERY == 0 and place < len(latest):
                self._tell(facts, said.under_way(facts.language, head, place, len(latest)))
        found = difference(outcomes, unread)
        missing = lost_labels(facts.repository, after)
        lost = [label for label in missing if label in proposal.labels]
        holds, nobody = holds_when(facts), self._nobody(facts.repository, before, after)
        return said.done(facts.language, head, found, before, after, lost, holds, nobody)

    def _nobody(self, repository: Repository, before: Policy, after: Policy) -> tuple[Phrase, ...]:
        """Whom an edited escalation model names and the forge does not know."""
        model = after.escalation
        if model is None or model == before.escalation:
            return ()
        found = unreached(self.observer.forge, repository, model)
        return tuple(one.said for one in found if one.certain)

    def _read(
        self,
        repository: Repository,
        conversations: Sequence[Conversation],
        before: Policy,
        after: Policy,
    ) -> Iterator[Outcome | None]:
        def one(conversation: Conversation) -> Outcome | None:
            try:
                facts = self._facts(repository, conversation, after, before)
            except (RateLimited, Forbidden, NotOurs):
                raise
            except ForgeError as error:
                log.info("preview_unread", number=conversation.number, reason=str(error))
                return None
            return outcome(facts, before, after, self.now())

        pool = ThreadPoolExecutor(AT_A_TIME, thread_name_prefix="preview")
        try:
            yield from pool.map(one, conversations)
        finally:
            pool.shutdown(cancel_futures=True)

    def _facts(self, repository: Repository, one: Conversation, *policies: Policy) -> Facts:
        subject = Subject(repository.id, one.number, repository.full_name)
        needs = frozenset[str]().union(*map(_needs, policies))
        kept = self._kept.get(subject.key)
        if kept and kept.updated_at == one.updated_at and needs <= kept.needs:
            return kept.facts
        self.budget.spend(repository.id)
        facts = self.observer.observe(subject, *policies).facts
        self._kept[subject.key] = _Kept(one.updated_at, needs, facts)
        return facts

    def _tell(self, facts: Facts, check: SetCheck) -> None:
        self.applier.apply(facts, (check,))


def _needs(policy: Policy) -> frozenset[str]:
    """What is gathered under a Policy, and the file that it says one thing stands in."""
    held = (rule.reads(policy) for rule in REGISTRY if rule.level(policy) != "off")
    signed = policy.guidelines.rules.rights_transfer.file
    return frozenset({f"rights in {signed}"}).union(*held)
