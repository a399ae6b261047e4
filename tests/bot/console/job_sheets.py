"""A sheet of jobs as an office has it, with faults."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook

HEAD = ("岗位号", "岗位名称", "用人单位", "薪资（元）", "截止日期", "备注2")
GOOD = [("z1", "前厅接待员", "临江大酒店", "4500-5500", "2027-03-01", "包吃"),
        ("z2", "钢筋工", "江城建筑", "面议", "2027-04-01", "")]  # fmt: skip
BAD = [("z3", "电焊工", "江城建筑", "8000", "2027-13-01", ""), ("", "没有编号的", "江城建筑", "1", "", ""),
       ("z5", "", "江城建筑", "1", "", "")]  # fmt: skip


def book(*sheets: tuple[str, Sequence[Sequence[str]]]) -> bytes:
    """A workbook."""
    made, buffer = Workbook(), io.BytesIO()
    made.remove(made.worksheets[0])
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    made.save(buffer)
    return buffer.getvalue()
