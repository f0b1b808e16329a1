"""The past of a repository: its issues, with all that happened to them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Engine

from os2kb.escalation.digest.issue import MARKER
from os2kb.escalation.kept import Happened, Kept
from os2kb.forges.port import Conversation, Forge, ForgeError
from os2kb.forges.scene import Scene, Wanted
from os2kb.forges.several import Wait, each_read
from os2kb.governance.escalation.from_facts import may_have_class
from os2kb.governance.facts import Account, Facts
from os2kb.governance.ledger.marks import carries
from os2kb.governance.reading.forms import Form
from os2kb.observe.conversation import facts_told
from os2kb.observe.gather import form_folders, forms_in
from os2kb.policy.policy import Policy
from os2kb.store import ledger
from os2kb.subjects import Subject


@dataclass(frozen=True, slots=True)
class Past:
    """Reads the past of one repository.

    Args:
        database: the ledger knows the commands that were carried out.
        scene: the repository as it stands.
        policy: its own.
        wait: for the forge.
        at: now.
        kept: what was read before; what is read is added.
    """

    forge: Forge
    database: Engine
    scene: Scene
    policy: Policy
    wait: Wait
    at: datetime
    kept: Kept | None = None

    def issues(self, since: datetime, until: datetime, label: str = "") -> tuple[Conversation, ...]:
        """Its issues that were opened between two moments, newest first; no pull requests.

        One read for each hundred that changed since.

        Args:
            label: only those that carry it now; empty for all.
        """
        wanted = label.casefold()
        return tuple(
            one
            for one in self.forge.conversations(self.scene.repository, since)
            if is_reported(one)
            and since <= one.created_at < until
            and (not wanted or wanted in map(str.casefold, one.labels))
        )

    def still_open(self, before: datetime) -> tuple[Conversation, ...]:
        """Its issues that were opened before a moment and are open still, newest first."""
        return tuple(
            one
            for one in self.forge.conversations(self.scene.repository)
            if is_reported(one) and one.created_at < before
        )

    def each(
        self, issues: tuple[Conversation, ...], *, with_class: bool = False
    ) -> Iterator[Facts | ForgeError]:
        """Each with its history, in order, or why it cannot be read; two reads each at most.

        Args:
            issues: which.
            with_class: leave out, unread, what cannot be of a class of the Policy.

        Raises:
            Forbidden: we lack a permission, which holds for all of them.
        """
        forms = self._forms() if issues else ()
        if with_class:
            issues = tuple(one for one in issues if self._may_have_class(one, forms))
        for _, found in each_read(issues, self._facts, self.wait):
            if isinstance(found, ForgeError):
                yield found
                continue
            told = by_people(found)
            if self.kept:
                self.kept.put(told, self.at)
            yield replace(told, forms=forms)

    def _may_have_class(self, one: Conversation, forms: tuple[Form, ...]) -> bool:
        return may_have_class(replace(self._told(one), forms=forms), self.policy)

    def _told(self, one: Conversation) -> Facts:
        """What the conversation and our own ledger tell."""
        repository = self.scene.repository
        subject = Subject(repository.id, one.number, repository.full_name)
        return replace(
            facts_told(subject, repository, one, self.policy),
            receipts=ledger.receipts_of(self.database, subject.key),
        )

    def _facts(self, one: Conversation) -> Facts:
        happened = self._happened(one)
        return replace(
            self._told(one),
            comments=happened.comments,
            history=happened.history,
            turns=happened.turns,
        )

    def _happened(self, one: Conversation) -> Happened:
        if self.kept and (known := self.kept.of(one.number, one.updated_at)):
            return known
        repository = self.scene.repository
        comments = self.forge.comments(repository, one.number) if one.has_comments else ()
        labels, turns = self.forge.history(repository, one.number)
        return Happened(one.updated_at, comments, labels, turns)

    def _forms(self) -> tuple[Form, ...]:
        """The issue forms as they are now."""
        folders = form_folders(self.scene)
        if not folders:
            return ()
        found = self.forge.details(self.scene.repository, 0, Wanted(folders=folders)).folders
        return forms_in(found.get(at, ()) for at in folders)


def is_reported(one: Conversation) -> bool:
    """Whether somebody reported it: it is no pull request, and no weekly overview of ours."""
    is_overview = one.author.is_self and carries(MARKER, one.body)
    return not one.is_pull_request and not is_overview


def by_people(facts: Facts) -> Facts:
    """Where we never did anything, what the owner of our personal token did, a person did."""
    if facts.receipts:
        return facts

    def person(one: Account) -> Account:
        is_app = one.login.endswith("[bot]")
        return replace(one, is_self=False, is_bot=False) if one.is_self and not is_app else one

    return replace(
        facts,
        author=person(facts.author),
        comments=tuple(replace(one, author=person(one.author)) for one in facts.comments),
        history=tuple(replace(one, actor=person(one.actor)) for one in facts.history),
        turns=tuple(
            replace(one, actor=person(one.actor), assignee=one.assignee and person(one.assignee))
            for one in facts.turns
        ),
    )
