"""Figures as JSON to a report: the shape of `gongkai report figures YEAR --json`."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from content.intake import decoding
from content.intake.reports.blocks import MOST_TEXT
from content.rules.errors import BadInput
from content.rules.figures.annual_report import form
from content.rules.figures.annual_report.cell_values import Cell
from content.rules.figures.annual_report.form import Format
from content.rules.figures.annual_report.report import AnnualReport, Row

BRACKETS = str.maketrans("（）", "()")
LONGEST_CELL = 200  # characters


def report(text: str, *, name: str, part_of: int | None = None) -> AnnualReport:
    """The report in a JSON document. Raises BadInput saying which row is not as it should be.

    `part_of`: the year of a report that these are a part of: some rows, or the text alone.
    """
    document = _document(text, name, anything=part_of is not None)
    active, requests, cases = (_table(document, table) for table in ("t2", "t3", "t4"))
    year, claimed = _year(document.get("year")), _claimed(document.get("format"))
    active = {str(row).translate(BRACKETS): cells for row, cells in active.items()}
    of = year or part_of
    shown = _format(active) or claimed or (form.format_of_year(of) if of else None)
    if shown is None:
        raise BadInput(f'“{name}”看不出是哪种格式：请写 "format": "2019" 或 "2021"，或者写 year。')
    widths = {row.name: len(row.columns) for row in form.ACTIVE[shown]}
    return AnnualReport(
        format=shown,
        active=_rows(active, widths, "t2"),
        requests=_rows(requests, dict.fromkeys(form.REQUEST_ROWS, len(form.APPLICANTS)), "t3"),
        cases=_rows(cases, dict.fromkeys(form.CASES, len(form.CASE_COLUMNS)), "t4"),
        org=str(document.get("org") or ""),
        year=year,
        narrative=_narrative(document.get("narrative")),
        claimed=claimed,
    )


def _document(text: str, name: str, *, anything: bool) -> dict[str, Any]:
    try:
        document = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise BadInput(
            f"“{name}”不是完好的 JSON{decoding.json_place(error)}。请检查引号、逗号和括号，没有的数写 null。"
        ) from error
    has_table = isinstance(document, dict) and any(
        isinstance(document.get(table), dict) for table in ("t2", "t3", "t4")
    )
    if not has_table and not (anything and isinstance(document, dict) and document.get("narrative")):
        raise BadInput(f"“{name}”里没有 t2、t3、t4 三张表，不是年报数据。")
    found: dict[str, Any] = document
    return found


def _no_number(word: str) -> float:
    raise ValueError(word)


def _table(document: dict[str, Any], table: str) -> dict[str, Any]:
    rows = document.get(table) or {}
    if not isinstance(rows, dict):
        raise BadInput(f"{table} 要写成“行名: 各格”的样子。")
    return rows


def _year(given: Any) -> int | None:
    if given is None:
        return None
    if isinstance(given, bool) or not str(given).isdecimal() or not 2008 <= int(given) <= 2100:
        raise BadInput(f"year 是 {given!r}，看不懂。请写成 2026 这样的年份。")
    return int(given)


def _claimed(given: Any) -> Format | None:
    if given is None:
        return None
    try:
        return Format(str(given))
    except ValueError as error:
        raise BadInput(f"format 是 {given!r}，只能是 2019 或 2021。") from error


def _format(active: Mapping[str, Any]) -> Format | None:
    """The format whose rows these are: the rows that only one of them has decide."""
    names = {shape: {row.name for row in rows} for shape, rows in form.ACTIVE.items()}
    own = {
        shape: len(
            active.keys() & (names[shape] - names[Format.OF_2021 if shape is Format.OF_2019 else Format.OF_2019])
        )
        for shape in Format
    }
    if own[Format.OF_2019] == own[Format.OF_2021]:
        return None
    return max(own, key=lambda shape: own[shape])


def _rows(rows: Mapping[str, Any], widths: Mapping[str, int], table: str) -> dict[str, Row]:
    unknown = [name for name in rows if name not in widths]
    if unknown:
        raise BadInput(f"{table} 里的“{unknown[0]}”不是表里的行。可以用的是：{'、'.join(widths)}。")
    return {name: _row(f"{table}.{name}", rows[name], width) for name, width in widths.items()
            if name in rows and rows[name] != []}  # fmt: skip


def _row(name: str, given: Any, width: int) -> Row:
    cells = given if isinstance(given, list) else [given]
    if len(cells) != width:
        raise BadInput(f"{name} 要有 {width} 格，给了 {len(cells)} 格。空着的格写 null。")
    return tuple(_cell(name, cell) for cell in cells)


def _cell(name: str, cell: Any) -> Cell:
    text = isinstance(cell, str) and len(cell) <= LONGEST_CELL
    number = isinstance(cell, int | float) and not isinstance(cell, bool) and math.isfinite(cell)
    if cell is None or text or number:
        value: Cell = cell
        return value
    raise BadInput(f"{name} 里有一格看不懂：{str(cell)[:40]}。每格写一个数、null 或者表上印的文字。")


def _narrative(given: Any) -> str:
    """The text of the report; a list is taken as its paragraphs."""
    text = "\n".join(str(part) for part in given) if isinstance(given, list) else str(given or "")
    if len(text) > MOST_TEXT:
        raise BadInput(f"narrative 有 {len(text)} 个字，不像一份年报的正文。")
    return text
