"""Observe: read the forge, our own ledger and the index into Facts. All reads, no writes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType

import structlog
from sqlalchemy import Engine

from index.language import detect
from index.lookup import best_paragraph
from index.passages import Citation, Visibility
from os2kb.answers.answer import Answer, Answers
from os2kb.answers.ask import NotIndexed
from os2kb.forges.port import Conversation, File, Forbidden, Forge, NotFound, NotText
from os2kb.governance.commands.pending import (
    accounts_to_look_up,
    memberships_to_look_up,
    pending_questions,
)
from os2kb.governance.facts import Classified, Facts, Linked, PullRequest, Repository, Role
from os2kb.governance.new_question import new_question
from os2kb.governance.references import named_issues
from os2kb.governance.rules import rules_for
from os2kb.governance.rules.issue.duplicate import compared
from os2kb.governance.rules.issue.type_label import undecided
from os2kb.governance.rules.pull_request.files.changelog import changed_changelogs
from os2kb.in_force import organisation_file, policy_in_force, repository_file
from os2kb.near import NearIssues
from os2kb.policy.grants import Grant
from os2kb.policy.load import read_policy
from os2kb.policy.policy import PATH, Policy
from os2kb.policy.problem import BadPolicy, PolicyProblem
from os2kb.products import Products
from os2kb.store import ledger
from os2kb.subjects import Subject

# Issues that a pull request names and that are looked up; a list of releases is no link.
MOST_LINKED = 5
# A repository of several packages may have a changelog in each.
MOST_CHANGELOGS = 3
# Characters of a guideline; finding a paragraph in more takes seconds.
LONGEST_GUIDELINE = 256_000
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)

log = structlog.get_logger()


class NotOurs(Exception):
    """The subject belongs to no product of this installation, or its name to another repository."""


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
    """

    forge: Forge
    database: Engine
    answers: Answers
    quotes: Answers
    products: Products
    now: Callable[[], datetime]
    classify: Callable[[Facts, Policy], Classified | None]
    near: NearIssues

    def subject(self, full_name: str, number: int) -> Subject:
        """The subject of a name and number, with the repository's id."""
        repository = self.forge.repository(full_name)
        return Subject(repository.id, number, repository.full_name)

    def observe(self, subject: Subject, instead: Policy | None = None) -> Observation:
        """Everything decide may know about a subject.

        Args:
            subject: what to look at.
            instead: judge it by this Policy, not the one in force; then nothing is looked up that
                only answers people.

        Raises:
            NotOurs: it is none of our business.
            ForgeError: a read failed.
        """
        repository = self.forge.repository(subject.repository)
        if repository.id != subject.repository_id:
            raise NotOurs(f"{subject.repository} is another repository now")
        if repository.archived:
            raise NotOurs(f"{repository.full_name} is archived: nothing can be written there")
        product = self.products.product_of(repository.full_name)
        if product is None:
            raise NotOurs(f"{repository.full_name} belongs to no product in OS2KB_PRODUCTS")
        grant = self.products.grant(product)
        head = self.forge.head(repository)
        policy, problems = (instead, ()) if instead else self._policy(repository, head, grant)
        conversation = self.forge.conversation(repository, subject.number)
        pull = (
            self.forge.pull_request(repository, subject.number)
            if conversation.is_pull_request
            else None
        )
        facts = replace(
            _read_facts(subject, repository, conversation, pull, policy),
            comments=self.forge.comments(repository, subject.number),
            history=self.forge.label_history(repository, subject.number),
            receipts=ledger.receipts_of(self.database, subject.key),
            linked=self._linked(repository, conversation, pull),
            changelogs=self._changelogs(repository, pull, policy),
            policy_problems=problems,
            proposed_policy_problems=self._proposed(repository, pull, grant),
        )
        facts = replace(facts, citations=self._citations(facts, policy, head))
        if instead:
            return Observation(facts, policy)
        facts = replace(facts, roles=self._roles(facts, policy))
        facts = replace(facts, teams=self._teams(facts, policy))
        if undecided(facts, policy):
            facts = replace(facts, classified=self.classify(facts, policy))
        if compared(facts, policy):
            facts = replace(facts, near=self.near.to(facts, policy, product))
        facts = replace(facts, answers=self._answer(facts, policy, product))
        return Observation(replace(facts, offered=self._offered(facts, policy, product)), policy)

    def _policy(
        self, repository: Repository, head: str, grant: Grant
    ) -> tuple[Policy, tuple[PolicyProblem, ...]]:
        """The Policy in force; a wrong one rules nothing."""
        try:
            return policy_in_force(self.forge, repository.full_name, grant, head).policy, ()
        except BadPolicy as bad:
            return Policy(version=1), bad.problems

    def _text(self, repository: Repository, path: str, commit: str) -> File | None:
        """A document; None also where it cannot be read."""
        try:
            return self.forge.file(repository.full_name, path, commit) if commit else None
        except NotText:
            return None

    def _proposed(
        self, repository: Repository, pull: PullRequest | None, grant: Grant
    ) -> tuple[PolicyProblem, ...] | None:
        """What is wrong with the Policy a pull request would put in place; None for no change."""
        changed = {file.path: file.change for file in pull.files} if pull else {}
        if pull is None or changed.get(PATH, "removed") == "removed":
            return None
        name = repository.full_name
        try:
            proposed = repository_file(self.forge, name, pull.head_sha)
            if proposed is None:
                return None
            read_policy(proposed, organisation_file(self.forge, name), grant)
        except BadPolicy as bad:
            return bad.problems
        return ()

    def _changelogs(
        self, repository: Repository, pull: PullRequest | None, policy: Policy
    ) -> Mapping[str, str]:
        """The changed changelogs as the pull request would leave them, where a rule reads them."""
        if pull is None or policy.guidelines.rules.changelog.level == "off":
            return MappingProxyType({})
        changed = changed_changelogs(pull.files)[:MOST_CHANGELOGS]
        files = [self._text(repository, one.path, pull.head_sha) for one in changed]
        return MappingProxyType({file.path: file.text for file in files if file})

    def _linked(
        self, repository: Repository, conversation: Conversation, pull: PullRequest | None
    ) -> tuple[Linked, ...]:
        if pull is None:
            return ()
        named = named_issues(
            conversation.title, conversation.body, pull.head_branch, repository.full_name
        )
        candidates = [number for number in named if number != conversation.number]
        looked_up = [self._issue(repository, number) for number in candidates[:MOST_LINKED]]
        return tuple(issue for issue in looked_up if issue)

    def _issue(self, repository: Repository, number: int) -> Linked | None:
        try:
            found = self.forge.conversation(repository, number)
        except NotFound:
            return None
        if found.is_pull_request:
            return None
        return Linked(number, found.title, found.open, found.labels)

    def _citations(self, facts: Facts, policy: Policy, head: str) -> Mapping[str, Citation]:
        """The paragraph of the product's guideline that each rule rests on, pinned to a commit."""
        source = policy.guidelines.source
        if source is None or facts.policy_problems:
            return MappingProxyType({})
        file = self._text(facts.repository, source, head)
        if file is None or len(file.text) > LONGEST_GUIDELINE:
            return MappingProxyType({})
        return MappingProxyType(
            {
                rule.id: cited
                for rule in rules_for(facts, policy)
                if (cited := best_paragraph(file.text, file.path, rule.topic, url=file.url))
            }
        )

    def _roles(self, facts: Facts, policy: Policy) -> Mapping[str, Role]:
        logins = accounts_to_look_up(facts, policy, self.now())
        return MappingProxyType(
            {login: self.forge.role(facts.repository, login) for login in logins}
        )

    def _teams(self, facts: Facts, policy: Policy) -> Mapping[str, frozenset[str]]:
        """The teams that decide whether a command may be given; one we cannot see is nobody's."""
        found: dict[str, frozenset[str]] = {}
        for login, team in memberships_to_look_up(facts, policy, self.now()):
            try:
                belongs = self.forge.in_team(facts.repository, team, login)
            except Forbidden as error:
                log.warning("team_not_visible", team=team, reason=str(error))
                belongs = False
            if belongs:
                found[login] = found.get(login, frozenset()) | {team}
        return MappingProxyType(found)

    def _answer(self, facts: Facts, policy: Policy, product: str) -> Mapping[int, Answer]:
        """Answers to what was asked here; only public knowledge reaches a public repository."""
        seen: frozenset[Visibility] = (
            frozenset({"public", "internal"}) if facts.repository.private else frozenset({"public"})
        )
        try:
            return MappingProxyType(
                {
                    comment: self.answers.ask(question, product=product, visibility=seen)
                    for comment, question in pending_questions(facts, policy, self.now())
                }
            )
        except NotIndexed:
            log.warning("question_without_index", subject=str(facts.subject))
            return MappingProxyType({})

    def _offered(self, facts: Facts, policy: Policy, product: str) -> Answer | None:
        """What public documents say to the question of a new issue, also in a private repository.

        Nobody asked, so no language model is told of it, and nothing of it is kept.
        """
        question = new_question(facts, policy, self.now())
        if not question:
            return None
        try:
            return self.quotes.ask(question, product=product, lang=facts.language)
        except NotIndexed:
            return None


def _read_facts(
    subject: Subject,
    repository: Repository,
    conversation: Conversation,
    pull: PullRequest | None,
    policy: Policy,
) -> Facts:
    text = f"{conversation.title}\n{conversation.body}"
    return Facts(
        subject=replace(subject, repository=repository.full_name),
        repository=repository,
        title=conversation.title,
        body=conversation.body,
        author=conversation.author,
        open=conversation.open,
        state_reason=conversation.state_reason,
        locked=conversation.locked,
        labels=conversation.labels,
        created_at=conversation.created_at,
        # A change of its code moves the pull request's own time; either shows how new this is.
        updated_at=max(conversation.updated_at, (pull and pull.updated_at) or _LONG_AGO),
        url=conversation.url,
        issue_type=conversation.issue_type,
        pull_request=pull,
        language=detect(text[:20_000], policy.language),
    )
