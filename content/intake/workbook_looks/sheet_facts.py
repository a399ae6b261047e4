"""What the XML of a sheet says beside the values of its cells: what is hidden, merged, linked, unsolved, dressed."""

from __future__ import annotations

import contextlib
import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree
from openpyxl.cell.rich_text import CellRichText
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet._reader import parse_richtext_string
from openpyxl.xml.constants import SHEET_MAIN_NS

from content.intake.rows import SheetLayout

TRUE = rb'"(?:1|true)"'
FLATTEST = 1.5  # points of a row that shows nothing
NARROWEST = 0.25  # characters of a column that shows nothing
WIDEST = 200  # columns that are looked at

_RICH = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]+\d+)"[^>/]*>\s*<(?:\w+:)?is>((?:(?!</(?:\w+:)?is>).)*?<(?:\w+:)?rPr\b'
                   rb"(?:(?!</(?:\w+:)?is>).)*)", re.DOTALL)  # fmt: skip
_PREFIX = re.compile(rb"<(/?)\w+:")
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
_NUMBER = re.compile(rb'\br="(\d+)"')
_HIDDEN = re.compile(rb"\bhidden=" + TRUE)
_HEIGHT = re.compile(rb'\bht="([\d.]+)"')
_WIDTH = re.compile(rb'\bwidth="([\d.]+)"')
_COLUMN = re.compile(rb"<(?:\w+:)?col\b[^>]*>")
_BOUNDS = re.compile(rb'\b(min|max)="(\d+)"')
_NO_WIDTH = re.compile(rb'<(?:\w+:)?sheetFormatPr\b[^>]*\bdefaultColWidth="0(?:\.0*)?"')
_NO_ZEROS = re.compile(rb'<(?:\w+:)?sheetView\b[^>]*\bshowZeros="(?:0|false)"')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_FORMULA = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]+\d+)"[^>]*>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*'
                      rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>")  # fmt: skip
_LINK = re.compile(rb"<(?:\w+:)?hyperlink\b[^>]*>")
_LINK_FORMULA = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]+\d+)"[^>]*>\s*<(?:\w+:)?f\b[^>]*>\s*HYPERLINK\(\s*(?:"|&quot;)'
                           rb"([^<]*?)(?:\"|&quot;)\s*[,)]")  # fmt: skip
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(rb"([\w:]+)\s*=\s*\"([^\"]*)\"")
_CONDITIONAL = re.compile(rb'<(?:\w+:)?conditionalFormatting\b[^>]*\bsqref="([^"]+)"')
_RANGE = re.compile(r"([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?")

Area = tuple[int, int, int, int]  # first row, last row, first column, last column; counted from one


@dataclass(frozen=True)
class SheetFacts:
    """What a sheet's rows do not say. `rich`: words with looks of their own that stand in the sheet itself."""

    layout: SheetLayout = field(default_factory=SheetLayout)
    hidden_rows: frozenset[int] = frozenset()
    unsolved: tuple[str, ...] = ()  # formulas without a stored result
    rich: Mapping[str, CellRichText] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)  # cell → address
    shows_zeros: bool = True
    dressed: tuple[Area, ...] = ()  # where a table's style or a condition may colour the cells
    has_drawings: bool = False


def read(xml: bytes, relations: bytes = b"", tables: tuple[bytes, ...] = ()) -> SheetFacts:
    """The facts of a sheet, from its XML, its relations and the parts of its tables."""
    merged = [
        (int(first), int(last), column_index_from_string(left.decode()) - 1)
        for left, first, _, last in _MERGED.findall(xml)
        if int(last) > int(first)
    ]
    return SheetFacts(
        SheetLayout(merged, frozenset(_hidden_columns(xml))),
        frozenset(_hidden_rows(xml)),
        tuple(cell.decode() for cell in _FORMULA.findall(xml)) if b"<f" in xml or b":f" in xml else (),
        dict(_rich(xml)) if b"rPr" in xml else {},
        _links(xml, relations),
        shows_zeros=not _NO_ZEROS.search(xml[:20_000]),
        dressed=(*_areas(_CONDITIONAL.findall(xml)), *_areas(re.findall(rb'\bref="([^"]+)"', b"".join(tables)))),
        has_drawings=b'/drawing"' in relations,
    )


