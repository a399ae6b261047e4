"""The catalogue: in and out as a sheet, what is due when, and the rate of each department."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.intake import catalogue as intake
from content.rules.catalogue import time_limits
from content.rules.catalogue.time_limits import TimeLimit
from content.rules.errors import BadInput, Conflict, NotAllowed, NotFound
from content.services.catalogue import catalogue_sheets, disclosure_duties, disclosure_rates
from content.services.office import Office
from content.store.tables import Disclosure
from tests import world

HEAD = ("序号", "一级事项", "二级事项", "公开内容(要素)", "公开依据", "公开时限", "公开主体", "公开渠道和载体")
ROWS = (
    ("1", "就业信息服务", "岗位信息发布", "招聘单位、岗位要求", "《就业促进法》", "形成或变更之日起20个工作日内", "人社局", "政府网站、两微一端"),
    ("2", "", "就业政策", "对象范围", "", "二十个工作日", "人社局", ""),
    ("3", "财政预决算", "部门预算", "收支总表", "《预算法》", "批准后20日内", "财政局", "政府网站"),
    ("4", "公共资源交易", "招标公告", "公告", "", "及时", "", ""),
)  # fmt: skip
On = Callable[[date], None]


@pytest.fixture
def changes(tmp_path: Path) -> dict[str, Any]:
    """The clock is a file."""
    return {"test_clock": str(tmp_path / "clock")}


@pytest.fixture
def on(tmp_path: Path) -> On:
    """Sets the clock to ten o'clock of a day."""

    def set_(day: date) -> None:
        (tmp_path / "clock").write_text(datetime(day.year, day.month, day.day, 2, tzinfo=UTC).isoformat())

    set_(date(2026, 3, 20))
    return set_


def as_csv(*rows: tuple[str, ...], head: tuple[str, ...] = HEAD) -> bytes:
    """A file as spreadsheets write it."""
    out = io.StringIO()
    csv.writer(out).writerows([head, *rows])
    return out.getvalue().encode("utf-8-sig")


def imported(
    office: Office, folder: Path, data: bytes, name: str = "目录.csv", **more: Any
) -> catalogue_sheets.CatalogueReceipt:
    """A file taken in."""
    (folder / name).write_bytes(data)
    return catalogue_sheets.take_in(office, folder / name, username="hejing", **more)


def test_a_catalogue_goes_in_comes_out_and_goes_in_again(office: Office, on: On, tmp_path: Path) -> None:
    assert imported(office, tmp_path, as_csv(*ROWS)).new == 4
    assert [item.first for item in catalogue_sheets.standing(office)] == [
        "就业信息服务", "就业信息服务", "财政预决算", "公共资源交易",
    ]  # fmt: skip
    for name in ("out.xlsx", "out.csv"):
        assert catalogue_sheets.write(office, tmp_path / name) == 4
        again = catalogue_sheets.take_in(office, tmp_path / name, username="hejing", complete=True)
        assert (again.new, again.changed, again.unchanged, again.withdrawn) == (0, 0, 4, 0)
    less = imported(office, tmp_path, as_csv(ROWS[2], (*ROWS[3][:5], "3个工作日", "", "")), complete=True)
    assert (less.changed, less.withdrawn) == (2, 2) and len(catalogue_sheets.standing(office)) == 2


def test_headings_in_two_rows_and_ticks_are_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in (
        ("就业领域基层政务公开标准目录",),
        ("序号", "公开事项", None, "公开内容（要素）", "公开时限", "公开主体", "公开对象", None, "公开方式", None),
        (None, "一级事项", "二级事项", None, None, None, "全社会", "特定群体（请写明）", "主动", "依申请公开"),
        (1, "就业信息服务", "岗位信息发布", "招聘单位", "20个工作日", "人社局", "√", None, "√", None),
        (2, None, "求职登记", "服务对象", "20个工作日", "人社局", None, "失业人员", None, "√"),
    ):
        sheet.append(row)
    sheet.merge_cells("B4:B5")
    book.save(tmp_path / "a.xlsx")
    first, second = intake.read((tmp_path / "a.xlsx").read_bytes(), "a.xlsx").items
    assert (first["audience"], first["manner"]) == ("全社会", "主动")
    assert (second["first"], second["audience"], second["manner"]) == ("就业信息服务", "特定群体（失业人员）", "依申请")


