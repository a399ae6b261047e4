"""The phones of staff that may ask for the count."""

import sqlalchemy as sa
from alembic import op

from content.store.tables.base import Instant

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    op.create_table(
        "staff_phone",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("asker", sa.String(length=64), nullable=False),
        sa.Column("bound_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_staff_phone_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_staff_phone")),
        sa.UniqueConstraint("asker", name=op.f("uq_staff_phone_asker")),
    )


def downgrade() -> None:
    """One step down."""
    op.drop_table("staff_phone")
