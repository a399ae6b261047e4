"""What the ledger counts, in columns; filled from the entries that are there."""

import json
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

LEDGER = sa.table("ledger", *(sa.column(name) for name in ("number", "kind", "subject", "data")))
BATCH = 1000


def upgrade() -> None:
    """One step up."""
    table = op.create_table(
        "counted_item",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("delivery", sa.String(length=16), nullable=False),
        sa.Column("category", sa.String(length=64), nullable=False),
        sa.Column("department", sa.String(length=64), nullable=False),
        sa.Column("withdrawn", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_counted_item")),
    )
    op.create_index(
        "ix_counted_item_sums",
        "counted_item",
        ["channel", "month", "delivery", "category", "department", "published_on"],
    )
    op.create_index(op.f("ix_counted_item_channel_published_on"), "counted_item", ["channel", "published_on"])
    op.create_index(op.f("ix_counted_item_subject"), "counted_item", ["subject"])
    op.create_index(op.f("ix_counted_item_withdrawn"), "counted_item", ["withdrawn"])
    _fill(table)


def downgrade() -> None:
    """One step down."""
    op.drop_table("counted_item")


def _fill(table: sa.Table) -> None:
    connection, last = op.get_bind(), 0
    kinds = ("article.published", "portal.published", "article.withdrawn")
    while True:
        query = sa.select(LEDGER).where(LEDGER.c.kind.in_(kinds), LEDGER.c.number > last)
        entries = connection.execute(query.order_by(LEDGER.c.number).limit(BATCH)).all()
        if not entries:
            return
        last = entries[-1].number
        told = [(entry, json.loads(entry.data)) for entry in entries]
        rows = [_row(entry, data) for entry, data in told if entry.kind != "article.withdrawn"]
        if rows:
            connection.execute(sa.insert(table), rows)
        for entry, data in told:
            if entry.kind == "article.withdrawn" and data["published_on"]:
                day = date.fromisoformat(data["published_on"])
                mine = (table.c.subject == entry.subject) & (table.c.published_on == day)
                connection.execute(sa.update(table).where(mine).values(withdrawn=entry.number))


def _row(entry: Any, data: dict[str, Any]) -> dict[str, Any]:
    day = data["published_on"]
    return {"number": entry.number, "subject": entry.subject, "channel": data["channel"],
            "published_on": date.fromisoformat(day), "month": day[:7], "delivery": data.get("delivery", ""),
            "category": data["category"], "department": data["department"], "withdrawn": None}  # fmt: skip
