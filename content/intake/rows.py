"""Rows of a file under known names, each with the number that a person sees; what cannot be read is named."""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from config import reference
from content.rules.errors import BadInput

MOST_CELLS, WIDEST = 500_000, 60  # cells of a sheet, unless its rows have no more than so many each
Columns = Mapping[str, tuple[str, str]]  # of each field the letter and the heading of its column
NEVER_GUESSED = frozenset(
    {"key", "title", "published_on", "body", "status"}
)  # called by words that end other headings too
HEADING_ROWS = 10  # a title, a note and blank rows may stand above the headings
MOST_DEEP = 3  # rows that headings themselves may take
COUNTERS = frozenset(
    {"序号", "序", "No", "NO", "No.", "NO.", "no", "#"}
)  # headings of columns that only count the rows
TOTAL = re.compile(r"(?:本页|本表|本年|全年|以上|各项)?(?:合计|总计|小计|共计|累计)(?:数|金额)?[:：]?")


@dataclass(frozen=True)
class ColumnNames:
    """What the columns of a kind of sheet may be called (`config/data/TABLE.toml`), and which of them must be there."""

    table: str = "headings"
    needed: tuple[str, ...] = ("key", "title")


NOTICES = ColumnNames()
POSTS = ColumnNames("post_headings", ("title", "body"))


@dataclass(frozen=True)
class RowFault:
    """What is wrong with one row; `row` counts as the person sees it: sheet row, or line of the file.

    `cell` (E4) and `column` (截止日期) where it is one cell of a sheet, as the sheet calls them. `held`: the severity of what
    the checks found, where that keeps the row out.
    """

    row: int
    field: str
    message: str
    cell: str = ""
    column: str = ""
    held: str = ""

    @property
    def where(self) -> str:
        """Where it is, in words."""
        return place_words(self.row, self.cell, self.column)


def place_words(row: int, cell: str, column: str) -> str:
    """Where something is in a sheet: E4 格（第 4 行 E 列“截止日期”）, or 第 4 行."""
    if not cell:
        return f"第 {row} 行"
    named = f"“{column}”" if column else ""
    return f"{cell} 格（第 {row} 行 {cell.rstrip('0123456789')} 列{named}）"


@dataclass(frozen=True)
class Row:
    """One row: its number and its cells that are not empty, as the file holds them."""

    number: int
    cells: dict[str, Any]
    place: str = ""  # `工作表“…”：` where a workbook has several sheets with rows
    columns: Columns = field(default_factory=dict)  # one for all rows of a sheet

    def fault(self, name: str, message: str) -> RowFault:
        """What is wrong with it in the column of that field."""
        return column_fault(self.columns, self.number, name, message=message)


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

    def apart(
        self, lines: Iterator[tuple[int, Sequence[Any]]]
    ) -> tuple[list[str], Iterator[tuple[int, Sequence[Any]]]]:
        """The headings as they are written, and the lines under them."""
        head: Sequence[Any] = ()
        for number, cells in lines:
            if number > self.headings:
                lines = itertools.chain([(number, cells)], lines)
                break
            head = cells if number == self.headings else ()
        return [_one_line(cell) for cell in head], itertools.islice(lines, self.most)


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


