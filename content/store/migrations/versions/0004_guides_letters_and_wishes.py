"""Guides, letters and wishes."""

import sqlalchemy as sa
from alembic import op

from content.store.tables.base import Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    _guides()
    _letters()
    _wishes()
    op.add_column("question", sa.Column("opened_at", Instant(), nullable=True))


def _guides() -> None:
    op.create_table(
        "guide",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("forms", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("created_by", sa.String(length=64), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guide")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "synonym",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("word", sa.String(length=1024), nullable=False),
        sa.Column("same_as", sa.String(length=1024), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("created_by", sa.String(length=64), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synonym")),
        sqlite_autoincrement=True,
    )


def _letters() -> None:
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("asker", sa.String(length=64), nullable=False),
        sa.Column("openid", sa.String(length=1024), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("heard_at", Instant(), nullable=False),
        sa.Column("listening_until", Instant(), nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("closed_by", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_asker"), ["asker"], unique=False)
        batch_op.create_index(batch_op.f("ix_letter_closed_at"), ["closed_at"], unique=False)

    op.create_table(
        "letter_message",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("delivery", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("why", sa.String(length=1024), nullable=False),
        sa.Column("told_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_letter_message_letter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_message")),
        sa.UniqueConstraint("delivery", name=op.f("uq_letter_message_delivery")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("letter_message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_message_letter_id"), ["letter_id"], unique=False)


def _wishes() -> None:
    op.create_table(
        "wish",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("asker", sa.String(length=64), nullable=False),
        sa.Column("openid", sa.String(length=1024), nullable=False),
        sa.Column("words", sa.String(length=1024), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("disclosure", sa.Integer(), nullable=False),
        sa.Column("posting", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wish")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("wish", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_wish_asker"), ["asker"], unique=False)


def downgrade() -> None:
    """One step down."""
    op.drop_column("question", "opened_at")

    with op.batch_alter_table("wish", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_wish_asker"))

    op.drop_table("wish")
    op.drop_table("synonym")
    with op.batch_alter_table("letter_message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_message_letter_id"))

    op.drop_table("letter_message")
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_closed_at"))
        batch_op.drop_index(batch_op.f("ix_letter_asker"))

    op.drop_table("letter")
    op.drop_table("guide")
