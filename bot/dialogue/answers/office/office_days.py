"""Whether the office is open on a day, and when the holidays are: by its calendar, with its hours and telephone."""

from __future__ import annotations

from datetime import date, datetime

from bot.dialogue.reply_text import lines, plain, say, tap
from bot.dialogue.turn import AskedQuestion, Scene, Turn
from bot.wechat.messages import Text
from config.contact import contact
from content.rules.citizens import office_days
from content.rules.citizens.office_days import HolidaySpan, OfficeDayQuestion
from content.rules.figures.holiday_calendar import CalendarDay, UnknownYear, WorkCalendar
from content.services.figures import terms


def is_asked(scene: Scene) -> bool:
    """今天上班吗, 元旦放几天."""
    return office_days.asked(scene.bare, scene.today) is not None


def told(scene: Scene) -> Turn:
    """What the calendar says of that day or holiday, and how to reach the office."""
    question = office_days.asked(scene.bare, scene.today)
    assert question is not None  # is_asked
    calendar = terms.calendar(scene.office.home)
    if question.holiday:
        said = _of_holiday(question.holiday, calendar, scene.today)
    elif question.day is not None:
        said = _of_day(scene, question, calendar)
    else:
        said = _of_all(calendar, scene.today)
    reply = Text(lines([*said, *_how_to_reach(scene)]))
    return Turn(reply, question=AskedQuestion(scene.asked, answered=True, offered=("guide:办公时间",)))


def _of_day(scene: Scene, question: OfficeDayQuestion, calendar: WorkCalendar) -> list[str]:
    day = question.day or scene.today
    called = {0: say("open_today"), 1: say("open_tomorrow")}.get((day - scene.today).days, "")
    name = f"{called}{office_days.said(day)}"
    try:
        found = calendar.day(day)
    except UnknownYear:
        return [_by_law(day, name)]
    if found.works:
        reason = say("open_why", why=found.why) if found.why else ""
        return [say("open_yes", day=name, why=reason), *(_right_now(scene) if question.now else [])]
    return [_off(found, name, calendar)]


def _off(day: CalendarDay, name: str, calendar: WorkCalendar) -> str:
    following = office_days.next_working_day(day.on, calendar)
    reason = say("open_why", why=day.why) if day.why else ""
    if following is None:
        return say("open_no", day=name, why=reason)
    return say("open_no_until", day=name, why=reason, next=office_days.said(following))


def _by_law(day: date, name: str) -> str:
    """What can be said of a day whose year's notice is not known."""
    if holiday := office_days.by_law(day):
        return say("open_by_law", day=name, holiday=holiday, year=day.year)
    return say("open_unknown", year=day.year)


def _right_now(scene: Scene) -> list[str]:
    local: datetime = scene.now.astimezone(scene.office.clock.zone)
    hours = contact(scene.office.home).hours
    within = office_days.is_within(hours, 60 * local.hour + local.minute)
    if within is None:
        return []
    return [say("open_now" if within else "open_not_now", time=f"{local.hour}:{local.minute:02}")]


def _of_holiday(name: str, calendar: WorkCalendar, today: date) -> list[str]:
    span = office_days.holiday(name, calendar, today)
    if span is not None:
        return [_span(span)]
    called = office_days.CALLED[name]
    by_law = office_days.first_by_law(name, today)
    if by_law is None:
        return [say("open_holiday_unknown", holiday=called)]
    return [say("open_by_law", day=office_days.said(by_law), holiday=called, year=by_law.year)]


def _of_all(calendar: WorkCalendar, today: date) -> list[str]:
    spans = [_span(span) for span in office_days.holidays(calendar, today)]
    unknown = next((year for year in (today.year, today.year + 1) if not calendar.knows(year)), None)
    return [say("open_closed_on_holidays"), *spans, *([say("open_unknown", year=unknown)] if unknown else [])]


def _span(span: HolidaySpan) -> str:
    first, last = office_days.said(span.first), office_days.said(span.last)
    days = first if span.first == span.last else say("open_from_to", first=first, last=last)
    work = say("open_work", days="、".join(map(office_days.said, span.work))) if span.work else ""
    return say("open_span", holiday=span.name, days=days, count=(span.last - span.first).days + 1, work=work)


def _how_to_reach(scene: Scene) -> list[str]:
    known = contact(scene.office.home)
    said = [
        say(phrase, value=plain(value))
        for phrase, value in (("office_hours", known.hours), ("office_phone", known.phone))
        if value
    ]
    return said or [say("open_ask_person", person=tap("tap_person"))]