class TooWide(BadInput):
    """A sheet with so many cells to look at that it is no list."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}”太大了：行太宽，最右边还有格子。请删去右边用不着的列（选中以后按“删除”），只留要导入的，另存一份再导入。"
        )


def is_too_wide(cells: int, rows: int) -> bool:
    """Whether so many cells in so many rows are no list; empty ones to the left of a filled one count."""
    return cells > max(MOST_CELLS, WIDEST * rows)


def is_empty(value: Any) -> bool:
    """Whether a cell holds nothing."""
    return value is None or (isinstance(value, str) and not value.strip()) or value in ([], {})


def column_fault(columns: Columns, row: int, name: str, *, message: str) -> RowFault:
    """What is wrong with a row in the column of a field; the whole row where no column is that field."""
    letter, title = columns.get(name, ("", ""))
    return RowFault(row, name, message, f"{letter}{row}" if letter else "", title)


def letter(number: int) -> str:
    """What a sheet calls its column of that number, from 1: A, Z, AA."""
    found = ""
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


@functools.lru_cache(maxsize=1024)
def heading(text: str, names: ColumnNames = NOTICES) -> str:
    """The field that a column heading stands for: `* 发布日期（必填）` → `published_on`; else the heading itself."""
    folded = unicodedata.normalize("NFKC", text).strip().strip("*").strip()
    bare = re.sub(r"\(.*?\)|[\s:*]", "", folded)
    for candidate in (folded, bare, bare.lower()):
        if candidate in _headings(names):
            return _headings(names)[candidate]
    return folded


def guess(title: str, fields: Collection[str], names: ColumnNames = NOTICES) -> str:
    """The field that a heading nobody knows most likely means, by the words that it ends in: 岗位基本要求; or empty."""
    bare = re.sub(r"\(.*?\)|[\s:*]", "", unicodedata.normalize("NFKC", title))
    likely = [word for word, field in _headings(names).items()
              if len(word) > 1 and field in fields and field not in NEVER_GUESSED and bare.endswith(word)]  # fmt: skip
    return _headings(names)[max(likely, key=len)] if likely else ""


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
        number, columns = choice.headings, list(choice.fields)
        head, under = choice.apart(numbered)
    else:
        found, rest = _find_headings(numbered, name, NOTICES)
        number, columns, head = found.row, found.columns, found.titles
        under = itertools.chain(rest, numbered)
    places = _places(columns, head)
    _warn_of_doubles(sheet, number, columns, places)
    nameless: dict[int, int] = {}
    for number, cells, covered in layout.whole(under):
        filled = _filled(columns, cells, covered, layout.hidden_columns)
        surplus = [cell for cell in cells[len(columns) :] if not is_empty(cell)]
        if surplus:
            message = f"这一行比表头多出 {len(surplus)} 格，多出的没有用上。若内容里有逗号，请给整格加上英文双引号。"
            sheet.warnings.append(RowFault(number, "", message))
        if _is_total(filled):
            sheet.warnings.append(RowFault(number, "", "这一行是合计，没有读进来。"))
        elif filled:
            sheet.rows.append(Row(number, filled, columns=places))
            for at in () if choice else _nameless(columns, cells, layout.hidden_columns):
                nameless.setdefault(at, number)
    for at, number in nameless.items():
        sheet.warnings.append(RowFault(number, "", f"第 {at + 1} 列没有列名，里面的内容没有用上。请在表头写上列名。"))
    return sheet


def _nameless(columns: list[str], cells: Sequence[Any], hidden: frozenset[int]) -> Iterator[int]:
    """The columns without a name in which a row holds something."""
    for at, (column, cell) in enumerate(zip(columns, cells, strict=False)):
        if not column and at not in hidden and not is_empty(cell):
            yield at


def _filled(
    columns: list[str], cells: Sequence[Any], covered: dict[int, Any], hidden: frozenset[int]
) -> dict[str, Any]:
    filled: dict[str, Any] = {}
    for at, (column, cell) in enumerate(itertools.zip_longest(columns, cells[: len(columns)])):
        if not column or (at in hidden and column != "key"):
            continue
        if at in covered and column != "key":
            cell = covered[at]  # what the cell itself may still hold is not seen
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


def _places(columns: Sequence[str], titles: Sequence[str]) -> Columns:
    """Where the column of each field stands; of two with one name the first."""
    found: dict[str, tuple[str, str]] = {}
    for at, name in enumerate(columns):
        if name:
            found.setdefault(name, (letter(at + 1), titles[at] if at < len(titles) else ""))
    return found


@dataclass(frozen=True)
class FoundHeadings:
    """Where headings end, which field each column is, and what its heading says."""

    row: int
    columns: list[str]
    titles: list[str]


def _find_headings(
    lines: Iterator[tuple[int, Sequence[Any]]], name: str, names: ColumnNames
) -> tuple[FoundHeadings, list[tuple[int, Sequence[Any]]]]:
    """The headings, and the lines that were read too far."""
    needed = {*names.needed}
    head = list(itertools.islice(lines, HEADING_ROWS + MOST_DEEP - 1))
    best: set[str] = set()
    for at in range(min(len(head), HEADING_ROWS)):
        for deep in range(1, MOST_DEEP + 1):
            block = [cells for _, cells in head[at : at + deep]]
            columns, _ = _stacked(block, names)
            best = max(best, needed & set(columns), key=len)
            if len(block) == deep and set(columns) >= needed:
                deep += _goes_on(block, head[at + deep : at + deep + 1], columns, names)
                columns, titles = _stacked([cells for _, cells in head[at : at + deep]], names)
                return FoundHeadings(head[at + deep - 1][0], columns, titles), head[at + deep :]
    if best and names is NOTICES:
        raise BadInput(f"“{name}”{_one_missing(head, best)}")
    words = reference.table(names.table)
    missing = [f"{column}（{words[column][0]}）" for column in names.needed if column not in best]
    wanted = "和".join(words[column][0] for column in names.needed)
    raise BadInput(f"“{name}”里没有找到{'和'.join(missing)}这样的列。请在第一行写上列名，至少要有{wanted}两列。")


def _one_missing(head: list[tuple[int, Sequence[Any]]], best: set[str]) -> str:
    """What to say of a sheet with only one of the two columns that are needed."""
    named = [str(cell).strip() for _, cells in head for cell in cells if not is_empty(cell)]
    found = next((cell for cell in named if heading(cell) in best), "、".join(sorted(best)))
    if "key" in best:
        return f"有“{found}”一列，但没有title（标题）这一列。请加上这一列，每行填上标题。"
    counted = "“序号”会随着增删变动，不能当编号。" if COUNTERS & {*named} else ""
    return f"有“{found}”一列，但没有key（编号）这一列。{counted}请加一列“编号”，每行填上不重复、以后不改的编号。"


def _stacked(block: list[Sequence[Any]], names: ColumnNames) -> tuple[list[str], list[str]]:
    """The fields and the titles of headings in several rows: what stands lowest counts, or together with what is above it."""
    columns, titles = [], []
    for at in range(max(map(len, block))):
        parts = [str(cells[at]) for cells in block if at < len(cells) and not is_empty(cells[at])]
        found = [heading("".join(parts), names), *(heading(part, names) for part in reversed(parts))]
        columns.append(next((name for name in found if name in _fields(names)), found[1]) if parts else "")
        titles.append(_one_line(parts[-1]) if parts else "")
    return columns, titles


def _goes_on(
    block: list[Sequence[Any]], below: list[tuple[int, Sequence[Any]]], columns: list[str], names: ColumnNames
) -> bool:
    """Whether the next row still belongs to the headings: nothing under key and title, and names of columns beside."""
    if not below:
        return False
    cells = [cell if not is_empty(cell) else "" for cell in below[0][1]]
    named = [heading(str(cell), names) for cell in cells if cell != ""]
    under = [cells[columns.index(name)] if columns.index(name) < len(cells) else "" for name in names.needed]
    return not any(under) and bool(named) and sum(name in _fields(names) for name in named) * 2 >= len(named)


def _warn_of_doubles(sheet: InputSheet, number: int, columns: list[str], places: Columns) -> None:
    doubled = {column for column in columns if column and columns.count(column) > 1}
    sheet.warnings += [
        column_fault(places, number, column, message=f"有好几列都是“{column}”，每行只取第一个有内容的。")
        for column in sorted(doubled)
    ]


def found_headings(
    lines: Iterable[tuple[int, Sequence[Any]]], name: str, names: ColumnNames = NOTICES
) -> FoundHeadings:
    """The headings among some first lines. Raises BadInput if they are not found."""
    return _find_headings(iter(lines), name, names)[0]


def _one_line(cell: Any) -> str:
    return "" if is_empty(cell) else " ".join(str(cell).split())


@functools.cache
def _fields(names: ColumnNames) -> frozenset[str]:
    return frozenset(_headings(names).values())


@functools.cache
def _headings(names: ColumnNames) -> dict[str, str]:
    table = reference.table(names.table)
    return {name: column for column, names in table.items() for name in (column, *names)}
