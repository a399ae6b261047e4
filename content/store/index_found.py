"""What the index finds for a question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Hit:
    """One notice that fits a question. `card` is what a list shows of it."""

    ref: str
    score: float
    in_force: bool
    card: dict[str, Any]


@dataclass(frozen=True)
class Found:
    """What fits a question, best first. `meant`: the question as it was understood if that is not as it was typed."""

    hits: tuple[Hit, ...] = ()
    meant: str = ""
