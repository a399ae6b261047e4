"""The days of a span as the calendar shows them: which people work on, what goes out, where a post is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from content.rules.figures.holiday_calendar import CalendarDay, UnknownYear, WorkCalendar
from content.rules.publishing.article_states import ArticleState
from content.rules.publishing.publication import Delivery
from content.rules.publishing.schedule import MOST_IN_A_PUSH
from content.services.articles import article_list
from content.services.articles.article_list import ArticleCard, ArticleConditions
from content.services.figures import terms
from content.services.office import Office

SEEN = tuple(state for state in ArticleState if state != ArticleState.WITHDRAWN)
SENT = (ArticleState.PUBLISHING, ArticleState.UNKNOWN, ArticleState.PUBLISHED)
MOST = 2000  # articles in one span
SATURDAY = 5
ALWAYS_OFF = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})  # in years whose notice is not known either
OFFERED, AHEAD = 4, 21  # days that are offered to an article that is moved, of so many to come


@dataclass(frozen=True)
class PlannedDay:
    """One day. `work` is None in a year whose holidays are not known; `is_asked`: the alarms ask for its post by tomorrow."""

    on: date
    work: CalendarDay | None
    cards: tuple[ArticleCard, ...]
    is_past: bool
    is_today: bool
    is_asked: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing goes out on the day: today and later."""
        return not self.is_past and not self.cards

    @property
    def is_always_off(self) -> bool:
        """Whether it is off work in every year: the fixed days of the State Council's rule on public holidays."""
        return (self.on.month, self.on.day) in ALWAYS_OFF

    @property
    def lacks(self) -> bool:
        """Whether it is empty and must not stay so: people work then, or the alarms already ask for its post."""
        works = self.work.works if self.work else self.on.weekday() < SATURDAY and not self.is_always_off
        return self.is_empty and (works or self.is_asked)

    @property
    def mass(self) -> int:
        """How many articles of the day are mass sends."""
        return len(mass_sends(self.cards))

    @property
    def full(self) -> str:
        """Why no further mass send fits into the day, where a day has one; empty if one does."""
        if any(card.state in SENT for card in mass_sends(self.cards)):
            return "这天的群发额度用完了"
        return f"这天已有 {self.mass} 篇群发" if self.mass >= MOST_IN_A_PUSH else ""


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
        PlannedDay(day, _work(known, day), tuple(by_day.get(day, ())), day < today, day == today,
                   today <= day <= today + timedelta(days=1))
        for day in (first + timedelta(days=number) for number in range((last - first).days + 1))
    ]  # fmt: skip


def mass_sends(cards: Sequence[ArticleCard]) -> list[ArticleCard]:
    """Those that are sent to all followers."""
    return [card for card in cards if card.delivery == Delivery.MASS]


def _work(known: WorkCalendar, day: date) -> CalendarDay | None:
    try:
        return known.day(day)
    except UnknownYear:
        return None
