"""The annual report as .xlsx: the text on one sheet, each table on one, merged as the form is. No cell becomes a formula."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from content.render.annual_report.report_document import DRAFT, CellKind, Grid, ReportDocument

TABLES = ("表二", "表三", "表四")
WIDTH = 100  # characters of a sheet
FIRST = 3  # the row that a table begins in
LINE = Side(style="thin")
FRAME = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)


def write(document: ReportDocument) -> bytes:
    """The file."""
    book = Workbook()
    text: Any = book.active
    text.title = "正文"
    text.column_dimensions["A"].width = WIDTH
    lines = [document.title, *(line for heading, section, _ in document.parts() for line in (heading, *section))]
    if document.draft:
        lines.insert(0, DRAFT)
    for number, line in enumerate(lines, start=1):
        _put(text, number, 1, line).alignment = Alignment(wrap_text=True, vertical="top")
    for name, grid in zip(TABLES, document.grids, strict=True):
        _table(book.create_sheet(name), grid, document)
    pages: Any = book.worksheets
    for sheet in pages:
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.oddFooter.center.text = "— &P —"
        if document.draft:
            sheet.oddHeader.center.text = DRAFT
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _table(sheet: Any, grid: Grid, document: ReportDocument) -> None:
    _put(sheet, 1, 1, document.title + (f"（{DRAFT}）" if document.draft else "")).font = Font(bold=True)
    _put(sheet, 2, 1, grid.caption)
    whole = sum(grid.widths)
    for number, share in enumerate(grid.widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = max(6, WIDTH * share / whole)
    taken: set[tuple[int, int]] = set()
    for at, row in enumerate(grid.rows, start=FIRST):
        column = 1
        for cell in row:
            while (at, column) in taken:
                column += 1
            placed = _put(sheet, at, column, cell.value if cell.is_number else cell.text)
            placed.alignment = Alignment(
                wrap_text=True, vertical="center", horizontal="left" if cell.kind is CellKind.LABEL else "center"
            )
            placed.font = Font(bold=cell.kind is CellKind.HEAD)
            block = [(at + down, column + right) for down in range(cell.rows) for right in range(cell.columns)]
            taken |= set(block)
            for place in block:
                sheet.cell(*place).border = FRAME
            if len(block) > 1:
                sheet.merge_cells(start_row=at, start_column=column, end_row=block[-1][0], end_column=block[-1][1])


def _put(sheet: Any, row: int, column: int, value: Any) -> Any:
    cell = sheet.cell(row, column)
    cell.value = value if value != "" else None
    if isinstance(value, str) and value:
        cell.data_type = "s"  # openpyxl would make a formula of what begins with "="
    return cell
