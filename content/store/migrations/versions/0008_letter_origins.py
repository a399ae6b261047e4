"""Where a message for staff came from: asked for, handed over by a tap, or danger."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    op.add_column("letter_message", sa.Column("origin", sa.String(length=64), nullable=False, server_default=""))


def downgrade() -> None:
    """One step down."""
    with op.batch_alter_table("letter_message", schema=None) as batch_op:
        batch_op.drop_column("origin")
