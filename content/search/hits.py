"""What the index finds for a question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple


class Hit(NamedTuple):
    """One notice that fits a question."""

    ref: str
    score: float
    in_force: bool
    folded: str  # its title
    card: Callable[[], Mapping[str, Any]]  # reads what a list shows of it; most lists show but the first few


@dataclass(frozen=True)
class Hits:
    """What fits a question, best first. `meant`: the question as it was understood if that is not as it was typed."""

    hits: tuple[Hit, ...] = ()
    meant: str = ""
