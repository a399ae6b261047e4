"""Addresses of ours: with some arguments changed, and whether an address that came from outside is one of ours."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlencode, urlsplit

from flask import request

ROOT = "/"
ENCODINGS = 3  # how often an address may be encoded over and over
_HARMFUL = re.compile(
    r"[\x00-\x20\x7f-\xa0\\\u2028\u2029]"
)  # browsers drop some of them, and take a backslash for a slash


def with_args(**changes: object) -> str:
    """This page's address with some of its arguments changed; empty ones are left out."""
    arguments = {**request.args.to_dict(), **changes}
    query = urlencode({name: value for name, value in arguments.items() if value})
    return f"{request.path}?{query}" if query else request.path


def own_path(address: str) -> str:
    """The address if it is a path on this site, however often it is encoded; else the root.

    `//evil`, `/\\evil`, `/%5cevil` and what holds a line break lead elsewhere, or do so in some browser.
    """
    path = address.partition("?")[0].partition("#")[0]
    for _ in range(ENCODINGS):
        if not path.startswith("/") or path.startswith("//") or _HARMFUL.search(path):
            return ROOT
        path = unquote(path)
    parts = urlsplit(address)
    return ROOT if parts.scheme or parts.netloc or _HARMFUL.search(address) else address
