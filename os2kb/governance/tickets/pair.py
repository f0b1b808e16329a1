"""An issue and its ticket as the two sides of a link, where the Policy lets anything go."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import get_args
from zoneinfo import ZoneInfo

from os2kb.backlog.comments import Comment, Copy, Done
from os2kb.backlog.copies import without_head
from os2kb.backlog.github_side import GithubSide
from os2kb.backlog.jira_side import COPY_MARK, JiraSide
from os2kb.backlog.leaving import Door, FullTicket, Leaving, flagged, leaving, mark_of
from os2kb.backlog.markup.convert import MARKDOWN, comparable
from os2kb.backlog.markup.losses import Loss
from os2kb.backlog.sides import Said, Side, Values, other
from os2kb.backlog.vocabulary import vocabulary_of
from os2kb.governance.facts import Comment as Written
from os2kb.governance.facts import Facts
from os2kb.governance.receipts import Receipt
from os2kb.governance.rules.text.security_report import suspected
from os2kb.governance.tickets.agreed import base_of, half_put_on, released_in
from os2kb.governance.tickets.linked import linked_from, made_by_us
from os2kb.governance.tickets.retract import source_of
from os2kb.governance.tickets.ticket import LinkedTicket
from os2kb.policy.policy import Policy
from os2kb.policy.sections.jira import ALL_COMMENTS, FROM_THE_LINK, FieldName, Jira

_EVER = datetime.min.replace(tzinfo=UTC)
_DANISH_TIME = ZoneInfo("Europe/Copenhagen")
SET_BY_RULE: frozenset[FieldName] = frozenset({"priority", "due"})
"""What a fault's class and deadline set (`tickets.fields`); GitHub has no place for them."""


ONE_LABEL: frozenset[FieldName] = frozenset({"type", "severity"})
"""What one label of a few stands for on GitHub."""


def merged_fields(section: Jira) -> frozenset[FieldName]:
    """The fields that are kept in step, comments apart."""
    names: tuple[FieldName, ...] = get_args(FieldName)
    apart = SET_BY_RULE | {"comments"}
    return frozenset(one for one in names if one not in apart and section.direction(one) != "off")


def going(section: Jira) -> frozenset[FieldName]:
    """The same with the comments, where they go anywhere."""
    comments: frozenset[FieldName] = frozenset({"comments"})
    off = section.direction("comments") == "off"
    return merged_fields(section) | (frozenset() if off else comments)


def goes_anywhere(section: Jira | None) -> bool:
    """Whether anything is kept in step."""
    if section is None:
        return False
    return bool(going(section))


