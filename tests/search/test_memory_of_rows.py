"""Where many documents leave room for few rows, rows are bytes or not kept at all, and what is found is the same."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from content.search.arrays import posting_lists
from content.search.hits import Hit
from content.search.index import Index
from content.search.index_entry import IndexEntry

TODAY = date(2026, 11, 22)
PLACES, MATTERS = "东湖 西山 南桥 北岸".split(), "停水 招聘 预算 低保 环评 补贴".split()  # noqa: SIM905
QUESTIONS = (
    "东湖停水", "南桥的预算和低保", "北岸补贴", "西山环评", "招聘", "东湖 2026年 补贴",
    "停水停水停水停水停水停水停水停水停水停水停水停水",  # counts more than a byte can hold
)  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of 8,000 notices, each word of which stands in very many."""
    chance = random.Random(7)
    said = [f"{chance.choice(PLACES)}{chance.choice(MATTERS)}" for _ in range(9000)]
    index = Index(tmp_path_factory.mktemp("dense") / "index")
    with index.building():
        index.build(
            (
                IndexEntry(f"disclosure:{n}", said[n], body="，".join(said[n : n + chance.randint(1, 9)]))
                for n in range(8000)
            ),
            "0",
        )
    return index.root


def hits(root: Path, questions: Sequence[str] = QUESTIONS) -> list[list[Hit]]:
    """What a process finds that opens the index now."""
    index = Index(root)
    return [index.search(question, limit=10, today=TODAY) for question in questions]


@pytest.mark.parametrize("room", [100_000, 10_000, 0], ids=["few rows", "one row", "none"])
def test_a_large_store_finds_what_a_small_one_finds(built: Path, monkeypatch: pytest.MonkeyPatch, room: int) -> None:
    small = hits(built)
    monkeypatch.setattr(posting_lists, "MOST_REMEMBERED", room)
    for mine, others in zip(hits(built), small, strict=True):
        assert [hit.score for hit in mine] == pytest.approx([hit.score for hit in others], rel=0.01)
        assert mine[0].folded == others[0].folded
