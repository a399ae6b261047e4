"""Annual reports written as files of all kinds, with the dirt that real layouts have. Everything in them is made up."""

from __future__ import annotations

import html
import io
from collections.abc import Iterable
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from content.rules.figures.annual_report import form
from content.rules.figures.annual_report.report import AnnualReport

ITEMS = {
    "规章": "一",
    "行政许可": "五",
    "行政处罚": "六",
    "行政事业性收费": "八",
    "行政事业性收费(万元)": "八",
    "政府集中采购": "九",
}
HEADINGS = tuple(f"{number}、{name}" for number, name in zip("一二三四五六", form.SECTIONS, strict=True))
NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
THIRD = "三、本年度办理结果"

Span = tuple[str, int, int]  # text, columns, rows


def shown(cell: Any) -> str:
    """A cell as it is printed."""
    return "" if cell is None else str(cell)


def active_rows(made: AnnualReport) -> list[list[Span]]:
    """Table two: a heading for each block, the heads of its columns, its rows."""
    rows: list[list[Span]] = []
    heads: tuple[str, ...] = ()
    for row in form.ACTIVE[made.format]:
        if row.name in ITEMS:
            rows.append([(f"第二十条第（{ITEMS[row.name]}）项", 4, 1)])
            heads = ()
        if row.columns != heads:
            heads = row.columns
            rows.append([("信息内容", 1, 1), *((head, 1, 1) for head in heads)])
        label = row.name.removesuffix("(万元)")
        rows.append([(label, 1, 1), *((shown(cell), 1, 1) for cell in made.active[row.name])])
    return rows


def request_rows(made: AnnualReport) -> list[list[Span]]:
    """Table three with its merged cells: three columns of labels, seven of figures."""
    rows: list[list[Span]] = [
        [(NOTE, 3, 3), ("申请人情况", 7, 1)],
        [("自然人", 1, 2), ("法人或其他组织", 5, 1), ("总计", 1, 2)],
        [(name, 1, 1) for name in form.APPLICANTS[1:-1]],
    ]
    layout = made.request_rows
    third = sum(1 for row in layout if row.group or row.name == form.TOTAL)
    begun: set[str] = set()
    for row in layout:
        cells: list[Span] = [(shown(cell), 1, 1) for cell in made.requests[row.name]]
        group, _, item = row.label.partition(" ")
        labels: list[Span] = [(row.label, 3, 1)]
        if row.group or row.name == form.TOTAL:
            labels = [(THIRD, 1, third)] if row.name == "g" else []
            if not item:
                labels.append((row.label, 2, 1))
            else:
                size = sum(1 for other in layout if other.group == row.group)
                labels += [] if group in begun else [(group, 1, size)]
                begun.add(group)
                labels.append((item, 1, 1))
        rows.append([*labels, *cells])
    return rows


def case_rows(made: AnnualReport) -> list[list[Span]]:
    """Table four: three rows of heads, one of figures."""
    return [
        [("行政复议", 5, 1), ("行政诉讼", 10, 1)],
        [*((head, 1, 2) for head in form.CASE_COLUMNS), ("未经复议直接起诉", 5, 1), ("复议后起诉", 5, 1)],
        [(head, 1, 1) for _ in range(2) for head in form.CASE_COLUMNS],
        [(shown(cell), 1, 1) for row in made.cases.values() for cell in row],
    ]


def tables(made: AnnualReport) -> dict[int, list[list[Span]]]:
    """The three tables by the number of their section."""
    return {2: active_rows(made), 3: request_rows(made), 4: case_rows(made)}


def paragraphs(made: AnnualReport) -> Iterable[tuple[int, str]]:
    """(section, paragraph) of everything that is no table."""
    for number, heading in enumerate(HEADINGS, start=1):
        yield number, heading
        if number == 1:
            yield from ((1, line) for line in made.narrative.splitlines())
        elif number > 4:
            yield number, "无。"


def title(made: AnnualReport) -> str:
    """The report's title."""
    return f"{made.org}{made.year}年政府信息公开工作年度报告"


def letters(text: str, between: str = "\n") -> str:
    """A text set letter by letter, as narrow columns have it."""
    return between.join(text)


