"""The tables of the store, the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC. SQLite forgets time zones, so it is given none."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """To the database: refuses naive moments, which would be read as UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """From the database."""
        return None if value is None else value.replace(tzinfo=UTC)


# SQLite numbers rows by itself only where the column is exactly INTEGER.
_Serial = BigInteger().with_variant(Integer(), "sqlite")

metadata = MetaData()

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", _Serial, primary_key=True, autoincrement=True),
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
    Column("subject", String(200), nullable=False, default=""),
    Column("repository", String(300), nullable=False, default=""),
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

receipts = Table(
    "receipts",
    metadata,
    Column("id", _Serial, primary_key=True, autoincrement=True),
    Column("subject", String(200), nullable=False),
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

# When to look at a key again although nothing has told of a change. One row a key.
wakes = Table(
    "wakes",
    metadata,
    Column("key", String(200), primary_key=True),
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
    Column("subject", String(200), primary_key=True),
    Column("key", String(200), nullable=False, index=True),
)

# The ticket that a subject is linked to: the tracker's id is the identity, `key` what it is called.
workflows = Table(
    "workflows",
    metadata,
    Column("project", String(100), primary_key=True),
    Column("type", String(100), primary_key=True),
    Column("status", String(100), primary_key=True),
    Column("transitions", JSON, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
)

tickets = Table(
    "tickets",
    metadata,
    Column("subject", String(200), primary_key=True),
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
    Column("subject", String(200), primary_key=True),
    Column("side", String(16), primary_key=True),
    Column("source", String(64), primary_key=True),
    Column("copy", String(64), nullable=False),
    # The text that both had last.
    Column("base", Text, nullable=False),
)

# Runs over many linked pairs, and how far each came.
runs = Table(
    "runs",
    metadata,
    Column("id", _Serial, primary_key=True, autoincrement=True),
    Column("kind", String(16), nullable=False),
    Column("project", String(40), nullable=False),
    Column("since", UtcDateTime, nullable=True),
    Column("started_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime, nullable=True),
    # The subject that was looked at last.
    Column("cursor", String(200), nullable=False),
    Column("looked_at", Integer, nullable=False),
    Column("out_of_step", Integer, nullable=False),
    sqlite_autoincrement=True,
)

# A repository's current name; the id is the identity.
repositories = Table(
    "repositories",
    metadata,
    Column("forge", String(16), primary_key=True),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("full_name", String(300), nullable=False),
)

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
    Column("product", String(100), nullable=True),
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
    Column("id", _Serial, primary_key=True, autoincrement=True),
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
    Column("id", _Serial, primary_key=True, autoincrement=True),
    Column("key", String(64), nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("product", String(100), nullable=True),
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
    Column("product", String(100), nullable=True),
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

# What the installation made at random, and all its replicas share.
secrets = Table(
    "secrets",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

# Issues to compare new ones with: hashes of their 4-grams and lines, not their texts.
known_issues = Table(
    "known_issues",
    metadata,
    Column("repository", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("full_name", String(300), nullable=False),
    Column("private", Boolean, nullable=False),
    Column("title", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("alikeness", LargeBinary, nullable=False),
    Column("lines", LargeBinary, nullable=False),
)

# Decision logs, and the entries of each as they were last read.
decision_logs = Table(
    "decision_logs",
    metadata,
    Column("key", String(500), primary_key=True),
    # Empty where it belongs to no product.
    Column("product", String(100), nullable=False, index=True),
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

# Who is signed in to the console, under a hash of what their browser holds.
sessions = Table(
    "sessions",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("login", String(100), nullable=False),
    Column("way", String(16), nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
)