def last_row(xml: bytes) -> int:
    """The number of the last row that has one."""
    found = (found for row in _ROW.findall(xml[-200_000:])[::-1] if (found := _NUMBER.search(row)))
    return int(next(found, [0, 0])[1])


def table_names(relations: bytes) -> list[str]:
    """The parts that hold a sheet's tables."""
    return [
        target.rpartition("/")[2]
        for each in _RELATION.findall(relations)
        if b'/table"' in each and (target := _attributes(each).get("Target", ""))
    ]


def _hidden_rows(xml: bytes) -> Iterator[int]:
    number = 0
    for row in _ROW.findall(xml):
        found = _NUMBER.search(row)
        number = int(found[1]) if found else number + 1
        height = _HEIGHT.search(row)
        if _HIDDEN.search(row) or (height and _length(height[1]) < FLATTEST):
            yield number


def _hidden_columns(xml: bytes) -> set[int]:
    head = xml[: xml.find(b"sheetData")]
    hidden = set(range(WIDEST)) if _NO_WIDTH.search(head) else set[int]()
    for column in _COLUMN.findall(head):
        bounds, width = dict(_BOUNDS.findall(column)), _WIDTH.search(column)
        if len(bounds) == 2:
            own = range(int(bounds[b"min"]) - 1, min(int(bounds[b"max"]), WIDEST))
            is_hidden = _HIDDEN.search(column) or (width and _length(width[1]) < NARROWEST)
            hidden = hidden | set(own) if is_hidden else hidden - set(own)
    return hidden


def _rich(xml: bytes) -> Iterator[tuple[str, CellRichText]]:
    """Cells whose words have looks of their own, which openpyxl drops where they stand in the sheet itself."""
    for cell, words in _RICH.findall(xml):
        whole = b'<is xmlns="' + SHEET_MAIN_NS.encode() + b'">' + _PREFIX.sub(rb"<\1", words) + b"</is>"
        with contextlib.suppress(etree.XMLSyntaxError):
            parsed = parse_richtext_string(etree.fromstring(whole))  # type: ignore[arg-type]
            if isinstance(parsed, CellRichText):
                yield cell.decode(), parsed


def _length(written: bytes) -> float:
    try:
        return float(written)
    except ValueError:
        return 100.0


def _links(xml: bytes, relations: bytes) -> dict[str, str]:
    found = {
        cell.decode(): html.unescape(address.decode("utf-8", "replace")).replace('""', '"')
        for cell, address in (_LINK_FORMULA.findall(xml) if b"HYPERLINK(" in xml else ())
    }
    targets = {
        each["Id"]: each.get("Target", "") for each in map(_attributes, _RELATION.findall(relations)) if "Id" in each
    }
    for link in map(_attributes, _LINK.findall(xml) if targets else ()):
        target = next((targets[value] for name, value in link.items() if name.endswith(":id") and value in targets), "")
        cell = link.get("ref", "").partition(":")[0]
        if target and cell:
            found[cell] = f"{target}#{link['location']}" if link.get("location") else target
    return found


def _attributes(tag: bytes) -> dict[str, str]:
    return {name.decode(): html.unescape(value.decode("utf-8", "replace")) for name, value in _ATTRIBUTE.findall(tag)}


def _areas(references: list[bytes]) -> Iterator[Area]:
    for reference in references:
        for left, first, right, last in _RANGE.findall(reference.decode("ascii", "replace")):
            columns = (column_index_from_string(left), column_index_from_string(right or left))
            yield int(first), int(last or first), *columns
