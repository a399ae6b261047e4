"""Where many documents leave room for few rows, rows are bytes, and what is found is the same."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from content.search.arrays import posting_lists
from content.search.arrays.posting_lists import COARSE, FINE, DenseRows
from content.search.hits import Hit
from content.search.index import Index
from content.search.index_entry import IndexEntry

TODAY = date(2026, 11, 22)
PLACES, MATTERS = "东湖 西山 南桥 北岸".split(), "停水 招聘 预算 低保 环评 补贴".split()  # noqa: SIM905
QUESTIONS = ("东湖停水", "南桥的预算和低保", "北岸补贴", "西山环评", "招聘", "东湖 2026年 补贴")


def entries() -> list[IndexEntry]:
    chance = random.Random(7)
    said = [f"{chance.choice(PLACES)}{chance.choice(MATTERS)}" for _ in range(9000)]
    return [
        IndexEntry(f"disclosure:{number}", said[number], body="，".join(said[number : number + chance.randint(1, 9)]))
        for number in range(8000)
    ]


def hits(folder: Path) -> list[list[Hit]]:
    index = Index(folder)
    if index.pointer() is None:
        with index.building():
            index.build(entries(), "0")
    return [index.search(question, limit=10, today=TODAY) for question in QUESTIONS]


def test_a_large_store_finds_what_a_small_one_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small = hits(tmp_path / "index")
    monkeypatch.setattr(posting_lists, "MOST_REMEMBERED", 100_000)
    large = hits(tmp_path / "index")
    for mine, others in zip(large, small, strict=True):
        assert [hit.score for hit in mine] == pytest.approx([hit.score for hit in others], rel=0.01)
        assert mine[0].folded == others[0].folded


@pytest.mark.parametrize(("room", "fine", "kind"), [(10_000_000, FINE, np.uint16), (100_000, COARSE, np.uint8)])
def test_rows_are_as_wide_as_there_is_room_for(
    monkeypatch: pytest.MonkeyPatch, room: int, fine: int, kind: type[np.generic]
) -> None:
    monkeypatch.setattr(posting_lists, "MOST_REMEMBERED", room)
    rows = DenseRows(1000, np.arange(0, 1000, 2, np.uint32), np.full(500, 200, np.uint8))
    assert rows.fine == fine
    row = rows.counted((0, 500), 1.0)
    assert row.dtype == kind and row.tolist() == [200, 0] * 500
    assert rows.codes((0, 500)).tolist() == [200, 0] * 500


def test_what_takes_more_than_a_byte_gets_a_wider_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posting_lists, "MOST_REMEMBERED", 100_000)
    rows = DenseRows(1000, np.arange(1000, dtype=np.uint32), np.full(1000, 200, np.uint8))
    assert rows.counted((0, 1000), 2.0).tolist() == [400] * 1000
