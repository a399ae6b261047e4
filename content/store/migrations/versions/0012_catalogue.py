"""The catalogue of what must be disclosed, and what of it has become due."""

import sqlalchemy as sa
from alembic import op

from content.store.tables.base import Instant

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    op.create_table(
        "catalogue_item",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=512), nullable=False),
        *(sa.Column(name, sa.String(length=1024), nullable=False) for name in ("first", "second")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("content", "basis", "channels")),
        *(sa.Column(name, sa.String(length=1024), nullable=False)
          for name in ("time_limit", "body", "audience", "manner", "level")),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_item")),
        sa.UniqueConstraint("name", name=op.f("uq_catalogue_item_name")),
        sqlite_autoincrement=True,
    )  # fmt: skip
    op.create_table(
        "catalogue_duty",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=1024), nullable=False),
        sa.Column("formed_on", sa.Date(), nullable=False),
        sa.Column("disclosed_on", sa.Date(), nullable=True),
        sa.Column("disclosure_id", sa.Integer(), nullable=True),
        sa.Column("url", sa.String(length=1024), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("created_by", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["catalogue_item.id"], name=op.f("fk_catalogue_duty_item_id")),
        sa.ForeignKeyConstraint(["disclosure_id"], ["disclosure.id"], name=op.f("fk_catalogue_duty_disclosure_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_duty")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_catalogue_duty_item_id"), "catalogue_duty", ["item_id"], unique=False)
    op.create_index(op.f("ix_catalogue_duty_disclosed_on"), "catalogue_duty", ["disclosed_on"], unique=False)


def downgrade() -> None:
    """One step down."""
    op.drop_table("catalogue_duty")
    op.drop_table("catalogue_item")
