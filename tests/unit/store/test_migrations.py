"""The migrations make the tables that the code reads, from nothing and from each revision."""

from datetime import UTC, datetime, timedelta
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text

from os2kb.store import wakes
from os2kb.store.database import open_database, revisions, upgrade
from os2kb.store.tables import metadata

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


FIRST, *_, LAST = sorted(
    one.name.partition("_")[0]
    for one in (files("os2kb.store") / "migrations" / "versions").iterdir()
    if one.name[:1].isdigit()
)


def at_revision(folder: Path, revision: str) -> Engine:
    """A store as it was left by an earlier version, with a key that waits."""
    engine = open_database(f"sqlite:///{folder / revision}.db")
    config = Config()
    with as_file(files("os2kb.store") / "migrations") as scripts, engine.begin() as connection:
        config.set_main_option("script_location", str(scripts))
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    with engine.begin() as connection:
        row = {"key": "github:101#7", "at": "2026-03-02 09:00:00.000000", "taken": False}
        connection.execute(
            text("INSERT INTO wakes (key, at, taken) VALUES (:key, :at, :taken)"), row
        )
    return engine


@pytest.mark.parametrize("number", range(int(FIRST), int(LAST)))
def test_a_store_of_an_earlier_version_is_brought_up_to_date_with_what_it_holds(
    tmp_path: Path, number: int
):
    engine = at_revision(tmp_path, f"{number:04}")
    upgrade(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    assert wakes.take_due(engine, NOW, timedelta(minutes=5)) == ["github:101#7"]
    assert wakes.tries_of(engine, "github:101#7") == 0


def test_the_migrated_store_is_what_the_tables_say(tmp_path: Path):
    engine = open_database(f"sqlite:///{tmp_path / 'store.db'}")
    upgrade(engine)
    upgrade(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    at, newest = revisions(engine)
    assert at == newest != ""
