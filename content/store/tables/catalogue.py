"""The catalogue of what must be disclosed, and what of it has become due."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from content.store.tables.base import Base, Code, Id, Line, Long, MaybeWhen, When


class CatalogueItem(Base):
    """One item, in the columns of the national catalogue; `name` is 一级事项/二级事项 and names it once."""

    __tablename__ = "catalogue_item"
    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(512), unique=True)
    first: Mapped[Line]
    second: Mapped[Line]
    content: Mapped[Long]
    basis: Mapped[Long] = mapped_column(default="")
    time_limit: Mapped[Line] = mapped_column(default="")
    body: Mapped[Line] = mapped_column(default="")  # the department that discloses
    channels: Mapped[Long] = mapped_column(default="")
    audience: Mapped[Line] = mapped_column(default="")
    manner: Mapped[Line] = mapped_column(default="")
    level: Mapped[Line] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[When]
    withdrawn_at: Mapped[MaybeWhen]


class CatalogueDuty(Base):
    """Something that was formed, changed or approved under an item and is to be disclosed; `disclosed_on` once it is."""

    __tablename__ = "catalogue_duty"
    __table_args__ = (Index(None, "item_id"), Index(None, "disclosed_on"), {"sqlite_autoincrement": True})
    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("catalogue_item.id"))
    what: Mapped[Line]
    formed_on: Mapped[date] = mapped_column(Date)
    disclosed_on: Mapped[date | None] = mapped_column(Date)
    disclosure_id: Mapped[int | None] = mapped_column(ForeignKey("disclosure.id"))
    url: Mapped[Line] = mapped_column(default="")  # where it stands, if it is no disclosure of ours
    created_at: Mapped[When]
    created_by: Mapped[Code]
