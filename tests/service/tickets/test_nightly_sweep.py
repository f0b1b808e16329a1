"""The nightly sweep finds what no delivery told of, and has only that looked at."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from os2kb.engine.engine import LEASE
from os2kb.installation import Installation, install
from os2kb.store import deliveries, wakes
from os2kb.store.backlog import runs
from os2kb.store.deliveries import Arrival
from os2kb.sweep.nightly import KEY, Sweeper
from tests.service.running import settings_for
from tests.service.tickets.many import API, BY_LABEL, POLICY, Many, many, subject

pytestmark = pytest.mark.slow
EVENING = datetime.now(UTC).replace(hour=21, minute=0, second=0, microsecond=0)


@dataclass
class Night:
    """An installation, and the time it is."""

    pairs: Many
    here: Installation
    clock: list[datetime] = field(default_factory=lambda: [EVENING])

    @property
    def sweeper(self) -> Sweeper:
        assert self.here.sweeper is not None
        return self.here.sweeper

    def due(self) -> list[str]:
        """The keys that are to be woken now."""
        return sorted(wakes.take_due(self.here.database, self.clock[0], LEASE))

    def until_due(self) -> datetime:
        """The clock goes on until the sweep is due."""
        at = wakes.moment_of(self.here.database, KEY)
        assert at is not None
        self.clock[0] = at
        return at

    def sweep(self) -> list[str]:
        """The sweep, page by page until its end; the keys that it woke."""
        woken: list[str] = []
        for _ in range(10):
            keys = self.due()
            woken += [one for one in keys if one != KEY]
            if KEY not in keys:
                return sorted(woken)
            self.sweeper.work(KEY)
        raise AssertionError("the sweep has no end")


@contextmanager
def night(folder: Path, hour: int = 3, policy: str = POLICY) -> Iterator[Night]:
    with many(folder, policy) as pairs:
        given = pairs.service.environment
        clock = [EVENING]
        settings = settings_for(
            pairs.github,
            folder,
            products=folder / "products.yml",
            jira_url=given["OS2KB_JIRA_URL"],
            jira_email=given["OS2KB_JIRA_EMAIL"],
            jira_token=given["OS2KB_JIRA_TOKEN"],
            jira_sweep_hour=hour,
        )
        yield Night(pairs, install(settings, lambda: clock[0]), clock)


def test_what_is_out_of_step_is_woken_and_mended_and_nothing_else(tmp_path: Path):
    with night(tmp_path) as it:
        reconciler = it.here.reconciler
        assert reconciler is not None
        it.sweeper.schedule()
        assert it.due() == [], "not before the night"
        begins = it.until_due()
        assert timedelta(hours=4) <= begins - EVENING <= timedelta(hours=6)
        first = it.sweep()
        assert first == [subject(number).key for number in (1, 2, 3)]
        for key in first:
            reconciler.work(key)
        assert it.pairs.priorities == ["Highest", "Low", "Highest"]

        with it.pairs.github.person("bo") as bo:
            path = f"/repos/{API}/issues/2/labels"
            bo.put(path, json={"labels": ["fejl: kritisk"]}).raise_for_status()
        for key in first:  # nothing else wakes them
            wakes.set_wake(it.here.database, key, None)
        assert it.until_due() - begins > timedelta(hours=22)
        assert it.sweep() == [subject(2).key], "of which no delivery told"
        reconciler.work(subject(2).key)
        assert it.pairs.priorities == ["Highest", "Highest", "Highest"]
        (last, _) = runs.latest_runs(it.here.database)
        assert (last.kind, last.looked_at, last.out_of_step) == ("sweep", 3, 1)
        assert last.ended_at is not None


def test_it_gives_way_to_what_is_due_and_goes_on_after_a_restart(tmp_path: Path):
    with night(tmp_path) as it:
        it.sweeper.schedule()
        it.until_due()
        waiting = Arrival(
            *("github", "a", "issues", "", {}, b"", it.clock[0], "accepted", "", subject(1).key)
        )
        with it.here.database.begin() as connection:
            deliveries.keep(connection, [waiting])
        assert KEY in it.due()
        it.sweeper.work(KEY)
        assert it.until_due() - it.clock[0] == timedelta(0)
        stopped = runs.unfinished(it.here.database, "sweep")
        assert stopped is not None
        assert stopped.looked_at == 3
        it.sweeper.schedule()
        assert KEY in it.due(), "at once"
        it.sweeper.work(KEY)
        assert runs.unfinished(it.here.database, "sweep") is None


def test_while_jira_is_away_it_waits_and_loses_nothing(tmp_path: Path):
    with night(tmp_path) as it:
        token = it.pairs.jira.jira.people.pop("os2kb")
        it.sweeper.schedule()
        it.until_due()
        it.due()
        it.sweeper.work(KEY)
        it.pairs.jira.jira.people["os2kb"] = token
        it.clock[0] += timedelta(days=1)
        assert it.sweep() == [subject(number).key for number in (1, 2, 3)]


def test_issues_whose_label_or_column_nobody_told_of_get_their_tickets(tmp_path: Path):
    with night(tmp_path, policy=BY_LABEL) as it:
        with it.pairs.github.person("ida") as ida:
            issue = {"title": "Nyt ønske", "body": "Gerne snart."}
            ida.post(f"/repos/{API}/issues", json=issue).raise_for_status()
        with it.pairs.github.person("bo") as bo:
            path = f"/repos/{API}/issues/4/labels"
            bo.post(path, json={"labels": ["Til Jira"]}).raise_for_status()
        it.sweeper.schedule()
        it.until_due()
        with it.pairs.github.person("ida") as ida:
            ida.post(f"/repos/{API}/issues", json={"title": "I kolonnen"}).raise_for_status()
        it.pairs.github.github.repositories[101].issues[5].columns = ["I gang", "klar"]
        assert {subject(4).key, subject(5).key} <= set(it.sweep())
        reconciler = it.here.reconciler
        assert reconciler is not None
        for number in (4, 5):
            reconciler.work(subject(number).key)
        assert it.pairs.jira.issue("DEMO-4").values["summary"] == "Nyt ønske"
        assert it.pairs.jira.issue("DEMO-5").values["summary"] == "I kolonnen"


def test_who_wants_none_has_none(tmp_path: Path):
    with night(tmp_path, hour=-1) as it:
        it.sweeper.schedule()
        assert wakes.moment_of(it.here.database, KEY) is None
