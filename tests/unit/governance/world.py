"""A little world in which people, other bots and we put labels on, at the same time.

The forge's history may lag behind what is true, clocks may step back, and labels be renamed. The
world knows whose each label is; the Facts do not say it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from os2kb.governance.actions import Action, AddLabel, PutComment, RemoveLabel, Undo
from os2kb.governance.decide import decide
from os2kb.governance.facts import Account, Comment, Facts, LabelEvent
from os2kb.governance.plan import numbered
from os2kb.governance.receipts import Receipt, State, next_plan
from os2kb.policy.policy import Policy
from tests.unit.governance.cases import NOW, SELF, START, comment


@dataclass
class World:
    """One subject on a forge, our ledger, and the truth.

    Attributes:
        facts: the subject without labels, history, comments and receipts.
        on: each label that is on, and who put it there.
        taken: labels that somebody took off, where the Facts can tell, under today's name.
        listed: how many of the events the forge lists.
        asked: comments by people that give commands.
        chosen: labels that a command chose and nobody took off since.
        faults: what we did that we must not do.
    """

    facts: Facts
    policy: Policy
    on: dict[str, Account] = field(default_factory=dict)
    events: list[LabelEvent] = field(default_factory=list)
    listed: int = 0
    taken: set[str] = field(default_factory=set)
    receipts: list[Receipt] = field(default_factory=list)
    said: dict[str, Comment] = field(default_factory=dict)
    asked: list[Comment] = field(default_factory=list)
    chosen: set[str] = field(default_factory=set)
    clock: datetime = START
    faults: list[str] = field(default_factory=list)

    def seen(self) -> Facts:
        """What observe would read now."""
        return replace(
            self.facts,
            labels=tuple(self.on),
            history=tuple(self.events[: self.listed]),
            receipts=tuple(self.receipts),
            comments=(*self.asked, *self.said.values()),
        )

    def plan(self) -> tuple[Action, ...]:
        return decide(self.seen(), self.policy, "act", NOW).writes()

    def write(self, text: str, who: Account) -> None:
        """Somebody writes a comment."""
        self.asked.append(comment(text, 1 + len(self.asked), who))

    def event(self, label: str, *, added: bool, actor: Account) -> None:
        self.clock += timedelta(seconds=1)
        self.events.append(LabelEvent(label, added, actor, self.clock))

    def put_on(self, label: str, who: Account) -> bool:
        """Somebody puts a label on; False where it is on already: it stays whose it was."""
        if label in self.on or label not in self.facts.repository.labels:
            return False
        self.on[label] = who
        self.taken.discard(label)
        self.event(label, added=True, actor=who)
        return True

    def take_off(self, label: str, who: Account) -> None:
        """Somebody takes a label off. What nothing that is listed tells of, we cannot know."""
        if label not in self.on:
            return
        listed = [one for one in self.events[: self.listed] if one.label == label]
        known = bool(listed) and listed[-1].added and listed[-1].actor == self.on[label]
        self.chosen.discard(label)
        if self.on.pop(label).is_self or known:
            self.taken.add(label)
        self.event(label, added=False, actor=who)

    def rename(self, old: str, new: str) -> None:
        """The repository's label gets another name, and the Policy follows."""
        names = self.facts.repository.labels
        if old not in names or new in names:
            return
        ours = old in self.on or any(one.content == old for one in self.receipts)
        changed = tuple(new if name == old else name for name in names)
        self.facts = replace(self.facts, repository=replace(self.facts.repository, labels=changed))
        kinds = {key: new if name == old else name for key, name in self.policy.labels.type.items()}
        labels = self.policy.labels.model_copy(update={"type": kinds})
        self.policy = self.policy.model_copy(update={"labels": labels})
        if old in self.on:
            self.on[new] = self.on.pop(old)
        if old in self.chosen:  # its old name is what was chosen
            self.chosen.discard(old)
        if old in self.taken:  # a person's own label leaves no trace under its new name
            self.taken.remove(old)
            if ours and self._ours_was_taken(old):
                self.taken.add(new)

    def _ours_was_taken(self, label: str) -> bool:
        added = [one for one in self.events if one.label == label and one.added]
        return bool(added) and added[-1].actor.is_self

    def edit_our_comments(self) -> None:
        for marker, ours in self.said.items():
            later = ours.created_at + timedelta(hours=1)
            self.said[marker] = replace(ours, body=ours.body + "\nRettet.", updated_at=later)

    def reconcile(self, meanwhile: Callable[[], None] = lambda: None, *, old: bool = False) -> None:
        """Observe, decide, and, after what happens meanwhile, apply.

        `old` is how we once kept the ledger: a label that was there already counted as applied.
        """
        planned = self.plan()
        meanwhile()
        for number, action in numbered(planned, next_plan(self.receipts)):
            done = self._apply(action)
            state: State = "applied" if done or old else "skipped"
            self.receipts.append(
                Receipt(action.key, state, action.because, self.clock, action.content, plan=number)
            )

    def _apply(self, action: Action) -> bool:
        match action:
            case AddLabel(label=label):
                by_command = action.because.startswith("/os2")
                if label in self.taken and not by_command:
                    self.faults.append(f"put back {label}")
                if by_command:
                    self.chosen.add(label)
                return self.put_on(label, SELF)
            case RemoveLabel(label=label):
                if label in self.chosen:
                    self.faults.append(f"took off {label}, which a person chose")
                self._take_ours_off(label)
            case Undo(receipt=receipt):
                self._take_back(receipt)
            case PutComment(marker=marker):
                if marker in self.said and self.said[marker].body.endswith("Rettet."):
                    self.faults.append("wrote over a person's text")
                self.said[marker] = comment(action.body, 500 + len(self.said), SELF)
            case _:
                pass
        return True

    def _take_ours_off(self, label: str) -> None:
        if not self.on[label].is_self and self._can_know(label):
            self.faults.append(f"took off a person's {label}")
        del self.on[label]
        self.chosen.discard(label)
        self.event(label, added=False, actor=SELF)

    def _take_back(self, receipt: Receipt) -> None:
        match receipt.action.split(":", 2):
            case ["label", "add", label] if label in self.on:
                self._take_ours_off(label)
            case ["label", "remove", label]:
                if label in self.taken:
                    self.faults.append(f"put back {label}")
                self.put_on(label, SELF)
            case ["comment", marker]:
                if self.said.pop(marker).body.endswith("Rettet."):
                    self.faults.append("deleted a person's text")
        # Last: until then, the ledger says what we could know when we took it back.
        same = (receipt.action, receipt.plan)
        self.receipts = [
            replace(one, state="undone") if (one.action, one.plan) == same else one
            for one in self.receipts
        ]

    def _can_know(self, label: str) -> bool:
        """Whether the Facts tell that the label changed hands since we put it on."""
        last = next(one for one in reversed(self.receipts) if one.action.endswith(f":{label}"))
        ours = last.action.startswith("label:add:") and last.state == "applied"
        hidden = self.events[self.listed :]
        return not ours or not any(one.label == label and not one.actor.is_self for one in hidden)
