"""Workbooks (.xlsx) as passages: each cell with its address and the heading of its column, hidden sheets too; and masking them there."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from content.intake import office_package
from content.rules.checks.finding import CheckFinding, Passage, by_anchor
from content.rules.errors import BadInput
from content.rules.publishing.text_pieces import TextPieces

COPIES = ("xl/pivotCache/", "xl/externalLinks/")  # parts that keep what the cells say once more
FEWEST_HEADINGS = 2
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def read(part: str, data: bytes) -> list[Passage]:
    """The passages of a workbook. Raises BadInput."""
    import openpyxl  # takes a tenth of a second to load, and few posts bring a workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        office_package.opened(data).close()
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        return [passage for sheet in book.worksheets for passage in _of_sheet(part, sheet)]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, OSError, SyntaxError) as error:
        raise BadInput("文件打不开") from error


def masked(part: str, data: bytes, findings: Sequence[CheckFinding]) -> bytes:
    """The same file with what was found masked. Raises BadInput, also for one that keeps its cells twice."""
    with office_package.opened(data) as package:
        if any(name.startswith(COPIES) for name in package.namelist()):
            raise BadInput("工作簿里有数据透视表或者外部链接")
        changed: dict[str, etree._Element] = {}
        shared = (
            office_package.root(package, "xl/sharedStrings.xml")
            if "xl/sharedStrings.xml" in package.namelist()
            else None
        )
        for title, name in _sheets(package):
            own = [finding for finding in findings if finding.passage.anchor.startswith(f"{title}!")]
            if own:
                changed[name] = office_package.root(package, name)
                _overwrite(changed[name], shared, own)
        if shared is not None:
            changed["xl/sharedStrings.xml"] = shared
        return office_package.rewritten(package, changed)


def concealed(data: bytes) -> list[str]:
    """What nobody sees who opens the file, by kind. Raises BadInput."""
    with office_package.opened(data) as package:
        parts = {each: package.read(each) for each in package.namelist() if each.endswith(".xml")}
    sheets = b"".join(part for each, part in parts.items() if each.startswith("xl/worksheets/"))
    found = ["隐藏的工作表"] if b"idden" in parts.get("xl/workbook.xml", b"") else []
    found += ["隐藏的行或列"] if b'hidden="1"' in sheets or b'hidden="true"' in sheets else []
    return found + (["批注"] if any(each.startswith("xl/comments") for each in parts) else [])


def _rows(sheet: Any) -> Iterator[tuple[int, dict[int, Any]]]:
    """The number of each row with its values by column: those that are there. A sheet may name a million others."""
    from openpyxl.worksheet._reader import WorkSheetParser  # rows of openpyxl's own are filled up to the last column

    book = sheet.parent
    with sheet._get_source() as source:
        parser = WorkSheetParser(source, sheet._shared_strings, data_only=True, epoch=book.epoch,
                                 date_formats=book._date_formats, timedelta_formats=book._timedelta_formats)  # fmt: skip
        for number, cells in parser.parse():
            yield number, {cell["column"]: cell["value"] for cell in cells}


def _of_sheet(part: str, sheet: Any) -> Iterator[Passage]:
    from openpyxl.utils import get_column_letter

    headings: dict[int, str] = {}
    all_headings = ""
    for line, row in _rows(sheet):
        cells = {column: _words(value) for column, value in row.items() if value is not None and str(value).strip()}
        if not headings and _are_headings(list(row.values())):
            headings, all_headings = cells, " ".join(cells.values())
            told = {column: "" for column in cells}
        else:
            told = {column: _label(headings, cells, column) for column in cells}
        for column, text in cells.items():
            address = f"{get_column_letter(column)}{line}"
            yield Passage(part, text, f"工作表“{sheet.title}”{address}", f"{sheet.title}!{address}", told[column],
                          all_headings)  # fmt: skip


def _words(value: Any) -> str:
    """A value as words; a long number with its digits, since 3.3E+17 would hide that it is somebody's number."""
    return f"{value:.0f}" if isinstance(value, float) and value.is_integer() else str(value)


def _are_headings(row: Sequence[Any]) -> bool:
    words = [value for value in row if isinstance(value, str) and value.strip()]
    return len(words) >= FEWEST_HEADINGS and not any(re.search(r"\d{4}", word) for word in words)


def _label(headings: dict[int, str], cells: dict[int, str], column: int) -> str:
    own, before = headings.get(column, ""), cells.get(column - 1, "")
    return own or ("" if re.search(r"\d", before) else before[:20])


def _sheets(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Each sheet's title with the part that holds it."""
    relations = office_package.root(package, "xl/_rels/workbook.xml.rels")
    targets = {each.get("Id"): each.get("Target", "") for each in relations.iter("{*}Relationship")}
    for sheet in office_package.root(package, "xl/workbook.xml").iter("{*}sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        yield sheet.get("name", ""), target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _overwrite(sheet: etree._Element, shared: etree._Element | None, findings: Sequence[CheckFinding]) -> None:
    strings = list(shared.iterchildren("{*}si")) if shared is not None else []
    cells = {cell.get("r"): cell for cell in sheet.iter("{*}c")}
    for anchor, own in by_anchor(findings).items():
        cell = cells.get(anchor.rpartition("!")[2])
        if cell is None:
            raise BadInput("工作簿里找不到这个单元格")
        letters = list(own[0].passage.text)
        for finding in own:
            letters[finding.start : finding.start + len(finding.instead)] = finding.instead
        holder = _string_of(cell, strings)
        if holder is None or not _overwrite_string(holder, own, "".join(letters)):
            _rewrite(cell, "".join(letters))


def _overwrite_string(holder: etree._Element, findings: Sequence[CheckFinding], wanted: str) -> bool:
    """Masks words where they stand, with their looks; whether they read as `wanted` then. Cells may share them."""
    words = TextPieces()
    for text in holder.iter("{*}t"):
        words.add(text, "text")
    if words.text == findings[0].passage.text:
        for finding in findings:
            words.overwrite(finding.start, finding.instead)
    return "".join(text.text or "" for text in holder.iter("{*}t")) == wanted


def _string_of(cell: etree._Element, strings: Sequence[etree._Element]) -> etree._Element | None:
    """Where the words of a cell stand: in the shared strings or in itself; None for a number or a formula."""
    value = cell.find("{*}v")
    if cell.get("t") == "s" and value is not None and int(value.text or 0) < len(strings):
        return strings[int(value.text or 0)]
    return cell.find("{*}is") if cell.get("t") == "inlineStr" else None


def _rewrite(cell: etree._Element, text: str) -> None:
    """A number or the result of a formula becomes words."""
    space = etree.QName(cell).namespace
    for child in list(cell):
        cell.remove(child)
    cell.set("t", "inlineStr")
    holder = etree.SubElement(cell, f"{{{space}}}is")
    etree.SubElement(holder, f"{{{space}}}t").text = text
