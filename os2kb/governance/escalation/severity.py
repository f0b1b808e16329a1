"""Which class a fault is of, who says so, and since when its deadlines count.

What `/os2 severity` said holds until a person takes its label off; then the label that a person
put on, the worst of several; then the rule `security-report`, whose label makes it the worst class;
then what the form says. Words in a text never decide. Who takes off a class's label says that it is
no such fault: then neither form nor rule brings a class back, until somebody gives it one.

Deadlines count from the opening. Where the class is raised, they count from the raising, so that
nobody is late at once. Where it is first given later, they still count from the opening, but none
is due before that moment. Where it is lowered, the milder class's times count as if it had been so
all along.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from os2kb.governance.commands.severity import class_named
from os2kb.governance.escalation.happenings import Happening
from os2kb.phrases import NOTHING, Phrase
from os2kb.policy.policy import Policy

Source = Literal["command", "label", "security", "form", "none"]

SAYS: Mapping[Source, Phrase] = {
    "command": Phrase("nogen har valgt den med /os2 severity", "someone chose it by /os2 severity"),
    "label": Phrase("nogen har sat etiketten på", "someone put its label on"),
    "security": Phrase("det kan være en sårbarhed", "it may be a vulnerability"),
    "form": Phrase("det siger formularen", "the form says so"),
    "none": NOTHING,
}
"""Who says so, as a clause."""


@dataclass(frozen=True, slots=True)
class Classed:
    """A time in which a class held.

    Attributes:
        severity: None for none.
        counts_from: since when the deadlines of the class count.
        given_at: since then it has been of the class or a worse one; no deadline is earlier.
        open: the subject was.
        private: it may be a vulnerability, which nobody is told of in public.
    """

    start: datetime
    end: datetime
    severity: str | None
    source: Source
    counts_from: datetime
    given_at: datetime
    open: bool = True
    private: bool = False

    @property
    def has_deadlines(self) -> bool:
        """Whether anything can become due."""
        return self.open and self.severity is not None


def classed(
    happened: tuple[Happening, ...], policy: Policy, until: datetime
) -> tuple[Classed, ...]:
    """Which class held when, from the opening to a moment, without a gap.

    Args:
        happened: what had happened by then, in order.
        policy: names the classes, worst first, and their labels.
        until: the moment.
    """
    classes = tuple(policy.escalation.severities) if policy.escalation else ()
    found: list[Classed] = []
    for one in _each(happened, policy, classes, until):
        if found and _same(found[-1], one):
            found[-1] = replace(found[-1], end=one.end)
        else:
            found.append(one)
    return tuple(_counted(found, classes))


def _each(
    happened: tuple[Happening, ...], policy: Policy, classes: tuple[str, ...], until: datetime
) -> Iterator[Classed]:
    """One for each thing that happened; since when it counts is not told yet."""
    named = {name: policy.labels.severity.get(name, "") for name in classes}
    by_label = {label.casefold(): name for name, label in named.items() if label}
    said = _Said(classes, by_label, (policy.labels.security or "").casefold())
    for one, after in zip(happened, (*happened[1:], None), strict=True):
        said.take(one)
        severity, source = said.now()
        end = after.at if after else until
        yield Classed(one.at, end, severity, source, one.at, one.at, said.open, said.security)


def _same(one: Classed, other: Classed) -> bool:
    same_class = (one.severity, one.source) == (other.severity, other.source)
    return same_class and (one.open, one.private) == (other.open, other.private)


def _counted(times: list[Classed], classes: tuple[str, ...]) -> Iterator[Classed]:
    """Each with when a milder class last gave way, and when it or a worse one was first given then.

    Where no milder class ever held, that was the opening.
    """
    since = dict.fromkeys(classes, times[0].start) if times else {}
    given: dict[str, datetime] = {}
    for one in times:
        if one.severity is None:
            given.clear()  # nothing could be late meanwhile
            yield one
            continue
        rank = classes.index(one.severity)
        for milder in classes[rank:]:
            given.setdefault(milder, one.start)
        yield replace(one, counts_from=since[one.severity], given_at=given[one.severity])
        for worse in classes[:rank]:
            since[worse] = one.end
            given.pop(worse, None)


@dataclass(slots=True)
class _Said:
    """What has been said of the class so far."""

    classes: tuple[str, ...]
    by_label: Mapping[str, str]
    security_label: str
    command: str | None = None
    labels: set[str] = field(default_factory=set)
    form: str | None = None
    security: bool = False
    denied: bool = False
    open: bool = True

    def now(self) -> tuple[str | None, Source]:
        """The class that holds, and who says so."""
        if self.command:
            return self.command, "command"
        if self.labels:
            return min(self.labels, key=self.classes.index), "label"
        if self.security and self.classes and not self.denied:
            return self.classes[0], "security"
        if self.form and not self.denied:
            return self.form, "form"
        return None, "none"

    def take(self, one: Happening) -> None:
        """Let something happen."""
        match one.kind:
            case "opened" | "edited" if one.what:
                self.form = class_named(one.what, self.classes)
            case "severity":
                self.command = class_named(one.what, self.classes) or self.command
                self.denied = self.denied and self.command is None
            case "labeled":
                self._label(one, on=True)
            case "unlabeled":
                self._label(one, on=False)
            case "closed" | "reopened":
                self.open = one.kind == "reopened"

    def _label(self, one: Happening, *, on: bool) -> None:
        label = one.what.casefold()
        if label and label == self.security_label:
            self.security = on
        severity = self.by_label.get(label)
        if severity is None:
            return
        if on and one.by_person:
            self.labels.add(severity)
            self.denied = False
        elif not on:
            self.labels.discard(severity)
            if one.by_person:
                self.denied = True
                self.command = None if self.command == severity else self.command
