"""Lists by pages: which page, year or code an address asks for. Anything odd is as if nothing was asked."""

from __future__ import annotations

from flask import request

from content.rules.language import plain_text

PAGE = 20  # entries of a list


def page_number() -> int:
    """The page asked for; 1 for anything that is no page."""
    text = request.args.get("page", "")
    return min(int(text[:9]), 100_000) if text.isascii() and text.isdigit() and int(text[:9]) else 1


def page_count(total: int) -> int:
    """How many pages a list of so many entries has: one at least."""
    return max(1, -(-total // PAGE))


def year_asked(name: str = "year") -> int | None:
    """The year that an argument names; None for anything that is no year."""
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 and int(text) else None


def code_asked(name: str) -> str:
    """The code that an argument names, on one line and short."""
    return plain_text.one_line(request.args.get(name, ""))[:64]
