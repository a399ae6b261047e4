"""The office's own table of holidays: read, checked against the law, and kept by the day of entry."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from config import holidays
from tests.config.holiday_notices import RIGHT


def read(home: Path, text: str) -> holidays.HolidayTable:
    """The table that a text makes."""
    (home / holidays.NAME).write_text(text, encoding="utf-8")
    return holidays.table(home)


def fault(home: Path, old: str, new: str) -> str:
    """What is said when a part of a right notice is written otherwise."""
    assert old in RIGHT
    [notice] = read(home, RIGHT.replace(old, new)).notices
    return " ".join(notice.faults)


def test_a_whole_notice_is_read(tmp_path: Path) -> None:
    [notice] = read(tmp_path, RIGHT).notices
    assert notice.faults == () and notice.year == 2027 and notice.source == "试编的通知"
    assert notice.off[date(2027, 2, 8)] == "春节" and date(2027, 1, 31) in notice.work


def test_without_a_file_nothing_is_known_and_the_example_that_comes_along_is_empty(tmp_path: Path) -> None:
    assert holidays.table(tmp_path) == holidays.HolidayTable((), tmp_path / holidays.NAME)
    assert read(tmp_path, holidays.BUILT_IN.read_text(encoding="utf-8")).notices == ()


@pytest.mark.parametrize(("old", "new", "said"), [
    ('    { name = "中秋节", from = 2027-09-15, to = 2027-09-15 },\n', "", "没有写中秋节"),
    ("to = 2027-10-07", "to = 2027-10-06", "像是漏了或多了日子"),
    (", 2027-10-09", "", "像是漏了或多了日子"),
    ("from = 2027-05-01", "from = 2027-05-02", "2027-05-01（劳动节）没有写进假期"),
    ("2027-05-08", "2027-05-10", "2027-05-10 不是周六或周日"),
    ("2027-05-08", "2027-05-02", "2027-05-02 又放假又上班"),
    ("2027-05-08", "2026-05-09", "2026-05-09 不在 2027 年"),
    ("to = 2027-02-11", "to = 2027-03-11", "不像一个假期"),
    ("to = 2027-02-11", 'to = "二月十一"', "from 和 to 要写日期"),
    ('name = "元旦", ', "", "每个假期写成"),
    ("workdays = [", "works = [", "要有 workdays"),
])  # fmt: skip
def test_a_missing_or_wrong_day_is_said(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert said in fault(tmp_path, old, new)


def test_a_notice_that_really_differs_is_taken_with_its_reason(tmp_path: Path) -> None:
    assert fault(tmp_path, ", 2027-10-09]", ']\nexception = "多放一天"') == ""


@pytest.mark.parametrize(("text", "said"), [
    ("[[notice]]\nyear = 2027\n", "第 1 段要有"), ('[[notice]]\nyear = "2027"\nentered = 2026-11-20\n', "第 1 段要有"),
    ("[[notice]\n", "格式不对"), ("notice = 3\n", "[[notice]]"),
])  # fmt: skip
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, text: str, said: str) -> None:
    assert said in read(tmp_path, text).faults[0]


def test_a_file_in_another_encoding_says_so(tmp_path: Path) -> None:
    (tmp_path / holidays.NAME).write_bytes("# 放假".encode("gb18030"))
    assert "UTF-8" in holidays.table(tmp_path).faults[0]
