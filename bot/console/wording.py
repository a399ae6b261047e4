"""The console's sentences, from `config/data/console.toml`; and those of the services, without what is for commands."""

from __future__ import annotations

import re

from config import reference

# Services speak to people at a command line too: a clause that names a command or an option helps nobody here.
_AFTER_COLON = re.compile(r"：(?:gongkai|--)[^。；]*")
_CLAUSE = re.compile(r"[^。；]*(?:gongkai |--[a-z])[^。；]*[。；]?")


def said(phrase: str, /, **values: object) -> str:
    """A sentence with its gaps filled in. Raises KeyError for an unknown one."""
    text: str = reference.table("console")[phrase]
    return text.format(**values).strip("\n")


def plain(message: str) -> str:
    """What a service said, without the clauses that name commands; whole if nothing else is in it."""
    kept = _CLAUSE.sub("", _AFTER_COLON.sub("", message)).strip().removesuffix("；")
    if not kept:
        return message
    return kept if kept.endswith(("。", "！", "？", "」", "”")) else f"{kept}。"
