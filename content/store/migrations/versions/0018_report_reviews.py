"""The three reviews of an annual report, and what people said to what its check asked."""

import sqlalchemy as sa
from alembic import op

from content.store.tables.base import Instant

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    op.create_table(
        "report_review",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=16), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("covers", sa.String(length=64), nullable=False),
        sa.Column("note", sa.String(length=1024), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_review")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_report_review_year"), "report_review", ["year"], unique=False)
    op.create_table(
        "report_explanation",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("finding", sa.String(length=64), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("note", sa.String(length=1024), nullable=False),
        sa.Column("explained_at", Instant(), nullable=False),
        sa.Column("explained_by", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_explanation")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_report_explanation_year"), "report_explanation", ["year"], unique=False)


def downgrade() -> None:
    """One step down."""
    op.drop_table("report_explanation")
    op.drop_table("report_review")
