"""Plans: what should be true now, as actions, and when to look again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Literal

from index.passages import Language
from os2kb.governance.decision_log.writes import Elsewhere, Propose, Withdraw
from os2kb.governance.findings import Finding
from os2kb.governance.ledger.marks import stored_hash, unpinned
from os2kb.governance.receipts import Receipt
from os2kb.governance.suggestions import PutReview
from os2kb.governance.tickets.actions import TicketAction
from os2kb.governance.tickets.carry import SyncAction
from os2kb.governance.tickets.in_step import InStep
from os2kb.modes import Mode, weaker
from os2kb.phrases import Phrase
from os2kb.policy.problem import PolicyProblem
from os2kb.subjects import Subject

Level = Literal["failure", "warning"]
DONE = "done"
"""What is remembered of a comment whose commands were carried out."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A remark on one line of a file in a pull request."""

    path: str
    line: int
    message: str
    level: Level = "failure"


@dataclass(frozen=True, slots=True)
class AddLabel:
    """Put an existing label on. Expects that it is absent; the inverse is RemoveLabel."""

    label: str
    because: str
    asked: bool = False

    @property
    def key(self) -> str:
        """Identity within the subject's ledger."""
        return f"label:add:{self.label}"

    @property
    def content(self) -> str:
        """What is written."""
        return self.label


@dataclass(frozen=True, slots=True)
class RemoveLabel:
    """Take off a label the ledger proves is ours. Expects that it is present."""

    label: str
    because: str
    asked: bool = False

    @property
    def key(self) -> str:
        """Identity within the subject's ledger."""
        return f"label:remove:{self.label}"

    @property
    def content(self) -> str:
        """What is written."""
        return self.label


@dataclass(frozen=True, slots=True)
class PutComment:
    """Create our comment with this marker, or edit it in place where its text differs.

    Attributes:
        marker: `status`, `security`, `question` or `reply:COMMENT-ID`; stands as an HTML comment in
            the text.
    """

    marker: str
    body: str
    because: str
    asked: bool = False

    @property
    def key(self) -> str:
        """Identity within the subject's ledger."""
        return f"comment:{self.marker}"

    @property
    def content(self) -> str:
        """A hash of the text as a forge stores it."""
        return stored_hash(self.body)


@dataclass(frozen=True, slots=True)
class SetCheck:
    """Set a check run on a pull request's head commit.

    Attributes:
        on: the pull request, where it is another than the subject.
    """

    name: str
    head_sha: str
    conclusion: Literal["success", "neutral", "failure", "action_required"]
    title: str
    summary: str
    because: str
    annotations: tuple[Annotation, ...] = ()
    on: Elsewhere | None = None
    asked: bool = False

    @property
    def key(self) -> str:
        """Identity within the subject's ledger: one check per name and commit."""
        return f"check:{self.name}:{self.head_sha}"

    @property
    def content(self) -> str:
        """A hash of what the check says, but for the commits that its quotes are pinned to."""
        said = repr((self.conclusion, self.title, unpinned(self.summary), self.annotations))
        return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class React:
    """React to a comment with a thumb down. A forge keeps one reaction of a kind from each."""

    comment_id: int
    because: str
    asked: bool = False

    @property
    def key(self) -> str:
        """Identity within the subject's ledger."""
        return f"reaction:{self.comment_id}"

    @property
    def content(self) -> str:
        """What is written."""
        return "-1"


@dataclass(frozen=True, slots=True)
class Remember:
    """Keep something in our own ledger; nothing is written to the forge.

    Attributes:
        name: `hold:…`, what a command says to leave alone, or `command:COMMENT-ID`.
        value: see `os2kb.governance.ledger.holds`.
    """

    name: str
    value: str
    because: str
    asked: bool = False

    @property
    def key(self) -> str:
        """Identity within the subject's ledger."""
        return self.name

    @property
    def content(self) -> str:
        """What is kept."""
        return self.value


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back what an earlier action did, by its inverse, and mark its receipt as undone."""

    receipt: Receipt
    because: str
    asked: bool = False

    @property
    def key(self) -> str:
        """Identity within the subject's ledger."""
        return f"undo:{self.receipt.action}"

    @property
    def content(self) -> str:
        """Which of the subject's Plans it belonged to."""
        return str(self.receipt.plan)


