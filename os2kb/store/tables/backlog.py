"""Issues and their tickets."""

from sqlalchemy import JSON, Column, Integer, String, Table, Text

from os2kb.store.tables.columns import SUBJECT, Serial, UtcDateTime, metadata

# The ticket that a subject is linked to: the tracker's id is the identity, `key` what it is called.
tickets = Table(
    "tickets",
    metadata,
    Column("subject", SUBJECT, primary_key=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("key", String(100), nullable=False),
    # Field to the value that we last set it to.
    Column("base", JSON, nullable=False),
    Column("linked_at", UtcDateTime, nullable=False),
    # Field to the value that it and the subject both had last.
    Column("agreed", JSON, nullable=False, server_default="{}"),
)

# The copies of comments, each by the side and the id of what it is a copy of.
copies = Table(
    "copies",
    metadata,
    Column("subject", SUBJECT, primary_key=True),
    Column("side", String(16), primary_key=True),
    Column("source", String(64), primary_key=True),
    Column("copy", String(64), nullable=False),
    # The text that both had last.
    Column("base", Text, nullable=False),
)

# What tickets of a kind have shown of their workflow: the ways out of each status.
workflows = Table(
    "workflows",
    metadata,
    Column("project", String(100), primary_key=True),
    Column("type", String(100), primary_key=True),
    Column("status", String(100), primary_key=True),
    Column("transitions", JSON, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
)

# Runs over many linked pairs, and how far each came.
runs = Table(
    "runs",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("kind", String(16), nullable=False),
    Column("project", String(40), nullable=False),
    Column("since", UtcDateTime, nullable=True),
    Column("started_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime, nullable=True),
    # The subject that was looked at last.
    Column("cursor", SUBJECT, nullable=False),
    Column("looked_at", Integer, nullable=False),
    Column("out_of_step", Integer, nullable=False),
    sqlite_autoincrement=True,
)
