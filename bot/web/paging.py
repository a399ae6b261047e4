"""Lists by pages, and addresses with some of their arguments changed."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import request

PAGE = 20  # entries of a list


def page_number() -> int:
    """The page asked for; 1 for anything that is no page."""
    text = request.args.get("page", "")
    return min(int(text[:9]), 100_000) if text.isascii() and text.isdigit() and int(text[:9]) else 1


def page_count(total: int) -> int:
    """How many pages a list of so many entries has: one at least."""
    return max(1, -(-total // PAGE))


def with_args(**changes: object) -> str:
    """This page's address with some of its arguments changed; empty ones are left out."""
    arguments = {**request.args.to_dict(), **changes}
    query = urlencode({name: value for name, value in arguments.items() if value})
    return f"{request.path}?{query}" if query else request.path
