"""What a review proved could be lost, doubled or mistaken; each must stay found."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from os2kb.apply import Applier
from os2kb.chats.port import Chat
from os2kb.clock import now
from os2kb.decision_log.see import EntryShelf, LogReader
from os2kb.forges.github import connect
from os2kb.governance.actions import AddLabel
from os2kb.observe.counterparts import Counterparts
from os2kb.observe.near import NearIssues
from os2kb.observe.observe import Observer
from os2kb.observe.same_people import SamePeople
from os2kb.observe.shelf import Shelf
from os2kb.store import deliveries, ledger
from os2kb.store.database import open_database
from os2kb.store.tables import deliveries as deliveries_table
from os2kb.trackers.tickets import Tickets
from tests.service.people import (
    API,
    BUG,
    comment,
    open_issue,
    order_fault,
    people_first,
)
from tests.service.running import PATIENCE, World, service, settings_for, until

pytestmark = pytest.mark.slow


def test_an_issue_that_the_api_does_not_know_yet_is_looked_for_again(
    github: World, installed: Callable[[], Path]
):
    with service(installed(), github) as running:
        with people_first(github):
            number = open_issue(github, "ida", BUG)
            order_fault(github, f"/issues/{number}$", "404", "GET")
        running.settle(github)
        assert github.labels(API, number) == ["Bug"]


def test_a_delivery_that_came_to_nothing_can_be_delivered_or_put_back_again(
    github: World, installed: Callable[[], Path]
):
    folder = installed()
    with service(folder, github, mode="off") as running:
        number = open_issue(github, "ida", BUG)
        running.settle(github)
        assert running.counts()["ignored"] == 1
        running.kill()
        running.environment["OS2KB_MODE"] = "act"
        running.start()
        (told,) = github.github.hooks.deliveries
        assert running.deliver(told.event, told.body, told.guid).status_code == 202
        running.settle()
        assert github.labels(API, number) == ["Bug"]


def test_work_that_was_lost_between_the_store_and_the_engine_is_found_again(
    github: World, installed: Callable[[], Path]
):
    folder = installed()
    with service(folder, github) as running:
        with people_first(github):
            number = open_issue(github, "ida", BUG)
            running.stop()
        github.github.hooks.configure("", "")
        (told,) = github.github.hooks.deliveries
        running.start()
        assert running.deliver(told.event, told.body, told.guid).status_code == 202
        running.settle()
        database = open_database(f"sqlite:///{folder / 'os2kb.db'}")
        long_ago = datetime.now(UTC) - timedelta(hours=1)
        with github.person("kim") as kim:
            kim.delete(f"/repos/{API}/issues/{number}/labels/Bug")
        with database.begin() as connection:
            connection.execute(
                update(deliveries_table).values(state="dispatched", dispatched_at=long_ago)
            )
        until(lambda: running.counts()["handled"] == 1, what="the release of what was lost")


def test_the_engines_own_database_can_be_thrown_away(github: World, installed: Callable[[], Path]):
    folder = installed()
    with service(folder, github) as running:
        with people_first(github):
            numbers = [open_issue(github, "ida", BUG) for _ in range(5)]
            order_fault(github, "/labels$", "secondary-rate-limit:3", "POST")
        assert github.github.hooks.wait_until_sent(PATIENCE), "what nobody accepted may be lost"
        running.kill()
        for leftover in folder.glob("os2kb.db.engine*"):
            leftover.unlink()
        running.start()
        running.settle(github)
        for number in numbers:
            assert github.labels(API, number) == ["Bug"]


def test_two_stores_in_one_folder_do_not_share_their_work(
    github: World, installed: Callable[[], Path]
):
    folder = installed()
    with (
        service(folder, github) as first,
        service(folder, github, database_url=f"sqlite:///{folder / 'other.db'}") as second,
    ):
        github.github.hooks.configure("", "")
        numbers = [open_issue(github, "ida", BUG) for _ in range(6)]
        bodies = [
            (
                "issues",
                b'{"action": "opened", "issue": {"number": %d}, "repository": '
                b'{"id": 101, "full_name": "os2display/api"}}' % number,
            )
            for number in numbers
        ]
        for place, (event, body) in enumerate(bodies):
            (first, second)[place % 2].deliver(event, body)
        first.settle()
        second.settle()
        assert all(github.labels(API, number) == ["Bug"] for number in numbers)


def test_a_label_whose_receipt_was_cut_off_is_still_known_as_ours(
    github: World, installed: Callable[[], Path]
):
    folder = installed()
    with service(folder, github) as running:
        number = open_issue(github, "ida", BUG)
        running.settle(github)
        with sqlite3.connect(folder / "os2kb.db") as database:
            database.execute("UPDATE receipts SET state = 'planned'")
        comment(github, "ida", number, "Mere om det")
        running.settle(github)
        store = open_database(f"sqlite:///{folder / 'os2kb.db'}")
        (receipt,) = ledger.receipts_of(store, f"github:101#{number}")
        assert receipt.state == "applied"


def test_a_label_that_somebody_else_put_on_first_is_not_ours(
    github: World, installed: Callable[[], Path]
):
    """Between our read and our write: the label that GitHub would say yes to is theirs."""
    folder = installed()
    with service(folder, github) as running:
        with people_first(github):
            number = open_issue(github, "ida", {"title": "Noget", "body": "x"})
            running.stop()
        settings = settings_for(github, folder)
        forge = connect(settings, now)
        database = open_database(settings.store_url)
        grants = settings.grants()
        near = NearIssues(forge, database, grants, now)
        none = _NoAnswers()
        tickets = Tickets(None, database, now)
        observer = Observer(
            *(forge, database, none, none, grants, now, lambda *_: None, near, Shelf(now)),
            tickets,
            Counterparts(SamePeople(forge, None, now), None, now),
            LogReader(forge.logs, database, now, EntryShelf()),
        )
        facts = observer.observe(observer.subject(API, number)).facts
        with github.person("bo") as bo:
            bo.post(f"/repos/{API}/issues/{number}/labels", json={"labels": ["Bug"]})
        done = Applier(forge, database, now, _nobody_is_told, tickets).apply(
            facts, (AddLabel("Bug", because="type-label"),)
        )
        assert done == 0
        (receipt,) = ledger.receipts_of(database, facts.subject.key)
        assert (receipt.state, receipt.note) == ("skipped", "already so")


def _nobody_is_told(name: str) -> Chat:
    raise AssertionError(f"nobody is told anything of {name}")


class _NoAnswers:
    def ask(self, question: str, **scope: object) -> None:
        raise AssertionError("nobody asked")


def test_a_reply_that_quotes_our_marker_is_not_taken_for_the_status_comment(
    github: World, installed: Callable[[], Path]
):
    with service(installed(), github) as running:
        number = open_issue(github, "ida", BUG)
        running.settle(github)
        comment(github, "ida", number, "/os2 ask Hvad betyder `<!-- os2kb:status -->`?")
        running.settle(github)
        with github.person("ida") as ida:
            ida.post(
                f"/repos/{API}/issues/{number}/comments", json={"body": "<!-- os2kb:status -->"}
            )
        comment(github, "kim", number, "/os2 help")
        running.settle(github)
        assert len(github.bot_comments(API, number)) == 2


def test_the_deliveries_command_shows_when_work_is_due(
    github: World, installed: Callable[[], Path]
):
    folder = installed()
    with service(folder, github, retry_seconds="600") as running:
        with people_first(github):
            number = open_issue(github, "ida", BUG)
            order_fault(github, f"/issues/{number}$", "500", "GET", times=1000)
        assert github.github.hooks.wait_until_sent()
        until(lambda: "500" in running.run("deliveries", "list", "--json").stdout)
        database = open_database(f"sqlite:///{folder / 'os2kb.db'}")
        (waiting,) = deliveries.newest(database)
        assert waiting.attempts == 1
        assert waiting.due_at > datetime.now(UTC) + timedelta(minutes=5)
