"""Opening the store, and bringing its tables up to date."""

from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from os2kb.phrases import SaidInBoth

BUSY_SECONDS = 5


class StoreUnavailable(SaidInBoth):
    """The store cannot be reached, written or upgraded. The message names the cure."""


def open_database(url: str) -> Engine:
    """An engine for the store; folders of a SQLite file are made.

    Raises:
        StoreUnavailable: the folder of the SQLite file cannot be made.
    """
    if make_url(url).get_backend_name() != "sqlite":
        # A database that hangs must become an error: five seconds to connect, eight to answer.
        arguments = {"connect_timeout": 5, "options": "-c statement_timeout=8000"}
        return create_engine(
            url,
            pool_pre_ping=True,
            # Each worker holds a connection for its key, and needs another for its work.
            pool_size=40,
            max_overflow=40,
            hide_parameters=True,
            connect_args=arguments,
        )
    path = Path(make_url(url).database or "")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailable(
            f"mappen {path.parent} kan ikke laves: {error.strerror}; sæt OS2KB_DATA_DIR til en "
            "mappe, der kan skrives i",
            f"cannot make the folder {path.parent}: {error.strerror}; set OS2KB_DATA_DIR "
            "to a folder that can be written",
        ) from error
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", set_pragmas)
    return engine


def set_pragmas(connection: Any, _record: Any) -> None:
    """Set up a SQLite connection: readers never wait for the writer, and a commit is on disk.

    https://www.sqlite.org/pragma.html
    """
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def upgrade(engine: Engine) -> None:
    """Bring the tables to the newest revision; nothing to do is quick.

    Raises:
        StoreUnavailable: the database cannot be reached or written.
    """
    try:
        if _is_newest(engine):
            return
    except SQLAlchemyError as error:
        raise _unavailable(engine, error) from error
    # Imported late: it costs a fifth of a second, and most who open the store do not need it.
    from alembic import command
    from alembic.config import Config

    try:
        with as_file(files("os2kb.store") / "migrations") as folder:
            config = Config()
            config.set_main_option("script_location", str(folder).replace("%", "%%"))
            with engine.begin() as connection:
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
    except SQLAlchemyError as error:
        raise _unavailable(engine, error) from error


def _is_newest(engine: Engine) -> bool:
    """Whether the tables are at the last of the revisions, whose files are named after them."""
    written = (files("os2kb.store") / "migrations" / "versions").iterdir()
    newest = max(file.name for file in written if file.name[:1].isdigit())
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        at = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return at == newest.partition("_")[0]


def _unavailable(engine: Engine, error: SQLAlchemyError) -> StoreUnavailable:
    where, kind = engine.url.render_as_string(), type(error).__name__
    return StoreUnavailable(
        f"databasen {where} kan ikke bruges ({kind}); se efter, om OS2KB_DATABASE_URL er rigtig, "
        "og om disken er fuld",
        f"the store at {where} cannot be used ({kind}); check OS2KB_DATABASE_URL and that the "
        "disk is not full",
    )


def revisions(engine: Engine) -> tuple[str, str]:
    """The revision the store is at (empty for a new one) and the newest there is."""
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    with as_file(files("os2kb.store") / "migrations") as folder:
        newest = ScriptDirectory(str(folder)).get_current_head() or ""
    with engine.connect() as connection:
        at = MigrationContext.configure(connection).get_current_revision() or ""
    return at, newest
