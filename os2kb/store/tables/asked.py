"""What was asked and answered."""

from sqlalchemy import JSON, Boolean, Column, Integer, String, Table, Text

from os2kb.store.tables.columns import PRODUCT, Serial, UtcDateTime, metadata

# What was asked and answered: a row for each answer and place, counted up when asked again.
answers = Table(
    "answers",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("place", String(16), primary_key=True),
    Column("question", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("abstained", Boolean, nullable=False),
    Column("reason", String(32), nullable=False, default=""),
    Column("citations", JSON, nullable=False),
    Column("composer", String(16), nullable=False),
    Column("lang", String(8), nullable=False),
    Column("product", PRODUCT, nullable=True),
    Column("visibility", String(16), nullable=False),
    Column("version", String(100), nullable=False),
    Column("asked", Integer, nullable=False),
    Column("first_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime, nullable=False, index=True),
)

# What people thought of an answer; nothing of who they are.
feedback = Table(
    "feedback",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("answer", String(40), nullable=False, index=True),
    Column("helpful", Boolean, nullable=False),
    Column("comment", Text, nullable=False, default=""),
    Column("at", UtcDateTime, nullable=False, index=True),
    sqlite_autoincrement=True,
)

# Questions for the coordinators. `key` is the same for the same question in other letters.
questions = Table(
    "questions",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("key", String(64), nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("product", PRODUCT, nullable=True),
    Column("lang", String(8), nullable=False),
    Column("asked", Integer, nullable=False),
    Column("first_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime, nullable=False, index=True),
    # open → answered | closed | issue, whose address is kept.
    Column("state", String(16), nullable=False, server_default="open"),
    Column("issue", Text, nullable=False, server_default=""),
    sqlite_autoincrement=True,
)

# Answers of people that are not in git yet, each under the number of its question.
faq = Table(
    "faq",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("product", PRODUCT, nullable=True),
    Column("lang", String(8), nullable=False),
    Column("by", String(100), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    # The address of the pull request that offers it to git.
    Column("pull", Text, nullable=False, server_default=""),
)

# Answers that a language model was paid for. `key` says all that they depend on.
cached_answers = Table(
    "cached_answers",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("answer", String(40), nullable=False, index=True),
    Column("body", JSON, nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
)
