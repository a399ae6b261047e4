"""What people enter for the annual report, and the reports that were signed."""

import sqlalchemy as sa
from alembic import op

from content.store.tables.base import Instant

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    op.create_table(
        "report_entry",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.Column("entered_by", sa.String(length=64), nullable=False),
        sa.Column("replaced_at", Instant(), nullable=True),
        sa.Column("replaced_by", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_entry")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_report_entry_year"), "report_entry", ["year"], unique=False)
    op.create_table(
        "report_signature",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("note", sa.String(length=1024), nullable=False),
        sa.Column("signed_at", Instant(), nullable=False),
        sa.Column("signed_by", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_signature")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_report_signature_year"), "report_signature", ["year"], unique=False)


def downgrade() -> None:
    """One step down."""
    op.drop_table("report_signature")
    op.drop_table("report_entry")
