"""The migrations make the tables that the code reads, from nothing and from each revision."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from os2kb.store.database import open_database, revisions, upgrade
from os2kb.store.tables import metadata


def test_the_migrated_store_is_what_the_tables_say(tmp_path: Path):
    engine = open_database(f"sqlite:///{tmp_path / 'store.db'}")
    upgrade(engine)
    upgrade(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    at, newest = revisions(engine)
    assert at == newest != ""
