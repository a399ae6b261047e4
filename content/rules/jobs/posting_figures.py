"""Postings as numbers and words that a search compares, out of the words of employers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from content.rules.jobs import degrees, pay
from content.rules.language import plain_text

EDITION = 4  # of the readings below; rows of an older one are read anew
WORDS = ("title", "employer", "area", "address", "description", "benefits", "degree", "experience")
PLACE = ("area", "address")


def reading(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What the store keeps of a posting's row for a `JobQuery` to be held against."""
    folded = {name: plain_text.normalise(_text(fields, name)) for name in {*WORDS, *PLACE}}
    amount = pay.offered(_text(fields, "salary"))
    degree = degrees.required(_text(fields, "degree"))
    if degree is None:
        degree = degrees.required(_text(fields, "experience"))  # sheets with a cell left out are shifted by one
    if degree is None:
        degree = degrees.in_text(f"{_text(fields, 'title')}\n{_text(fields, 'description')}")
    return {
        "pay_low": amount[0] if amount else None,
        "pay_high": amount[1] if amount else None,
        "schooling": None if degree is None else int(degree),
        "place": "\n".join(folded[name] for name in PLACE),
        "words": "\n".join(folded[name] for name in WORDS),
        "edition": EDITION,
    }


def _text(fields: Mapping[str, Any], name: str) -> str:
    return str(fields.get(name) or "")
