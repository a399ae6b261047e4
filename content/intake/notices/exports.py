"""Files called .xls: what systems export under that name is often a page with a table, tabbed text, or an .xlsx."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from content.intake import decoding
from content.intake.notices import spreadsheets, workbooks
from content.intake.rows import InputSheet, SheetChoice, SheetLayout, rows_under_headings
from content.rules.errors import BadInput
from content.rules.publishing.markup import tree

WIDEST = 200  # columns


def read(data: bytes, name: str, choice: SheetChoice | None = None) -> InputSheet:
    """The rows of a file called .xls, whatever it is. Raises BadInput; an old workbook has to be saved anew."""
    if is_workbook(data):
        return workbooks.read(data, name, choice)
    if not is_page(data):
        return spreadsheets.read_csv(data, name, choice)
    merged: list[tuple[int, int, int]] = []
    return rows_under_headings(list(_lines(_table(data, name), merged)), name, SheetLayout(merged), choice=choice)


def is_workbook(data: bytes) -> bool:
    """Whether it is a workbook, by its first bytes."""
    return data.startswith((workbooks.OLD_EXCEL, decoding.ZIP))


def is_page(data: bytes) -> bool:
    """Whether it is a page with a table."""
    return data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<"


def first_lines(data: bytes, name: str, most: int) -> list[tuple[int, Sequence[Any]]]:
    """The first rows of the table of a page. Raises BadInput."""
    return list(itertools.islice(_lines(_table(data, name), []), most))


def _table(data: bytes, name: str) -> Any:
    text = "\n".join(line or "" for line in decoding.lines(data, name))
    if "urn:schemas-microsoft-com:office:spreadsheet" in text[:3000]:
        raise BadInput(f"“{name}”是 2003 版的 XML 表格。请用 Excel 打开，另存为 .xlsx 再导入。")
    tables = list(tree(text).iter("table"))
    if not tables:
        raise BadInput(f"“{name}”是网页，里面没有表格。请用 Excel 打开，另存为 .xlsx 再导入。")
    return max(tables, key=lambda each: len(list(each.iter("tr"))))


def _lines(table: Any, merged: list[tuple[int, int, int]]) -> Iterator[tuple[int, Sequence[Any]]]:
    """The rows of a table; cells that go on downwards are noted in `merged`."""
    for number, row in enumerate(table.iter("tr"), start=1):
        cells: list[Any] = []
        covered = {column for first, last, column in merged if first < number <= last}
        for cell in row.iterchildren("td", "th"):
            while len(cells) in covered:
                cells.append(None)
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            if down > 1:
                merged += [(number, number + down - 1, len(cells) + at) for at in range(across)]
            cells += [" ".join(cell.text_content().split()) or None, *[None] * (across - 1)]
        yield number, cells[:WIDEST]


def _span(cell: Any, name: str) -> int:
    written = cell.get(name, "1")
    return min(int(written), WIDEST) if written.isdigit() and int(written) else 1
