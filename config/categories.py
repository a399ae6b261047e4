"""The categories of posts and disclosures, as the office edits them: HOME/categories.toml.

The file that comes along, `config/data/categories.toml`, says in its head how to write one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from config.edited import EditedFile, EntryFault
from config.reference import Coded, code_of

STEM = "categories"
LABEL = "栏目"
LONGEST = 20  # characters of a name
CODE = re.compile(r"[a-z0-9_]{1,32}")


def categories_file(home: Path) -> EditedFile[tuple[Coded, ...]]:
    """The categories of the office whose files are in `home`, in the order in which lists show them."""
    return EditedFile(home, STEM, made)


def made(read: dict[str, Any]) -> tuple[tuple[Coded, ...], tuple[str, ...]]:
    """The categories that a TOML file says, and what is wrong with it, in words; with a fault there are none."""
    rows = read.get("category", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return (), ("每一个以 [[category]] 开头，现在不是这样写的。",)
    faults = [str(fault) for fault in entry_faults(read)]
    faults += [f"没有 [[category]] 以外的内容，多了 {name}。" for name in sorted(read.keys() - {"category"})]
    if faults:
        return (), tuple(faults)
    return tuple(Coded(row.get("code") or code_of(row["name"].strip()), row["name"].strip()) for row in rows), ()


def entry_faults(read: dict[str, Any]) -> list[EntryFault]:
    """What is wrong with each category of a TOML file."""
    return [*_faults(read.get("category", [])), *code_faults(read.get("category", []), "category")]


def code_faults(rows: list[dict[str, Any]], table: str) -> Iterator[EntryFault]:
    """Names and codes that stand twice, and codes that are none."""
    for field in ("name", "code"):
        seen = set()
        for place, row in enumerate(rows, start=1):
            value = row.get(field, "")
            where = f"第 {place} 个 [[{table}]]"
            if field == "code" and value and not (isinstance(value, str) and CODE.fullmatch(value)):
                yield EntryFault(table, place, where, field, "只能是小写字母和数字。")
            elif value and str(value).strip() in seen:
                yield EntryFault(table, place, where, field, "和前面的一样，请改一个。")
            seen.add(str(value).strip())


def _faults(rows: list[dict[str, Any]]) -> Iterator[EntryFault]:
    for place, row in enumerate(rows, start=1):
        where, name = f"第 {place} 个 [[category]]", row.get("name", "")
        if not isinstance(name, str) or not name.strip():
            yield EntryFault("category", place, where, "name", "没有写。")
        elif len(name) > LONGEST:
            yield EntryFault("category", place, where, "name", f"太长，最多 {LONGEST} 个字。")
        for other in sorted(row.keys() - {"name", "code"}):
            yield EntryFault("category", place, where, "", f"里有不认识的 {other}。")
