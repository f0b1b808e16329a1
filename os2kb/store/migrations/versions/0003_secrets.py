"""Secrets that an installation made for itself.

Revision: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "secrets",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("value", sa.LargeBinary, nullable=False),
    )
    # Copies hold their answer's id, which had no key: they cost a language model's answer once.
    op.execute("DELETE FROM cached_answers")


def downgrade() -> None:
    op.drop_table("secrets")
