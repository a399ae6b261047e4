"""A grid as `w:tbl`: one row of the form in each `w:tr`, each label in a cell of its own, merged cells in both directions.

Exact line spacing would blow rows up, so tables have a spacing of their own. A label is one text, never set letter by letter:
what a converter flattens can still be read.
"""

from __future__ import annotations

from content.render.annual_report import official_layout as layout
from content.render.annual_report.official_layout import Type
from content.render.annual_report.report_document import CellKind, Grid, GridCell, GridRow

SMALL, USUAL = 9.0, 10.5  # points: 小五, 五号
NARROW = 8  # columns from which on the type is small
LOWEST, LOW = 397, 340  # twentieths of a point: the least height of a row, 7 and 6 mm
PADDING = 40  # twentieths of a point, left and right
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def table(grid: Grid) -> str:
    """The table's markup."""
    widths = _widths(grid)
    height = LOW if len(widths) >= NARROW else LOWEST
    rows = "".join(
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/>'
        f"{'<w:tblHeader/>' if at < grid.heads else ''}</w:trPr>{cells}</w:tr>"
        for at, cells in enumerate(_rows(grid, widths))
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in SIDES)
    margins = "".join(f'<w:{side} w:w="{PADDING}" w:type="dxa"/>' for side in ("left", "right"))
    return (f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
            f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
            f'<w:tblCaption w:val="{grid.caption}"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>')  # fmt: skip


def _widths(grid: Grid) -> list[int]:
    whole = sum(grid.widths)
    return [layout.TEXT_WIDTH * share // whole for share in grid.widths]


def _rows(grid: Grid, widths: list[int]) -> list[str]:
    """The cells of each row. A cell that runs downwards stands in every row of its own, empty but in the first."""
    small = Type(layout.FANG, SMALL if len(widths) >= NARROW else USUAL)
    running: dict[int, tuple[int, int]] = {}  # first column → columns, rows still to come
    found = []
    for row in grid.rows:
        found.append(_row(row, widths, running, small))
    return found


def _row(row: GridRow, widths: list[int], running: dict[int, tuple[int, int]], type_: Type) -> str:
    cells: list[str] = []
    waiting = list(row)
    column = 0
    while column < len(widths):
        if column in running:
            columns, left = running.pop(column)
            cells.append(_cell(None, sum(widths[column : column + columns]), columns, type_))
        else:
            cell = waiting.pop(0)
            columns, left = cell.columns, cell.rows
            cells.append(_cell(cell, sum(widths[column : column + columns]), columns, type_))
        if left > 1:
            running[column] = (columns, left - 1)
        column += columns
    return "".join(cells)


def _cell(cell: GridCell | None, width: int, columns: int, type_: Type) -> str:
    """A cell; None for one that continues the cell above it."""
    span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    merge = "<w:vMerge/>" if cell is None else '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
    side = "left" if cell and cell.kind is CellKind.LABEL and cell.rows == 1 else "center"
    keep = "<w:keepNext/>" if cell and cell.kind is CellKind.HEAD else ""
    spacing = f'{keep}<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="{side}"/>'
    text = layout.run(cell.text, type_) if cell and cell.text else ""
    return (f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
            f"{layout.paragraph(text, type_, spacing)}</w:tc>")  # fmt: skip
