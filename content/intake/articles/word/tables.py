"""Tables of Word: their rows and cells with spans, without rows that were deleted or are hidden."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from docx.oxml.ns import qn

from content.intake.articles.word import wording
from content.intake.articles.word.inline import Inline
from content.intake.articles.word.run_formatting import Backdrop, background, shade, value

OFF = {"0", "false", "off", "none"}
NARROWEST = 250  # twentieths of a point: less than that before or after a row is no place of its own
FLATTEST = 30  # twentieths of a point: a row of exactly such a height shows nothing

ReadCell = Callable[[Any], str]
Cell = tuple[int, int, Any]  # first column, columns, element


class Tables:
    """Turns tables into HTML; `read` gives the HTML inside a cell."""

    def __init__(self, inline: Inline, read: ReadCell) -> None:
        self.inline = inline
        self.read = read

    def html(self, table: Any) -> str:
        """The HTML of a table."""
        rows = [row for row in table.iter(qn("w:tr")) if _above(row, qn("w:tbl")) is table and self._shown(row)]
        if any(next(row.iter(qn("w:cellDel")), None) is not None for row in rows):
            self.inline.note(wording.REVISIONS)
        grid = _grid(table)
        edges = [[_edge(row, side, grid) for side in ("Before", "After")] for row in rows]
        cells = [list(_cells(row, before)) for row, (before, _) in zip(rows, edges, strict=True)]
        for cell in (cell for row in rows for cell in row.iterchildren(qn("w:tc")) if _is_covered(cell)):
            self._covered(cell)
        least = [min((edge[side] for edge in edges), default=0) for side in (0, 1)]
        style = value(table.find(qn("w:tblPr")), "w:tblStyle")
        coloured = any(next(each.iter(qn("w:shd")), None) is not None for each in self.inline.styles.chain(style))
        lines = []
        for number, row in enumerate(rows):
            head = row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
            parts = [self._cell(cells, (number, column), head, coloured) for column in range(len(cells[number]))]
            left, right = (_empty(edge - common) for edge, common in zip(edges[number], least, strict=True))
            lines += [f"<tr>{left}{''.join(parts)}{right}</tr>"] if parts else []
        return f"<table>{''.join(lines)}</table>" if any(cells) else ""

    def _shown(self, row: Any) -> bool:
        properties = row.find(qn("w:trPr"))
        if properties is None:
            return True
        if properties.find(qn("w:ins")) is not None or properties.find(qn("w:del")) is not None:
            self.inline.note(wording.REVISIONS)
        hidden = properties.find(qn("w:hidden"))
        height = properties.find(qn("w:trHeight"))
        flat = height is not None and height.get(qn("w:hRule")) == "exact" and _number(height, FLATTEST) < FLATTEST
        if flat or (hidden is not None and hidden.get(qn("w:val"), "1") not in OFF):
            self.inline.note(wording.HIDDEN_ROW)
            return False
        return properties.find(qn("w:del")) is None

    def _cell(self, cells: list[list[Cell]], at: tuple[int, int], head: bool, coloured: bool) -> str:
        row, column = at
        first, width, cell = cells[row][column]
        properties = cell.find(qn("w:tcPr"))
        if _merge(cell) == "continue":
            self._covered(cell)
            return ""
        height = 1 + _continued(cells[row + 1 :], first)
        spans = (f' colspan="{width}"' if width > 1 else "") + (f' rowspan="{height}"' if height > 1 else "")
        tag = "th" if head else "td"
        around = self.inline.backdrop
        fill = shade(properties)
        if fill or coloured:
            self.inline.backdrop = Backdrop(fill, carried=fill is not None)
        content = self.read(cell)
        self.inline.backdrop = around
        return _dressed(tag, spans, background(properties), content)

    def _covered(self, cell: Any) -> None:
        """What stands in a cell that another one covers is not seen."""
        if "".join(text.text or "" for text in cell.iter(qn("w:t"))).strip():
            self.inline.note(wording.HIDDEN)


def _dressed(tag: str, spans: str, colour: str, content: str) -> str:
    only = re.fullmatch(r"<p(?: style=\"([^\"]*)\")?>((?:(?!</?p[ >]).)*)</p>", content, re.DOTALL)
    css = ";".join(part for part in (colour, only.group(1) if only else "") if part)
    style = f' style="{css}"' if css else ""
    # A paragraph alone needs no paragraph around it.
    return f"<{tag}{spans}{style}>{only.group(2) if only else content}</{tag}>"


def _above(element: Any, tag: str) -> Any:
    return next(element.iterancestors(tag), None)


def _empty(columns: int) -> str:
    """A place that a row leaves free, so that its cells stand under their headings."""
    return f'<td colspan="{columns}"></td>' if columns > 1 else "<td></td>" if columns == 1 else ""


def _grid(table: Any) -> list[int]:
    columns = table.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}")
    return [int(each.get(qn("w:w"), "0")) if each.get(qn("w:w"), "0").isdigit() else 0 for each in columns]


def _edge(row: Any, side: str, grid: list[int]) -> int:
    """How many columns a row leaves free at one side; an edge that was only dragged a little out of line is none."""
    columns = grid if side == "Before" else grid[::-1]
    number = _number(row.find(f"{qn('w:trPr')}/{qn(f'w:grid{side}')}"), 0)
    written = row.find(f"{qn('w:trPr')}/{qn(f'w:w{side}')}")
    length = _number_of(written, "w:w", 0) if written is not None and written.get(qn("w:type")) == "dxa" else 0
    if not number:
        number = next((at for at in range(len(columns), 0, -1) if sum(columns[:at]) <= length + NARROWEST), 0)
        return number if length >= NARROWEST else 0
    return number if (length or sum(columns[:number]) or NARROWEST) >= NARROWEST else 0


def _cells(row: Any, before: int) -> Iterator[Cell]:
    own = _number(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)
    at = before
    surplus = max(own - before, 0)  # columns that are too narrow to be left free: the first cell takes them
    waiting: Cell | None = None
    for cell in row.iter(qn("w:tc")):
        if _above(cell, qn("w:tr")) is not row or cell.find(f"{qn('w:tcPr')}/{qn('w:cellDel')}") is not None:
            continue
        width = _number(cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}"), 1) + surplus
        surplus = 0
        if waiting and _is_covered(cell):
            waiting = (waiting[0], waiting[1] + width, waiting[2])
        else:
            if waiting:
                yield waiting
            waiting = (at, width, cell)
        at += width
    if waiting:
        yield waiting


def _is_covered(cell: Any) -> bool:
    """Whether the cell at its left goes on over it, in the older spelling: `w:hMerge` without a value says so too."""
    found = cell.find(f"{qn('w:tcPr')}/{qn('w:hMerge')}")
    return found is not None and found.get(qn("w:val"), "continue") in ("continue", "1", "")


def _merge(cell: Any) -> str:
    found = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return "" if found is None else str(found.get(qn("w:val"), "continue"))


def _continued(below: list[list[Cell]], column: int) -> int:
    count = 0
    for row in below:
        if not any(at == column and _merge(cell) == "continue" for at, _, cell in row):
            break
        count += 1
    return count


def _number(element: Any, default: int) -> int:
    return default if element is None else _number_of(element, "w:val", default)


def _number_of(element: Any, name: str, default: int) -> int:
    return int(element.get(qn(name), default))
