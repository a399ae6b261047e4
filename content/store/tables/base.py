"""What all tables share: naming, UTC instants, ids that never return."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from sqlalchemy import DateTime, Dialect, MetaData, String, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, mapped_column

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """An instant in UTC; naive values are refused, since SQLite would keep them without a word."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database: UTC, and naive where the database knows no zones."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant without a zone")
        value = value.astimezone(UTC)
        return value if dialect.name == "postgresql" else value.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the database: always with UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The tables' common root. `sqlite_autoincrement`: an id in an address never returns."""

    metadata = MetaData(naming_convention=NAMES)
    __table_args__: Any = {"sqlite_autoincrement": True}  # noqa: RUF012


Id = Annotated[int, mapped_column(primary_key=True, autoincrement=True)]
When = Annotated[datetime, mapped_column(Instant)]
MaybeWhen = Annotated[datetime | None, mapped_column(Instant)]
Code = Annotated[str, mapped_column(String(64))]
Line = Annotated[str, mapped_column(String(1024))]
Long = Annotated[str, mapped_column(Text)]
Sha = Annotated[str, mapped_column(String(64))]
