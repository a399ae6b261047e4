"""The office's departments, telephones, duties and leaders, as the office edits them: HOME/directory.toml.

It is the one list of departments: posts, imports and counts know them by its names. The file that comes along,
`config/data/directory.toml`, is empty and says in its head how to write one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.categories import code_faults
from config.edited import EditedFile, EntryFault
from config.reference import Coded, code_of

NAME = "directory"
FIELDS = {"name", "also", "phone", "address", "hours", "leader", "duties", "code"}
LEADER_FIELDS = {"name", "post", "duties", "phone"}
LONGEST = 200  # characters of a line
_NUMBER = re.compile(r"\d{3}")  # the shortest there are: 110
_SLIP = re.compile(r"\d[A-Za-z]|[A-Za-z]\d")


@dataclass(frozen=True)
class DirectoryEntry:
    """One department. An empty field is not shown; `also`: other names for it; `duties`: what it sees to, in short phrases.

    `code` stays when the name changes, so that counts know it again; empty: the code of its name.
    """

    name: str
    also: tuple[str, ...] = ()
    phone: str = ""
    address: str = ""
    hours: str = ""
    leader: str = ""  # who heads it, with the post: 张三（局长）
    duties: tuple[str, ...] = ()
    code: str = ""


@dataclass(frozen=True)
class OfficeLeader:
    """One of the office's leaders, as far as the office publishes them."""

    name: str
    post: str
    duties: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Directory:
    """All departments and leaders, in the order in which they are shown."""

    departments: tuple[DirectoryEntry, ...] = ()
    leaders: tuple[OfficeLeader, ...] = ()

    @property
    def coded(self) -> tuple[Coded, ...]:
        """The departments with their codes, as lists to choose from show them."""
        return tuple(Coded(entry.code or code_of(entry.name), entry.name) for entry in self.departments)


def directory_file(home: Path) -> EditedFile[Directory]:
    """The directory of the office whose files are in `home`; follows the file that its operator edits."""
    return EditedFile(home, NAME, made)


def made(read: dict[str, Any]) -> tuple[Directory, tuple[str, ...]]:
    """The directory that a TOML file says, and what is wrong with it, in words; with a fault it is empty."""
    departments, leaders = read.get("department", []), read.get("leader", [])
    faults = [
        f"每一条以 [[{kind}]] 开头，现在不是这样写的。"
        for kind, rows in (("department", departments), ("leader", leaders))
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows)
    ] or [str(fault) for fault in entry_faults(read)]
    faults += [f"没有 [[{name}]] 以外的内容，多了 {name}。" for name in sorted(read.keys() - {"department", "leader"})]
    if faults:
        return Directory(), tuple(faults)
    known = tuple(DirectoryEntry(**_values(row)) for row in departments)
    return Directory(known, tuple(OfficeLeader(**_values(row)) for row in leaders)), ()


def is_phone(text: str) -> bool:
    """Whether a line can be a telephone: it has a number of three digits or more, and no letter among digits."""
    return bool(_NUMBER.search(text)) and not _SLIP.search(text)


def _values(row: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value.strip() for name, value in row.items()}


def entry_faults(read: dict[str, Any]) -> list[EntryFault]:
    """What is wrong with each entry of a TOML file whose departments and leaders are tables."""
    return [
        *_faults(read.get("department", []), "department", FIELDS, "name"),
        *_faults(read.get("leader", []), "leader", LEADER_FIELDS, "name", "post"),
        *code_faults(read.get("department", []), "department"),
    ]


def _faults(rows: list[dict[str, Any]], kind: str, known: set[str], *needed: str) -> Iterator[EntryFault]:
    for place, row in enumerate(rows, start=1):
        where = f"第 {place} 个 [[{kind}]]"
        for name in needed:
            if not str(row.get(name, "")).strip():
                yield EntryFault(kind, place, where, name, "没有写。")
        for name in sorted(row.keys() - known):
            yield EntryFault(kind, place, where, "", f"里有不认识的 {name}。")
        for name, value in row.items():
            if fault := _fault(name, value, kind):
                yield EntryFault(kind, place, where, name, fault)


def _fault(name: str, value: object, kind: str) -> str:
    if name == "also" or (name, kind) == ("duties", "department"):
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            return '要写成一列词，例如 ["就业", "社会保险"]。'
        return "" if all(len(word.strip()) > 1 for word in value) else "每个词至少两个字。"
    if not isinstance(value, str):
        return "要写在引号里。"
    return f"太长，最多 {LONGEST} 个字。" if len(value) > LONGEST else ""
