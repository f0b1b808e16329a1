"""Any interleaving of edits, looks and interruptions comes to rest with both sides alike.

The bot here is the merge and a store for the base, nothing else: it reads, decides, writes each
field where the side still says what was read, and keeps the base of a field once it is written. It
may be killed before or after any of its writes, and people edit between its read and its writes.
"""

from dataclasses import dataclass, field

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from os2kb.backlog.merge import Merged, Rules, merge
from os2kb.backlog.sides import Said, Side, Value
from os2kb.policy.sections.jira import Direction, FieldName
from tests.onlooker import SIDES, Watched

NAMES: tuple[FieldName, ...] = ("title", "status", "assignee")
LABELS = ("bug", "drift")
SIDE = st.sampled_from(SIDES)
WORD = st.sampled_from(("", "a", "b", "c"))
NAME = st.sampled_from(NAMES)
Edit = tuple[Side, str, str]
EDIT = st.one_of(
    st.tuples(SIDE, NAME, WORD),
    st.tuples(SIDE, st.sampled_from(LABELS), st.sampled_from(("on", "off"))),
)


@dataclass
class Pair:
    """Both sides, and what the bot keeps."""

    rules: Rules
    sides: dict[Side, dict[FieldName, Value]]
    base: dict[FieldName, Value] = field(default_factory=dict)
    merged: tuple[Merged, ...] = ()

    def read(self) -> None:
        """Look at both sides, and decide."""
        github, jira = (Said(dict(self.sides[side])) for side in SIDES)
        self.merged = merge(self.base, github, jira, self.rules)

    def writes(self, most: int | None) -> list[tuple[Side, FieldName, Value]]:
        """Make the writes of what was decided; no more than `most`, after which it was killed."""
        made: list[tuple[Side, FieldName, Value]] = []
        for one in self.merged:
            done = True
            for write in one.writes:
                if most is not None and len(made) >= most:
                    return made
                if self.sides[write.side][write.field] == write.expects:
                    self.sides[write.side][write.field] = write.value
                    made.append((write.side, write.field, write.value))
                else:
                    done = False
            if done:
                self.base[one.field] = one.agreed
        return made

    @property
    def conflicts(self) -> set[str]:
        return {one.field for one in self.merged if one.outcome == "conflict"}


class MergeConverges(RuleBasedStateMachine):
    @initialize(
        ways=st.fixed_dictionaries(
            dict.fromkeys(
                (*NAMES, "labels"), st.sampled_from(("both", "github-to-jira", "jira-to-github"))
            )
        ),
        public=st.frozensets(st.sampled_from((*NAMES, "labels"))),
        first=st.fixed_dictionaries(
            dict.fromkeys(SIDES, st.fixed_dictionaries(dict.fromkeys(NAMES, WORD)))
        ),
    )
    def meet(self, ways: dict[FieldName, Direction], public: frozenset[FieldName], first) -> None:
        sides = {side: {**first[side], "labels": frozenset[str]()} for side in SIDES}
        self.pair = Pair(Rules(ways, public), sides)
        self.watched = {
            name: Watched(
                name, ways[name], name in public, {side: first[side][name] for side in SIDES}
            )
            for name in NAMES
        }
        for label in LABELS:
            off = dict.fromkeys(SIDES, "off")
            self.watched[label] = Watched(label, ways["labels"], "labels" in public, off, "off")

    @rule(edit=EDIT)
    def person(self, edit: Edit) -> None:
        side, name, value = edit
        there = self.pair.sides[side]
        if name in LABELS:
            labels = frozenset(there["labels"])
            there["labels"] = labels | {name} if value == "on" else labels - {name}
        else:
            there[name] = value
        self.watched[name].edit(side, value)

    @rule(meanwhile=st.lists(EDIT, max_size=2), most=st.none() | st.integers(0, 3))
    def bot(self, meanwhile: list[Edit], most: int | None) -> None:
        self.pair.read()
        for edit in meanwhile:
            self.person(edit)
        before = {side: dict(self.pair.sides[side]) for side in SIDES}
        for side, name, _ in self.pair.writes(most):
            self._noted(side, name, before[side][name])
        if most is None and not meanwhile:
            for one in self.watched.values():
                one.undisturbed()

    def _noted(self, side: Side, name: FieldName, before: Value) -> None:
        now = self.pair.sides[side][name]
        if name != "labels":
            self.watched[name].bot_wrote(side, str(now))
            return
        for label in frozenset(before) ^ frozenset(now):
            self.watched[label].bot_wrote(side, "on" if label in now else "off")

    @rule()
    def rest(self) -> None:
        """Everything is heard: a second look has nothing left to write."""
        for _ in range(2):
            self.bot([], None)
        assert not [write for one in self.pair.merged for write in one.writes], "it never rests"
        github, jira = (frozenset(self.pair.sides[side]["labels"]) for side in SIDES)
        for name, one in self.watched.items():
            # The last labels of a side are never taken off: that would empty the field.
            excused = name in LABELS and not github & jira
            one.at_rest(in_conflict=name in self.pair.conflicts, excused=excused)


TestMergeConverges = MergeConverges.TestCase
TestMergeConverges.settings = settings(max_examples=100, stateful_step_count=15)
