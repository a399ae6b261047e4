"""Driving licences, as citizens and as postings name them."""

from __future__ import annotations

import re

_LICENCE = re.compile(
    "(?:有|持|考了|拿)?(?<![a-z])([abc][12]?)(?:类|型)?(?:驾?照|驾驶证|本(?!科))|(?:只?有|持|考了|拿)([abc][12])(?![a-z0-9])"
)


def is_one(word: str) -> bool:
    """Whether a word of a query names a licence."""
    return re.fullmatch("[abc][12照]", word.partition("|")[0]) is not None


def read(text: str) -> tuple[str, tuple[str, ...]]:
    """A driving licence as postings name it: B照 is B1 or B2; and the text without it."""
    found = _LICENCE.search(text)
    if found is None:
        return text, ()
    kind = found[1] or found[2]
    kinds = [kind] if kind[1:] else [f"{kind}1", f"{kind}2", f"{kind}照"]
    return _LICENCE.sub(" ", text), ("|".join(kinds),)
