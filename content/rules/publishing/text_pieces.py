"""A text that lies in several nodes of a tree, and overwriting a part of it where it lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass
class TextPieces:
    """The pieces of one text in order: (node, `text` or `tail`); a piece without a node stands for a break."""

    pieces: list[tuple[Any, str]] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    def add(self, node: Any, side: str) -> None:
        """Adds the text of a node, or what follows it."""
        self.pieces.append((node, side))
        self.parts.append(getattr(node, side) or "")

    def pause(self) -> None:
        """Keeps what comes next apart from what came before."""
        self.pieces.append((None, ""))
        self.parts.append("\n")

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(self.parts)

    def overwrite(self, start: int, letters: Sequence[str]) -> None:
        """Puts `letters` in place of as many characters from `start`; an empty one takes a character away.

        Places are those of the text as it was read, also after other parts of it were overwritten.
        """
        at = 0
        for number, part in enumerate(self.parts):
            first, last = max(start, at), min(start + len(letters), at + len(part))
            node, side = self.pieces[number]
            if node is not None and first < last:
                self._changed(number, part)[first - at : last - at] = letters[first - start : last - start]
                setattr(node, side, "".join(self._letters[number]))
            at += len(part)

    _letters: dict[int, list[str]] = field(default_factory=dict)

    def _changed(self, number: int, part: str) -> list[str]:
        return self._letters.setdefault(number, list(part))
