"""`make bench`: measures, prints one table, and writes bench/results.json.

What is compared runs side by side, in turn, in one run; its ratio is what counts, since a machine's figures are its own.
`make bench ARGS="--only webhook"` measures some parts only, `ARGS="--short"` makes sure within minutes that all of it works.
"""

from __future__ import annotations

import argparse
import functools
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench import imports, memory, offices, overload, product, search, startup, webhook
from bench.questions import Deliveries
from bench.rows import Row, say, show, write


@dataclass(frozen=True)
class Scale:
    """How much is measured: disclosures, turns, seconds, questions."""

    small: int = 20_000
    large: int = 200_000
    imports: tuple[int, ...] = (20_000, 100_000)
    rounds: int = 5
    turn: float = 3.0
    questions: int = 2000
    overload: float = 12.0
    starts: int = 9


SHORT = Scale(large=40_000, imports=(2_000, 4_000), rounds=2, turn=1.0, questions=300, overload=6.0, starts=3)


class Bench:
    """The parts of one run, and what they share."""

    def __init__(self, folder: Path, scale: Scale) -> None:
        self._folder, self._scale = folder, scale
        self._deliveries = Deliveries(product.ACCOUNT)
        self.parts: dict[str, Callable[[], list[Row]]] = {
            "webhook": self._webhook,
            "overload": self._overload,
            "index": lambda: search.index_rows(scale.large),
            "search": self._search,
            "startup": lambda: startup.rows(self._office, scale.starts),
            "memory": lambda: memory.rows(folder / "demo"),
            "import": lambda: imports.rows(folder, scale.imports),
        }

    @functools.cached_property
    def _office(self) -> Path:
        """An office in our store and in that of plain parts."""
        say(f"making an office of {self._scale.small:,} disclosures, for us and for plain parts")
        home = offices.make(self._folder / "office", self._scale.small)
        offices.make_plain(home, self._scale.small)
        return home

    def _webhook(self) -> list[Row]:
        return webhook.rows(self._office, self._deliveries, rounds=self._scale.rounds, seconds=self._scale.turn)

    def _overload(self) -> list[Row]:
        return overload.rows(self._office, self._deliveries, seconds=self._scale.overload)

    def _search(self) -> list[Row]:
        say(f"making an office of {self._scale.large:,} disclosures, unless there is one")
        counts = (self._scale.small, self._scale.large)
        return search.rows(self._office, offices.kept(counts[1]), counts=counts, questions=self._scale.questions)


def main() -> None:
    """Measures what was asked for; what was measured is written after each part, should a later one fail."""
    parser = argparse.ArgumentParser(description="Measures Gongkai, and what a user would pick instead.")
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        names = list(Bench(Path(folder), Scale()).parts)
        parser.add_argument("--only", nargs="+", choices=names, default=names, help="these parts alone")
        parser.add_argument("--short", action="store_true", help="smaller and fewer: only to see that it works")
        asked = parser.parse_args()
        bench = Bench(Path(folder), SHORT if asked.short else Scale())
        rows: list[Row] = []
        for name in asked.only:
            rows += bench.parts[name]()
            write(rows)
    show(rows)


if __name__ == "__main__":
    main()
