"""Notices on holidays from their own words: the days they name, what contradicts itself, and computations of before."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from content.rules.errors import BadInput, NotAllowed
from content.rules.figures import holiday_notice, working_days
from content.rules.figures.holiday_calendar import WorkCalendar
from content.services.figures import holiday_notices, terms
from content.services.office import Office
from tests import world
from tests.notice_texts import FOR_2026, FOR_2027


def test_the_notice_for_2026_gives_the_days_of_the_package(office: Office) -> None:
    found = holiday_notices.read(office, FOR_2026)
    assert found.faults == () and found.draft.source == "国办发明电〔2025〕7号"
    entered, packaged = (
        holiday_notices.enter(office, FOR_2026, username="hejing"),
        WorkCalendar(terms.calendar(office.home).table.known_on(date(2020, 1, 1))),
    )
    own = terms.calendar(office.home)
    assert entered.year == 2026 and "录入的通知" in own.source(2026)
    for at in range(365):
        day = date(2026, 1, 1) + timedelta(at)
        assert own.day(day).works is packaged.day(day).works, day


@pytest.mark.parametrize(("before", "after", "said"), [
    ("至23日（农历正月初七、周一）", "至22日（农历正月初六、周日）", "写着共 9 天"),
    ("1月4日（周日）上班", "1月4日（周一）上班", "其实是周日"),
    ("三、清明节：4月4日（周六）至6日（周一）放假，共3天。\n", "", "没有写清明节"),
    ("2月14日（周六）、2月28日（周六）上班", "2月28日（周六）上班", "漏了或多了日子"),
    ("5月1日（周五）至5日（周二）放假调休，共5天", "5月1日（周五）至4日（周一）放假调休，共4天", "漏了或多了日子"),
    ("10月1日", "10月32日", "不是日期"),
    ("6月19日（周五）至21日（周日）放假，共3天", "另行通知", "没有看出放假的日子"),
])  # fmt: skip
def test_a_notice_with_a_fault_is_refused_in_words(office: Office, before: str, after: str, said: str) -> None:
    assert before in FOR_2026
    with pytest.raises(BadInput, match=said):
        holiday_notices.enter(office, FOR_2026.replace(before, after, 1), username="hejing")
    assert holiday_notices.entered(office).notices == ()


def test_what_is_no_notice_is_told_so(office: Office) -> None:
    with pytest.raises(BadInput, match="哪一年"):
        holiday_notices.read(office, "一、元旦：1月1日放假。")
    with pytest.raises(BadInput, match="没有看出放假的日子"):
        holiday_notices.read(office, "国务院办公厅关于2027年部分节假日安排的通知")
    with pytest.raises(NotAllowed):
        holiday_notices.enter(office, FOR_2027, username="linxiaoyu")


def test_a_correction_is_one_more_and_what_was_computed_before_can_be_repeated(office: Office) -> None:
    start = date(2027, 1, 4)
    holiday_notices.enter(office, FOR_2027, username="hejing")
    first = working_days.add(terms.calendar(office.home), start, days=20).end
    path = office.home / "holidays.toml"
    path.write_text(
        re.sub(r"entered = \S+", "entered = 2026-11-10", path.read_text(encoding="utf-8")), encoding="utf-8"
    )
    corrected = FOR_2027.replace("1月31日（周日）", "1月30日（周六）")
    holiday_notices.enter(office, corrected, username="hejing")
    assert len(holiday_notices.entered(office).notices) == 2
    now = terms.calendar(office.home)
    then = terms.calendar(office.home, known_on=date(2026, 11, 20))
    assert now.day(date(2027, 1, 30)).works and not now.day(date(2027, 1, 31)).works
    assert working_days.add(then, start, days=20).end == first == date(2027, 1, 31)
    assert working_days.add(now, start, days=20).end == date(2027, 1, 30)


def test_years_and_joint_holidays_are_read_as_they_are_written() -> None:
    text = ("关于2023年部分节假日安排的通知\n一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。\n"
            "二、国庆节、中秋节：10月1日（星期日）至8日（星期日）放假调休，共8天。9月28日（星期四）上班。")  # fmt: skip
    draft = holiday_notice.read(text)
    assert draft.spans == (
        ("元旦", date(2022, 12, 31), date(2023, 1, 2)),
        ("国庆节、中秋节", date(2023, 10, 1), date(2023, 10, 8)),
    )
    assert draft.work == {date(2023, 9, 28)} and draft.faults == ()


def test_the_file_stays_whole_when_it_had_a_fault_before(office: Office) -> None:
    path = office.home / "holidays.toml"
    path.write_text("[[notice]\n", encoding="utf-8")
    with pytest.raises(Exception, match="原来的内容有错"):
        holiday_notices.enter(office, FOR_2027, username="hejing")
    assert path.read_text(encoding="utf-8") == "[[notice]\n" and world.PEOPLE
