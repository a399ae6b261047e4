"""Indexes for the catalogue by department, and for what a disclosure replaced."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    counted = ["withdrawn_at", "department_id", "category_id", "published_on"]
    op.create_index("ix_disclosure_counts", "disclosure", counted)
    op.create_index(op.f("ix_disclosure_replaced_by"), "disclosure", ["replaced_by"])


def downgrade() -> None:
    """One step down."""
    op.drop_index(op.f("ix_disclosure_replaced_by"), "disclosure")
    op.drop_index("ix_disclosure_counts", "disclosure")
