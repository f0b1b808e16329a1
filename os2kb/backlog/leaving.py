"""What may leave Jira: nothing but what is allowed by name, seen by everybody, and harmless.

Everything about a ticket that this does not hand on stays in Jira, so that a new field of Jira's
leaks nothing. What it hands on is all that the sync may ever show on GitHub.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from index.masking import mask
from os2kb.backlog.comments import Comment
from os2kb.backlog.sides import TEXTS, Value, Values
from os2kb.backlog.stays import Reason, Stays
from os2kb.governance.reading.prose import prose
from os2kb.governance.rules.text.security_words import worth_weighing
from os2kb.governance.rules.text.vulnerability_cues import SUSPECTED, suspicion
from os2kb.policy.sections.jira import FieldName


@dataclass(frozen=True, slots=True)
class TicketComment:
    """A comment of a ticket.

    Attributes:
        text: as texts are compared, with nobody mentioned in it.
        restricted_to: the group or role that alone may see it; empty for none.
        internal: for the agents of a Service Management project alone.
        ours: this bot wrote it.
    """

    id: str
    text: str
    restricted_to: str = ""
    internal: bool = False
    ours: bool = False


@dataclass(frozen=True, slots=True)
class FullTicket:
    """What our account sees of a ticket.

    Attributes:
        values: in words of both sides.
        security_level: the level that restricts the ticket; empty for none.
        private: all else, by its name: reporter, attached files, custom fields, worklogs.
    """

    values: Mapping[FieldName, Value]
    comments: tuple[TicketComment, ...] = ()
    security_level: str = ""
    private: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Door:
    """What the Policy and people let out.

    Attributes:
        public: the fields that may leave, `comments` among them.
        audience: names of security levels, groups and roles that keep nobody out.
        released: marks of texts that a person let out, by `mark_of`.
    """

    public: frozenset[FieldName] = frozenset()
    audience: frozenset[str] = frozenset()
    released: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Leaving:
    """What may be seen on GitHub, and what the merge must know of the rest.

    Attributes:
        shown: the values that may be seen; their names are the merge's `Rules.public`.
        held: texts that go in neither direction, the merge's `Said.held`.
        comments: of the ticket; those that may not be seen have no text.
        stays: what may not be seen, and why.
    """

    shown: Values
    held: frozenset[FieldName]
    comments: tuple[Comment, ...]
    stays: tuple[Stays, ...]


def leaving(ticket: FullTicket, door: Door) -> Leaving:
    """What of a ticket may leave Jira, and why the rest may not."""
    flags = {name: _harm(name, value, door) for name, value in ticket.values.items()}
    reasons = {name: _restricted(name, ticket, door) or flags[name] for name in ticket.values}
    comments = [(one, _of_comment(one, ticket, door)) for one in ticket.comments]
    kept: list[tuple[str, Reason | None]] = list(reasons.items())
    kept += [(one.id, why) for one, why in comments if not one.ours]
    return Leaving(
        shown={name: value for name, value in ticket.values.items() if not reasons[name]},
        # Of what may not leave at all, nobody is told what stands in it.
        held=frozenset(name for name in TEXTS if flags.get(name) and reasons[name] == flags[name]),
        comments=tuple(_comment(one, why) for one, why in comments),
        stays=tuple(Stays(what, why) for what, why in kept if why),
    )


def flagged(title: str, markdown: str) -> Reason | None:
    """Whether a text must stay where it is: what it holds, or None.

    It is judged as it will be read, so that markup hides nothing.
    """
    for text in (title, markdown, prose(markdown)):
        if mask(text) != text:
            return "personal"
    worth = worth_weighing(f"{title}\n{markdown}")
    return "security" if worth and suspicion(title, prose(markdown)) >= SUSPECTED else None


def mark_of(markdown: str) -> str:
    """What stands for exactly this text where a person releases it."""
    return sha256(markdown.encode("utf-8", "replace")).hexdigest()


def _harm(name: FieldName, value: Value, door: Door) -> Reason | None:
    for text in _words(value):
        found = flagged(text, "") if name == "title" else flagged("", text)
        if found and not (name in TEXTS and mark_of(text) in door.released):
            return found
    return None


def _words(value: Value) -> Iterable[str]:
    return (value,) if isinstance(value, str) else sorted(value)


def _restricted(name: FieldName, ticket: FullTicket, door: Door) -> Reason | None:
    if name not in door.public:
        return "not-named"
    return "restricted" if keeps_out((ticket.security_level,), door.audience) else None


def _of_comment(one: TicketComment, ticket: FullTicket, door: Door) -> Reason | None:
    if "comments" not in door.public:
        return "not-named"
    if one.internal:
        return "internal"
    if keeps_out((one.restricted_to, ticket.security_level), door.audience):
        return "restricted"
    return None if mark_of(one.text) in door.released else flagged("", one.text)


def keeps_out(names: Iterable[str], audience: Container[str]) -> bool:
    """Whether any of these levels, groups and roles keeps somebody out; an empty name does not."""
    return any(name and name not in audience for name in names)


def _comment(one: TicketComment, why: Reason | None) -> Comment:
    """A copy of ours is compared with what it is a copy of, and never copied itself."""
    held = why in ("personal", "security")
    is_open = why is None or held  # nobody is kept out of it, but by what stands in it
    text = one.text if one.ours or why is None else ""
    return Comment("jira", one.id, text, ours=one.ours, open=is_open, held=held)
