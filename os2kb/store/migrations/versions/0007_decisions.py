"""Decision logs as they were last read, for the public page.

Revision: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "decision_logs",
        sa.Column("key", sa.String(500), primary_key=True),
        sa.Column("product", sa.String(100), nullable=False),
        sa.Column("repository", sa.BigInteger, nullable=True),
        sa.Column("public", sa.Boolean, nullable=False),
        sa.Column("commit", sa.String(64), nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
    )
    op.create_index("ix_decision_logs_product", "decision_logs", ["product"])
    op.create_table(
        "decisions",
        sa.Column("log", sa.String(500), primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("entry", sa.JSON, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("decisions")
    op.drop_table("decision_logs")