@dataclass(frozen=True, slots=True)
class Tell:
    """Tell somebody something, once. It cannot be taken back, so it has no inverse.

    Attributes:
        to: people and teams, `@login` and `@organisation/team`, whom one comment mentions; or one
            `zulip:stream/topic` or `mailto:address`.
        subject: one line; a comment has none.
        body: plain text; of a comment its Markdown, with the key as its marker.
        once: the name under which it is told once of this subject.
    """

    to: tuple[str, ...]
    subject: str
    body: str
    once: str
    because: str
    asked: bool = False

    @property
    def key(self) -> str:
        """Identity within the subject's ledger."""
        return f"tell:{self.once}"

    @property
    def content(self) -> str:
        """Who is told, a line each."""
        return "\n".join(self.to)


Action = (
    AddLabel
    | RemoveLabel
    | PutComment
    | SetCheck
    | PutReview
    | React
    | Remember
    | Tell
    | Undo
    | Propose
    | Withdraw
    | TicketAction
    | SyncAction
)


_CARRIED = ("carry:", "copy:", "ticket:sync:", "comment:conflict")


def labels_among(actions: Iterable[Action]) -> tuple[AddLabel | RemoveLabel, ...]:
    """The actions that put a label on or take one off."""
    return tuple(one for one in actions if isinstance(one, AddLabel | RemoveLabel))


def carried_among(actions: Iterable[Action]) -> tuple[Action, ...]:
    """The actions that bring an issue and its ticket into step, or tell what is in the way."""
    return tuple(
        one for one in actions if isinstance(one, TicketAction) or one.key.startswith(_CARRIED)
    )


def numbered(actions: Iterable[Action], first: int) -> Iterator[tuple[int, Action]]:
    """Actions with the number of the Plan each belongs to; see `Receipt.plan`.

    What the commands of one comment come to is a Plan of its own, so that it does not matter
    whether several comments are read at once. The last takes along what the rules make of it.
    """
    carried_out = 0
    for action in actions:
        of_the_rules = not action.because.startswith("/os2") or action.key.startswith("comment:")
        yield first + max(carried_out - of_the_rules, 0), action
        carried_out += action.key.startswith("command:") and action.content == DONE


@dataclass(frozen=True, slots=True)
class Plan:
    """What should be true of a subject now.

    Every action has `asked`: True for what a person asked for and that an observing bot may
    write too (replies to commands that read, the check on an edited Policy).

    Attributes:
        mode: the weaker of the installation's and the Policy's.
        language: the subject's, for whoever shows the Plan.
        wake_at: when to look again although nothing has changed by then; None for never.
        problems: of the Policy, which then rules nothing.
        lost_labels: that the Policy names and the repository does not have.
        paused: a command said so, and nobody ended it.
        fault: how it stands as a fault, a line each, below a head; empty where it is none, or may
            not be told.
        in_step: what comes of each field of an issue that goes with a ticket, and why.
    """

    subject: Subject
    findings: tuple[Finding, ...]
    actions: tuple[Action, ...]
    mode: Mode
    language: Language
    wake_at: datetime | None = None
    problems: tuple[PolicyProblem, ...] = ()
    lost_labels: tuple[str, ...] = ()
    paused: bool = False
    fault: tuple[Phrase, ...] = ()
    decision: tuple[Phrase, ...] = ()
    in_step: InStep | None = None

    def writes(self, mode: Mode = "act") -> tuple[Action, ...]:
        """The actions that may be applied; none when off, the `asked` when observing.

        `mode` can only take away: the plan's own mode bounds it.
        """
        bound = weaker(self.mode, mode)
        if bound == "off":
            return ()
        return tuple(action for action in self.actions if bound == "act" or action.asked)
