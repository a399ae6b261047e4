"""News on its way to citizens, and their consent to subscription notices."""

import sqlalchemy as sa
from alembic import op

from content.store.tables.base import Instant

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    op.create_table(
        "telling",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("asker", sa.String(length=64), nullable=False),
        sa.Column("delivery", sa.String(length=64), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("platform_id", sa.String(length=64), nullable=False),
        sa.Column("why", sa.String(length=1024), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_telling")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("telling", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_telling_asker"), ["asker"], unique=False)
    op.create_table(
        "notice_right",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("asker", sa.String(length=64), nullable=False),
        sa.Column("template", sa.String(length=64), nullable=False),
        sa.Column("openid", sa.String(length=1024), nullable=False),
        sa.Column("notices", sa.Integer(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_right")),
        sa.UniqueConstraint("asker", "template", name=op.f("uq_notice_right_asker_template")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """One step down."""
    op.drop_table("notice_right")
    with op.batch_alter_table("telling", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_telling_asker"))
    op.drop_table("telling")
