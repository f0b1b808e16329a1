"""Who is signed in to the console.

Revision: 0011
"""

import sqlalchemy as sa
from alembic import op

from os2kb.store.tables import UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("login", sa.String(100), nullable=False),
        sa.Column("way", sa.String(16), nullable=False),
        sa.Column("ends_at", UtcDateTime, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("sessions")
