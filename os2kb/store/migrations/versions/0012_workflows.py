"""What tickets of a kind have shown of their workflow.

Revision: 0012
"""

import sqlalchemy as sa
from alembic import op

from os2kb.store.tables import UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "workflows",
        sa.Column("project", sa.String(100), primary_key=True),
        sa.Column("type", sa.String(100), primary_key=True),
        sa.Column("status", sa.String(100), primary_key=True),
        sa.Column("transitions", sa.JSON, nullable=False),
        sa.Column("seen_at", UtcDateTime, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("workflows")
