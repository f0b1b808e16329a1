"""Somebody who sees both sides of a linked pair at every moment, and what the sync promises them.

The onlooker knows nothing of how the sync works: who edited what, what each side says after each
step, and the Policy. Where the bot was cut off in the middle of its writes it cannot know itself
whether the last one arrived; both answers are then right, and both are kept in `lasts`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from os2kb.backlog.sides import Side, other
from os2kb.policy.sections.jira import Direction

SIDES: tuple[Side, ...] = ("github", "jira")


@dataclass
class Watched:
    """One field of a pair, or one label: `on` or `off`.

    Attributes:
        direction: which way the Policy lets it go.
        public: whether it may leave Jira.
        now: what each side says.
        nothing: what both said before either was written.
        lasts: what both may have said last, when they said the same.
        heard: all that each side has said since the bot last looked at both undisturbed.
        meant: what the bot may have tried to have each side say when it was cut off. It cannot
            tell whether it did from what a person says there later, if that is the very same.
        passes: whether the bot passes a value on the way from one to another; there it stays where
            the bot is cut off just then, until its next look.
        chosen: the sides that a person said were right since both last said the same, whatever
            each said by then, and also where the field does not go.
        undone: what the bot takes a side back to now, as a person asked.
        held: what was taken back, by the side that said it, and is not to come again by itself.
    """

    name: str
    direction: Direction
    public: bool
    now: dict[Side, str]
    nothing: str = ""
    lasts: set[str] = field(default_factory=set)
    heard: dict[Side, set[str]] = field(default_factory=dict)
    meant: dict[Side, set[str]] = field(default_factory=lambda: {side: set() for side in SIDES})
    passes: Callable[[str], bool] = lambda _value: False
    chosen: set[Side] = field(default_factory=set)
    undone: tuple[Side, str] | None = None
    held: set[tuple[Side, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        github, jira = (self.now[side] for side in SIDES)
        self.lasts = {self.nothing, github} if github == jira else {self.nothing}
        self._listen()

    def edit(self, side: Side, value: str) -> None:
        """A person says something else on one side."""
        self.now[side] = value
        self.heard[side].add(value)
        if self.now["github"] == self.now["jira"] or value in self.meant[side]:
            self.lasts.add(value)  # whether the bot ever saw it is another matter

    def bot_wrote(self, side: Side, value: str) -> None:
        """The bot made one side say something else: only what it may, over nobody's word."""
        if self.undone == (side, value):
            self.held.add((other(side), self.now[side]))
            self.now[side], self.lasts, self.undone = value, {value}, None
            return
        before, there = self.now[side], other(side)
        chosen = there in self.chosen
        assert chosen or before in self.lasts, (
            f"{self}: {side} was overwritten: {before!r} by {value!r}"
        )
        passes = self.passes(value) and value != self.now[there]
        heard = value in self.heard[there] or (chosen and value == self.now[there])
        assert passes or heard, f"{self}: nobody said {value!r} for {side}"
        assert value, f"{self}: {side} was emptied"
        goes = self._goes(side) or (chosen and (side == "jira" or self.public))
        assert goes, f"{self}: {value!r} went to {side}"
        self.now[side] = value
        self.lasts.add(value)

    def choose(self, side: Side) -> None:
        """A person has the other side say what this one says."""
        self.chosen.add(side)

    def cut_off(self) -> None:
        """The bot was killed, or a server failed, in the middle of a look."""
        for side in SIDES:
            self.meant[side] |= self.heard[other(side)]

    def undisturbed(self) -> None:
        """The bot looked at both sides, did all there was to do, and was not cut off."""
        github, jira = (self.now[side] for side in SIDES)
        if github == jira:
            self.lasts, self.chosen = {github}, set()
        self.meant = {side: set() for side in SIDES}
        self._listen()

    def at_rest(self, *, in_conflict: bool, excused: bool = False) -> None:
        """Everything was heard, and done: both sides say the same, or there is a reason.

        Args:
            in_conflict: a person is asked about it.
            excused: it could not be carried for a reason that this field does not know.
        """
        self.undisturbed()
        github, jira = (self.now[side] for side in SIDES)
        if github == jira:
            assert not in_conflict, f"{self}: both say the same, and it is asked about"
            return
        reasons = {last: self._reason(last) for last in self.lasts}
        asked = {last for last, reason in reasons.items() if reason == "conflict"}
        if in_conflict:
            assert asked, f"{self}: only one side changed, and it is asked about"
            self.lasts = asked
            return
        kept = {last for last, why in reasons.items() if why not in ("conflict", "")}
        if excused and not asked:
            kept = set(reasons)
        assert kept, f"{self}: the sides differ, and nobody is told why: {reasons}"
        self.lasts = kept

    def _reason(self, last: str) -> str:
        """Why the sides differ, if both said `last` last; empty for no good reason."""
        changed = [side for side in SIDES if self.now[side] != last]
        if len(changed) == 2:
            return "conflict"
        (source,) = changed
        if not self._goes(other(source)):
            return "not its way"
        if (source, self.now[source]) in self.held:
            return "taken back"
        return "" if self.now[source] else "emptied"

    def _goes(self, to: Side) -> bool:
        goes = self.direction == "both" or self.direction.endswith(to)
        return goes and (to == "jira" or self.public)

    def _listen(self) -> None:
        self.heard = {side: {self.now[side]} for side in SIDES}

    def __str__(self) -> str:
        return f"{self.name} ({self.direction}, {self.now}, last {sorted(self.lasts)})"
