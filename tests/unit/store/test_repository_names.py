"""What repositories are called, by their ids."""

from pathlib import Path

from os2kb.store.database import open_database, upgrade
from os2kb.store.names import every_repository, remember_repository


def test_a_name_that_was_another_repositorys_is_the_newest_ones_alone(tmp_path: Path):
    """A private one was deleted, and a public one made in its place: its issues stay private."""
    engine = open_database(f"sqlite:///{tmp_path / 'store.db'}")
    upgrade(engine)
    with engine.begin() as connection:
        for number, name in ((301, "os2/Drift"), (101, "os2/drift"), (102, "os2/skærme")):
            remember_repository(connection, "github", number, name)
    assert every_repository(engine) == {
        ("github", 301): "os2/Drift",
        ("github", 102): "os2/skærme",
    }
