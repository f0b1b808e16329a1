"""A random life of an issue and its ticket, and an onlooker who knows what must come of it."""

from contextlib import ExitStack
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
)

from os2kb.backlog.sides import Side, other
from os2kb.demo.wire.limits import read_fault
from tests.onlooker import SIDES, Watched
from tests.service.in_step.happenings import (
    ALWAYS,
    BY_LABEL,
    EDIT,
    EDITS,
    FAULT,
    HAPPENS,
    NEW,
    PASSES,
    TAKEN_BACK,
    WHICH,
    Meanwhile,
)
from tests.service.in_step.office import Office
from tests.service.in_step.people import People
from tests.service.in_step.said import Comments
from tests.service.in_step.scene import CLASSES, LABELS, MIXED, OPEN
from tests.service.in_step.wire import Killed


class Interleaving(RuleBasedStateMachine):
    """One pair, in one of the offices that all examples share: their Jiras differ."""

    offices: ClassVar[tuple[Office, ...]]

    @initialize(
        which=WHICH,
        repository=st.sampled_from((OPEN, MIXED)),
        create=st.booleans(),
        fault=st.none() | FAULT,
        lags=st.booleans(),
        kill_at=st.integers(0, 20),
    )
    def meet(
        self, which: int, repository: str, create: bool, fault: Any, lags: bool, kill_at: int
    ) -> None:
        """An issue and its ticket are linked, somehow; what is new can perhaps not be found yet."""
        self.office = self.offices[which % len(self.offices)]
        self.connected = ExitStack()
        self.connected.enter_context(self.office.wire.connected())
        self.office.peace()
        self.office.inbox.clear()
        self.office.start()
        self.people = People(self.office)
        self.pair = self.people.open_pair(repository, create=create)
        self.watched: dict[str, Watched] = {}
        self.due = ""  # as a person set it in Jira
        self.may_lack_its_day = False
        self.comments = Comments(self.people, self.pair)
        self.office.jira.index_lags = lags
        if fault:
            self.trouble(*fault)
        self.deliver(0, 2)
        self.look(kill_at, None)
        self.look(0, None)
        self.office.rest(self.pair)
        if not self.office.is_linked(self.pair):  # Jira did not answer, and that was said
            self.people.comment(self.pair, "github", self.pair.linking)
            self.office.rest(self.pair)
        assert self.office.is_linked(self.pair), "it was linked in the end"
        assert len(self.office.tickets(self.pair)) == 1, "one ticket was made"
        self._begin_to_watch(create=create)
        self.rest()

    def teardown(self) -> None:
        """The next example may be in the other office."""
        self.connected.close()

    @rule(
        happens=st.lists(HAPPENS, min_size=2, max_size=8),
        told=st.sampled_from(("nothing", "all", "all", "swept")),
        kill_at=st.sampled_from((0, 0, *range(1, 31))),
        meanwhile=st.none() | st.tuples(st.integers(0, 25), EDIT),
        then=st.sampled_from(("", "", "rest", "choose", "take_back")),
    )
    def life(
        self,
        happens: list[tuple[Any, ...]],
        told: str,
        kill_at: int,
        meanwhile: Meanwhile,
        then: str,
    ) -> None:
        """This and that happens, the bot looks, and perhaps all comes to rest."""
        for name, *given in happens:
            getattr(self, name)(*given)
        while told == "all" and self.office.inbox:
            self.deliver(0, 1)
        if told == "swept":
            self.office.wake(self.pair)
        self.look(kill_at, meanwhile)
        if then == "rest":
            self.rest()
        elif then == "choose":
            self.choose()
        elif then == "take_back":
            self.take_back(happens, kill_at)

    def edit(self, side: Side, name: str, value: str) -> None:
        """Somebody sets a field, or a label."""
        self._see()
        value = self.people.new_word() if value == NEW else value.replace("none", "")
        if self.watched[name].now[side] != value and (value or name not in ALWAYS.get(side, ())):
            self.people.write(self.pair, side, name, value)
            self.watched[name].edit(side, value)

    def say(self, side: Side, role: str) -> None:
        """Somebody comments, perhaps for a few only."""
        self.comments.add(side, role if side == "jira" else "")

    def say_otherwise(self, which: int, how: str) -> None:
        """Somebody edits or deletes a comment of theirs."""
        self.comments.change(which, how)

    def meddle(self, which: int, how: str) -> None:
        """Somebody edits or deletes a copy of the bot's."""
        self.comments.change_copy(which, how)

    def schedule(self, day: int) -> None:
        """Somebody sets the day in Jira: it stays, though a fault that is to be mended has one."""
        self.due = f"2027-02-{day:02}"
        self.people.schedule(self.pair, self.due)

    def ask(self, name: str, side: Side) -> None:
        """Kim says which side is right, whatever both say by the time that the bot hears of it."""
        self.watched[name].choose(side)
        self.people.comment(self.pair, "github", f"/os2 jira sync {name} {side}")

    def deliver(self, which: int, times: int) -> None:
        """A delivery arrives, out of turn, twice or never."""
        waiting = self.office.inbox
        if waiting:
            one = waiting.pop(which % len(waiting))
            for _ in range(times):
                self.office.hear(one)

    def trouble(self, where: str, then: str, method: str, path: str, times: int) -> None:
        """A server will fail."""
        limits = self.office.github.limits if where == "github" else self.office.jira.limits
        then = f"secondary-{then}" if where == "github" and then.startswith("rate") else then
        limits.faults.append(read_fault(then, method, path, times))

    def wait(self, seconds: int) -> None:
        """Time goes on."""
        self.office.wait(seconds)

    def look(self, kill_at: int, meanwhile: Meanwhile) -> None:
        """The bot does what is due; somebody may act in the middle of it, or kill it."""
        wire = self.office.wire
        wire.kill_at = kill_at
        faults = len(self.office.faults)
        if meanwhile and self.watched:
            before, edit = meanwhile
            wire.meanwhile = (before, lambda: self.edit(*edit))
        killed = False
        try:
            self.office.work()
        except Killed:
            killed = True
            self.office.start()
        finally:
            wire.peace()
        self._see()
        if killed or len(self.office.faults) < faults:
            self.comments.cut_off()
            for one in self.watched.values():
                one.cut_off()

    def rest(self) -> None:
        """All is heard and done: what must be true is, and the next look writes nothing."""
        self.office.rest(self.pair)
        self._see()
        writes = len(self.office.wire.writes)
        self.office.sweep(self.pair)
        more = self.office.wire.writes[writes:]
        assert more == [], f"the next run writes nothing, and not {more}"
        conflicts = self.office.conflicts(self.pair)
        github, jira = (self._labels(side) for side in SIDES)
        for name, one in self.watched.items():
            # The last labels of a side are never taken off: that would empty the field.
            excused = name in LABELS and not github & jira
            one.at_rest(in_conflict=name in conflicts, excused=excused)
        self.comments.at_rest()
        self._has_its_day()
        self.comments.asked_about(conflicts)

    def choose(self) -> None:
        """Somebody answers what is asked, and both sides say so."""
        self.rest()
        for place, name in enumerate(sorted(self.office.conflicts(self.pair) & set(EDITS))):
            one, side = self.watched[name], SIDES[(place + self.people.last_word) % 2]
            value = one.now[side]
            if not value or (side == "jira" and not one.public):
                continue
            self.ask(name, side)
            self.office.rest(self.pair)
            self._see()
            assert {one.now[each] for each in SIDES} == {value}, f"{one}: {side} was chosen"
        torn = (one for one in self.office.conflicts(self.pair) if one.isdecimal())
        for place, id_ in enumerate(sorted(torn)):
            self.comments.choose(id_, SIDES[(place + self.people.last_word) % 2])
        self.rest()

    def take_back(self, happens: list[tuple[Any, ...]], kill_at: int) -> None:
        """A run over many pairs carries what was changed, and a person takes the run back."""
        self.rest()
        changed: dict[str, tuple[Side, str]] = {}
        drawn = [given for what, *given in happens if what == "edit"]
        for side, name, value in (("github", "title", NEW), ("jira", "description", NEW), *drawn):
            one = self.watched[name]
            if name in TAKEN_BACK and name not in changed and one.now["github"] == one.now["jira"]:
                changed[name] = (other(side), one.now[side])
                self.edit(side, name, value)
        self.may_lack_its_day = True  # which is taken back with the rest of the run
        run = self.office.begin_run(self.pair)
        self.look(0, None)
        self._see()
        carried = {
            name: (side, before)
            for name, (side, before) in changed.items()
            if (now := self.watched[name].now)["github"] == now["jira"] != before
        }
        for name, (side, before) in list(carried.items())[1:2]:  # somebody has the last word on it
            self.edit(side, name, EDITS[name][0])
            one = self.watched[name]
            if one.now["github"] != one.now["jira"]:
                del carried[name]
            if one.now[side] == before:  # and takes it back that way
                one.held.add((other(side), one.now[other(side)]))
        for name, there in carried.items():
            self.watched[name].undone = there
        self.office.take_back(self.pair, run)
        self.look(kill_at, None)
        self.look(0, None)
        for name, (side, before) in carried.items():
            one = self.watched[name]
            assert one.now[side] == before, f"{one}: {before!r} was to be there again"
        self.rest()

    def _begin_to_watch(self, *, create: bool) -> None:
        policy = self.office.scene.jira(self.pair.subject.repository)
        said = {side: self.office.says(self.pair, side) for side in SIDES}
        for name in EDITS:
            field = "labels" if name in LABELS else name
            now = {side: said[side][name] for side in SIDES}
            nothing = {"status": "open"}.get(name, "off" if name in LABELS else "")
            if create and name in ("description", *BY_LABEL):  # nobody else had a say in it
                nothing = now["jira"]
            way, public = policy["fields"][field], field in policy["public"]
            passes = PASSES.get(name, Watched.passes)
            self.watched[name] = Watched(name, way, public, now, nothing, passes=passes)

    def _see(self) -> None:
        """Note what the bot did."""
        for side in SIDES if self.watched else ():
            for name, value in self.office.says(self.pair, side).items():
                if name in self.watched and self.watched[name].now[side] != value:
                    self.watched[name].bot_wrote(side, value)
        self.comments.see()
        due = self.office.ticket(self.pair).values.get("duedate") if self.watched else ""
        assert not self.due or due == self.due, f"{self.due} was set by a person, and not {due}"

    def _has_its_day(self) -> None:
        """Of an open fault whose class says when it is to be mended; by a proposal nothing is."""
        is_fault = self.watched["severity"].now["github"] == "kritisk"
        is_open = self.watched["status"].now["github"] == "open"
        labels = self.office.issue(self.pair).events
        by = [
            one.actor.kind for one in labels if one.label and one.label[0] == CLASSES["kritisk"][0]
        ]
        if self.may_lack_its_day or self.pair.subject.repository != OPEN or "Bot" in by:
            return  # a class that came from Jira is nobody's word on GitHub, and starts no clock
        if is_fault and is_open:
            assert self.office.ticket(self.pair).values.get("duedate"), "the day is told in Jira"

    def _labels(self, side: Side) -> set[str]:
        return {name for name in LABELS if self.watched[name].now[side] == "on"}
