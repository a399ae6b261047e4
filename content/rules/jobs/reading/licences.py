"""Driving licences, as citizens and as postings name them."""

from __future__ import annotations

import re

_LICENCE = re.compile("(?:有|持|考了|拿)?(?<![a-z])([abc][12]?)(?:类|型)?(?:驾?照|驾驶证|本(?!科))")


def read(text: str) -> tuple[str, tuple[str, ...]]:
    """A driving licence as postings name it: B照 is B1 or B2; and the text without it."""
    found = _LICENCE.search(text)
    if found is None:
        return text, ()
    kinds = [found[1]] if found[1][1:] else [f"{found[1]}1", f"{found[1]}2", f"{found[1]}照"]
    return _LICENCE.sub(" ", text), ("|".join(kinds),)
