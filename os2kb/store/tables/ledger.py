"""What was done."""

from sqlalchemy import Column, Index, Integer, String, Table, Text

from os2kb.store.tables.columns import SUBJECT, Serial, UtcDateTime, metadata

receipts = Table(
    "receipts",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("subject", SUBJECT, nullable=False),
    Column("action", String(300), nullable=False),
    Column("state", String(16), nullable=False),
    Column("because", String(200), nullable=False),
    Column("content", Text, nullable=False, default=""),
    Column("reference", String(200), nullable=False, default=""),
    Column("note", Text, nullable=False, default=""),
    Column("at", UtcDateTime, nullable=False),
    # Counted within the subject; 0 for what was written before Plans were counted.
    Column("plan", Integer, nullable=False, server_default="0"),
    # The login of whose commands it sees to, for as long as a bound is counted by it.
    Column("asker", Text, nullable=False, server_default=""),
    # The run over many pairs that it was done in; 0 for none.
    Column("run", Integer, nullable=False, server_default="0"),
    sqlite_autoincrement=True,
)
Index("ix_receipts_subject", receipts.c.subject, receipts.c.id)
