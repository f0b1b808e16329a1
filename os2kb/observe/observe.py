"""Observe: read the forge, our own ledger and the index into Facts. All reads, no writes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import Engine

from os2kb.answers.answer import Answers
from os2kb.decision_log.see import LogReader
from os2kb.forges.port import Forge, NotFound
from os2kb.forges.scene import Scene
from os2kb.governance.citations import citations
from os2kb.governance.commands.given.pending import tickets_named
from os2kb.governance.decision_log.minutes import is_of_minutes
from os2kb.governance.facts import Facts, PullRequest
from os2kb.governance.learned import Classified
from os2kb.governance.ledger.marks import stored_hash
from os2kb.governance.rules import rules_for
from os2kb.governance.rules.events import FOR_RULES_ALONE, events_of
from os2kb.governance.rules.issue.duplicate import compared
from os2kb.governance.rules.issue.type_label import undecided
from os2kb.governance.telling import messages_since
from os2kb.governance.tickets.creation import asks_for_columns
from os2kb.logs import get_logger
from os2kb.observe.answered import answered, offered
from os2kb.observe.conversation import facts_told
from os2kb.observe.counterparts import Counterparts
from os2kb.observe.gather import gather
from os2kb.observe.in_force import policy_of_scene, problems_told, proposed_problems
from os2kb.observe.log_change import log_change
from os2kb.observe.near import NearIssues
from os2kb.observe.people import roles_of, teams_of
from os2kb.observe.shelf import Shelf
from os2kb.phrases import SaidInBoth
from os2kb.policy.grants import Grant
from os2kb.policy.policy import Policy
from os2kb.policy.problem import BadPolicy, PolicyProblem
from os2kb.products.products import Products
from os2kb.store import ledger
from os2kb.subjects import Subject
from os2kb.trackers.tickets import Tickets

log = get_logger()


class NotOurs(SaidInBoth):
    """The subject belongs to no product of this installation, or its name to another repository."""


def of_no_product(full_name: str) -> NotOurs:
    """A repository that this installation does not know."""
    return NotOurs(
        f"{full_name} hører ikke til noget produkt i OS2KB_PRODUCTS",
        f"{full_name} belongs to no product in OS2KB_PRODUCTS",
    )


class RepositoryGone(NotFound):
    """A repository that we govern is not visible to us, perhaps for an hour only."""


class InVain(Exception):
    """What was told of changes the answer of no rule in force."""


@dataclass(frozen=True, slots=True)
class Observation:
    """Facts, and the Policy they are judged by."""

    facts: Facts
    policy: Policy


@dataclass(frozen=True, slots=True)
class Observer:
    """Gathers Facts.

    Args:
        answers: what people ask in comments.
        quotes: answers by quotes alone, for what nobody asked us.
        products: what belongs to which product; a subject outside them is not ours.
        classify: what an issue is taken for, where it does not say so itself.
        near: which earlier issues of its product an issue is like.
        shelf: what was read before.
        tickets: of subjects, in the product's tracker.
        counterparts: what a ticket says in the words of its subject, and the reverse.
        logs: how a decision log is seen.
    """

    forge: Forge
    database: Engine
    answers: Answers
    quotes: Answers
    products: Products
    now: Callable[[], datetime]
    classify: Callable[[Facts, Policy], Classified | None]
    near: NearIssues
    shelf: Shelf
    tickets: Tickets
    counterparts: Counterparts
    logs: LogReader

    def subject(self, full_name: str, number: int) -> Subject:
        """The subject of a name and number, with the repository's id."""
        repository = self.forge.scene(full_name, number).repository
        return Subject(repository.id, number, repository.full_name)

    def observe(
        self,
        subject: Subject,
        *instead: Policy,
        told: frozenset[str] = frozenset(),
    ) -> Observation:
        """Everything decide may know about a subject.

        Args:
            subject: what to look at.
            *instead: judge it by the first of these, not by the Policy in force, and read what the
                others need, too; then nothing is looked up that only answers people.
            told: the events that made us look, where there was nothing else.

        Raises:
            InVain: no rule in force depends on what we were told of; one read shows that.
            NotOurs: it is none of our business.
            RepositoryGone: nothing of its repository can be seen.
            ForgeError: a read failed.
        """
        try:
            scene = self.forge.scene(subject.repository, subject.number)
        except NotFound as error:
            raise RepositoryGone(error.phrase.da, error.phrase.en) from error
        if scene.repository.id != subject.repository_id:
            raise NotOurs(
                f"{subject.repository} er et andet repository nu",
                f"{subject.repository} is another repository now",
            )
        return self._observe(subject, scene, *instead, told=told)

    def observe_named(self, full_name: str, number: int) -> Observation:
        """The same by name, without asking first which repository that is.

        Raises:
            NotOurs: it is none of our business.
            ForgeError: a read failed.
        """
        scene = self.forge.scene(full_name, number)
        return self._observe(Subject(scene.repository.id, number, full_name), scene)

    def _observe(
        self,
        subject: Subject,
        scene: Scene,
        *instead: Policy,
        told: frozenset[str] = frozenset(),
    ) -> Observation:
        repository = scene.repository
        if repository.archived:
            raise NotOurs(
                f"{repository.full_name} er arkiveret: der kan intet skrives",
                f"{repository.full_name} is archived: nothing can be written there",
            )
        product = self.products.product_of(repository.full_name)
        if product is None:
            raise of_no_product(repository.full_name)
        grant = self.products.grant(product)
        policy, problems = (instead[0], ()) if instead else self._policy(scene, grant)
        waits = is_of_minutes(scene.pull)  # for an approval, whatever the rules
        if told and told <= FOR_RULES_ALONE and not (waits or told & events_of(policy)):
            raise InVain(f"no rule in force depends on {', '.join(sorted(told))}")
        facts = replace(
            self._conversation(subject, scene, policy),
            policy_problems=problems,
            problems_told=problems_told(problems, scene, grant) if problems else (),
        )
        gathered = gather(self.forge, self.shelf, scene, facts, instead or (policy,), grant)
        facts = replace(
            gathered.facts,
            proposed_policy_problems=proposed_problems(scene, gathered.proposed, grant),
            citations=citations(gathered.guidelines, rules_for(gathered.facts, policy)),
            log_change=log_change(self.forge, self.shelf, gathered.facts, policy),
        )
        return Observation(facts if instead else self._looked_up(facts, policy, product), policy)

    def _looked_up(self, facts: Facts, policy: Policy, product: str) -> Facts:
        """With what answers people, and what our own knowledge, ledger and tracker tell."""
        now = self.now()
        facts = replace(facts, roles=roles_of(self.forge, facts, policy, now))
        facts = replace(facts, teams=teams_of(self.forge, facts, policy, now))
        facts = self.logs.seen(facts, policy)
        if undecided(facts, policy):
            facts = replace(facts, classified=self.classify(facts, policy))
        if compared(facts, policy):
            facts = replace(facts, near=self.near.to(facts, policy, product))
        facts = replace(
            facts,
            ticket=self.counterparts.ticket_of(self.tickets, facts, policy),
            named_tickets=self.tickets.named(tickets_named(facts, policy, now)),
            messages=self._messages(facts, policy),
        )
        if asks_for_columns(facts, policy):
            columns = self.forge.columns(facts.repository, facts.subject.number)
            facts = replace(facts, columns=columns)
        facts = replace(facts, answers=answered(self.answers, facts, policy, product, now))
        return replace(facts, offered=offered(self.quotes, facts, policy, product, now))

    def _policy(self, scene: Scene, grant: Grant) -> tuple[Policy, tuple[PolicyProblem, ...]]:
        """The Policy in force; a wrong one rules nothing."""
        try:
            return policy_of_scene(scene, grant).policy, ()
        except BadPolicy as bad:
            return Policy(version=1), bad.problems

    def _conversation(self, subject: Subject, scene: Scene, policy: Policy) -> Facts:
        """What the conversation tells, and the list of files."""
        repository, number = scene.repository, subject.number
        conversation = self.forge.conversation(repository, number)
        facts = facts_told(subject, repository, conversation, policy, self._pull(scene, number))
        comments = self.forge.comments(repository, number) if conversation.has_comments else ()
        labels, turns = self.forge.history(repository, number)
        facts = replace(
            facts,
            comments=comments,
            history=labels,
            turns=turns,
            receipts=ledger.receipts_of(self.database, subject.key),
        )
        if facts.moved_at is None:
            return facts
        ours = {stored_hash(one.body) for one in comments if one.author.is_self}
        return replace(facts, written_before=ledger.written_before(self.database, ours))

    def _pull(self, scene: Scene, number: int) -> PullRequest | None:
        if scene.pull is None:
            return None
        files, cut = self.forge.changed_files(scene.repository, number)
        return replace(scene.pull, files=files, files_cut=cut)

    def counted_again(self, seen: Observation) -> Observation:
        """The same with the messages that everybody has had by now, and the numbers given."""
        messages = self._messages(seen.facts, seen.policy)
        return replace(seen, facts=replace(self.logs.counted_again(seen.facts), messages=messages))

    def _messages(self, facts: Facts, policy: Policy) -> Mapping[str, int]:
        since = messages_since(facts, policy, self.now())
        if since is None:
            return MappingProxyType({})
        return ledger.messages_since(self.database, since, facts.subject.key)
