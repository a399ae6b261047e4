"""Entries added one by one and many at once make the same chain, on both databases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from content.store.figures import ledger
from content.store.figures.ledger import NewEntry
from content.store.session import Store
from tests.world import NOON

ENTRIES = [
    NewEntry(
        "menu.pushed", "operator", "menu", NOON + timedelta(seconds=number), {"sha256": f"{number}" * 64}, role="admin"
    )
    for number in range(5)
]


def add(store: Store, *entries: NewEntry) -> None:
    """One by one."""
    for new in entries:
        with store.write() as session:
            ledger.append(session, kind=new.kind, actor=new.actor, subject=new.subject, at=new.at, role=new.role,
                          **new.data)  # fmt: skip


def add_many(store: Store, *entries: NewEntry) -> None:
    """All at once."""
    with store.write() as session:
        ledger.append_many(session, entries)


def rows(store: Store) -> list[dict[str, Any]]:
    """The ledger as it stands in the store, every seal tried."""
    with store.read() as session:
        found = list(ledger.since(session, 0))
    assert all(ledger.seal(entry) == entry.hash for entry in found)
    assert [entry.previous for entry in found] == [ledger.GENESIS, *(entry.hash for entry in found)][: len(found)]
    return [{name: getattr(entry, name) for name in entry.__table__.columns.keys()} for entry in found]  # noqa: SIM118


def test_many_at_once_are_what_one_by_one_would_be(store: Store) -> None:
    add(store, ENTRIES[0])
    add_many(store, *ENTRIES[1:4])
    add(store, ENTRIES[4])
    many = rows(store)
    assert [row["number"] for row in many] == [1, 2, 3, 4, 5]
    expected = ledger.GENESIS
    for row, new in zip(many, ENTRIES, strict=True):
        assert (row["kind"], row["role"], row["at"], row["data"]) == (
            new.kind, new.role, new.at, ledger.canonical(new.data),
        )  # fmt: skip
        assert row["previous"] == expected
        expected = row["hash"]


def test_none_is_none(store: Store) -> None:
    add_many(store)
    assert rows(store) == []


def test_one_that_is_wrong_leaves_nothing_behind(store: Store) -> None:
    wrong = NewEntry("menu.pushed", "operator", "menu", NOON, {"sha": "0"})
    with pytest.raises(ValueError, match="wants"):
        add_many(store, ENTRIES[0], wrong)
    assert rows(store) == []
