"""Keyed seals of ledger entries and of what was uploaded; rows from before have none."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    for table in ("ledger", "platform_file"):
        op.add_column(table, sa.Column("seal", sa.String(length=64), nullable=True))


def downgrade() -> None:
    """One step down."""
    for table in ("ledger", "platform_file"):
        op.drop_column(table, "seal")
