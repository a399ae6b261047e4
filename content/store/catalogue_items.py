"""Queries on the catalogue of what must be disclosed, and on what of it has become due."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.rules.errors import NotFound
from content.store.tables import CatalogueDuty, CatalogueItem, Disclosure


def standing(session: Session) -> list[CatalogueItem]:
    """The items that hold, in the catalogue's order."""
    query = select(CatalogueItem).where(CatalogueItem.withdrawn_at.is_(None))
    return list(session.scalars(query.order_by(CatalogueItem.position, CatalogueItem.id)))


def by_name(session: Session) -> dict[str, CatalogueItem]:
    """All items that ever were, by name."""
    return {item.name: item for item in session.scalars(select(CatalogueItem))}


def item(session: Session, number: int) -> CatalogueItem:
    """An item that holds. Raises NotFound."""
    row = session.get(CatalogueItem, number)
    if row is None or row.withdrawn_at:
        raise NotFound(f"公开目录里没有第 {number} 号事项。用 gongkai catalogue list 可以看到所有的。")
    return row


def duty(session: Session, number: int) -> CatalogueDuty:
    """Something that is to be disclosed. Raises NotFound."""
    row = session.get(CatalogueDuty, number)
    if row is None:
        raise NotFound(f"没有第 {number} 号待公开的信息。用 gongkai catalogue due 可以看到所有的。")
    return row


def duties(session: Session) -> list[tuple[CatalogueDuty, CatalogueItem]]:
    """Everything that was formed under an item, oldest first, with its item."""
    query = select(CatalogueDuty, CatalogueItem).join(CatalogueItem, CatalogueItem.id == CatalogueDuty.item_id)
    return [(row[0], row[1]) for row in session.execute(query.order_by(CatalogueDuty.formed_on, CatalogueDuty.id))]


def disclosure(session: Session, key: str) -> Disclosure:
    """A disclosure of ours by its key. Raises NotFound."""
    row = session.scalars(select(Disclosure).where(Disclosure.key == key, Disclosure.withdrawn_at.is_(None))).first()
    if row is None:
        raise NotFound(f"没有编号是“{key}”的公开信息，或者已经撤下。")
    return row


def disclosed(session: Session) -> dict[int, list[tuple[int, str]]]:
    """The disclosures (id, title) under each item, newest first."""
    query = (
        select(CatalogueDuty.item_id, Disclosure.id, Disclosure.title)
        .join(Disclosure, Disclosure.id == CatalogueDuty.disclosure_id)
        .where(Disclosure.withdrawn_at.is_(None))
        .order_by(CatalogueDuty.disclosed_on.desc(), CatalogueDuty.id.desc())
    )
    found: dict[int, list[tuple[int, str]]] = {}
    for item_id, number, title in session.execute(query):
        found.setdefault(item_id, []).append((number, title))
    return found
