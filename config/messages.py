"""Messages of citizens whose kind is known, as the office adds to them: HOME/messages.toml.

What no word of the triage tells is told by what it is like among these.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from config import reference
from config.edited import EditedFile, EntryFault

NAME = "messages"
OTHER = "other"  # messages that are none of the kinds
KINDS = ("danger", "complaint", "elsewhere", "abuse", "smalltalk", OTHER)
LONGEST = 500  # characters of a message
BUILT_IN: Mapping[str, list[str]] = MappingProxyType(reference.table(NAME))

Messages = Mapping[str, tuple[str, ...]]


def messages_file(home: Path) -> EditedFile[Messages]:
    """The messages that the office whose files are in `home` knows; follows the file that it edits."""
    return EditedFile(home, NAME, made)


def made(read: dict[str, Any]) -> tuple[Messages, tuple[str, ...]]:
    """The messages that a TOML file says by their kinds, and what is wrong with it, in words."""
    faults = [f"没有 {name} 这一类；能用的有：{'、'.join(KINDS)}。" for name in sorted(read.keys() - {*KINDS})]
    faults += map(str, entry_faults(read))
    return ({}, tuple(faults)) if faults else ({kind: tuple(read[kind]) for kind in KINDS}, ())


def entry_faults(read: dict[str, Any]) -> list[EntryFault]:
    """What is wrong with the messages of each kind."""
    return [fault for place, kind in enumerate(KINDS, start=1) for fault in _faults(place, kind, read)]


def _faults(place: int, kind: str, read: dict[str, Any]) -> Iterator[EntryFault]:
    said = read.get(kind, [])
    if not isinstance(said, list) or not said or not all(isinstance(each, str) and each.strip() for each in said):
        yield EntryFault("", place, f"{kind} ", "", '要写成一列句子，至少一句，例如 ["楼下着火了"]。')
        return
    for each in said:
        if len(each) > LONGEST:
            yield EntryFault("", place, f"{kind} ", "", f"里“{each[:20]}…”太长，一句最多 {LONGEST} 个字。")
    for earlier in KINDS[: place - 1]:
        known = {*read[earlier]} if isinstance(read.get(earlier), list) else set()
        for each in said:
            if each in known:
                yield EntryFault("", place, f"{kind} ", "", f"里“{each}”在 {earlier} 里已经有了，一句话只能是一类。")
