"""What waits for one person now, and what the office should know today: the console's first page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from content.rules.applications.steps import ApplicationState
from content.rules.citizens.letters import WINDOW
from content.rules.figures.days_without_publication import days_left
from content.rules.people import Right, Role, may
from content.rules.publishing.article_states import ArticleState
from content.services.alarms import daily_post_check, lifecycle
from content.services.applications import register
from content.services.applications.register import RegisterLine
from content.services.articles import article_list
from content.services.articles.article_list import NOT_OUT, ArticleCard
from content.services.catalogue import duty_reminders
from content.services.catalogue.disclosure_duties import DutyLine
from content.services.citizens import letters
from content.services.figures.annual_report import report_reviews
from content.services.office import Office
from content.services.reviewing import corrections, owed_reviews, remarks
from content.services.reviewing.owed_reviews import OwedReview
from content.services.reviewing.remarks import OpenQuestion
from content.store import clock_runs
from content.store.alarms import day_posts, stuck_work
from content.store.alarms.day_posts import DayPosts
from content.store.tables import Alarm, Difference

NEAR = 10  # working days before a term ends, from which an application stands on the first page
RECONCILE = "reconcile"  # the clock's job


@dataclass(frozen=True)
class WaitingLetter:
    """A letter that waits for an answer; `until` it can still be sent straight to the citizen's phone."""

    id: int
    text: str
    origin: str
    heard_at: datetime
    until: datetime


@dataclass(frozen=True)
class PersonalWork:
    """What waits for one person; `owed`: reviews that are owed after an emergency, `differences`: how many to sign.

    `drafts`: what this person wrote and has not submitted. `stranded`: articles whose reviews cannot come to their end, for their authors and whoever may change people's roles. `corrections`: requests about what is out, for chiefs.
    """

    reviews: tuple[ArticleCard, ...]
    owed: tuple[OwedReview, ...]
    stranded: tuple[ArticleCard, ...]
    corrections: tuple[Alarm, ...]
    questions: tuple[OpenQuestion, ...]
    returned: tuple[ArticleCard, ...]
    refused: tuple[ArticleCard, ...]
    drafts: tuple[ArticleCard, ...]
    unknown: tuple[ArticleCard, ...]
    waiting: tuple[ArticleCard, ...]
    letters: tuple[WaitingLetter, ...]
    differences: tuple[Difference, ...]
    applications: tuple[RegisterLine, ...]
    duties: tuple[DutyLine, ...]
    reports: tuple[int, ...] = ()  # years whose report waits for this person's review

    @property
    def count(self) -> int:
        """How many things in all; the differences, which are signed on one page, count as one."""
        parts = {name: len(part) for name, part in vars(self).items()}
        return sum(parts.values()) - max(0, parts["differences"] - 1)


@dataclass(frozen=True)
class YesterdayCompared:
    """Yesterday held against the platform: when (None: not yet), whether it worked, what was out, what is not signed."""

    at: datetime | None
    worked: bool
    out: int
    differing: int


@dataclass(frozen=True)
class OfficeToday:
    """How the office stands: the days ahead, the two-week rule, what is open, yesterday's reconciliation."""

    today: date
    tomorrow: date
    posts: DayPosts
    today_posts: DayPosts
    reserves: int
    last_day: date | None
    days_left: int | None
    alarms: tuple[Alarm, ...]
    open_cards: tuple[ArticleCard, ...]
    compared: YesterdayCompared
    reviewing: tuple[ArticleCard, ...] = ()  # for today or tomorrow, whose reviews have not ended

    def reviewing_on(self, day: date) -> list[str]:
        """The titles of what is wanted for a day and still in review."""
        return [card.title for card in self.reviewing if card.at and card.at.date() == day]


