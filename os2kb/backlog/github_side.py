"""What an issue says, in the words of both sides, and how GitHub is told something."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from os2kb.backlog.leaving import flagged, mark_of
from os2kb.backlog.markup.convert import MARKDOWN, Converted, converted
from os2kb.backlog.markup.seen import seen
from os2kb.backlog.sides import Said, Value, Values, Words, state_of
from os2kb.backlog.vocabulary import Vocabulary, folded, github_labels, label_name
from os2kb.governance.facts import Facts
from os2kb.policy.sections.jira import FieldName, State
from os2kb.policy.sections.labels import Labels


@dataclass(frozen=True)
class GithubSide:
    """An issue, seen as one side of a link.

    Attributes:
        labels: of the Policy: what a type and a class of fault is called here.
        merged: fields that go some way; a label that one of them stands for is no label else.
    """

    facts: Facts
    labels: Labels
    words: Vocabulary
    merged: frozenset[FieldName]

    @cached_property
    def text(self) -> Converted:
        """The text as texts are compared, and what Jira cannot show of it."""
        return converted(self.facts.body, MARKDOWN, MARKDOWN)

    def says(self, jira: Values, base: Values, released: frozenset[str]) -> Said:
        """What the issue says.

        Args:
            jira: what the ticket says: of several people or versions, the one that it has counts.
            base: what both agreed on last, which counts next.
            released: marks of texts that a person let go, by `mark_of`.
        """
        found: dict[FieldName, Value | None] = {
            name: self._value(name, jira, base) for name in self.merged
        }
        values = {name: value for name, value in found.items() if value is not None}
        return Said(
            values,
            unsayable=frozenset(name for name, value in found.items() if value is None),
            held=self._held(values, released),
        )

    def _value(self, field: FieldName, jira: Values, base: Values) -> Value | None:
        """In words of both sides; None where Jira has none."""
        match field:
            case "title":
                return plain(self.facts.title)
            case "description":
                return self.text.text
            case "status":
                return self._state()
            case "type":
                return self._one_label(self._types)
            case "severity":
                return self._one_label(self._classes)
            case "labels":
                return github_labels(self.facts.labels, self.free)
            case "assignee":
                return self._assignee(jira, base)
        return self.facts.milestone

    def own(self, field: FieldName) -> Words:
        """What the issue says of a field, in GitHub's own words."""
        facts = self.facts
        match field:
            case "title":
                return facts.title
            case "description":
                return facts.body
            case "status":
                return self._state()
            case "type":
                return self._carried(self._types.values())
            case "severity":
                return self._carried(self._classes.values())
            case "labels":
                return frozenset(facts.labels)
            case "fixVersion":
                return facts.milestone
        return ""

    def among(self, field: FieldName) -> frozenset[str]:
        """The labels of which one stands for the field; none where it is no such field."""
        labels = {"type": self._types, "severity": self._classes}.get(field, {})
        return frozenset(labels.values())

    def told(self, field: FieldName, value: Value, before: Value) -> Words:
        """The words to put there for a value, which replaces another.

        Of labels, those that are to be there then.
        """
        match field:
            case "type":
                return frozenset({self._existing(self._types[str(value)])})
            case "severity":
                return frozenset({self._existing(self._classes[str(value)])})
            case "labels":
                off = {label_name(one) for one in frozenset(before) - frozenset(value)}
                kept = {one for one in self.facts.labels if label_name(one) not in off}
                return frozenset(kept | (frozenset(value) - frozenset(before)))
            case "assignee":
                known = {folded(login): login for login in self.words.users.values()}
                return known.get(str(value), str(value))
        return value

    def can_be_told(self, field: FieldName, value: Value) -> bool:
        """Whether GitHub has a word for what the ticket says."""
        if field not in ("type", "severity") or not value:
            return True
        labels = self._types if field == "type" else self._classes
        return str(value) in labels and bool(self._existing(labels[str(value)]))

    @property
    def free(self) -> tuple[str, ...]:
        """The repository's labels that stand for nothing but themselves."""
        taken = [label for label in (self.labels.security,) if label]
        taken += self._types.values() if "type" in self.merged else ()
        taken += self._classes.values() if "severity" in self.merged else ()
        names = {folded(label) for label in taken}
        return tuple(one for one in self.facts.repository.labels if folded(one) not in names)

    @property
    def _types(self) -> Mapping[str, str]:
        return {str(concept): str(label) for concept, label in self.labels.type.items()}

    @property
    def _classes(self) -> Mapping[str, str]:
        return {str(name): str(label) for name, label in self.labels.severity.items()}

    def _state(self) -> State:
        return state_of(is_open=self.facts.open, reason=self.facts.state_reason)

    def _one_label(self, labels: Mapping[str, str]) -> str | None:
        """What the issue's one label of these stands for; empty for none, None for several."""
        has = {folded(one) for one in self.facts.labels}
        found = [name for name, label in labels.items() if folded(label) in has]
        return (found or [""])[0] if len(found) < 2 else None

    def _carried(self, labels: Iterable[str]) -> frozenset[str]:
        names = {folded(one) for one in labels}
        return frozenset(one for one in self.facts.labels if folded(one) in names)

    def _existing(self, label: str) -> str:
        names = self.facts.repository.labels
        return next((one for one in names if folded(one) == folded(label)), "")

    def _assignee(self, jira: Values, base: Values) -> str | None:
        """One of those who are assigned, if Jira knows them; None where it does not."""
        logins = {folded(one) for one in self.facts.assignees}
        for known in (jira.get("assignee"), base.get("assignee")):
            if known and known in logins:
                return str(known)
        if not logins:
            return ""
        (login, *others) = sorted(logins)
        return login if not others and self.words.account(login) is not None else None

    def _held(self, values: Values, released: frozenset[str]) -> frozenset[FieldName]:
        title, description = str(values.get("title", "")), str(values.get("description", ""))
        texts: dict[FieldName, str] = {"title": title, "description": description}
        harm = {"title": flagged(title, ""), "description": flagged("", description)}
        return frozenset(
            name for name, text in texts.items() if harm[name] and mark_of(text) not in released
        )


def plain(line: str) -> str:
    """One line as both sides can hold it."""
    return " ".join(seen(line).split())
