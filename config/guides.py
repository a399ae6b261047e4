"""Standing answers that the office edits as text: HOME/guides.toml, or the file that comes along."""

from __future__ import annotations

import functools
import re
import string
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from config import reference
from config.contact import Contact
from config.edited import EditedFile

NAME = "guides"
LONGEST_ANSWER = 1500  # bytes; a reply holds 1,800, and news for the citizen may be added to it
LONGEST_ASKED = 24  # characters; a longer text tells more than that it wants a guide
GAPS = {"office", "base", "help", "disclosures", "postings", "person", *(field.name for field in fields(Contact))}


@dataclass(frozen=True)
class Guide:
    """One answer. `otherwise` is said when no line with the office's own facts can be filled in."""

    name: str
    words: tuple[str, ...]
    answer: str
    otherwise: str = ""


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
            if self._around.fullmatch(asked, 0, found.start()) and self._around.fullmatch(asked, found.end()):
                return self._by_word[found[0]]
            found = self._word.search(asked, found.start() + 1)
        return None

    @functools.cached_property
    def _by_word(self) -> dict[str, Guide]:
        return {word: guide for guide in reversed(self.guides) for word in guide.words}

    @functools.cached_property
    def _word(self) -> re.Pattern[str]:
        return re.compile(_any_of(self._by_word))

    @functools.cached_property
    def _around(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{_any_of(self.around)}|[\s?!.,;:。、~])*+")  # possessive: no text takes long


def guides_file(home: Path) -> EditedFile[GuideFile]:
    """The guides of the office whose files are in `home`; follows the file that its operator edits."""
    return EditedFile(home, NAME, made)


def made(read: dict[str, Any]) -> tuple[GuideFile, tuple[str, ...]]:
    """The guides that a TOML file says, and what is wrong with it, in words; with a fault there are none."""
    rows = read.get("guide", [])
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        return GuideFile(), ("一条指南也没有。每条以 [[guide]] 开头。",)
    faults = [fault for place, row in enumerate(rows, start=1) for fault in _faults(place, row)]
    around = read.get("around", [])
    if not _are_words(around):
        faults.append('around 要写成一列词，例如 ["园区", "请问"]。')
    if faults:
        return GuideFile(), tuple(faults)
    guides = tuple(
        Guide(row["name"], tuple(map(_folded, row["words"])), row["answer"].strip(), row.get("otherwise", "").strip())
        for row in rows
    )
    return GuideFile(guides, tuple(_folded(word) for word in (*around, reference.phrase("office")) if word)), ()


def _faults(place: int, row: dict[str, Any]) -> list[str]:
    name, words = row.get("name", ""), row.get("words", [])
    where = f"第 {place} 条（{name}）" if name else f"第 {place} 条"
    found = []
    if not isinstance(name, str) or not name:
        found.append(f"{where}没有 name（给这条起个名字）。")
    if not _are_words(words) or not words or not all(len(_folded(word)) > 1 for word in words):
        found.append(f'{where}的 words 要写成一列至少两个字的词，例如 words = ["地址", "在哪里"]。')
    for field in ("answer", "otherwise"):
        found += [f"{where}的 {field} {fault}" for fault in _text_faults(row.get(field, ""), field == "answer")]
    return found


def _text_faults(text: object, is_needed: bool) -> list[str]:
    if not isinstance(text, str) or (is_needed and not text.strip()):
        return ["要写上内容。"]
    if len(text.encode()) > LONGEST_ANSWER:
        return [f"太长，最多 {LONGEST_ANSWER // 3} 个汉字左右。"]
    try:
        gaps = {gap for _, gap, _, _ in string.Formatter().parse(text) if gap is not None}
    except ValueError:
        return ["里的花括号不成对；要写花括号本身请写两个。"]
    return [f"里有不认识的 {{{gap}}}；能用的有：{'、'.join(sorted(GAPS))}。" for gap in sorted(gaps - GAPS)]


def _are_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)


def _folded(word: str) -> str:
    return "".join(word.lower().split())


def _any_of(words: Any) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) or "(?!)"
