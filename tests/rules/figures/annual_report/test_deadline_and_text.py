"""By when the report must be out, and the text that is drafted from its figures."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hypothesis import given, settings

from config.holidays import HolidayTable
from content.rules.figures.annual_report import checks, deadline, drafted_text
from content.rules.figures.annual_report.drafted_text import YearsWork
from content.rules.figures.annual_report.report import AnnualReport
from content.rules.figures.holiday_calendar import WorkCalendar
from tests.rules.figures.annual_report.made_up import consistent, report

CALENDAR = WorkCalendar(HolidayTable((), Path("holidays.toml")))


def test_the_deadline_is_the_law_s_day_and_the_last_working_day_before_it() -> None:
    saturday = deadline.deadline(2025, CALENDAR)
    assert (saturday.on, saturday.work_by, saturday.certain) == (date(2026, 1, 31), date(2026, 1, 30), True)
    sunday = deadline.deadline(2026, CALENDAR)
    assert (sunday.on, sunday.work_by, sunday.certain) == (date(2027, 1, 31), date(2027, 1, 29), False)
    assert "周日" in sunday.words and "2027 年的放假安排还没有录入" in sunday.words
    friday = deadline.deadline(2024, CALENDAR)
    assert friday.on.isoformat() == "2025-01-31" and friday.work_by == date(2025, 1, 27)  # the spring festival


@settings(max_examples=100, deadline=None)
@given(consistent())
def test_the_drafted_text_agrees_with_the_tables(made: AnnualReport) -> None:
    text = "\n".join(drafted_text.paragraphs(drafted_text.draft(made, YearsWork(articles=3, portal_items=2, fees=0))))
    said = AnnualReport(made.format, made.active, made.requests, made.cases, made.org, made.year, text)
    assert checks.check(said) == checks.check(made)


def test_what_only_people_can_tell_is_asked_for() -> None:
    sections = drafted_text.draft(report(), YearsWork(articles=1400, portal_items=1230, categories={"通知": 7}))
    assert "全年通过微信公众号公开政府信息 1400 条，通过门户网站公开政府信息 1230 条" in sections[0][0]
    assert any("存在的主要问题" in gap for gap in drafted_text.gaps(sections))
    assert drafted_text.gaps((("写好了。",),) * 6) == []
