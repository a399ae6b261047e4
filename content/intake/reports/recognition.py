"""From a document's blocks to a report: the title, the text, and the three tables, whatever happened to their layout."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import chain
from typing import TypeVar

from content.intake.reports import headline, rows, sections
from content.intake.reports.blocks import Block, CellRow, Line
from content.rules.errors import BadInput
from content.rules.figures.annual_report import cell_values, form
from content.rules.figures.annual_report.cell_values import looks_filled, squeezed
from content.rules.figures.annual_report.form import Format
from content.rules.figures.annual_report.report import AnnualReport, Row

ONLY_WORDS = re.compile(r"[^\u4e00-\u9fff]")
ACTIVE_LABELS = {
    "规章": form.RULES, "规范性文件": "规范性文件", "行政规范性文件": "行政规范性文件", "行政许可": "行政许可",
    "其他对外管理服务事项": "其他对外管理服务事项", "行政处罚": "行政处罚", "行政强制": "行政强制",
    "行政事业性收费": "行政事业性收费", "政府集中采购": "政府集中采购",
}  # fmt: skip
FEES, DOCUMENTS = "行政事业性收费", ("规范性文件", "行政规范性文件")
REQUEST_LABELS = tuple((re.compile(pattern), name) for name, pattern in (
    ("new", r"本年新收\w{0,14}$"), ("in", r"上年度?结转\w{0,14}$"), ("out", r"结转下年度?(?:继续)?(?:办理)?$"),
    ("g", r"予以公开$"), ("p", r"部分公开(?:区分处理\w*)?$"),
    ("d1", r"属于国家秘密$"), ("d2", r"法律行政法规禁止公开$"), ("d3", r"三安全一稳定$"), ("d4", r"第三方合法权益$"),
    ("d5", r"三类内部事务信息$"), ("d6", r"四类过程性信息$"), ("d7", r"行政执法案卷$"), ("d8", r"行政查询事项$"),
    ("u1", r"不掌握相关政府信息$"), ("u2", r"没有现成信息需要另行制作$"), ("u3", r"补正后申请内容仍不明确$"),
    ("n1", r"信访举报投诉类申请$"), ("n2", r"重复申请$"), ("n3", r"公开出版物$"), ("n4", r"大量反复申请$"),
    ("n5", r"重新出具已获取信息$"),
    ("o1", r"逾期不补正(?:行政机关)?(?:不再处理\w*)?$"), ("o2", r"缴纳费用(?:行政机关)?(?:不再处理\w*)?$"), ("o3", r"^其他$"),
    ("o", r"其他处理$"), ("total", r"总计$"),
))  # fmt: skip
MARKS = {Format.OF_2019: ("新制作数量", "对外公开总数量", "采购项目数量", "上一年项目数量"),
         Format.OF_2021: ("制发件数", "废止件数", "现行有效件数", "本年收费金额")}  # fmt: skip
Found = TypeVar("Found", dict[str, tuple[str, ...]], tuple[str, ...])
CASES = 15  # cells of table four's one row
MOSTLY = 8  # filled ones, by which a row of fifteen is known for table four


def report(blocks: Sequence[Block], *, name: str) -> AnnualReport:
    """The report in a document. Raises BadInput if none of its tables can be found."""
    requests = _within(blocks, 3, _requests)
    shape = _format(blocks, requests)
    active = _within(blocks, 2, lambda part: _active(part, shape))
    cases = _within(blocks, 4, _cases)
    if not requests and not cases:
        raise BadInput(f"在“{name}”里没有找到年报的表格（收到和处理政府信息公开申请情况等）。"
                       "如果表格是图片或扫描件，程序读不了，请换成有文字的文件。")  # fmt: skip
    texts = [block.text for block in blocks if isinstance(block, Line)]
    org, year = headline.read(texts)
    return AnnualReport(
        format=shape,
        active={_form_name(shape, row): _printed(printed) for row, printed in active.items()},
        requests={row.name: _printed(requests[row.name]) for row in form.REQUEST_ROWS.values() if row.name in requests},
        cases=_three(cases),
        org=org,
        year=year,
        narrative="\n".join(texts),
    )


def _within(blocks: Sequence[Block], number: int, find: Callable[[Sequence[Block]], Found]) -> Found:
    """What is found in a section, else anywhere: headings may be missing, or stand in a table of contents as well."""
    return find(sections.split(blocks).get(number, [])) or find(blocks)


def _requests(blocks: Sequence[Block]) -> dict[str, tuple[str, ...]]:
    """Table three, read with and without figures that stand alone on a line; whichever way more rows are found."""
    return max(_table_three(blocks), _table_three(_without_lone_figures(blocks)), key=len)


def _table_three(blocks: Sequence[Block]) -> dict[str, tuple[str, ...]]:
    """Rows whose labels fell apart are known by their place, if there are exactly as many as the form has."""
    found = rows.find(blocks, _request_label, width=lambda _: len(form.APPLICANTS), from_left=True)
    for layout in form.REQUESTS.values():
        names = [row.name for row in layout]
        if len(found) == len(names) and all(name in ("", place) for (name, _), place in zip(found, names, strict=True)):
            return {name: cells for name, (_, cells) in zip(names, found, strict=True)}
    return rows.first(found)


def _without_lone_figures(blocks: Sequence[Block]) -> list[Block]:
    """Table three's figures come seven at a time: one that stands alone on its line is often the number of a page."""
    alone = [isinstance(block, Line) and looks_filled(block.text) for block in blocks]
    return [
        block
        for at, block in enumerate(blocks)
        if not alone[at] or any(alone[max(0, at - 1) : at]) or any(alone[at + 1 : at + 2])
    ]


