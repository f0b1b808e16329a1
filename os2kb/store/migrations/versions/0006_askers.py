"""Receipts know whose commands they see to, so that the bound of an hour counts what is deleted.

Revision: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Whose commands were seen to before, nobody noted: those that are deleted are not counted.
    op.add_column("receipts", sa.Column("asker", sa.Text, nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("receipts", "asker")
