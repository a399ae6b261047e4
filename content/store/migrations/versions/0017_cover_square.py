"""Where the square of a cover stands, as lists of articles show it."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    op.add_column("revision", sa.Column("cover_square", sa.Integer(), nullable=True))


def downgrade() -> None:
    """One step down."""
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.drop_column("cover_square")
