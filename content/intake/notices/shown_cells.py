"""Cells of a workbook with what a person sees in them, which is not always what is stored."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from content.intake import symbols
from content.intake.colours import Colour
from content.intake.notices import days, number_formats
from content.intake.notices.shown_values import LinkedText, ShownDay, ShownNumber
from content.intake.rows import RowFault
from content.intake.workbook_looks import date_formats
from content.intake.workbook_looks.cell_colours import CellColours
from content.intake.workbook_looks.sheet_facts import SheetFacts

MOST_NAMED = 4  # cells that a sentence names; the others are only counted
LONG = 10**11  # a number without format is shown in short from here on
LOST = 10**number_formats.MOST_DIGITS
UNKNOWN = "的数字格式认不出，按存的数读（和表里看到的不一样）。请设为“文本”，把看到的字填进去。"
STRUCK = "里有划掉的字（删除线），照样读进来了，看不出是划掉的。不要的请删掉。"
BLANK = "里有内容，但格式让它不显示，没有读。要用的请把格式改成“常规”。"
UNSEEN = "里的字看不见（字的颜色和底色一样，或者字太小），没有读。要用的请改颜色，不用的请删掉。"
DESTROYED = "是很长的数字，Excel 只留得住前 15 位，后面的已经丢了。请把格子设为“文本”，重新填写。"
SHORTENED = "是很长的数字，表里缩成了 1.23E+11 这样，这里按完整的数字读。请核对，最好把格子设为“文本”。"

RAISED = "里有上标或下标的字，写不成上下标，照平常的字读了（10 的 3 次方会像 103）。请核对。"

IN_CELL = "DISPIMG("  # what WPS stores in a cell that shows a picture
PICTURE = "里是图片，没有读。图里的字要用的请填到格子里。"

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class _Look:
    """What the style of a cell says."""

    code: str
    is_day: bool
    struck: bool
    behind: Colour | None
    seen: bool
    font: str


class CellNotes:
    """What is told of cells, each kind once with its first cells."""

    def __init__(self) -> None:
        self._told: dict[str, list[str]] = {}

    def tell(self, place: str, sentence: str) -> None:
        """Notes something of the cell at a place such as `B3`."""
        places = self._told.setdefault(sentence, [])
        if not places or places[-1] != place:
            places.append(place)

    def faults(self) -> list[RowFault]:
        """What was told so far, each sentence at the row of its first cell."""
        return [
            RowFault(int(re.sub(r"\D", "", places[0])), "", _named(places) + sentence)
            for sentence, places in self._told.items()
        ]


class ShownCells:
    """Reads rows of cells, and keeps which ones a person has to look at."""

    def __init__(self, facts: SheetFacts | None = None, book: Any = None) -> None:
        self._facts = facts or SheetFacts()
        self._epoch = getattr(book, "epoch", None) or WINDOWS_EPOCH
        self._colours = CellColours(getattr(book, "loaded_theme", None), getattr(book, "_colors", None))
        self._from_1904 = self._epoch == MAC_EPOCH
        self._by_cell = bool(self._facts.rich or self._facts.links or not self._facts.shows_zeros or self._from_1904)
        self._notes = CellNotes()
        self._looks: dict[int, _Look] = {}  # by style

    def row(self, cells: Iterable[Any]) -> Sequence[Any]:
        """The values of cells as they are seen."""
        values = []
        for cell in cells:
            value = cell.value
            # openpyxl has no public name for the style, and nearly all cells have none
            if value is not None and (cell._style_id or self._by_cell or _is_special(value)):
                value = self._value(cell, value)
            values.append(value)
        return values

    def faults(self) -> list[RowFault]:
        """What is told of the cells read so far, each kind once with its first cells."""
        return self._notes.faults()

    def _value(self, cell: Any, value: Any) -> Any:
        look = self._look(cell)
        struck = look.struck
        if self._facts.rich:
            value = self._facts.rich.get(cell.coordinate, value)
        if isinstance(value, CellRichText):
            struck = struck or any(isinstance(part, TextBlock) and part.font.strike for part in value)
            value = self._seen_parts(cell, value, look)
        elif not look.seen and not _is_blank(value) and not self._is_dressed(cell):
            self._tell(cell, UNSEEN)
            return None
        elif isinstance(value, str):
            value = self._signs(cell, value, look.font)
        if isinstance(value, str):
            if value.lstrip("=").startswith(IN_CELL):
                self._tell(cell, PICTURE)
                return None
            value = _unescaped(value)
        if struck and not _is_blank(value):
            self._tell(cell, STRUCK)
        return self._linked(cell, self._as_shown(cell, value, look))

    def _as_shown(self, cell: Any, value: Any, look: _Look) -> Any:
        if isinstance(value, bool) or not isinstance(value, int | float | str | date | time | timedelta):
            return value
        if isinstance(value, int | float):
            if not value and not self._facts.shows_zeros:
                return None
            if look.is_day:
                return self._day(cell, _moment(value, self._epoch), look.code)
            return self._counted(self._number(cell, value, look.code))
        if isinstance(value, str):
            return value if look.code == "General" else self._formatted(cell, value, look.code)
        return self._day(cell, value, look.code)

    def _counted(self, value: Any) -> Any:
        """A number that may be one of days says from when they count, where that is not the usual day."""
        if not self._from_1904 or isinstance(value, bool) or not isinstance(value, int | float):
            return value
        if not days.FIRST_SERIAL <= value + days.DAYS_TO_1904 < days.LAST_SERIAL:
            return value
        return ShownNumber(value, value.shown if isinstance(value, ShownNumber) else _digits(value), from_1904=True)

    def _number(self, cell: Any, value: float, code: str) -> Any:
        if abs(value) >= LOST:
            self._tell(cell, DESTROYED)
        if code != "General":
            return self._formatted(cell, value, code)
        if LONG <= abs(value) < LOST and float(value).is_integer():
            self._tell(cell, SHORTENED)
            return value
        shown = number_formats.general(value)
        return value if shown == _digits(value) else ShownNumber(value, shown)

    def _day(self, cell: Any, value: Any, code: str) -> Any:
        if value is None:
            return None
        shown = date_formats.shown(value, code)
        if shown is None:
            self._tell(cell, UNKNOWN)
            return value
        return ShownDay.of(value, shown) if isinstance(value, date) else shown

    def _formatted(self, cell: Any, value: str | float, code: str) -> Any:
        shown = number_formats.text(value, code) if isinstance(value, str) else number_formats.number(value, code)
        if shown is None:
            self._tell(cell, UNKNOWN)
            return value
        if not shown:
            if value:
                self._tell(cell, BLANK)
            return None
        if isinstance(value, str):
            return shown
        is_whole = number_formats.is_short(shown) and abs(value) < LOST
        return value if shown == _digits(value) or is_whole else ShownNumber(value, shown)

    def _seen_parts(self, cell: Any, value: CellRichText, look: _Look) -> str:
        """The words of a cell without those that cannot be seen."""
        seen = ""
        for part in value:
            is_seen = self._colours.is_seen(part.font, look.behind) if isinstance(part, TextBlock) else look.seen
            if is_seen or not str(part).strip() or self._is_dressed(cell):
                seen += self._part(cell, part, look)
            else:
                self._tell(cell, UNSEEN)
        return seen

    def _part(self, cell: Any, part: str | TextBlock, look: _Look) -> str:
        if not isinstance(part, TextBlock):
            return self._signs(cell, part, look.font)
        words = self._signs(cell, str(part), str(part.font.rFont or look.font))
        if part.font.vertAlign not in ("superscript", "subscript"):
            return words
        words, is_lost = symbols.raised(words, up=part.font.vertAlign == "superscript")
        if is_lost:
            self._tell(cell, RAISED)
        return words

    def _signs(self, cell: Any, words: str, font: str) -> str:
        """The letters of a symbol font as the signs that they are seen as."""
        if not symbols.is_symbol_font(font):
            return words
        signs, is_lost = symbols.text(font, words)
        if is_lost:
            self._tell(cell, symbols.LOST)
        return signs

    def _linked(self, cell: Any, value: Any) -> Any:
        address = self._facts.links.get(cell.coordinate) if self._facts.links else None
        if not address or isinstance(value, date) or _is_blank(value):
            return value
        return LinkedText.of(str(value), address)

    def _is_dressed(self, cell: Any) -> bool:
        """Whether a table's style or a condition may colour a cell that has no fill of its own."""
        if self._look(cell).behind != (255, 255, 255):
            return False
        return any(top <= cell.row <= bottom and left <= cell.column <= right
                   for top, bottom, left, right in self._facts.dressed)  # fmt: skip

    def _look(self, cell: Any) -> _Look:
        if cell._style_id not in self._looks:
            code = date_formats.BY_NUMBER.get(cell.style_array.numFmtId) or cell.number_format
            behind = self._colours.behind(cell.fill)
            seen = self._colours.is_seen(cell.font, behind)
            struck = bool(cell.font and cell.font.strike)
            self._looks[cell._style_id] = _Look(
                code, date_formats.is_day(code), struck, behind, seen, str(cell.font.name or "") if cell.font else ""
            )
        return self._looks[cell._style_id]

    def _tell(self, cell: Any, sentence: str) -> None:
        self._notes.tell(cell.coordinate, sentence)


def _is_special(value: Any) -> bool:
    """Whether a value is not shown as it is stored even in a cell without a style."""
    kind = type(value)
    if kind is str:
        return "_x" in value or IN_CELL in value
    return kind is float or kind is CellRichText or (kind is int and abs(value) >= LONG)


def _unescaped(text: str) -> str:
    """The text with the signs that a sheet writes as `_x000D_`; the end of a line in the way of Windows is one."""
    if "_x" not in text:
        return text
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return plain.replace("\r\n", "\n").replace("\r", "\n")


def _moment(value: float, epoch: datetime) -> Any:
    """A number of days as a day or a time; None for one that is none."""
    try:
        return from_excel(value, epoch)
    except (ValueError, OverflowError):
        return None


def _is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _digits(value: float) -> str:
    return str(int(value)) if float(value).is_integer() and abs(value) < LOST else str(value)


def _named(places: list[str]) -> str:
    more = f"等 {len(places)} 格" if len(places) > MOST_NAMED else ""
    return f"{'、'.join(places[:MOST_NAMED])}{more}"