@dataclass(frozen=True)
class Pair:
    """Both sides, and what each says.

    Attributes:
        facts: with the ledger since they were linked: what was done to another ticket before, or
            taken back there, says nothing of this one.
        section: of the Policy.
    """

    facts: Facts
    policy: Policy
    section: Jira
    linked: LinkedTicket
    github: GithubSide
    jira: JiraSide

    @cached_property
    def released(self) -> frozenset[str]:
        """Marks of the texts that a person let go."""
        return released_in(self.facts)

    @cached_property
    def merged(self) -> frozenset[FieldName]:
        """The fields that are kept in step."""
        return merged_fields(self.section)

    @cached_property
    def full(self) -> FullTicket:
        """What the ticket says of those, and its comments where they go anywhere."""
        return self.jira.full()

    @cached_property
    def left(self) -> Leaving:
        """What of it GitHub may see."""
        named, audience = frozenset(self.section.public), frozenset(self.section.audience)
        return leaving(self.full, Door(named, audience, self.released))

    @cached_property
    def said(self) -> Mapping[Side, Said]:
        """What each side says; what the other has no word for is unsayable."""
        told = self.github.says(self.full.values, self.linked.agreed, self.released)
        several = {name: self.github.own(name) for name in told.unsayable & ONE_LABEL}
        half = half_put_on(self.facts, several, self.full.values)
        told = replace(told, values={**told.values, **half}, unsayable=told.unsayable - {*half})
        issue, ticket = told.values, self.full.values
        in_jira = {name for name in issue if not self.jira.can_be_told(name, issue[name])}
        in_github = {name for name in ticket if not self.github.can_be_told(name, ticket[name])}
        return {
            "github": Said(issue, told.unsayable | in_jira, told.held),
            "jira": Said(ticket, self.jira.unsayable | in_github, self.left.held),
        }

    @property
    def values(self) -> Mapping[Side, Values]:
        """The values alone."""
        return {side: said.values for side, said in self.said.items()}

    @cached_property
    def losses(self) -> Mapping[Side, frozenset[Loss]]:
        """What of each side's text the other cannot show, where it may go there."""
        if "description" not in self.merged:
            return {}
        direction = self.section.direction("description")
        lost: dict[Side, frozenset[Loss]] = {}
        if direction != "jira-to-github":
            lost["github"] = self.github.text.losses
        if direction != "github-to-jira" and "description" in self.left.shown:
            lost["jira"] = self.jira.text.losses
        return lost

    @cached_property
    def base(self) -> Values:
        """What both agreed on last."""
        return base_of(self.facts, self.values)

    @cached_property
    def comments(self) -> tuple[Comment, ...]:
        """Of both sides."""
        if self.section.direction("comments") == "off":
            return ()
        every = (*map(self._issues, self.facts.comments), *self.left.comments)
        first, said = self._first, self._said_at
        return tuple(replace(one, older=said[one.side, one.id] < first[one.side]) for one in every)

    @cached_property
    def _said_at(self) -> Mapping[tuple[Side, str], datetime]:
        here: dict[tuple[Side, str], datetime] = {
            ("github", str(one.id)): one.created_at for one in self.facts.comments
        }
        return here | {("jira", one.id): one.created_at for one in self.jira.read.comments}

    @cached_property
    def _first(self) -> Mapping[Side, datetime]:
        """From when on the comments of each side are copied.

        Of a ticket that we made, nobody has read what was said of its issue before.
        """
        wanted = self.section.comments_from
        at = _EVER
        if wanted == FROM_THE_LINK:
            at = linked_from(self.facts, self.linked.linked_at or _EVER)
        elif wanted != ALL_COMMENTS:
            at = datetime.combine(date.fromisoformat(wanted), time.min, _DANISH_TIME)
        by_us = wanted == FROM_THE_LINK and made_by_us(self.facts)
        return {"github": _EVER if by_us else at, "jira": at}

    @cached_property
    def copies(self) -> Mapping[Side, tuple[Copy, ...]]:
        """By the side of their sources; also those that show, and whose answer we never heard."""
        there: dict[Side, dict[str, Copy]] = {"github": {}, "jira": {}}
        text = {(one.side, one.id): one.text for one in self.comments}
        for one in self.facts.comments:
            source = source_of(one)
            if source:
                copy = Copy(source, str(one.id), text.get(("github", str(one.id)), ""))
                there["jira"].setdefault(source, copy)
        for said in self.jira.read.comments:
            if said.ours and said.copy_of.startswith(COPY_MARK):
                source = said.copy_of.removeprefix(COPY_MARK)
                copy = Copy(source, said.id, text.get(("jira", said.id), ""))
                there["github"].setdefault(source, copy)
        for side, known in self.linked.copies.items():
            there[side] |= {one.source: one for one in known}
        return {side: tuple(known.values()) for side, known in there.items()}

    def texts_of(self, one: Done) -> Mapping[Side, str]:
        """What a comment and its copy say."""
        there = {(said.side, said.id): said.text for said in self.comments}
        source: Side = one.comment.side
        return {source: one.comment.text, other(source): there.get((other(source), one.copy), "")}

    def own_words(self, side: Side, id_: str) -> str:
        """What a comment says, in its side's own words; empty where there is none."""
        said = {
            "github": {str(one.id): one.body for one in self.facts.comments},
            "jira": {one.id: one.body for one in self.jira.read.comments},
        }
        return said[side].get(id_, "")

    def shown_of(self, one: Done) -> str:
        """What GitHub may see of what Jira says of a comment or its copy; empty for nothing.

        A copy of ours is theirs to edit there, and to keep from others.
        """
        id_ = one.comment.id if one.comment.side == "jira" else one.copy
        said = next((each for each in self.left.comments if each.id == id_), None)
        return said.text if said and said.open and not said.held else ""

    def _issues(self, one: Written) -> Comment:
        """A comment of the issue; what asks the bot for something is not copied."""
        text = comparable(one.body, MARKDOWN)
        if source_of(one):
            text = without_head(text)
        ours = one.author.is_self or one.author.is_bot or self._came_along(one)
        ours = ours or one.body.lstrip().casefold().startswith("/os2")
        held = not ours and bool(flagged("", text)) and mark_of(text) not in self.released
        return Comment("github", str(one.id), text, ours=ours, held=held)

    def _came_along(self, one: Written) -> bool:
        """Whether it was moved here with the issue, so that its copy may go by another id."""
        moved = self.facts.moved_at
        known = {copy.source for copy in self.linked.copies.get("github", ())}
        return moved is not None and one.created_at <= moved and str(one.id) not in known


def moved_away(facts: Facts, policy: Policy) -> bool:
    """Whether the ticket is in another project than the Policy's by now."""
    ticket = facts.ticket.ticket if facts.ticket else None
    return bool(ticket and policy.jira and ticket.project != policy.jira.project)


def pair_of(facts: Facts, policy: Policy) -> Pair | None:
    """Both sides; None where nothing is to be kept in step.

    What may be a report of a vulnerability goes nowhere, nor does what stands in another project,
    or became a discussion.
    """
    section, linked = policy.jira, facts.ticket
    if section is None or linked is None or linked.read is None or linked.ticket is None:
        return None
    if facts.pull_request is not None or facts.is_discussion or not goes_anywhere(section):
        return None
    if moved_away(facts, policy) or suspected(facts, policy):
        return None
    facts = replace(facts, receipts=_since_linked(facts.receipts))
    words = vocabulary_of(section, linked.people)
    github = GithubSide(facts, policy.labels, words, merged_fields(section))
    jira = JiraSide(linked.read, words, github.free, section.priorities, going(section))
    return Pair(facts, policy, section, linked, github, jira)


def _since_linked(receipts: tuple[Receipt, ...]) -> tuple[Receipt, ...]:
    """From the last time that a ticket was linked or created; all where none ever was."""
    links = [
        place
        for place, one in enumerate(receipts)
        if one.action.startswith(("ticket:link:", "ticket:create:")) and one.state == "applied"
    ]
    return receipts[links[-1] :] if links else receipts