@pytest.mark.parametrize(("data", "name", "said"), [
    (b"a,b\n1,2\n", "a.csv", "二级事项"), (b"PK\x03\x04", "a.xlsx", "打不开"), (b"", "a.csv", "二级事项"), (b"x", "a.doc", "不能用"),
])  # fmt: skip
def test_what_is_no_catalogue_is_said_in_words(
    office: Office, on: On, tmp_path: Path, data: bytes, name: str, said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        imported(office, tmp_path, data, name)


def test_rows_without_what_is_needed_are_named_and_stop_a_complete_list(office: Office, on: On, tmp_path: Path) -> None:
    data = as_csv(ROWS[0], ("9", "甲", "乙", "", "", "", "", ""))
    assert imported(office, tmp_path, data).refused == ((3, "没有写公开内容(要素)，没有读进来。"),)
    with pytest.raises(BadInput, match="不能当作完整的目录"):
        imported(office, tmp_path, data, complete=True)
    with pytest.raises(NotAllowed):
        catalogue_sheets.take_in(office, tmp_path / "目录.csv", username="sunhao")


@pytest.mark.parametrize(("words", "limit"), [
    ("信息形成或变更之日起20个工作日内", TimeLimit(20, True)), ("二十个工作日", TimeLimit(20, True)), ("7个工作日", TimeLimit(7, True)),
    ("经本级人大批准后20日内", TimeLimit(20, False)), ("批准后二十日内", TimeLimit(20, False)), ("及时公开", TimeLimit(20, True, False)),
    ("", TimeLimit(20, True, False)), ("公示期不少于 5 个工作日", TimeLimit(5, True)),
])  # fmt: skip
def test_the_words_of_a_time_limit(words: str, limit: TimeLimit) -> None:
    assert time_limits.read(words) == limit


@given(st.text(max_size=60))
def test_any_words_give_a_term(words: str) -> None:
    assert time_limits.read(words).days > 0


def test_what_is_due_when_and_the_rate_of_each_department(office: Office, on: On, tmp_path: Path) -> None:
    imported(office, tmp_path, as_csv(*ROWS))
    jobs, _, budget, tender = [item.id for item in catalogue_sheets.standing(office)]
    on(date(2026, 4, 30))
    form = disclosure_duties.form
    first = form(office, jobs, what="春季招聘会岗位", on=date(2026, 1, 30), username="hejing")
    form(office, jobs, what="夏季岗位", on=date(2026, 4, 24), username="hejing")
    spent = form(office, budget, what="2026 年部门预算", on=date(2026, 2, 6), username="hejing")
    form(office, tender, what="道路工程", on=date(2026, 3, 2), username="hejing")
    due = {line.duty.what: (str(line.due), line.late) for line in disclosure_duties.listing(office)}
    assert due == {"春季招聘会岗位": ("2026-03-05", True), "2026 年部门预算": ("2026-02-26", True),
                   "夏季岗位": ("2026-05-26", False), "道路工程": ("2026-03-30", True)}  # fmt: skip
    assert next(line.duty.what for line in disclosure_duties.listing(office)) == "2026 年部门预算"
    with office.store.write() as session:
        session.add(Disclosure(key="ys-2026", title="2026 年部门预算", fields="{}", fingerprint="0" * 64, published_on=date(2026, 2, 25),
                               first_seen_at=world.NOON, changed_at=world.NOON))  # fmt: skip
    disclosure_duties.disclose(office, spent, on=None, key="ys-2026", url="", username="hejing")
    disclosure_duties.disclose(office, first, on=date(2026, 3, 6), key="", url="https://x.example/1", username="hejing")
    rates = {row.body: (row.due, row.disclosed, row.in_time, row.rate) for row in disclosure_rates.rates(office, 2026)}
    assert rates == {"财政局": (1, 1, 1, 100.0), "人社局": (1, 1, 0, 100.0), disclosure_rates.NOBODY: (1, 0, 0, 0.0)}
    [(number, title)] = catalogue_sheets.disclosed(office)[budget]
    assert title == "2026 年部门预算" and number
    for arguments, error in (
        ({"key": "", "url": ""}, BadInput), ({"key": "none", "url": ""}, NotFound), ({"key": "ys-2026", "url": ""}, Conflict),
    ):  # fmt: skip
        with pytest.raises(error):
            disclosure_duties.disclose(
                office, spent if error is Conflict else 2, on=None, username="hejing", **arguments
            )


def test_a_term_that_runs_into_an_unknown_year_is_not_guessed(office: Office, on: On, tmp_path: Path) -> None:
    imported(office, tmp_path, as_csv(*ROWS))
    on(date(2026, 12, 10))
    disclosure_duties.form(
        office, catalogue_sheets.standing(office)[0].id, what="岗位", on=date(2026, 12, 9), username="hejing"
    )
    [line] = disclosure_duties.listing(office)
    assert line.due is None and not line.late and "2027 年的放假安排还没有录入" in line.why


def test_what_is_written_out_can_be_taken_in_again_whatever_its_cells_say(
    office: Office, on: Callable[[date], None]
) -> None:
    on(date(2026, 3, 2))
    head = "一级事项,二级事项,公开内容(要素),公开对象,公开方式"
    for rows in (
        ["就业,岗位信息发布,招聘单位,全社会,主动"],
        ["就业,岗位信息发布,招聘单位,全社会,主动", "就业,补贴,名单,特定群体,依申请"],
    ):
        (office.home / "in.csv").write_text("\n".join([head, *rows]), encoding="utf-8")
        catalogue_sheets.take_in(office, office.home / "in.csv", username="hejing", complete=True)
        assert catalogue_sheets.write(office, office.home / "out.csv") == len(rows)
        again = catalogue_sheets.take_in(office, office.home / "out.csv", username="hejing", complete=True)
        assert (again.unchanged, again.changed, again.new, again.withdrawn) == (len(rows), 0, 0, 0)
    assert [item.audience for item in catalogue_sheets.standing(office)] == ["全社会", "特定群体"]
