"""What an issue and its ticket agreed on last, and the copies of their comments.

Revision: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tickets", sa.Column("agreed", sa.JSON, nullable=False, server_default="{}"))
    op.create_table(
        "copies",
        sa.Column("subject", sa.String(200), primary_key=True),
        sa.Column("side", sa.String(16), primary_key=True),
        sa.Column("source", sa.String(64), primary_key=True),
        sa.Column("copy", sa.String(64), nullable=False),
        sa.Column("base", sa.Text, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("copies")
    with op.batch_alter_table("tickets") as table:
        table.drop_column("agreed")
