"""What was told when a wording was taken in stays with it."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.add_column(sa.Column("notes", sa.Text(), nullable=False, server_default="[]"))


def downgrade() -> None:
    """One step down."""
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.drop_column("notes")
