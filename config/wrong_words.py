"""Words that are easily written wrong, as the office edits them: HOME/wrong_words.toml.

The file that comes along, `config/data/wrong_words.toml`, says in its head how to write one.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.edited import EditedFile, EntryFault

NAME = "wrong_words"
LEVELS = ("error", "query")
GROUP_FIELDS = {"why", "level", "words"}


@dataclass(frozen=True)
class WrongWord:
    """One word of the list. `right` may be empty; `level`: error or query; `but`: longer words in which it is no fault."""

    wrong: str
    right: str
    why: str
    level: str = "error"
    but: tuple[str, ...] = ()


def wrong_words_file(home: Path) -> EditedFile[tuple[WrongWord, ...]]:
    """The list of the office whose files are in `home`; follows the file that its operator edits."""
    return EditedFile(home, NAME, made)


def made(read: dict[str, Any]) -> tuple[tuple[WrongWord, ...], tuple[str, ...]]:
    """The words of a file, and what is wrong with it."""
    faults = list(_faults(read))
    if faults:
        return (), tuple(faults)
    but: dict[str, list[str]] = read.get("but", {})
    return tuple(
        WrongWord(wrong, right, group["why"], group.get("level", "error"), tuple(but.get(wrong, ())))
        for group in read.get("group", ())
        for wrong, right in group["words"].items()
    ), ()


def _faults(read: dict[str, Any]) -> Iterator[str]:
    if unknown := sorted(read.keys() - {"group", "but"}):
        yield f"不认识的内容：{'、'.join(unknown)}。"
    groups, but = read.get("group", []), read.get("but", {})
    if not isinstance(groups, list) or not all(isinstance(group, dict) for group in groups):
        yield "组要写成 [[group]]。"
        return
    yield from map(str, entry_faults(read))
    if not isinstance(but, dict) or not all(_is_list_of_words(longer) for longer in but.values()):
        yield '[but] 里每一行要写成 "错词" = ["更长的词"]。'


def entry_faults(read: dict[str, Any]) -> list[EntryFault]:
    """What is wrong with each group of a TOML file whose groups are tables."""
    return [
        fault for place, group in enumerate(read.get("group", []), start=1) for fault in _group_faults(place, group)
    ]


def _group_faults(place: int, group: dict[str, Any]) -> Iterator[EntryFault]:
    fault = functools.partial(EntryFault, "group", place, f"第 {place} 组")
    if unknown := sorted(group.keys() - GROUP_FIELDS):
        yield fault("", f"有不认识的内容：{'、'.join(unknown)}。")
    if not isinstance(group.get("why"), str) or not group["why"].strip():
        yield fault("why", "没有写（为什么错）。")
    if group.get("level", "error") not in LEVELS:
        yield fault("level", f"要写 {' 或 '.join(LEVELS)}。")
    words = group.get("words")
    if not isinstance(words, dict) or not all(isinstance(right, str) for right in words.values()):
        yield fault("words", '要一行一个："错词" = "对的词"。')
    elif short := [wrong for wrong in words if len(wrong.strip()) < 2]:
        yield fault("words", f"里“{short[0]}”只有一个字：太短，会到处误报，请至少写两个字。")


def _is_list_of_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)
