"""Deliveries, receipts, wakes, links and repositories.

Revision: 0001
"""

import sqlalchemy as sa
from alembic import op

from os2kb.store.tables import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_serial = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", _serial, primary_key=True, autoincrement=True),
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("identifier", sa.String(200), nullable=False),
        sa.Column("event", sa.String(100), nullable=False),
        sa.Column("action", sa.String(100), nullable=False),
        sa.Column("headers", sa.JSON, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("received_at", UtcDateTime, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("repository", sa.String(300), nullable=False),
        sa.Column("floor", UtcDateTime, nullable=True),
        sa.Column("due_at", UtcDateTime, nullable=False),
        sa.Column("dispatched_at", UtcDateTime, nullable=True),
        sa.Column("looks", sa.Integer, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("settled_at", UtcDateTime, nullable=True),
        sa.UniqueConstraint("source", "identifier", name="uq_deliveries_source_identifier"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_deliveries_state_id", "deliveries", ["state", "id"])
    op.create_index("ix_deliveries_subject_state", "deliveries", ["subject", "state"])
    op.create_table(
        "receipts",
        sa.Column("id", _serial, primary_key=True, autoincrement=True),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("action", sa.String(300), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("because", sa.String(200), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("reference", sa.String(200), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_receipts_subject", "receipts", ["subject", "id"])
    op.create_table(
        "wakes",
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("taken", sa.Boolean, nullable=False),
    )
    op.create_index("ix_wakes_at", "wakes", ["at"])
    op.create_table(
        "links",
        sa.Column("subject", sa.String(200), primary_key=True),
        sa.Column("key", sa.String(200), nullable=False),
    )
    op.create_index("ix_links_key", "links", ["key"])
    op.create_table(
        "repositories",
        sa.Column("forge", sa.String(16), primary_key=True),
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("full_name", sa.String(300), nullable=False),
    )


def downgrade() -> None:
    for table in ("repositories", "links", "wakes", "receipts", "deliveries"):
        op.drop_table(table)
