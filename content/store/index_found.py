"""What the index finds for a question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple


class Hit(NamedTuple):
    """One notice that fits a question."""

    ref: str
    score: float
    in_force: bool
    read: Callable[[], dict[str, Any]]

    @property
    def card(self) -> dict[str, Any]:
        """What a list shows of it; most lists show but the first few, so it is read when it is asked for."""
        return self.read()


@dataclass(frozen=True)
class Found:
    """What fits a question, best first. `meant`: the question as it was understood if that is not as it was typed."""

    hits: tuple[Hit, ...] = ()
    meant: str = ""
