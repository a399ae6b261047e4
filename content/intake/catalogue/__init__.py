"""The catalogue from a sheet with the national columns: .xlsx or .csv, headings in one row or two."""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from content.intake.articles.documents import decode
from content.rules.catalogue import catalogue_columns as columns
from content.rules.errors import BadInput
from content.rules.language import plain_text

LARGEST, UNPACKED = 10 * 1024 * 1024, 100 * 1024 * 1024  # bytes
MOST_ROWS, MOST_COLUMNS = 5_000, 60
HEADING_ROWS = 12  # a title and notes may stand above the headings


@dataclass
class CatalogueSheet:
    """What a file holds: items by column, in order; `refused`: (row, what to do)."""

    items: list[dict[str, str]] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)


def read(data: bytes, name: str) -> CatalogueSheet:
    """The items of a file. Raises BadInput with what to do about one that cannot be read."""
    if len(data) > LARGEST:
        raise BadInput(f"“{name}”超过 {LARGEST // 1024**2} MB，不像一份目录。")
    if name.lower().endswith(".xlsx"):
        lines = _workbook(data, name)
    elif name.lower().endswith(".csv"):
        lines = list(islice(csv.reader(io.StringIO(decode(data, name)[0])), MOST_ROWS + 1))
    else:
        raise BadInput(f"“{name}”不能用。目录请用 .xlsx 或 .csv。")
    if len(lines) > MOST_ROWS:
        raise BadInput(f"“{name}”超过 {MOST_ROWS} 行，没有读。请分成几份。")
    return _items(lines, name)


def _workbook(data: bytes, name: str) -> list[list[str]]:
    import openpyxl  # takes a tenth of a second to load

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(part.file_size for part in package.infolist()) > UNPACKED:
                raise BadInput(f"“{name}”展开以后太大，没有读。")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheet = book.worksheets[0]
            rows = islice(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), MOST_ROWS + 1)
            return [["" if cell is None else str(cell) for cell in row] for row in rows]
    except BadInput:
        raise
    except Exception as error:  # openpyxl raises whatever a damaged part makes it stumble over
        raise BadInput(f"“{name}”打不开。请用 Excel 或 WPS 打开，另存为 .xlsx 再导入。") from error


def _items(lines: Sequence[Sequence[str]], name: str) -> CatalogueSheet:
    headings, start = _headings(lines, name)
    found = CatalogueSheet()
    first = ""
    for number, line in enumerate(lines[start:], start=start + 1):
        item = dict(_cells(headings, line))
        if not any(item.values()):
            continue
        first = item["first"] = item.get("first") or first  # a merged cell stands in its first row only
        fault = _fault(item)
        if fault:
            found.refused.append((number, fault))
        else:
            found.items.append(item)
    return found


def _headings(lines: Sequence[Sequence[str]], name: str) -> tuple[list[str], int]:
    """The heading of each column, and the first row below. Two rows of headings are read as one: what stands lower counts."""
    for at in range(min(len(lines), HEADING_ROWS)):
        for deep in (1, 2):
            block = lines[at : at + deep]
            width = max(map(len, block))
            heads = [_lowest([row[column] if column < len(row) else "" for row in block]) for column in range(width)]
            named = {columns.column(head) for head in heads}
            below = lines[at + deep] if at + deep < len(lines) else []
            if set(columns.NEEDED) <= named and not _goes_on(heads, below):
                return heads, at + deep
    wanted = "、".join(columns.WORDS[column] for column in columns.NEEDED)
    raise BadInput(f"“{name}”里没有找到{wanted}这些列。请用国家标准目录的表头：{'、'.join(columns.WORDS.values())}。")


def _goes_on(heads: Sequence[str], below: Sequence[str]) -> bool:
    """Whether the next row holds headings too: words that are ticked, and no item of its own."""
    item = [
        cell
        for head, cell in zip(heads, below, strict=False)
        if columns.column(head) in columns.NEEDED and cell.strip()
    ]
    is_item = any(not columns.column(cell) for cell in item)
    return not is_item and any(columns.ticked(cell) for cell in below)


def _lowest(cells: Sequence[str]) -> str:
    filled = [cell for cell in cells if cell.strip()]
    known = [cell for cell in reversed(filled) if columns.column(cell) or columns.ticked(cell)]
    return (known or filled or [""])[0]


def _cells(headings: Sequence[str], line: Sequence[str]) -> Iterator[tuple[str, str]]:
    gathered: dict[str, list[str]] = {}
    for heading, cell in zip(headings, line, strict=False):
        text = plain_text.clean(cell).strip()
        column, tick = columns.column(heading), columns.ticked(heading)
        if tick and text:
            gathered.setdefault(tick[0], []).append(tick[1] if set(text) & columns.TICKS else f"{tick[1]}（{text}）")
        elif column and text:
            gathered.setdefault(column, []).append(text)
    yield from ((column, "、".join(parts)) for column, parts in gathered.items())


def _fault(item: dict[str, Any]) -> str:
    for column in columns.NEEDED:
        if not item.get(column):
            return f"没有写{columns.WORDS[column]}，没有读进来。"
    for column, longest in columns.LONGEST.items():
        if len(item.get(column, "")) > longest:
            return f"{columns.WORDS[column]}超过 {longest} 个字，没有读进来。"
    return ""
