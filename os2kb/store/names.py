"""Names and keys: what a repository is called now, and which subjects share a key."""

from sqlalchemy import Connection, Engine, select
from sqlalchemy.dialects import postgresql, sqlite

from os2kb.store.tables import links, repositories


def remember_repository(connection: Connection, forge: str, id: int, full_name: str) -> None:  # noqa: A002
    """Keep a repository's current name."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(repositories).values(forge=forge, id=id, full_name=full_name)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["forge", "id"], set_={"full_name": full_name}
        )
    )


def repository_name(engine: Engine, forge: str, id: int) -> str | None:  # noqa: A002
    """What a repository was called when last heard of."""
    statement = select(repositories.c.full_name).where(
        repositories.c.forge == forge, repositories.c.id == id
    )
    with engine.connect() as connection:
        return connection.execute(statement).scalar()


def repository_names(engine: Engine) -> tuple[str, ...]:
    """What the repositories that we ever heard of are called, in alphabetical order."""
    statement = select(repositories.c.full_name).order_by(repositories.c.full_name)
    with engine.connect() as connection:
        return tuple(connection.execute(statement).scalars())


def every_repository(engine: Engine) -> dict[tuple[str, int], str]:
    """Forge and id of the repositories that we ever heard of, with what they are called now.

    A name that several had is the newest one's. Another was deleted, or renamed while nobody told
    us, and nothing of it may be taken for the newest one's, which other people see.
    """
    columns = (repositories.c.forge, repositories.c.id, repositories.c.full_name)
    with engine.connect() as connection:
        rows = connection.execute(select(*columns).order_by(repositories.c.id)).all()
    called = {
        (str(forge), str(name).casefold()): (int(id_), str(name)) for forge, id_, name in rows
    }
    return {(forge, id_): name for (forge, _), (id_, name) in called.items()}


def key_of(engine: Engine, subject: str) -> str:
    """The key of a subject's link group; its own where it is linked to nothing."""
    with engine.connect() as connection:
        found = connection.execute(select(links.c.key).where(links.c.subject == subject)).scalar()
    return found or subject


def link(engine: Engine, key: str, subject: str) -> bool:
    """Let a subject share the work of a key, with the subject that the key is named after.

    One that shared another key leaves it. Returns whether that is new.
    """
    dialect = postgresql if engine.dialect.name == "postgresql" else sqlite
    with engine.begin() as connection:
        known = select(links.c.key).where(links.c.subject == subject)
        if connection.execute(known).scalar() == key:
            return False
        for one in (key, subject):
            statement = dialect.insert(links).values(subject=one, key=key)
            connection.execute(
                statement.on_conflict_do_update(index_elements=["subject"], set_={"key": key})
            )
    return True


def subjects_of(engine: Engine, key: str) -> tuple[str, ...]:
    """The subjects of a link group."""
    statement = select(links.c.subject).where(links.c.key == key).order_by(links.c.subject)
    with engine.connect() as connection:
        linked = tuple(connection.execute(statement).scalars())
    return linked or (key,)
