"""What can be asked of the notices when a question has words that none of them holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class NoticeWords(Protocol):
    """What the notices hold."""

    def counts(self, terms: Sequence[str]) -> list[int]:
        """In how many passages each term stands."""

    def links(self, firsts: str, seconds: str) -> dict[str, int]:
        """The pairs of one of the first and one of the second characters that stand in passages, and in how many."""

    def together(self, terms: Sequence[str]) -> int:
        """In how many passages all of the terms stand."""

    def share(self, character: str) -> float:
        """In how much of all notices a character stands."""
