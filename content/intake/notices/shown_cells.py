"""Cells of a workbook with what a person sees in them, which is not always what is stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl.cell.rich_text import CellRichText, TextBlock

from content.intake.notices import number_formats
from content.intake.rows import RowFault

MOST_NAMED = 4  # cells that a sentence names; the others are only counted
UNKNOWN = "的数字格式认不出，按存的数读（和表里看到的不一样）。请设为“文本”，把看到的字填进去。"
STRUCK = "里有划掉的字（删除线），照样读进来了，看不出是划掉的。不要的请删掉。"
BLANK = "里有内容，但格式让它不显示，没有读。要用的请把格式改成“常规”。"


class ShownNumber(float):
    """A number that a sheet shows in another way than its digits: 0007, 7.5%, 江园发〔2026〕12号."""

    shown: str

    def __new__(cls, value: float, shown: str) -> ShownNumber:
        """The number with the words that the sheet shows for it."""
        number = super().__new__(cls, value)
        number.shown = shown
        return number

    def __str__(self) -> str:
        return self.shown


class ShownCells:
    """Reads rows of cells, and keeps which ones a person has to look at."""

    def __init__(self, struck: frozenset[str] = frozenset()) -> None:
        self._struck = struck
        self._told: dict[str, list[tuple[int, str]]] = {}
        self._looks: dict[int, tuple[str, bool]] = {}  # style → (number format, whether letters are struck)

    def row(self, cells: Iterable[Any]) -> Sequence[Any]:
        """The values of cells as they are seen."""
        values = []
        for cell in cells:
            value = cell.value
            # openpyxl has no public name for the style, and nearly all cells have none
            if value is not None and (cell._style_id or type(value) is CellRichText or self._struck):
                value = self._value(cell, value)
            values.append(value)
        return values

    def faults(self) -> list[RowFault]:
        """What is told of the cells read so far, each kind once with its first cells."""
        return [
            RowFault(places[0][0], "", _named([place for _, place in places]) + sentence)
            for sentence, places in self._told.items()
        ]

    def _value(self, cell: Any, value: Any) -> Any:
        code, struck = self._look(cell)
        if isinstance(value, CellRichText):
            struck = struck or any(isinstance(part, TextBlock) and part.font.strike for part in value)
            value = str(value)
        if value != "" and (struck or (self._struck and cell.coordinate in self._struck)):
            self._tell(cell, STRUCK)
        is_shown_so = code == "General" or isinstance(value, bool) or not isinstance(value, int | float | str)
        return value if is_shown_so else self._formatted(cell, value, code)

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
        return value if shown == _digits(value) or number_formats.is_short(shown) else ShownNumber(value, shown)

    def _look(self, cell: Any) -> tuple[str, bool]:
        if cell._style_id not in self._looks:
            self._looks[cell._style_id] = (cell.number_format, bool(cell.font and cell.font.strike))
        return self._looks[cell._style_id]

    def _tell(self, cell: Any, sentence: str) -> None:
        places = self._told.setdefault(sentence, [])
        if not places or places[-1] != (cell.row, cell.coordinate):
            places.append((cell.row, cell.coordinate))


def _digits(value: float) -> str:
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e18 else str(value)


def _named(places: list[str]) -> str:
    more = f"等 {len(places)} 格" if len(places) > MOST_NAMED else ""
    return f"{'、'.join(places[:MOST_NAMED])}{more}"
