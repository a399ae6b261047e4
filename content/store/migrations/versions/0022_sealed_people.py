"""A keyed seal over each person's row; those from before are sealed when `gongkai init` has come to this step."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    op.add_column("person", sa.Column("seal", sa.String(length=64), nullable=True))


def downgrade() -> None:
    """One step down."""
    op.drop_column("person", "seal")
