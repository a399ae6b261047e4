"""Rows of a file under known names, each with the number that a person sees; what cannot be read is named."""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from config import reference
from content.rules.errors import BadInput

HEADING_ROWS = 10  # a title, a note and blank rows may stand above the headings
MOST_DEEP = 3  # rows that headings themselves may take
NEEDED = {"key", "title"}
TOTAL = re.compile(r"(?:本页|本表|本年|全年|以上|各项)?(?:合计|总计|小计|共计|累计)(?:数|金额)?[:：]?")


@dataclass(frozen=True)
class RowFault:
    """What is wrong with one row; `row` counts as the person sees it: sheet row, or line of the file."""

    row: int
    field: str
    message: str


@dataclass(frozen=True)
class Row:
    """One row: its number and its cells that are not empty, as the file holds them."""

    number: int
    cells: dict[str, Any]
    place: str = ""  # `工作表“…”：` where a workbook has several sheets with rows


@dataclass
class InputSheet:
    """What a file holds. `seen_keys` are keys that could still be made out in refused rows.

    `unread` says what of the file was not read at all, such as hidden rows: such a file is no complete list.
    """

    rows: list[Row] = field(default_factory=list)
    refused: list[RowFault] = field(default_factory=list)
    warnings: list[RowFault] = field(default_factory=list)
    seen_keys: set[str] = field(default_factory=set)
    unread: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class SheetChoice:
    """What a person said of a file: the sheet, the row of its headings, and the field of each column; empty: not used.

    `most`: how many rows to read, None for all.
    """

    sheet: str
    headings: int
    fields: tuple[str, ...]
    most: int | None = None

    def lines(self, lines: Iterable[tuple[int, Sequence[Any]]]) -> Iterator[tuple[int, Sequence[Any]]]:
        """The lines under the headings."""
        return itertools.islice((line for line in lines if line[0] > self.headings), self.most)


@dataclass
class SheetLayout:
    """How a sheet looks: vertically merged cells (first row, last row, column), and columns that are hidden."""

    merged: Sequence[tuple[int, int, int]] = ()
    hidden_columns: frozenset[int] = frozenset()

    def whole(self, lines: Iterable[tuple[int, Sequence[Any]]]) -> Iterator[tuple[int, Sequence[Any], dict[int, Any]]]:
        """(row, cells, {column: value} that a merged cell above shows here too)."""
        begin: dict[int, list[tuple[int, int]]] = {}
        for first, last, column in self.merged:
            begin.setdefault(first, []).append((last, column))
        open_cells: dict[int, tuple[int, Any]] = {}
        for number, cells in lines:
            open_cells = {column: (last, value) for column, (last, value) in open_cells.items() if last >= number}
            yield number, cells, {column: value for column, (_, value) in open_cells.items()}
            for last, column in begin.get(number, ()):
                open_cells[column] = (last, cells[column] if column < len(cells) else None)


def is_empty(value: Any) -> bool:
    """Whether a cell holds nothing."""
    return value is None or (isinstance(value, str) and not value.strip()) or value in ([], {})


@functools.lru_cache(maxsize=1024)
def heading(text: str) -> str:
    """The field that a column heading stands for: `* 发布日期（必填）` → `published_on`; else the heading itself."""
    folded = unicodedata.normalize("NFKC", text).strip().strip("*").strip()
    bare = re.sub(r"\(.*?\)|[\s:*]", "", folded)
    for candidate in (folded, bare, bare.lower()):
        if candidate in _headings():
            return _headings()[candidate]
    return folded


def rows_under_headings(
    lines: Iterable[tuple[int, Sequence[Any]]],
    name: str,
    layout: SheetLayout | None = None,
    *,
    choice: SheetChoice | None = None,
) -> InputSheet:
    """Numbered lines of cells, the headings among the first, as rows. Raises BadInput if there are no headings."""
    sheet, layout = InputSheet(), layout or SheetLayout()
    numbered = iter(lines)
    if choice:
        number, columns, under = choice.headings, list(choice.fields), choice.lines(numbered)
    else:
        number, columns, rest = _find_headings(numbered, name)
        under = itertools.chain(rest, numbered)
    _warn_of_doubles(sheet, number, columns)
    for number, cells, covered in layout.whole(under):
        filled = _filled(columns, cells, covered, layout.hidden_columns)
        surplus = [cell for cell in cells[len(columns) :] if not is_empty(cell)]
        if surplus:
            message = f"这一行比表头多出 {len(surplus)} 格，多出的没有用上。若内容里有逗号，请给整格加上英文双引号。"
            sheet.warnings.append(RowFault(number, "", message))
        if _is_total(filled):
            sheet.warnings.append(RowFault(number, "", "这一行是合计，没有读进来。"))
        elif filled:
            sheet.rows.append(Row(number, filled))
    return sheet


