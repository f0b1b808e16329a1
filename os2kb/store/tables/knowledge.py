"""What is known of decisions, and of issues to compare others with."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Integer, LargeBinary, String, Table, Text

from os2kb.store.tables.columns import FULL_NAME, PRODUCT, UtcDateTime, metadata

# Decision logs, and the entries of each as they were last read.
decision_logs = Table(
    "decision_logs",
    metadata,
    Column("key", String(500), primary_key=True),
    # Empty where it belongs to no product.
    Column("product", PRODUCT, nullable=False, index=True),
    Column("repository", BigInteger, nullable=True),
    Column("public", Boolean, nullable=False),
    Column("commit", String(64), nullable=False),
    # Of all that is kept of the log but its commit.
    Column("mark", String(64), nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    Column("log", String(500), primary_key=True),
    # Its place in the log, from 0.
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("url", Text, nullable=False),
    Column("entry", JSON, nullable=False),
)

# Issues to compare new ones with: hashes of their 4-grams and lines, not their texts.
known_issues = Table(
    "known_issues",
    metadata,
    Column("repository", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("full_name", FULL_NAME, nullable=False),
    Column("private", Boolean, nullable=False),
    Column("title", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("alikeness", LargeBinary, nullable=False),
    Column("lines", LargeBinary, nullable=False),
)
