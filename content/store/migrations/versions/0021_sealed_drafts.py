"""A keyed seal over the platform's draft of a publication; a draft from before has none, and is made anew."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    op.add_column("publication", sa.Column("draft_seal", sa.String(length=64), nullable=True))


def downgrade() -> None:
    """One step down."""
    op.drop_column("publication", "draft_seal")
