"""Tickets that subjects are linked to.

Revision: 0009
"""

import sqlalchemy as sa
from alembic import op

from os2kb.store.tables import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tickets",
        sa.Column("subject", sa.String(200), primary_key=True),
        sa.Column("id", sa.String(64), nullable=False, unique=True),
        sa.Column("key", sa.String(100), nullable=False),
        sa.Column("base", sa.JSON, nullable=False),
        sa.Column("linked_at", UtcDateTime, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("tickets")
