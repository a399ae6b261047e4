"""A sheet of jobs as an office has it, with faults; and taking a sheet in, step by step."""

from __future__ import annotations

import io
from collections.abc import Sequence

from lxml import html
from openpyxl import Workbook
from sqlalchemy import select

from content.services.office import Office
from content.store.tables import Posting
from tests.bot.console.colleague import Colleague, words

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


def fields(page: str) -> dict[str, str]:
    """What the form of a page would send."""
    [form] = html.fromstring(page).xpath("//main//form[contains(@action, '/imports/')]")
    return {name: value for name, value in form.form_values() if name not in ("csrf", "form_key")}


def action(page: str) -> str:
    """Where it goes."""
    return str(html.fromstring(page).xpath("//main//form[contains(@action, '/imports/')]/@action")[0])


def uploaded(clerk: Colleague, data: bytes, name: str = "岗位表.xlsx", kind: str = "posting") -> str:
    """The page of columns behind an upload."""
    answer = clerk.sends("/console/imports/", {"kind": kind, "file": (io.BytesIO(data), name)})
    assert answer.status_code == 303, words(answer)
    return answer.location


def imported(clerk: Colleague, data: bytes, name: str = "岗位表.xlsx", kind: str = "posting", **changes: str) -> str:
    """The receipt's page, all steps done."""
    page = clerk.opens(uploaded(clerk, data, name, kind)).text
    rows = clerk.sends(action(page), {**fields(page), **changes})
    assert rows.status_code == 200, words(rows)
    return str(clerk.awaits(clerk.sends(action(rows.text), fields(rows.text))).location)


def postings(office: Office) -> dict[str, tuple[str, bool]]:
    """Title and whether it stands, by key."""
    with office.store.read() as session:
        return {row.key: (row.title, row.withdrawn_at is None) for row in session.scalars(select(Posting))}
