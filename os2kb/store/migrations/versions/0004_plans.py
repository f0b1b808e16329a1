"""Receipts know which Plan they belong to, so that the last one can be undone.

Revision: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # What was written before belongs to no Plan that can be told from the next: nothing undoes it.
    op.add_column("receipts", sa.Column("plan", sa.Integer, nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("receipts", "plan")
