"""The ranking alone, in this process: the same questions to a small and to a large office, in turn; and the index."""

from __future__ import annotations

import shutil
import statistics
import time
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

from bench import offices, processes, product
from bench import questions as made_up
from bench.rows import Row, compared, rounded, say

WARM_UP = 100  # questions


def rows(small: Path, large: Path, *, counts: tuple[int, int], questions: int) -> list[Row]:
    """Processor time and waits of a search in both offices, which have so many disclosures."""
    say("searching")
    waits: dict[int, list[float]] = {count: [] for count in counts}
    spent = dict.fromkeys(counts, 0.0)
    with ExitStack() as stack:
        opened = [stack.enter_context(product.opened(home)) for home in (small, large)]
        for office in opened:
            product.refresh_index(office)
        for number, text in enumerate(islice(made_up.questions(), WARM_UP + questions)):
            for office, count in zip(opened, counts, strict=True):
                begun, worked = time.perf_counter(), time.process_time()
                product.rank(office, text)
                if number >= WARM_UP:
                    spent[count] += time.process_time() - worked
                    waits[count].append(1000 * (time.perf_counter() - begun))
    tables = [_figures(count, waits[count], spent[count] / questions) for count in counts]
    return [*tables[0], *(compared(row, to=other) for row, other in zip(tables[1], tables[0], strict=True))]


def index_rows(count: int) -> list[Row]:
    """An index of so many disclosures, built anew: by `gongkai ask` in an office that has lost its index."""
    say(f"making an office of {count:,} disclosures, unless there is one")
    home = offices.kept(count)
    say(f"building an index of {count:,} disclosures")
    shutil.rmtree(home / "index", ignore_errors=True)
    spent = processes.run([product.GONGKAI, "ask", "低保怎么申请"], product.environment(home), home)
    name = f"index built, {count:,} disclosures"
    return [
        Row(f"{name}: time", round(spent.seconds, 1), "s"),
        Row(f"{name}: processor time", round(spent.processor, 1), "s"),
        Row(f"{name}: most memory", rounded(spent.memory), "MB"),
    ]


def _figures(count: int, waits: list[float], spent: float) -> list[Row]:
    name = f"search, {count:,} disclosures"
    cuts = statistics.quantiles(waits, n=100)
    return [
        Row(f"{name}, processor time", rounded(1e6 * spent), "µs"),
        *(Row(f"{name}, {word}", round(cuts[part - 1], 3), "ms") for word, part in (("p50", 50), ("p99", 99))),
    ]
