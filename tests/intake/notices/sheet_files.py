"""Workbooks made for tests, and what is read of them."""

from __future__ import annotations

import io
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl

from content.intake.notices import notice_rows, sheets
from content.intake.notices.notice_rows import NoticeRows

SHANGHAI = ZoneInfo("Asia/Shanghai")


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def book(*sheets_: tuple[str, list[list[Any]]]) -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets_:
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return made


def read(data: bytes, name: str = "表.xlsx", kind: str = "disclosure") -> NoticeRows:
    return notice_rows.entries(kind, sheets.read(data, name), SHANGHAI)


def told(found: NoticeRows) -> str:
    return "\n".join(fault.message for fault in [*found.warnings, *found.refused])
