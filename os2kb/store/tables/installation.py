"""What the installation keeps for itself."""

from sqlalchemy import Column, LargeBinary, String, Table

from os2kb.store.tables.columns import UtcDateTime, metadata

# What the installation made at random, and all its replicas share.
secrets = Table(
    "secrets",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

# Who is signed in to the console, under a hash of what their browser holds.
sessions = Table(
    "sessions",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("login", String(100), nullable=False),
    Column("way", String(16), nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
)
