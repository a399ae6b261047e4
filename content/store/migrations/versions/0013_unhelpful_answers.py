"""Whether the citizen said that the answer to a question did not help."""

import sqlalchemy as sa
from alembic import op

from content.store.tables.base import Instant

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    op.add_column("question", sa.Column("unhelped_at", Instant(), nullable=True))


def downgrade() -> None:
    """One step down."""
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.drop_column("unhelped_at")
