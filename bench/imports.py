"""`gongkai import` into a new office: rows a second, processor time, and the most memory."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bench import disclosures, processes, product
from bench.rows import Row, compared, rounded, say


def rows(folder: Path, counts: Sequence[int]) -> list[Row]:
    """One import of each size; the rate of each by that of the first."""
    found: list[Row] = []
    first: Row | None = None
    for count in counts:
        say(f"importing {count:,} disclosures")
        home = folder / f"import-{count}"
        product.create(home)
        file = home / "disclosures.jsonl"
        disclosures.write_disclosures(file, count)
        spent = processes.run(
            [product.GONGKAI, "import", "disclosures", file, "--json"], product.environment(home), home
        )
        name = f"import, {count:,} disclosures"
        rate = Row(name, rounded(count / spent.seconds), "rows/s")
        found += [
            compared(rate, to=first) if first else rate,
            Row(f"{name}: time", round(spent.seconds, 1), "s"),
            Row(f"{name}: processor time", round(spent.processor, 1), "s"),
            Row(f"{name}: most memory", rounded(spent.memory), "MB"),
        ]
        first = first or rate
    return found
