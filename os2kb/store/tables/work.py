"""What is to be done: deliveries, wakes, and the keys that order them."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from os2kb.store.tables.columns import FULL_NAME, SUBJECT, Serial, UtcDateTime, metadata

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("source", String(16), nullable=False),
    Column("identifier", String(200), nullable=False),
    Column("event", String(100), nullable=False),
    Column("action", String(100), nullable=False, default=""),
    Column("headers", JSON, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    # accepted → dispatched → handled | failed; or ignored from the start.
    Column("state", String(16), nullable=False),
    Column("reason", Text, nullable=False, default=""),
    Column("subject", SUBJECT, nullable=False, default=""),
    Column("repository", FULL_NAME, nullable=False, default=""),
    Column("floor", UtcDateTime, nullable=True),
    # Not before: work that failed or came too early waits here, so that a restart loses no pause.
    Column("due_at", UtcDateTime, nullable=False),
    Column("dispatched_at", UtcDateTime, nullable=True),
    # How often it was looked at in vain: `looks` as too early, `attempts` as failed.
    Column("looks", Integer, nullable=False, default=0),
    Column("attempts", Integer, nullable=False, default=0),
    Column("settled_at", UtcDateTime, nullable=True),
    UniqueConstraint("source", "identifier", name="uq_deliveries_source_identifier"),
    # Never reuse the number of a deleted row: order of arrival is order of number.
    sqlite_autoincrement=True,
)
Index("ix_deliveries_state_id", deliveries.c.state, deliveries.c.id)
Index("ix_deliveries_subject_state", deliveries.c.subject, deliveries.c.state)

# When to look at a key again although nothing has told of a change. One row a key.
wakes = Table(
    "wakes",
    metadata,
    Column("key", SUBJECT, primary_key=True),
    Column("at", UtcDateTime, nullable=False, index=True),
    # Work for it is under way; if it never ends, the row is due again at `at`.
    Column("taken", Boolean, nullable=False, default=False),
    # How often in a row the work came to nothing.
    Column("tries", Integer, nullable=False, server_default="0"),
)

# Which subjects share one key. A subject without a row is a group of its own.
links = Table(
    "links",
    metadata,
    Column("subject", SUBJECT, primary_key=True),
    Column("key", SUBJECT, nullable=False, index=True),
)

# A repository's current name; the id is the identity.
repositories = Table(
    "repositories",
    metadata,
    Column("forge", String(16), primary_key=True),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("full_name", FULL_NAME, nullable=False),
)