def _filled(
    columns: list[str], cells: Sequence[Any], covered: dict[int, Any], hidden: frozenset[int]
) -> dict[str, Any]:
    filled: dict[str, Any] = {}
    for at, (column, cell) in enumerate(itertools.zip_longest(columns, cells[: len(columns)])):
        if not column or (at in hidden and column != "key"):
            continue
        if is_empty(cell) and at in covered and column != "key":
            cell = covered[at]
        if not is_empty(cell):
            filled.setdefault(column, cell)
    own = [cell for cell in cells if not is_empty(cell)]
    return filled if own else {}


def _is_total(filled: dict[str, Any]) -> bool:
    """Whether a row only adds up others: 合计, 总计, 本页小计."""
    key, title = (_squeezed(filled.get(name, "")) for name in ("key", "title"))
    if TOTAL.fullmatch(title) or TOTAL.fullmatch(key):
        return True
    return not key and any(TOTAL.fullmatch(_squeezed(cell)) for cell in filled.values() if isinstance(cell, str))


def _squeezed(cell: Any) -> str:
    return "".join(str(cell).split())


Headings = tuple[int, list[str], list[tuple[int, Sequence[Any]]]]


def _find_headings(lines: Iterator[tuple[int, Sequence[Any]]], name: str) -> Headings:
    """(row of the headings, the last if there are several, column names, lines that were read too far)."""
    head = list(itertools.islice(lines, HEADING_ROWS + MOST_DEEP - 1))
    best: set[str] = set()
    for at in range(min(len(head), HEADING_ROWS)):
        for deep in range(1, MOST_DEEP + 1):
            block = [cells for _, cells in head[at : at + deep]]
            columns = _stacked(block)
            best = max(best, NEEDED & set(columns), key=len)
            if len(block) == deep and set(columns) >= NEEDED:
                deep += _goes_on(block, head[at + deep : at + deep + 1], columns)
                columns = _stacked([cells for _, cells in head[at : at + deep]])
                return head[at + deep - 1][0], columns, head[at + deep :]
    missing = [word for column, word in (("key", "key（编号）"), ("title", "title（标题）")) if column not in best]
    if best:
        raise BadInput(f"“{name}”{_one_missing(head, best)}")
    raise BadInput(f"“{name}”里没有找到{'和'.join(missing)}这样的列。请在第一行写上列名，至少要有编号和标题两列。")


def _one_missing(head: list[tuple[int, Sequence[Any]]], best: set[str]) -> str:
    """What to say of a sheet with only one of the two columns that are needed."""
    named = [str(cell).strip() for _, cells in head for cell in cells if not is_empty(cell)]
    found = next((cell for cell in named if heading(cell) in best), "、".join(sorted(best)))
    if "key" in best:
        return f"有“{found}”一列，但没有title（标题）这一列。请加上这一列，每行填上标题。"
    counted = "“序号”会随着增删变动，不能当编号。" if "序号" in named else ""
    return f"有“{found}”一列，但没有key（编号）这一列。{counted}请加一列“编号”，每行填上不重复、以后不改的编号。"


def _stacked(block: list[Sequence[Any]]) -> list[str]:
    """The column names of headings in several rows: what stands lowest counts, or together with what is above it."""
    columns = []
    for at in range(max(map(len, block))):
        parts = [str(cells[at]) for cells in block if at < len(cells) and not is_empty(cells[at])]
        names = [heading("".join(parts)), *(heading(part) for part in reversed(parts))]
        columns.append(next((name for name in names if name in _fields()), names[1]) if parts else "")
    return columns


def _goes_on(block: list[Sequence[Any]], below: list[tuple[int, Sequence[Any]]], columns: list[str]) -> bool:
    """Whether the next row still belongs to the headings: nothing under key and title, and names of columns beside."""
    if not below:
        return False
    cells = [cell if not is_empty(cell) else "" for cell in below[0][1]]
    named = [heading(str(cell)) for cell in cells if cell != ""]
    under = [cells[columns.index(name)] if columns.index(name) < len(cells) else "" for name in NEEDED]
    return not any(under) and bool(named) and sum(name in _fields() for name in named) * 2 >= len(named)


def _warn_of_doubles(sheet: InputSheet, number: int, columns: list[str]) -> None:
    doubled = {column for column in columns if column and columns.count(column) > 1}
    sheet.warnings += [
        RowFault(number, column, f"有好几列都是“{column}”，每行只取第一个有内容的。") for column in sorted(doubled)
    ]


def found_headings(lines: Iterable[tuple[int, Sequence[Any]]], name: str) -> tuple[int, list[str]]:
    """Where the headings of some first lines end, and what each column is. Raises BadInput if they are not found."""
    number, columns, _ = _find_headings(iter(lines), name)
    return number, columns


@functools.cache
def _fields() -> frozenset[str]:
    return frozenset(_headings().values())


@functools.cache
def _headings() -> dict[str, str]:
    table = reference.table("headings")
    return {name: column for column, names in table.items() for name in (column, *names)}
