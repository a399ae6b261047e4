"""The days of a span as the calendar shows them: which people work on, what goes out, where a post is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from content.rules.figures.holiday_calendar import CalendarDay, UnknownYear, WorkCalendar
from content.rules.publishing.publication import Delivery
from content.rules.publishing.schedule import MASS_SENDS
from content.rules.publishing.three_reviews import ArticleState
from content.services.articles import article_list
from content.services.articles.article_list import ArticleCard, ArticleConditions
from content.services.figures import terms
from content.services.office import Office

SEEN = tuple(state for state in ArticleState if state != ArticleState.WITHDRAWN)
MOST = 2000  # articles in one span


@dataclass(frozen=True)
class PlannedDay:
    """One day. `work` is None in a year whose holidays are not known; `lacks`: a post is wanted and none is planned."""

    on: date
    work: CalendarDay | None
    cards: tuple[ArticleCard, ...]
    is_past: bool
    is_today: bool

    @property
    def lacks(self) -> bool:
        """Whether the day should have a post and has none: today and later."""
        return not self.is_past and not self.cards

    @property
    def mass(self) -> int:
        """How many articles of the day are mass sends."""
        return sum(card.delivery == Delivery.MASS for card in self.cards)


def days(office: Office, first: date, last: date, now: datetime) -> list[PlannedDay]:
    """Every day from `first` to `last`, both included."""
    zone, today, known = office.settings.zone, office.clock.day(now), terms.calendar(office.home)
    since, until = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (first, last + timedelta(days=1)))
    found = article_list.page(office, ArticleConditions(states=SEEN, since=since, until=until), size=MOST).cards
    by_day: dict[date, list[ArticleCard]] = {}
    for card in found:
        if card.at is not None:
            by_day.setdefault(office.clock.day(card.at), []).append(card)
    return [
        PlannedDay(day, _work(known, day), tuple(by_day.get(day, ())), day < today, day == today)
        for day in (first + timedelta(days=number) for number in range((last - first).days + 1))
    ]


def forecast(office: Office, card: ArticleCard, at: datetime, now: datetime) -> str:
    """What will happen if the article goes out then, as one clause: the mass sends that are left, what else is that day."""
    day = office.clock.day(at)
    planned = days(office, day, day, now)[0]
    others = [other for other in planned.cards if other.id != card.id]
    if card.delivery == Delivery.MASS:
        return _mass(office, others, day, now)
    if card.delivery == Delivery.DRAFT:
        return "只放进公众平台的草稿箱，要有人到公众平台上点“发布”。"
    return (
        f"发布不占群发额度，关注者不会收到推送。这天另有 {len(others)} 篇。"
        if others
        else "发布不占群发额度，关注者不会收到推送。"
    )


def _mass(office: Office, others: list[ArticleCard], day: date, now: datetime) -> str:
    span, allowed = MASS_SENDS[office.settings.wechat_account]
    pushes = _pushes(office, day, now) if span == "月" else set[date]()
    mass = [other for other in others if other.delivery == Delivery.MASS]
    if any(other.state == ArticleState.PUBLISHED for other in mass) and span == "天":
        return "这天的群发额度已经用掉，群发会被平台拒绝。请换一天，或者改成“发布”。"
    left = 0 if span == "天" else allowed - len(pushes | {day})
    together = f"和这天另外 {len(mass)} 篇一起，" if mass else ""
    if left < 0:
        return f"这个月的 {allowed} 次群发已经排满，群发会被平台拒绝。请改成“发布”。"
    return f"{together}群发给全部关注者；这{span}的群发额度剩 {left}。"


def _pushes(office: Office, day: date, now: datetime) -> set[date]:
    """The days of the month that have a mass send."""
    first = day.replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return {each.on for each in days(office, first, last, now) if each.mass}


def _work(known: WorkCalendar, day: date) -> CalendarDay | None:
    try:
        return known.day(day)
    except UnknownYear:
        return None