def _active(blocks: Sequence[Block], shape: Format) -> dict[str, tuple[str, ...]]:
    return rows.first(rows.find(blocks, _active_label, width=lambda row: _active_width(shape, row), from_left=False))


def _format(blocks: Sequence[Block], requests: dict[str, tuple[str, ...]]) -> Format:
    """The format that the headings of table two show, else the rows of table three."""
    words = squeezed("".join(chain.from_iterable(block.cells if isinstance(block, CellRow) else (block.text,)
                                                 for block in blocks)))  # fmt: skip
    marks = {shape: sum(mark in words for mark in marks) for shape, marks in MARKS.items()}
    if marks[Format.OF_2019] != marks[Format.OF_2021]:
        return max(marks, key=lambda shape: marks[shape])
    return Format.OF_2019 if "o" in requests and "o1" not in requests else Format.OF_2021


def _active_label(text: str) -> str:
    words = ONLY_WORDS.sub("", text)
    if words in ACTIVE_LABELS:
        return ACTIVE_LABELS[words]
    # in a stream the label comes after the headings of its columns
    ends = (name for name in sorted(ACTIVE_LABELS, key=len, reverse=True) if words.endswith(name))
    return next(ends, "") if re.search(r"数量|件数|金额|万元|增减", words) else ""


def _active_width(shape: Format, name: str) -> int:
    return next((len(row.columns) for row in form.ACTIVE[shape] if row.name == _form_name(shape, name)), 0)


def _form_name(shape: Format, name: str) -> str:
    """A row's name in its format, however this copy spells it."""
    if name == FEES:
        return form.FEES[shape]
    return form.DOCUMENTS[shape] if name in DOCUMENTS else name


def _request_label(text: str) -> str:
    words = ONLY_WORDS.sub("", text)
    return next((name for pattern, name in REQUEST_LABELS if pattern.search(words)), "")


def _cases(blocks: Sequence[Block]) -> tuple[str, ...]:
    """The fifteen cells of table four; empty if they are not there."""
    for block in blocks:
        row = rows.fitted(block.cells, CASES, from_left=True) if isinstance(block, CellRow) else None
        if row and sum(map(looks_filled, row)) >= MOSTLY:
            return row
    bare = [block.cells for block in blocks if isinstance(block, CellRow) and _only_figures(block.cells)]
    if sum(map(len, bare)) == CASES:  # a table for 行政复议 and one for 行政诉讼
        return tuple(chain.from_iterable(bare))
    runs = [figures for _, figures in rows.records(blocks)]
    whole = next((run for run in runs if len(run) == CASES), [])
    parted = list(chain.from_iterable(run for run in runs if len(run) % 5 == 0))
    return tuple(whole or (parted if len(parted) == CASES else ()))


def _only_figures(row: Sequence[str]) -> bool:
    return any(map(looks_filled, row)) and all(looks_filled(cell) or not squeezed(cell) for cell in row)


def _three(printed: Sequence[str]) -> dict[str, Row]:
    width = len(form.CASE_COLUMNS)
    return {name: _printed(printed[width * at : width * (at + 1)]) for at, name in enumerate(form.CASES) if printed}


def _printed(row: Sequence[str]) -> Row:
    return tuple(cell_values.printed(cell) for cell in row)