def personal(office: Office, username: str, roles: frozenset[Role]) -> PersonalWork:
    """What this person is asked to do now."""
    cards = article_list.cards(office, NOT_OUT)
    may_settle, manages = may(roles, Right.SETTLE), may(roles, Right.MANAGE)
    with office.store.read() as session:
        owed = owed_reviews.standing(office, session)
        asked = corrections.standing(session) if may(roles, Right.WITHDRAW) else []
        differences = stuck_work.unsigned(session) if may(roles, Right.COUNT) else []
    mine = tuple(card for card in cards if username in dict(card.waits_for))
    return PersonalWork(
        reviews=tuple(card for card in mine if card.state == ArticleState.REVIEWING),
        owed=tuple(one for one in owed if username in dict(one.able)),
        stranded=tuple(card for card in cards if card.dead_end and (card.author == username or manages)),
        corrections=tuple(asked),
        questions=tuple(remarks.questions_to(office, username)),
        returned=tuple(card for card in cards if card.returned and card.author == username),
        refused=tuple(card for card in cards if card.state == ArticleState.REFUSED and card.author == username),
        drafts=tuple(
            card for card in cards if card.state == ArticleState.DRAFT and not card.returned and card.author == username
        ),
        unknown=tuple(card for card in cards if card.state == ArticleState.UNKNOWN and may_settle),
        waiting=tuple(card for card in cards if card.state == ArticleState.WAITING and may_settle),
        letters=waiting_letters(office) if may(roles, Right.ANSWER) else (),
        differences=tuple(differences),
        applications=waiting_applications(office, roles) if may(roles, Right.REGISTER) else (),
        duties=tuple(duty_reminders.pressing(office)) if may(roles, Right.REGISTER) else (),
        reports=report_reviews.waiting(office, username),
    )


def today(office: Office, now: datetime) -> OfficeToday:
    """How the office stands now."""
    this_day = office.clock.day(now)
    tomorrow = this_day + timedelta(days=1)
    with office.store.read() as session:
        last = day_posts.last_day_out(session)
        posts = daily_post_check.prospect(office, session, tomorrow, now)
        today_posts = daily_post_check.prospect(office, session, this_day, now)
        reserves = len(day_posts.reserve(session))
        compared = _compared(office, session, this_day)
    cards = tuple(article_list.cards(office, NOT_OUT))
    reviewing = tuple(replace(card, at=local) for card in cards if card.state == ArticleState.REVIEWING and card.at
                      and (local := card.at.astimezone(office.settings.zone)).date() in (this_day, tomorrow))  # fmt: skip
    return OfficeToday(this_day, tomorrow, posts, today_posts, reserves, last, days_left(last, this_day),
                       tuple(lifecycle.listing(office)), cards, compared, reviewing)  # fmt: skip


def _compared(office: Office, session: Session, today: date) -> YesterdayCompared:
    run, yesterday = clock_runs.last_of(session, RECONCILE), today - timedelta(days=1)
    is_of_today = run is not None and office.clock.day(run.due_at) == today
    differing = [row for row in stuck_work.unsigned(session) if row.on_day == yesterday]
    return YesterdayCompared(run.ended_at if run and is_of_today else None, run is not None and run.outcome == stuck_work.OK,
                             day_posts.count_out(session, yesterday), len(differing))  # fmt: skip


def waiting_applications(office: Office, roles: frozenset[Role]) -> tuple[RegisterLine, ...]:
    """Applications that want a person now: to be confirmed, overdue or soon so, waited for in vain; for the head, consents."""
    return tuple(
        line
        for line in register.listing(office)
        if line.state is ApplicationState.ARRIVED
        or line.waited_out
        or (line.left is not None and line.left <= NEAR)
        or (line.asks_extension and may(roles, Right.EXTEND))
    )


def waiting_letters(office: Office) -> tuple[WaitingLetter, ...]:
    """Open letters whose last word is the citizen's, the one whose time ends first at the head."""
    found = []
    for letter, said in letters.listing(office):
        standing = [message for message in said if message.text]
        if standing and not standing[-1].author:
            last = standing[-1]
            found.append(WaitingLetter(letter.id, last.text, last.origin, letter.heard_at, letter.heard_at + WINDOW))
    return tuple(sorted(found, key=lambda letter: letter.until))
