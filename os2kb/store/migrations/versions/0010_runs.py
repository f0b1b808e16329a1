"""Runs over many linked pairs: how far each came, and which receipts belong to it.

Revision: 0010
"""

import sqlalchemy as sa
from alembic import op

from os2kb.store.tables import UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "runs",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            primary_key=True,
            autoincrement=True,
        ),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("project", sa.String(40), nullable=False),
        sa.Column("since", UtcDateTime, nullable=True),
        sa.Column("started_at", UtcDateTime, nullable=False),
        sa.Column("ended_at", UtcDateTime, nullable=True),
        sa.Column("cursor", sa.String(200), nullable=False),
        sa.Column("looked_at", sa.Integer, nullable=False),
        sa.Column("out_of_step", sa.Integer, nullable=False),
        sqlite_autoincrement=True,
    )
    op.add_column("receipts", sa.Column("run", sa.Integer, nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("receipts", "run")
    op.drop_table("runs")
