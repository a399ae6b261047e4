"""The annual report as one document: its title, its six sections, and three tables as grids of merged cells."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from content.rules.figures.annual_report import drafted_text, form
from content.rules.figures.annual_report.cell_values import Cell
from content.rules.figures.annual_report.drafted_text import Sections
from content.rules.figures.annual_report.report import AnnualReport

DRAFT = "草稿　未经核对签发，不得公布"
FIRST_TABLE = 2  # the number of the section that table two stands in
NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
THIRD = "三、本年度办理结果"
ITEMS = {
    "规章": "一",
    "行政许可": "五",
    "行政处罚": "六",
    "行政事业性收费": "八",
    "行政事业性收费(万元)": "八",
    "政府集中采购": "九",
}
CAPTIONS = ("主动公开政府信息情况", "收到和处理政府信息公开申请情况", "政府信息公开行政复议、行政诉讼情况")


class CellKind(Enum):
    """What a cell is: a heading of columns, the label of a row, or a figure."""

    HEAD = "head"
    LABEL = "label"
    FIGURE = "figure"


@dataclass(frozen=True)
class GridCell:
    """A cell that spans so many columns and rows, starting where it stands."""

    text: str
    kind: CellKind
    columns: int = 1
    rows: int = 1
    value: Cell = None  # of a figure: as it was given
    name: str = ""  # of a figure: t3.total.6

    @property
    def is_number(self) -> bool:
        """Whether it holds a plain number."""
        return isinstance(self.value, int | float)


GridRow = tuple[GridCell, ...]


@dataclass(frozen=True)
class Grid:
    """A table: `heads` rows of headings, then one row for each row of the form. `widths`: shares of the width."""

    caption: str
    rows: tuple[GridRow, ...]
    heads: int
    widths: tuple[int, ...]


@dataclass(frozen=True)
class ReportDocument:
    """What the file holds. `draft` marks every page of it."""

    report: AnnualReport
    sections: Sections
    draft: bool

    @property
    def title(self) -> str:
        """临江工业园区2026年政府信息公开工作年度报告."""
        return f"{self.report.org}{self.report.year}年政府信息公开工作年度报告"

    @functools.cached_property
    def grids(self) -> tuple[Grid, Grid, Grid]:
        """Tables two, three and four."""
        return active_grid(self.report), request_grid(self.report), case_grid(self.report)

    def parts(self) -> Iterator[tuple[str, tuple[str, ...], Grid | None]]:
        """Heading, paragraphs and table of each section."""
        for number, (heading, section) in enumerate(zip(drafted_text.headings(), self.sections, strict=True), start=1):
            at = number - FIRST_TABLE
            yield heading, section, self.grids[at] if 0 <= at < len(self.grids) else None


def printed(cell: Cell) -> str:
    """A cell as it is printed: 0 as 0, a blank as nothing, text as it was given."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.8f}".rstrip("0").rstrip(".")
    return str(cell)


def active_grid(report: AnnualReport) -> Grid:
    """Table two: four columns; a row with fewer figures has its last one run to the edge."""
    rows: list[GridRow] = []
    columns: tuple[str, ...] = ()
    for row in form.ACTIVE[report.format]:
        if row.name in ITEMS:
            rows.append((GridCell(f"第二十条第（{ITEMS[row.name]}）项", CellKind.HEAD, 4),))
            columns = ()
        if row.columns != columns:
            columns = row.columns
            heads = (_unit(head) for head in columns)
            rows.append((_head("信息内容"), *_to_the_edge([_head(head) for head in heads], 3)))
        cells = report.active.get(row.name, (None,) * len(row.columns))
        label = GridCell(row.name.removesuffix("(万元)"), CellKind.LABEL)
        rows.append((label, *_to_the_edge(_figures(f"t2.{row.name}", cells), 3)))
    return Grid(CAPTIONS[0], tuple(rows), 0, (30, 23, 23, 24))


def request_grid(report: AnnualReport) -> Grid:
    """Table three: three columns of labels that run over rows and columns, seven of figures."""
    rows: list[GridRow] = [
        (GridCell(NOTE, CellKind.HEAD, 3, 3), GridCell("申请人情况", CellKind.HEAD, 7)),
        (GridCell("自然人", CellKind.HEAD, 1, 2), GridCell("法人或其他组织", CellKind.HEAD, 5), GridCell("总计", CellKind.HEAD, 1, 2)),
        tuple(_head(name) for name in form.APPLICANTS[1:-1]),
    ]  # fmt: skip
    begun: set[str] = set()
    for row in report.request_rows:
        cells = report.requests.get(row.name, (None,) * len(form.APPLICANTS))
        rows.append((*_request_labels(report, row, begun), *_figures(f"t3.{row.name}", cells)))
    return Grid(CAPTIONS[1], tuple(rows), 3, (6, 11, 27, *(8,) * 7))


def case_grid(report: AnnualReport) -> Grid:
    """Table four: three rows of headings, one of fifteen figures."""
    blank = (None,) * len(form.CASE_COLUMNS)
    figures = (cell for name in form.CASES for cell in _figures(f"t4.{name}", report.cases.get(name, blank)))
    rows: tuple[GridRow, ...] = (
        (GridCell("行政复议", CellKind.HEAD, 5), GridCell("行政诉讼", CellKind.HEAD, 10)),
        (*(GridCell(head, CellKind.HEAD, 1, 2) for head in form.CASE_COLUMNS),
         GridCell("未经复议直接起诉", CellKind.HEAD, 5), GridCell("复议后起诉", CellKind.HEAD, 5)),
        tuple(_head(head) for _ in range(2) for head in form.CASE_COLUMNS),
        tuple(figures),
    )  # fmt: skip
    return Grid(CAPTIONS[2], rows, 3, (1,) * 15)


def _request_labels(report: AnnualReport, row: form.RequestRow, begun: set[str]) -> GridRow:
    """The labels of a row; those that run downwards stand in the first row of theirs, which `begun` remembers."""
    if not row.group and row.name != form.TOTAL:
        return (GridCell(row.label, CellKind.LABEL, 3),)
    layout = report.request_rows
    group, _, item = row.label.partition(" ")
    labels = [] if THIRD in begun else [
        GridCell(THIRD, CellKind.LABEL, 1, sum(1 for other in layout if other.group or other.name == form.TOTAL))
    ]  # fmt: skip
    if not item:
        labels.append(GridCell(group, CellKind.LABEL, 2))
    else:
        if group not in begun:
            labels.append(GridCell(group, CellKind.LABEL, 1, sum(1 for other in layout if other.group == row.group)))
        labels.append(GridCell(item, CellKind.LABEL))
    begun |= {THIRD, group}
    return tuple(labels)


def _to_the_edge(cells: list[GridCell], width: int) -> list[GridCell]:
    *before, last = cells
    return [*before, GridCell(last.text, last.kind, width - len(before), 1, last.value, last.name)]


def _unit(head: str) -> str:
    return head.replace("（万元）", "（单位：万元）")


def _head(text: str) -> GridCell:
    return GridCell(text, CellKind.HEAD)


def _figures(row: str, cells: Sequence[Cell]) -> list[GridCell]:
    return [GridCell(printed(cell), CellKind.FIGURE, value=cell, name=f"{row}.{at}") for at, cell in enumerate(cells)]
