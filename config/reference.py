"""Facts that come along as text: menu, phrases, tables. Loaded once, checked, frozen."""

from __future__ import annotations

import functools
import hashlib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Coded:
    """A coded name: the code stays, the name may change."""

    code: str
    name: str


@functools.cache
def table(name: str) -> dict[str, Any]:
    """The contents of `config/data/NAME.toml`."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def code_of(name: str) -> str:
    """The code of a name that was given none."""
    return "x" + hashlib.sha256(name.encode()).hexdigest()[:12]


def gap_words(names: Iterable[str]) -> str:
    """Gaps of answers with what each is, for who writes answers: {hours} 办公时间、{phone} 联系电话."""
    words = table("gap_words")
    return "、".join(f"{{{name}}} {word}" for name, word in words.items() if name in names)


def phrase(name: str, **values: object) -> str:
    """A sentence for citizens from `replies.toml`, with its gaps filled in. Raises KeyError for an unknown one."""
    text: str = table("replies")[name]
    return text.format(**values).strip("\n")


def menu() -> list[dict[str, Any]]:
    """The buttons of the account's menu, in the platform's shape; `{base}` in an address is the public address."""
    buttons: list[dict[str, Any]] = table("menu")["button"]
    return buttons
