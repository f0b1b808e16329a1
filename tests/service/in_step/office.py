"""An installation with both demo servers, in this process, and the issues and tickets in it."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from os2kb.backlog.sides import Side
from os2kb.bounds import SYNC, UNDO
from os2kb.cli.subjects import hand_over
from os2kb.demo.github import GitHub
from os2kb.demo.github import plant as plant_github
from os2kb.demo.github import read_seed as read_github
from os2kb.demo.github.api.gate import Gate as GitHubGate
from os2kb.demo.github.world import state as github_state
from os2kb.demo.jira import Jira
from os2kb.demo.jira import plant as plant_jira
from os2kb.demo.jira import read_seed as read_jira
from os2kb.demo.jira.gate import Gate as JiraGate
from os2kb.demo.jira.world import state as jira_state
from os2kb.demo.wire.limits import Fault
from os2kb.engine.engine import LEASE
from os2kb.installation import Installation, install
from os2kb.store import deliveries, names, wakes
from os2kb.store.backlog import runs
from os2kb.store.backlog.tickets import TRACKER, subject_of_ticket, ticket_of
from os2kb.store.deliveries import Arrival
from os2kb.store.tables import deliveries as kept_deliveries
from os2kb.store.tables import wakes as kept_wakes
from os2kb.subjects import Subject
from tests.service.in_step.saying import says_here, says_there
from tests.service.in_step.scene import TWO, Scene
from tests.service.in_step.wire import Wire
from tests.service.running import World, app_key, settings_for
from webhooks.deliveries.github_hints import Ignored, read_hints
from webhooks.deliveries.jira_hints import read_ticket_hint

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
_MARKER = re.compile(r"<!-- os2kb:(\S+) -->")


@dataclass
class Inbox:
    """Stands where a demo's sender of deliveries stands: they wait here until somebody sends them.

    It takes what both senders are given: GitHub's name the action, too.
    """

    source: str
    waiting: list[tuple[str, str, dict[str, Any]]]

    def deliver(self, event: str, *given: Any) -> None:
        """A delivery is due."""
        payload = next(one for one in given if isinstance(one, dict))
        self.waiting.append((self.source, event, json.loads(json.dumps(payload))))


@dataclass
class Pair:
    """An issue and its ticket; `linking` is the command that links them."""

    subject: Subject
    linking: str = ""


@dataclass
class Office:
    """The installation, both servers, everybody who works with them, and the time it is."""

    folder: Path
    scene: Scene = TWO
    at: datetime = MONDAY
    inbox: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    told: int = 0
    here: Installation = field(init=False)
    wire: Wire = field(init=False)
    github: GitHub = field(init=False)
    jira: Jira = field(init=False)

    def __post_init__(self) -> None:
        private, public = app_key()
        self.github, self.jira = GitHub(lambda: self.at), Jira(self.scene.mode, lambda: self.at)
        self.github.web, self.jira.web = "http://github.test", "http://jira.test"
        plant_github(self.github, read_github(self.scene.github_seed), public)
        plant_jira(self.jira, read_jira(self.scene.jira_seed))
        self.github.hooks = Inbox("github", self.inbox)  # type: ignore[assignment]
        self.jira.hooks = Inbox("jira", self.inbox)  # type: ignore[assignment]
        gates = {"github.test": GitHubGate(self.github), "jira.test": JiraGate(self.jira)}
        self.wire = Wire({host: gate.answer for host, gate in gates.items()})
        self.world = World(self.github, private)
        grant = {"repositories": ["os2demo/*"], "jira": list(self.jira.projects)}
        products = json.dumps({"products": {"os2demo": grant}})
        (self.folder / "products.yml").write_text(products, "utf-8")
        self.start()

    def start(self) -> None:
        """A process starts, on the store of the one before."""
        if hasattr(self, "here"):
            self.here.database.dispose()
        settings = settings_for(
            self.world,
            self.folder,
            products=self.folder / "products.yml",
            jira_url=self.jira.web,
            jira_email="os2kb@example.test" if self.jira.is_cloud else "",
            jira_token="token-os2kb",
            retry_seconds="1,2,4",
        )
        self.here = install(settings, lambda: self.at)
        self.wire.kills_commits_of(self.here.database)
        assert self.here.tracker is not None
        self.here.tracker._jira.sleep = self.wait
        with self.here.database.begin() as connection:
            for name, number in self.scene.repositories.items():
                names.remember_repository(connection, "github", number, name)
        deliveries.release(self.here.database)

    def hear(self, delivery: tuple[str, str, dict[str, Any]]) -> None:
        """A delivery arrives, and is kept."""
        source, event, payload = delivery
        self.told += 1
        subject = floor = None
        if source == "github":
            assert self.here.forge is not None
            read = read_hints(event, payload, self.here.forge.known_logins)
            if isinstance(read, Ignored):
                return
            subject, floor = read[0].subject.key, read[0].floor
        else:
            assert self.here.tracker is not None
            hint = read_ticket_hint(
                {"webhookEvent": event, **payload}, self.here.tracker.known_account
            )
            if hint.ignored:
                return
            subject, floor = subject_of_ticket(hint.id), hint.floor
        arrival = Arrival(
            source if source == "github" else TRACKER,
            str(self.told),
            event,
            "",
            {},
            b"{}",
            self.at,
            "accepted",
            subject=subject,
            floor=floor,
        )
        with self.here.database.begin() as connection:
            deliveries.keep(connection, [arrival])

    def work(self) -> None:
        """What is due is done."""
        reconciler, database = self.here.reconciler, self.here.database
        assert reconciler is not None
        keys = deliveries.take_due(database, self.at)
        keys += wakes.take_due(database, self.at, LEASE)
        for key in dict.fromkeys(keys):
            reconciler.work(key)

    def begin_run(self, pair: Pair) -> int:
        """`os2kb jira sync --apply` beside the service: the number of the run."""
        run = runs.begin(self.here.database, "sync", self.at).id
        hand_over(self.here, pair.subject, SYNC, run)
        return run

    def take_back(self, pair: Pair, run: int) -> None:
        """`os2kb jira undo RUN --apply`, likewise."""
        hand_over(self.here, pair.subject, UNDO, run)

    def rest(self, pair: Pair) -> None:
        """Peace: the nightly sweep looks, and whoever is to be woken is, each in time."""
        self.peace()
        self.at += timedelta(hours=1)
        self.sweep(pair)
        end = self.at + timedelta(hours=26)
        for _ in range(60):
            due = self.next_due
            if due is None or due > end:
                return
            self.at = max(due, self.at)
            self.work()
        raise AssertionError(f"woken again and again until {self.at}")

    def peace(self) -> None:
        """Nothing goes wrong from now on."""
        self.wire.peace()
        for limits in (self.github.limits, self.jira.limits):
            limits.faults.clear()
        self.jira.catch_up()

    @property
    def faults(self) -> list[Fault]:
        """What is still to go wrong."""
        return [*self.github.limits.faults, *self.jira.limits.faults]

    def wait(self, seconds: float) -> None:
        """Time goes on."""
        self.at += timedelta(seconds=seconds)

    def sweep(self, pair: Pair) -> None:
        """Look at a pair, whatever anybody told of it."""
        self.wake(pair)
        self.work()

    def wake(self, pair: Pair) -> None:
        """A pair is due to be looked at."""
        key = names.key_of(self.here.database, pair.subject.key)
        wakes.bring_forward(self.here.database, key, self.at)

    @property
    def next_due(self) -> datetime | None:
        waiting = kept_deliveries.c.state == "accepted"
        with self.here.database.connect() as connection:
            moments = (
                connection.execute(select(func.min(kept_wakes.c.at))).scalar(),
                connection.execute(
                    select(func.min(kept_deliveries.c.due_at)).where(waiting)
                ).scalar(),
            )
        return min((one for one in moments if one is not None), default=None)

    def issue(self, pair: Pair) -> github_state.Issue:
        return self.repository(pair).issues[pair.subject.number]

    def repository(self, pair: Pair) -> github_state.Repository:
        return self.github.repositories[pair.subject.repository_id]

    def tickets(self, pair: Pair) -> list[jira_state.Issue]:
        """The tickets that carry the mark of an issue: there is to be one."""
        mark = f"os2kb:{pair.subject.key}"
        return [one for one in self.jira.issues.values() if mark in _marks(one)]

    def ticket(self, pair: Pair) -> jira_state.Issue:
        (found,) = self.tickets(pair)
        return found

    def linked(self, pair: Pair) -> jira_state.Issue:
        """The ticket that the store has for an issue."""
        kept = ticket_of(self.here.database, pair.subject.key)
        assert kept is not None
        return self.jira.issues[int(kept.id)]

    def is_linked(self, pair: Pair) -> bool:
        return ticket_of(self.here.database, pair.subject.key) is not None

    def says(self, pair: Pair, side: Side) -> dict[str, str]:
        """What a side says of each field, in words that both sides have."""
        return says_here(self.issue(pair)) if side == "github" else says_there(self.ticket(pair))

    def bot_comments(self, pair: Pair) -> dict[str, str]:
        """Marker to text of the bot's own comments; a person may have taken it out of one."""
        ours = [one for one in self.issue(pair).comments if one.author.kind == "Bot"]
        found = [(found[1], one.body) for one in ours if (found := _MARKER.search(one.body))]
        assert len({marker for marker, _ in found}) == len(found), "no marker stands twice"
        return dict(found)

    def conflicts(self, pair: Pair) -> set[str]:
        """The fields that a person is asked about."""
        note = self.bot_comments(pair).get("conflict", "")
        return set(re.findall(r"/os2 jira sync (\w+) github", note))


@contextmanager
def office(folder: Path, scene: Scene = TWO) -> Iterator[Office]:
    """Everything, while the block runs."""
    folder.mkdir(exist_ok=True)
    made = Office(folder, scene)
    with made.wire.connected():
        yield made


def _marks(ticket: jira_state.Issue) -> set[str]:
    own = ticket.properties.get("os2kb") or {}
    return {*ticket.links, own.get("mark", "")}
