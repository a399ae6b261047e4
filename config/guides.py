"""Standing answers that the office edits as text: HOME/guides.toml, or the file that comes along."""

from __future__ import annotations

import functools
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from config import reference
from config.contact import Contact
from config.edited import EditedFile, EntryFault

NAME = "guides"
TABLE = "guide"  # of its entries
LONGEST_ANSWER = 1500  # bytes; a reply holds 1,800, and news for the citizen may be added to it
LONGEST_ASKED = 24  # characters; a longer text tells more than that it wants a guide
GAPS = {
    "office",
    "base",
    "help",
    "disclosures",
    "postings",
    "person",
    *(field.name for field in fields(Contact) if field.name != "name"),
}


@dataclass(frozen=True)
class Guide:
    """One answer. `otherwise` is said when no line with the office's own facts can be filled in.

    `fillers`: what else may be said around the words of this guide. `of_the_service`: it tells of this service itself, and
    so goes before what was told of a complaint a moment ago.
    """

    name: str
    words: tuple[str, ...]
    answer: str
    otherwise: str = ""
    fillers: tuple[str, ...] = ()
    of_the_service: bool = False


@dataclass(frozen=True)
class GuideFile:
    """All guides. `around`: what may be said around their words."""

    guides: tuple[Guide, ...] = ()
    around: tuple[str, ...] = ()

    def find(self, asked: str) -> Guide | None:
        """The guide for a text that is one of its words and nothing else but what is said around it."""
        if not 1 < len(asked) <= LONGEST_ASKED:
            return None
        found = self._word.search(asked)
        while found:
            guide = self._by_word[found[0]]
            around = self._arounds[guide.name]
            if around.fullmatch(asked, 0, found.start()) and around.fullmatch(asked, found.end()):
                return guide
            found = self._word.search(asked, found.start() + 1)
        return None

    @functools.cached_property
    def _arounds(self) -> dict[str, re.Pattern[str]]:
        return {guide.name: self._around_of(guide) for guide in self.guides}

    def _around_of(self, guide: Guide) -> re.Pattern[str]:
        """What may be said around a word of a guide: one with fillers may be named twice, 怕报复，能匿名吗."""
        if not guide.fillers:
            return self._around
        return _only({*self.around, *guide.fillers, *guide.words})

    @functools.cached_property
    def _by_word(self) -> dict[str, Guide]:
        return {word: guide for guide in reversed(self.guides) for word in guide.words}

    @functools.cached_property
    def _word(self) -> re.Pattern[str]:
        return re.compile(_any_of(self._by_word))

    @functools.cached_property
    def _around(self) -> re.Pattern[str]:
        return _only(self.around)


@functools.lru_cache(maxsize=8)
def guides_file(home: Path, name: str = "") -> EditedFile[GuideFile]:
    """The guides of the office of that name whose files are in `home`; follows the file that its operator edits."""
    return EditedFile(home, NAME, _making(name))


@functools.cache  # the same for all offices of a name, so that what comes along is read once
def _making(name: str) -> functools.partial[tuple[GuideFile, tuple[str, ...]]]:
    return functools.partial(made, name=name)


def made(read: dict[str, Any], name: str = "") -> tuple[GuideFile, tuple[str, ...]]:
    """The guides that a TOML file says, and what is wrong with it, in words; with a fault there are none.

    `name`: the office's, which may be said around the words of any guide.
    """
    rows = read.get("guide", [])
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        return GuideFile(), ("一条指南也没有。每条以 [[guide]] 开头。",)
    faults = [str(fault) for fault in entry_faults(read)]
    around = read.get("around", [])
    if not _are_words(around):
        faults.append('around 要写成一列词，例如 ["园区", "请问"]。')
    if faults:
        return GuideFile(), tuple(faults)
    guides = tuple(
        Guide(
            row["name"],
            tuple(map(_folded, row["words"])),
            row["answer"].strip(),
            row.get("otherwise", "").strip(),
            tuple(map(_folded, row.get("fillers", ()))),
            row.get("of_the_service", False),
        )
        for row in rows
    )
    return GuideFile(guides, tuple(_folded(word) for word in (*around, name) if word)), ()


def entry_faults(read: dict[str, Any]) -> list[EntryFault]:
    """What is wrong with each guide of a TOML file that has guides."""
    return [fault for place, row in enumerate(read.get(TABLE, []), start=1) for fault in _faults(place, row)]


def said_twice(read: dict[str, Any]) -> list[EntryFault]:
    """Words of a guide that an earlier one has too: nobody would ever get the later answer for them."""
    taken: dict[str, str] = {}
    found = []
    for place, row in enumerate(read.get(TABLE, []), start=1):
        for word in row["words"]:
            first = taken.setdefault(_folded(word), row["name"])
            if first != row["name"]:
                found.append(
                    EntryFault(TABLE, place, _where(place, row), "words", f"里“{word}”在“{first}”那条已经有了。")
                )
    return found


def _where(place: int, row: dict[str, Any]) -> str:
    return f"第 {place} 条（{row['name']}）" if row.get("name") else f"第 {place} 条"


def _faults(place: int, row: dict[str, Any]) -> Iterator[EntryFault]:
    name, words, where = row.get("name", ""), row.get("words", []), _where(place, row)
    if not isinstance(name, str) or not name:
        yield EntryFault(TABLE, place, where, "name", "没有写（给这条起个名字）。")
    if not _are_words(words):
        yield EntryFault(TABLE, place, where, "words", '要写成一列词，例如 ["地址", "在哪里"]。')
    elif not words or not all(len(_folded(word)) > 1 for word in words):
        yield EntryFault(TABLE, place, where, "words", "至少要有一个词，每个词至少两个字。")
    if not _are_words(row.get("fillers", [])):
        yield EntryFault(TABLE, place, where, "fillers", '要写成一列词，例如 ["投诉", "怕"]。')
    if not isinstance(row.get("of_the_service", False), bool):
        yield EntryFault(TABLE, place, where, "of_the_service", "要写 true 或 false。")
    for field in ("answer", "otherwise"):
        for fault in _text_faults(row.get(field, ""), field == "answer"):
            yield EntryFault(TABLE, place, where, field, fault)


def _text_faults(text: object, is_needed: bool) -> list[str]:
    if not isinstance(text, str) or (is_needed and not text.strip()):
        return ["要写上内容。"]
    if len(text.encode()) > LONGEST_ANSWER:
        return [f"太长，最多 {LONGEST_ANSWER // 3} 个汉字左右。"]
    try:
        gaps = {gap for _, gap, _, _ in string.Formatter().parse(text) if gap is not None}
    except ValueError:
        return ["里的花括号不成对；要写花括号本身请写两个。"]
    return [f"里有不认识的 {{{gap}}}；能用的有：{reference.gap_words(GAPS)}。" for gap in sorted(gaps - GAPS)]


def _are_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)


def _folded(word: str) -> str:
    return "".join(word.lower().split())


def _only(words: Any) -> re.Pattern[str]:
    return re.compile(rf"(?:{_any_of(words)}|[\s?!.,;:。、~])*+")  # possessive: no text takes long


def _any_of(words: Any) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) or "(?!)"
