"""What an applicant is asked to pay, and by which of the two ways of counting."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    op.add_column("application_step", sa.Column("amount", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("application_step", sa.Column("basis", sa.String(length=64), nullable=False, server_default=""))


def downgrade() -> None:
    """One step down."""
    with op.batch_alter_table("application_step", schema=None) as batch_op:
        batch_op.drop_column("basis")
        batch_op.drop_column("amount")
