"""Looking at pairs: what each should become, as any look at it would decide; nothing is written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from os2kb.backlog.merge import Merged
from os2kb.backlog.sides import Words
from os2kb.forges.port import ForgeError, RateLimited, Unavailable
from os2kb.governance.actions import Action, Carry, CopyComment
from os2kb.governance.decide import decide
from os2kb.governance.facts import Facts
from os2kb.governance.plan import Plan, carried_among
from os2kb.governance.tickets.in_step import InStep
from os2kb.modes import Mode
from os2kb.observe.observe import NotOurs, Observation, Observer
from os2kb.phrases import NOTHING, Phrase
from os2kb.store import names
from os2kb.store.backlog.pairs import Pair
from os2kb.subjects import Subject, parse_key
from os2kb.sweep.ahead import read_ahead
from os2kb.sweep.unlinked import unlinked

_NAMELESS = Phrase(
    "repositoriets navn kendes ikke mere", "the name of the repository is no longer known"
)
_NO_SECTION = Phrase("policyen har intet afsnit `jira`", "the Policy has no section `jira`")


_CONFLICT = "comment:conflict"


@dataclass(frozen=True, slots=True)
class Public:
    """Something of a ticket that would be seen on GitHub.

    Attributes:
        what: the field, or the id of the comment.
        text: as it would stand there.
    """

    what: str
    text: str


@dataclass(frozen=True, slots=True)
class Look:
    """A pair, and what should become of it.

    Attributes:
        subject: None where nobody knows its repository any more.
        plan: None where it could not be read.
        unread: why either side could not be read; nothing where both could.
        unnoted: both agree on something that we have not noted yet, as after a change of the
            Policy.
        changed_at: when either side changed last; None where that could not be read.
    """

    pair: Pair
    subject: Subject | None = None
    plan: Plan | None = None
    unread: Phrase = NOTHING
    unnoted: bool = False
    changed_at: datetime | None = None

    @property
    def name(self) -> str:
        """What people call the issue."""
        return str(self.subject) if self.subject else self.pair.subject

    @property
    def wanted(self) -> tuple[Action, ...]:
        """What would bring the two into step, whether the modes allow it or not."""
        return carried_among(self.plan.actions) if self.plan else ()

    @property
    def writes(self) -> tuple[Action, ...]:
        """Those of it that the modes allow."""
        return carried_among(self.plan.writes()) if self.plan else ()

    @property
    def conflicts(self) -> tuple[Merged, ...]:
        """The fields that a person is asked about."""
        return self.plan.in_step.conflicts if self.plan and self.plan.in_step else ()

    @property
    def public(self) -> tuple[Public, ...]:
        """What of the ticket would become public by what is wanted: no more, and no less."""
        step = self.plan.in_step if self.plan else None
        return tuple(_public(step, self.wanted)) if step else ()

    @property
    def older(self) -> int:
        """How many comments are older than what the Policy has copied."""
        step = self.plan.in_step if self.plan else None
        return sum(one.outcome == "older" for one in step.comments) if step else 0

    def changed_since(self, moment: datetime) -> bool:
        """Whether either side changed since, as far as anybody can tell."""
        return self.changed_at is None or self.changed_at >= moment


@dataclass(frozen=True, slots=True)
class Looker:
    """Looks at pairs, read in bulk.

    Args:
        mode: the installation's bound on every Policy.
    """

    observer: Observer
    database: Engine
    mode: Mode

    def looks(self, pairs: Sequence[Pair], now: datetime, *, silent: bool) -> Iterator[Look]:
        """A look at each, in order.

        Args:
            pairs: some at a time, since all of them are read before the first is looked at.
            now: the moment of looking.
            silent: nobody would be answered.

        Raises:
            RateLimited, Unavailable: the forge gives nothing now.
            TrackerError: nor does the tracker.
        """
        subjects = {pair: self._subject(pair) for pair in pairs}
        known = {one: pair.id for pair, one in subjects.items() if one}
        observer = read_ahead(self.observer, known)
        for pair, subject in subjects.items():
            if subject is None:
                yield Look(pair, unread=_NAMELESS)
            else:
                yield self._look(observer, pair, subject, now, silent=silent)

    def unlinked(self, project: str = "") -> tuple[Pair, ...]:
        """Issues that are to have a ticket, and have none; see `os2kb.sweep.unlinked`."""
        return unlinked(self.observer, self.database, project)

    def _look(
        self, observer: Observer, pair: Pair, subject: Subject, now: datetime, *, silent: bool
    ) -> Look:
        try:
            seen = observer.observe(subject)
        except (RateLimited, Unavailable):
            raise
        except (ForgeError, NotOurs) as error:
            return Look(pair, subject, unread=error.phrase)
        plan = decide(seen.facts, seen.policy, self.mode, now, silent=silent)
        unnoted = _unnoted(seen.facts, plan)
        return Look(pair, subject, plan, _unread(seen), unnoted, _changed_at(seen.facts))

    def _subject(self, pair: Pair) -> Subject | None:
        forge, repository_id, number = parse_key(pair.subject)
        name = names.repository_name(self.database, forge, repository_id)
        return Subject(repository_id, number, name, forge) if name else None


def _unread(seen: Observation) -> Phrase:
    if seen.policy.jira is None:
        return _NO_SECTION
    ticket = seen.facts.ticket
    return ticket.unread if ticket is not None and ticket.unread else NOTHING


def _unnoted(facts: Facts, plan: Plan) -> bool:
    step, linked = plan.in_step, facts.ticket
    if step is None or linked is None or plan.mode != "act":
        return False
    return step.agreed != linked.agreed or any(step.found.values())


def _public(step: InStep, actions: Sequence[Action]) -> Iterator[Public]:
    """What is carried and copied to GitHub, and the values that a note on a conflict shows."""
    for one in actions:
        if isinstance(one, Carry) and one.side == "github":
            yield Public(one.field, _words(one.put))
        elif isinstance(one, CopyComment) and one.side == "github":
            yield Public(one.source, one.body)
        elif one.key == _CONFLICT:
            asked = (merged.field for merged in step.conflicts if merged.shown)
            yield from (Public(field, _words(step.shown[field])) for field in asked)
            torn = ((one.comment, f"{one.comment.side}:{one.comment.id}") for one in step.torn)
            told = ((said.id, step.shown_texts[key]) for said, key in torn)
            yield from (Public(id_, text) for id_, text in told if text)


def _words(value: Words) -> str:
    return value if isinstance(value, str) else ", ".join(sorted(value))


def _changed_at(facts: Facts) -> datetime:
    ticket = facts.ticket.ticket if facts.ticket else None
    return max(facts.updated_at, ticket.updated_at) if ticket else facts.updated_at
