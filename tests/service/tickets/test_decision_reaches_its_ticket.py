"""A decision reaches its ticket: one link and one comment, whatever is lost on the way."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from os2kb.demo.wire.limits import read_fault
from os2kb.trackers.port import TrackerError
from tests.contract.small_jira import SmallJira, small_jira
from tests.service.decided import API, POLICY, SEED, Decided, decided
from tests.service.people import open_issue

pytestmark = pytest.mark.slow
JIRA = (
    "jira:\n  project: DEMO\n  fields: {title: off, description: off, labels: off, comments: off}\n"
)
WITH_JIRA = SEED.replace(json.dumps(POLICY), json.dumps(POLICY + JIRA))
PRODUCTS = "products: {os2display: {repositories: [os2display/*], jira: [DEMO]}}\n"


class Killed(BaseException):
    """As `kill -9` would: nothing that follows is done."""


@dataclass
class Both:
    """An issue that goes with DEMO-1, and whose decision is in the log by now."""

    at: Decided
    jira: SmallJira
    number: int = 0

    @property
    def comments(self) -> list[str]:
        return [one.body for one in self.jira.issue("DEMO-1").comments]

    @property
    def link(self) -> tuple[str, str, bool | None]:
        """The one link to the decision: title, status, and whether it is struck out."""
        links = self.jira.issue("DEMO-1").links
        (found,) = [one for mark, one in links.items() if mark.endswith(":decision")]
        return found.title, found.summary, found.resolved

    def look(self) -> None:
        """Looked at as often as the service would, after what went wrong."""
        for _ in range(3):
            try:
                self.at.look(self.number)
            except TrackerError:
                continue
            return

    def say(self, text: str) -> None:
        """Kim says something, and the bot hears of it."""
        self.at.comment("kim", self.number, text)
        self.look()

    def writes(self) -> tuple[int, int]:
        return self.at.writes, len(self.jira.writes)

    def edit(self, old: str, new: str) -> None:
        """Somebody edits the entry by hand."""
        (path,) = [one for one in self.at.files() if "faelles" in one]
        self.at.write(path, self.at.file(path).replace(old, new))


@contextmanager
def both(folder: Path, *, linked: bool = True) -> Iterator[Both]:
    with small_jira("cloud") as jira:
        there: dict[str, Any] = {"jira_url": jira.jira.web, "jira_token": "token-os2kb"}
        there["jira_email"] = "os2kb@example.test"
        with decided(folder, WITH_JIRA, PRODUCTS, **there) as at:
            made = Both(at, jira)
            made.number = open_issue(at.world, "ida", {"title": "Fælles drift", "body": "Dyrt."})
            if linked:
                made.say("/os2 jira link DEMO-1")
            path = f"/repos/{API}/issues/{made.number}/labels"
            at.send("kim", "POST", path, labels=["Beslutning"])
            at.close(made.number)
            at.look(made.number)
            (pull,) = at.pulls()
            assert made.comments == [], "until it is merged nothing is said"
            at.review(pull["number"], "bo")
            at.merge(pull["number"])
            yield made


def test_a_merged_decision_is_linked_and_told_and_follows_the_file(tmp_path: Path):
    with both(tmp_path) as it:
        it.look()
        title, status, struck_out = it.link
        assert title == f"Beslutning {it.number}: Fælles drift"
        assert (status.partition(",")[0], struck_out) == ("Accepteret", False)
        (said,) = it.comments
        assert said.startswith(f"Beslutning {it.number} er godkendt: [Fælles drift|")
        assert "/os2display/log/blob/main/beslutninger/" in said
        before = it.writes()
        it.look()
        assert it.writes() == before

        it.edit("# Fælles drift", "# Fælles drift i [~skyen]")
        it.look()
        assert it.link[0] == f"Beslutning {it.number}: Fælles drift i [~skyen]"
        assert it.comments == [said]
        it.edit("**Status**: Accepteret", "**Status**: Erstattet af SDR-9")
        it.look()
        _, status, struck_out = it.link
        assert (status.partition(",")[0], struck_out) == ("Erstattet", True)
        (_, news) = it.comments
        assert news.startswith(f"Beslutning {it.number} er erstattet af 9: [Fælles drift i ")
        assert "[~skyen]" not in news
        before = it.writes()
        it.look()
        assert it.writes() == before

        it.say("/os2 why")
        said_here = "\n".join(it.at.world.bot_comments(API, it.number))
        assert "Ticketen har fået at vide, at beslutningen er erstattet." in said_here
        (path,) = [one for one in it.at.files() if "faelles" in one]
        it.at.remove(path)
        it.look()
        assert [one for one in it.jira.issue("DEMO-1").links if one.endswith(":decision")] == []
        assert len(it.comments) == 2


@pytest.mark.parametrize("fault", ["reset-after-write", "502-after-write", "503"])
def test_an_answer_that_is_lost_doubles_nothing(tmp_path: Path, fault: str):
    with both(tmp_path) as it:
        for write in ("/remotelink$", "/comment$"):
            it.jira.jira.limits.faults.append(read_fault(fault, "POST", write))
        it.look()
        assert it.jira.jira.limits.faults == []
        assert len(it.comments) == 1
        assert it.link[0].startswith("Beslutning ")
        assert "Beslutningen står i loggen" in it.at.said(it.number), "all else goes on"


def test_killed_between_the_write_and_its_receipt_it_is_told_once(tmp_path: Path):
    with both(tmp_path) as it:
        tickets = it.at.reconciler.applier.tickets
        tracker = tickets.tracker

        class Dying:
            def __getattr__(self, name: str) -> Any:
                return getattr(tracker, name)

            def comment(self, *given: str) -> str:
                assert tracker is not None
                tracker.comment(*given)
                raise Killed

        object.__setattr__(tickets, "tracker", Dying())
        with pytest.raises(Killed):
            it.look()
        object.__setattr__(tickets, "tracker", tracker)
        it.look()
        assert len(it.comments) == 1
        before = it.writes()
        it.look()
        assert it.writes() == before


def test_a_link_that_somebody_took_off_stays_off_and_jira_away_stops_nothing(tmp_path: Path):
    with both(tmp_path) as it:
        it.jira.jira.limits.faults.append(read_fault("503", "GET", "/issue/", 3))
        plan = it.at.reconciler.apply(it.at.subject(it.number))
        assert plan.wake_at is not None
        assert it.at.labels(it.number) == {"Beslutning", "Besluttet"}
        assert it.comments == []
        it.look()
        assert len(it.comments) == 1
        links = it.jira.issue("DEMO-1").links
        del links[next(one for one in links if one.endswith(":decision"))]
        it.edit("# Fælles drift", "# Fælles drift i skyen")
        it.look()
        assert [one for one in links if one.endswith(":decision")] == []


def test_a_ticket_that_is_linked_later_is_told_and_shows_it_for_as_long_as_it_is_linked(
    tmp_path: Path,
):
    with both(tmp_path, linked=False) as it:
        it.look()
        assert it.jira.writes == []
        ticket = it.jira.issue("DEMO-1")
        for shows in (True, False, True):
            it.say("/os2 jira link DEMO-1" if shows else "/os2 undo")
            assert [one.endswith(":decision") for one in ticket.links] == [False, True] * shows
            assert len(it.comments) == 1, "what was said is not said again"
