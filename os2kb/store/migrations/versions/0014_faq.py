"""What became of questions, and the answers of people that are not in git yet.

Revision: 0014
"""

import sqlalchemy as sa
from alembic import op

from os2kb.store.tables import UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    state = sa.Column("state", sa.String(16), nullable=False, server_default="open")
    op.add_column("questions", state)
    op.add_column("questions", sa.Column("issue", sa.Text, nullable=False, server_default=""))
    op.create_table(
        "faq",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("product", sa.String(100), nullable=True),
        sa.Column("lang", sa.String(8), nullable=False),
        sa.Column("by", sa.String(100), nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("pull", sa.Text, nullable=False, server_default=""),
    )


def downgrade() -> None:
    op.drop_table("faq")
    with op.batch_alter_table("questions") as table:
        table.drop_column("issue")
        table.drop_column("state")
