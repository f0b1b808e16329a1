"""What a ticket says, in the words of both sides, and how Jira is told something.

Nothing that is read here may reach GitHub but through `os2kb.backlog.leaving`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from os2kb.backlog.as_read import CommentAsRead, TicketAsRead
from os2kb.backlog.copies import without_head
from os2kb.backlog.github_side import plain
from os2kb.backlog.leaving import FullTicket, TicketComment
from os2kb.backlog.markup.convert import MARKDOWN, Converted, comparable, converted, wiki
from os2kb.backlog.sides import Value, Words
from os2kb.backlog.vocabulary import Vocabulary, folded, github_labels, jira_label, label_name
from os2kb.policy.sections.jira import FieldName

COPY_MARK = "copy:github:"
"""How the mark begins of a copy that we made in Jira."""


@dataclass(frozen=True)
class JiraSide:
    """A ticket, seen as one side of a link.

    Attributes:
        labels: the repository's labels that stand for nothing but themselves.
        priorities: class of fault to priority.
        merged: fields that go some way, comments among them; nothing else is looked at.
    """

    read: TicketAsRead
    words: Vocabulary
    labels: tuple[str, ...]
    priorities: Mapping[str, str]
    merged: frozenset[FieldName]

    @cached_property
    def text(self) -> Converted:
        """The text as texts are compared, and what GitHub cannot show of it."""
        return converted(self.read.description, wiki(self.words.users), MARKDOWN)

    def full(self) -> FullTicket:
        """All that it says; what the other side has no word for is left out of the values."""
        return FullTicket(
            {name: value for name, value in self._found.items() if value is not None},
            tuple(map(self._comment, self.read.comments)) if "comments" in self.merged else (),
            self.read.security_level,
        )

    @property
    def unsayable(self) -> frozenset[FieldName]:
        """The fields whose value GitHub has no word for."""
        return frozenset(name for name, value in self._found.items() if value is None)

    def own(self, field: FieldName) -> Words:
        """What the ticket says of a field, in Jira's own words."""
        read = self.read
        own: dict[FieldName, Words] = {
            "title": read.summary,
            "description": read.description,
            "status": read.status,
            "type": read.type,
            "severity": read.priority,
            "labels": read.labels,
            "assignee": read.assignee,
            "fixVersion": next(iter(read.versions), ""),
        }
        return own.get(field, "")

    def told(self, field: FieldName, value: Value, before: Value) -> Words:
        """The words to put there for a value, which replaces another.

        Of labels, those that are to be there then. Of a state, nothing: see `workflow.way`.
        """
        match field:
            case "description":
                return converted(str(value), MARKDOWN, wiki()).text
            case "type":
                return next(name for key, name in self.words.types.items() if key == value)
            case "severity":
                return self.priorities[str(value)]
            case "assignee":
                return self.words.account(str(value)) or ""
            case "labels":
                off = {label_name(one) for one in frozenset(before) - frozenset(value)}
                kept = {one for one in self.read.labels if label_name(one) not in off}
                on = frozenset(value) - frozenset(before)
                return frozenset(kept | {jira_label(one) for one in on})
        return value

    def can_be_told(self, field: FieldName, value: Value) -> bool:
        """Whether Jira has a word for what the issue says."""
        if not value:
            return True
        match field:
            case "type":
                return value in self.words.types
            case "severity":
                return value in self.priorities
            case "status":
                return any(state == value for state in self.words.statuses)
        return True

    @cached_property
    def _found(self) -> dict[FieldName, Value | None]:
        return {name: self._value(name) for name in self.merged if name != "comments"}

    def _value(self, field: FieldName) -> Value | None:
        """In words of both sides; None where GitHub has none."""
        read = self.read
        match field:
            case "title":
                return plain(read.summary)
            case "description":
                return self.text.text
            case "status":
                return self.words.state(read.status, read.resolution)
            case "type":
                return self.words.concept(read.type)
            case "severity":
                return self._class(read.priority)
            case "labels":
                return github_labels(read.labels, self.labels)
            case "assignee":
                return self._login(read.assignee)
            case "fixVersion":
                return _only(read.versions)
        return ""

    def _class(self, priority: str) -> str | None:
        if not priority:
            return ""
        found = [name for name, one in self.priorities.items() if folded(one) == folded(priority)]
        return found[0] if len(found) == 1 else None

    def _login(self, account: str) -> str | None:
        if not account:
            return ""
        login = self.words.login(account)
        return folded(login) if login is not None else None

    def _comment(self, one: CommentAsRead) -> TicketComment:
        text = comparable(one.body, wiki(self.words.users))
        return TicketComment(
            one.id,
            without_head(text) if one.ours and one.copy_of.startswith(COPY_MARK) else text,
            one.restricted_to,
            one.internal,
            one.ours,
        )


def _only(values: Iterable[str]) -> str | None:
    """The one that there is; empty for none, None for several."""
    found = tuple(values)
    return (found or ("",))[0] if len(found) < 2 else None
