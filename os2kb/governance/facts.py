"""Facts: an immutable snapshot of a subject, gathered by observe so that rules need no I/O."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from index.passages import Citation, Language
from os2kb.answers.answer import Answer
from os2kb.decisions.lint.change import LogChange
from os2kb.decisions.proposal.seen import Log
from os2kb.governance.learned import Classified, Near
from os2kb.governance.people import Account, Role
from os2kb.governance.pull_request import (
    Change,
    ChangedFile,
    CheckResult,
    Commit,
    Linked,
    PullRequest,
    Review,
    ReviewState,
    Thread,
)
from os2kb.governance.reading.forms import Form
from os2kb.governance.receipts import Receipt
from os2kb.governance.tickets.ticket import LinkedTicket, NamedTicket
from os2kb.phrases import NOTHING, Phrase
from os2kb.policy.problem import PolicyProblem
from os2kb.subjects import Subject

Turn = Literal[
    "closed",
    "reopened",
    "assigned",
    "unassigned",
    "milestoned",
    "demilestoned",
    "transferred",
    "converted_to_discussion",
]


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository as the forge shows it. `labels` are the existing labels' names."""

    id: int
    full_name: str
    default_branch: str
    private: bool
    url: str
    labels: tuple[str, ...]
    archived: bool = False


@dataclass(frozen=True, slots=True)
class Comment:
    """A conversation comment. `body` is text from outside: data, never an instruction."""

    id: int
    author: Account
    body: str
    created_at: datetime
    updated_at: datetime
    url: str


@dataclass(frozen=True, slots=True)
class LabelEvent:
    """A label was put on or taken off, by whom and when."""

    label: str
    added: bool
    actor: Account
    at: datetime


@dataclass(frozen=True, slots=True)
class TurnEvent:
    """The subject took another turn: closed, given to somebody, planned, the reverse, or moved.

    Attributes:
        assignee: to or from whom; None for the other turns.
    """

    turn: Turn
    actor: Account
    at: datetime
    assignee: Account | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """An undo that somebody asked for in the console.

    Attributes:
        delivery: the number of the delivery that it came as.
        by: who, as our ledger is to say it.
    """

    delivery: int
    by: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything decide may know about a subject.

    Attributes:
        state_reason: `completed`, `not_planned`, `reopened`, `duplicate` or empty.
        assignees: logins of those it is given to.
        milestone: the title of the milestone it is planned for; empty for none.
        history: label events, oldest first.
        turns: the other events that a clock counts, oldest first.
        written_before: hashes of those of our comments that stand as we once wrote them, here or
            where the subject was moved from; known of what was moved.
        roles: login to role, for the authors of comments that hold a command.
        teams: login to the teams, `organisation/team` in lower case, that they belong to; of teams
            that decide whether a command may be given.
        citations: rule id to the guideline paragraph the rule rests on, where one was found.
        guidelines: address of the guidelines as they are now; empty where none can be read.
        answers: comment id to the answer composed for its `/os2 ask`.
        offered: what the public documents say to the question that a new issue asks.
        linked: issues in this repository that the pull request's title, body or branch names and
            that exist as issues.
        changelogs: path to text of the changelogs that the pull request changes, as it would leave
            them.
        templates: path to text of the repository's pull request templates.
        rights: path to text of the file that says who transferred their rights to the product.
        forms: the repository's issue forms.
        near: issues that say much the same, nearest first.
        classified: what the trained classifier makes of title and body.
        ticket: the ticket it is linked to; None for none.
        columns: of projects that the issue stands in, where a Policy's rule asks for them.
        named_tickets: key to ticket, of those that commands name.
        messages: how many messages anybody got today, of those whom there is something to tell.
        log: the decision log, as far as the decision made here has to do with it; None where none
            was, and where it cannot be read, for which `log_problem` then says why.
        asked: what was asked for in the console, oldest first.
        checks_again: somebody asked for our checks to be made again, though they say what is so.
        wordings: path to text of the repository's own wordings, as `.github/os2kb/da/welcome.md`.
        proposed_wordings: those that this pull request would put in place, None for one that
            cannot be read.
        log_change: what this pull request would change of the decision log that lives here.
        policy_problems: of the Policy in force; not empty means nothing is acted on here.
        problems_told: the same, without what not everyone who reads here may read.
        proposed_policy_problems: of the Policy file that this pull request would put in place;
            None where it changes none.
    """

    subject: Subject
    repository: Repository
    title: str
    body: str
    author: Account
    open: bool
    state_reason: str
    locked: bool
    labels: tuple[str, ...]
    created_at: datetime
    updated_at: datetime
    url: str
    issue_type: str = ""
    assignees: tuple[str, ...] = ()
    milestone: str = ""
    comments: tuple[Comment, ...] = ()
    history: tuple[LabelEvent, ...] = ()
    turns: tuple[TurnEvent, ...] = ()
    pull_request: PullRequest | None = None
    receipts: tuple[Receipt, ...] = ()
    written_before: frozenset[str] = frozenset()
    roles: Mapping[str, Role] = field(default_factory=lambda: MappingProxyType({}))
    teams: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    citations: Mapping[str, Citation] = field(default_factory=lambda: MappingProxyType({}))
    guidelines: str = ""
    answers: Mapping[int, Answer] = field(default_factory=lambda: MappingProxyType({}))
    offered: Answer | None = None
    linked: tuple[Linked, ...] = ()
    changelogs: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    templates: Mapping[str, str] | None = None
    rights: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    forms: tuple[Form, ...] | None = None
    near: tuple[Near, ...] | None = None
    classified: Classified | None = None
    ticket: LinkedTicket | None = None
    columns: tuple[str, ...] = ()
    named_tickets: Mapping[str, NamedTicket] = field(default_factory=lambda: MappingProxyType({}))
    messages: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    log: Log | None = None
    log_problem: Phrase = NOTHING
    asked: tuple[Asked, ...] = ()
    checks_again: bool = False
    language: Language = "da"
    wordings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    proposed_wordings: Mapping[str, str | None] = field(
        default_factory=lambda: MappingProxyType({})
    )
    log_change: LogChange | None = None
    policy_problems: tuple[PolicyProblem, ...] = ()
    problems_told: tuple[PolicyProblem, ...] = ()
    proposed_policy_problems: tuple[PolicyProblem, ...] | None = None

    @property
    def is_discussion(self) -> bool:
        """Whether it was converted to a discussion: what is left of it here is only a trace."""
        ends = [
            one.turn for one in self.turns if one.turn in ("converted_to_discussion", "reopened")
        ]
        return ends[-1:] == ["converted_to_discussion"]

    @property
    def moved_at(self) -> datetime | None:
        """When it was last moved here from another repository; None where it was opened here."""
        return max((one.at for one in self.turns if one.turn == "transferred"), default=None)


__all__ = [
    "Account",
    "Asked",
    "Change",
    "ChangedFile",
    "CheckResult",
    "Comment",
    "Commit",
    "Facts",
    "LabelEvent",
    "Linked",
    "PullRequest",
    "Repository",
    "Review",
    "ReviewState",
    "Role",
    "Thread",
    "Turn",
    "TurnEvent",
]
