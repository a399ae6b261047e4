"""The forms of the office's files: which fields an entry has, and its values as a form sends them and as the file holds them."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from config import reference
from content.rules.language import plain_text

_BETWEEN_WORDS = re.compile(r"[\n、，]+")
_GOES_ON = "\n  "  # a line that begins with blanks goes on from the pair before
_FURTHER_LINE = re.compile(r"\n[ \t\u3000]+")
LISTED = {"words", "sentences"}


@dataclass(frozen=True)
class EntryField:
    """One field: its name in the file, its label, how it is filled in (`config/data/entry_forms.toml` says the ways)."""

    name: str
    label: str
    form: str
    hint: str = ""
    needed: bool = False
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class EntryTable:
    """One table of a file: `form` rows, keyed, lists or whole; `title` the field that names an entry, `group` the one that sorts them.

    `coded`: each entry has a `code` that no form shows, and that stays when its name changes.
    """

    name: str
    form: str
    label: str
    measure: str
    fields: tuple[EntryField, ...]
    title: str
    group: str = ""
    coded: bool = False

    @property
    def grows(self) -> bool:
        """Whether entries may be added and taken out."""
        return self.form in ("rows", "keyed")

    @property
    def name_field(self) -> str:
        """The field by which entries are told apart; empty where they are not."""
        return self.title if self.grows else ""

    def field(self, name: str) -> EntryField:
        """The field of that name. Raises StopIteration."""
        return next(field for field in self.fields if field.name == name)

    def of(self, place: int) -> EntryTable:
        """The table with the fields that the entry at `place` (from 1) has: of lists, each entry is one list."""
        if self.form != "lists":
            return self
        field = self.fields[place - 1]
        return EntryTable(self.name, self.form, field.label, self.measure, (field,), field.name)


@functools.cache
def tables(file: str) -> tuple[EntryTable, ...]:
    """The tables of a file that have forms."""
    return tuple(_table(row) for row in reference.table("entry_forms")[file])


def title_of(file: str, table: str) -> str:
    """The field that names an entry of a table; empty where there is none."""
    return next((each.name_field for each in tables(file) if each.name == table), "")


def _table(row: Mapping[str, Any]) -> EntryTable:
    fields = tuple(
        EntryField(**{**field, "choices": tuple((value, words) for value, words in field.get("choices", ()))})
        for field in row["field"]
    )
    title = row.get("title", fields[0].name)
    return EntryTable(
        row["name"],
        row["form"],
        row["label"],
        row["measure"],
        fields,
        title,
        row.get("group", ""),
        row.get("coded", False),
    )


def shown(field: EntryField, value: Any) -> str:
    """A value of the file as the form shows it."""
    if value is None:
        return ""
    if field.form == "whether":
        return "yes" if value else "no"
    if field.form == "pairs":
        return "\n".join(f"{left} = {right}".replace("\n", _GOES_ON) for left, right in value.items())
    if isinstance(value, list):
        return "\n".join(str(each) for each in value)
    return value.isoformat() if isinstance(value, date) else str(value)


def read(field: EntryField, text: str) -> Any:
    """What a form sent, as the file holds it; None where it was left empty. Raises ValueError with what is wrong, in words."""
    text = plain_text.clean(text.replace("\r\n", "\n")).strip("\n")
    if not text.strip():
        return None
    match field.form:
        case "words" | "sentences":
            parts = _BETWEEN_WORDS.split(text) if field.form == "words" else text.split("\n")
            return list(dict.fromkeys(part.strip() for part in parts if part.strip()))
        case "pairs":
            return dict(_pair(line) for line in _FURTHER_LINE.sub("\v", text).split("\n") if line.strip())
        case "whether":
            return text == "yes"
        case "day":
            return _day(text.strip())
        case "choice" if text not in dict(field.choices):
            raise ValueError("请选一个。")
        case "text":
            return text
    return " ".join(text.split())


def _pair(line: str) -> tuple[str, str]:
    wrong, sign, right = line.replace("＝", "=").partition("=")
    if not sign or not wrong.strip():
        raise ValueError(f"里“{line.strip()[:20]}”要写成 左边 = 右边。")
    return wrong.strip(), right.strip().replace("\v", "\n")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"里“{text[:20]}”不是日期，请写成 2026-11-30。") from error