def as_html(
    made: AnnualReport, *, vertical: bool = False, outer: bool = False, paragraphs_in_cells: bool = False
) -> bytes:
    """A portal's page. `outer`: inside a table that only lays out the page."""

    def cell(span: Span) -> str:
        text, columns, rows = span
        inner = html.escape(text)
        if vertical and 1 < len(text) < 8 and not text.isdigit():
            inner = "<br>".join(map(html.escape, text))
        if paragraphs_in_cells:
            inner = f'<p class="MsoNormal"><span lang="EN-US">{inner}</span></p>\n\u200b&nbsp;'
        return f'<td colspan="{columns}" rowspan="{rows}">{inner}</td>'

    parts = [f"<h1>{title(made)}</h1><p>来源：{made.org}　发布时间：2025-01-20</p>"]
    grids = tables(made)
    for number, text in paragraphs(made):
        parts.append(f"<p>{html.escape(text)}</p>")
        if text in HEADINGS and number in grids:
            body = "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in grids[number])
            parts.append(f"<table border=1><tbody>{body}</tbody></table>")
    inside = "".join(parts)
    if outer:
        inside = f"<table><tr><td>首页</td><td><div>{inside}</div></td></tr></table>"
    head = "<head><meta charset=utf-8><title>信息公开年报</title><style>td{}</style></head>"
    return f"<!DOCTYPE html><html>{head}<body><script>var a = 3;</script>{inside}</body></html>".encode()


def as_text(made: AnnualReport, *, tab: str = "\t", end: str = "\n", flat: bool = True) -> str:
    """What copying the page gives. `flat`: a merged label leaves an empty cell for each column it spanned."""
    lines = [title(made)]
    grids = tables(made)
    for number, text in paragraphs(made):
        lines.append(text)
        if text in HEADINGS and number in grids:
            for row in grids[number]:
                cells = [part for words, columns, _ in row for part in [words, *[""] * (columns - 1 if flat else 0)]]
                lines.append(tab.join(cells))
    return end.join(lines) + end


def as_word(made: AnnualReport, *, vertical: bool = False, split_cases: bool = False) -> bytes:
    """A Word file with merged cells. `split_cases`: table four as two tables, as narrow pages have it."""
    document = docx.Document()
    document.add_paragraph(title(made))
    grids: dict[int, list[list[list[Span]]]] = {number: [grid] for number, grid in tables(made).items()}
    if split_cases:
        figures = grids[4][0][-1]
        heads: list[Span] = [(head, 1, 1) for head in form.CASE_COLUMNS]
        grids[4] = [[[("行政复议", 5, 1)], heads, figures[:5]], [[("行政诉讼", 10, 1)], heads * 2, figures[5:]]]
    for number, text in paragraphs(made):
        document.add_paragraph(text)
        for grid in grids.get(number, []) if text in HEADINGS else []:
            _word_table(document, grid, vertical)
            document.add_paragraph("")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _word_table(document: Any, grid: list[list[Span]], vertical: bool) -> None:
    """Appends a table as Word writes it: a cell that runs on downwards stands in every row."""
    width = max(sum(columns for _, columns, _ in row) for row in grid)
    running: dict[int, tuple[int, int]] = {}  # first column → columns, rows still to come
    lines = []
    for row in grid:
        cells, column, waiting, after = list[str](), 0, list(row), dict[int, tuple[int, int]]()
        while column < width and (waiting or column in running):
            text, columns, rows, merge = "", *running.get(column, (0, 0)), "<w:vMerge/>"
            if not columns:
                text, columns, rows = waiting.pop(0)
                merge = '<w:vMerge w:val="restart"/>' if rows > 1 else ""
            spread = vertical and 1 < len(text) < 8 and not text.isdigit()
            cells.append(_word_cell(letters(text) if spread else text, columns, merge))
            if rows > 1:
                after[column] = (columns, rows - 1)
            column += columns
        running = after
        lines.append(f"<w:tr>{''.join(cells)}</w:tr>")
    document.element.body.insert_element_before(
        parse_xml(f"<w:tbl {nsdecls('w')}>{''.join(lines)}</w:tbl>"), "w:sectPr"
    )


def _word_cell(text: str, columns: int, merge: str) -> str:
    paragraphs = "".join(f"<w:p><w:r><w:t>{html.escape(line)}</w:t></w:r></w:p>" for line in text.split("\n"))
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{columns}"/>{merge}</w:tcPr>{paragraphs}</w:tc>'
