"""Postings read for filters, and indexes that the catalogue's pages and counts need."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    for name in ("pay_low", "pay_high", "schooling"):
        op.add_column("posting", sa.Column(name, sa.Integer(), nullable=True))
    for name in ("place", "words"):
        op.add_column("posting", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column("posting", sa.Column("edition", sa.Integer(), nullable=False, server_default="0"))
    op.create_index(op.f("ix_disclosure_withdrawn_at_published_on"), "disclosure", ["withdrawn_at", "published_on"])
    op.create_index(
        op.f("ix_disclosure_withdrawn_at_category_id_published_on"),
        "disclosure",
        ["withdrawn_at", "category_id", "published_on"],
    )


def downgrade() -> None:
    """One step down."""
    op.drop_index(op.f("ix_disclosure_withdrawn_at_category_id_published_on"), "disclosure")
    op.drop_index(op.f("ix_disclosure_withdrawn_at_published_on"), "disclosure")
    for name in ("edition", "words", "place", "schooling", "pay_high", "pay_low"):
        op.drop_column("posting", name)
