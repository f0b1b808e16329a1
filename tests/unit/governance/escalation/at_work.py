"""A fault that is looked at again and again, as the bot does it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from os2kb.governance.actions import Action, Tell
from os2kb.governance.decide import decide
from os2kb.governance.facts import Account, Comment, Facts, LabelEvent, Turn, TurnEvent
from os2kb.governance.ledger.marks import own_comment
from os2kb.governance.plan import Plan
from os2kb.governance.receipts import Receipt
from os2kb.policy.load import load_policy
from os2kb.policy.policy import Policy
from tests.unit.governance.carried_out import applied
from tests.unit.governance.cases import NOW, REPOSITORY, START, issue
from tests.unit.governance.escalation.faults import HERE, MODEL

CLASSES = ("kritisk", "alvorlig", "mindre")
DRIFT, BOARD = "@os2demo/drift", "zulip:OS2demo/styregruppe"
EVERYBODY = (DRIFT, "@kim", "@os2demo/koordination", BOARD)
MAY_ESCALATE = ("mode: act", "mode: act\ncommands: {escalate: [triage]}")
THERE = replace(
    REPOSITORY,
    labels=(
        *REPOSITORY.labels,
        *(f"fejl: {name}" for name in CLASSES),
        *("afventer svar", "blokeret"),
    ),
)
BO, KIM = (Account(login, association="MEMBER") for login in ("bo", "kim"))


def model(*changes: tuple[str, str], status: str = "vedtaget") -> Policy:
    """The model that faults are tried by, at work; each change is what to write for what."""
    text = MODEL.replace("escalation:\n", f"mode: act\nescalation:\n  status: {status}\n")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return load_policy(text)


ADOPTED = model()


def form(severity: str) -> str:
    return f"### Severity\n\n{severity}\n\n### Hvad skete der?\n\nLoginsiden svarer ikke."


def fault(severity: str = "kritisk", **changes: object) -> Facts:
    """An issue of a Monday at 10 in Denmark, whose form says the class."""
    body = form(severity) if severity else "Loginsiden svarer ikke."
    return issue("Fejl i login", **{"body": body, "repository": THERE, "forms": (), **changes})


@dataclass
class Desk:
    """A fault, and whoever looks at it.

    Attributes:
        facts: what observe would read; what is written shows in it.
    """

    facts: Facts
    policy: Policy = ADOPTED

    def look(self, at: datetime | str, *, silent: bool = False) -> Plan:
        """Decide at a moment, and write."""
        plan = self.plan(at, silent=silent)
        self.write(plan.writes())
        return plan

    def plan(self, at: datetime | str, *, silent: bool = False) -> Plan:
        return decide(self.facts, self.policy, "act", moment(at), silent=silent)

    def write(self, actions: tuple[Action, ...]) -> None:
        self.facts = applied(self.facts, actions)

    def comment(self, body: str, by: Account, at: datetime | str, number: int = 0) -> None:
        """Somebody says something; moments are told in whole seconds."""
        when, number = moment(at), number or 100 + len(self.facts.comments)
        said = Comment(number, by, body, when, when, f"https://github.example/c/{number}")
        self.facts = replace(self.facts, comments=(*self.facts.comments, said))

    def label(self, name: str, by: Account, at: datetime | str, *, on: bool = True) -> None:
        """Somebody puts a label on or takes it off."""
        others = tuple(one for one in self.facts.labels if one != name)
        event = LabelEvent(name, on, by, moment(at))
        self.facts = replace(
            self.facts,
            labels=(*others, name) if on else others,
            history=(*self.facts.history, event),
        )

    def turn(self, turn: Turn, by: Account, at: datetime | str) -> None:
        """Somebody closes or reopens it."""
        event = TurnEvent(turn, by, moment(at))
        is_open = turn == "reopened"
        self.facts = replace(self.facts, open=is_open, turns=(*self.facts.turns, event))

    @property
    def status(self) -> str:
        """Our status comment; empty where there is none."""
        first = "<!-- os2kb:status -->"
        found = (one.body for one in self.facts.comments if one.body.startswith(first))
        return next(found, "")


def moment(at: datetime | str) -> datetime:
    """A moment, or a day of that March and the time that Danish clocks show: `2 11.30`."""
    if isinstance(at, datetime):
        return at
    day, _, clock = at.partition(" ")
    hour, minute = clock.split(".")
    return datetime(2026, 3, int(day), int(hour), int(minute), tzinfo=HERE)


def minutes(after: int) -> datetime:
    """So many minutes after the fault was opened."""
    return START + timedelta(minutes=after)


def whom(plan: Plan) -> list[tuple[str, ...]]:
    """Who is told now, a message each."""
    return [one.to for one in messages(plan)]


def messages(plan: Plan) -> list[Tell]:
    """What is told now."""
    return [one for one in plan.writes() if isinstance(one, Tell)]


def planned(told: Tell) -> Receipt:
    """What the ledger holds of a message that we were cut off in."""
    return Receipt(told.key, "planned", told.because, NOW, told.content, plan=1)


def reply(desk: Desk, number: int = 900) -> str:
    """Our reply to a command."""
    found = own_comment(desk.facts, f"reply:{number}")
    assert found is not None
    return found.body
