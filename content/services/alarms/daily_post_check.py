"""No day without a post: asks at its hours whether a day has one, raises the alarm, and calls a reserve article in."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy.orm import Session

from content.rules import alarms as rules
from content.rules.alarms import AlarmKind, chinese
from content.rules.figures import days_without_publication
from content.rules.publishing import daily_post_hours
from content.rules.publishing.daily_post_hours import PostCheck
from content.services.alarms import lifecycle
from content.services.office import Office
from content.store.alarms import alarms, day_posts
from content.store.alarms.day_posts import DayPosts
from content.store.articles import articles
from content.store.figures import ledger
from content.store.tables import Article

log = logging.getLogger(__name__)


def check(office: Office, now: datetime) -> list[str]:
    """Raises what is to be raised at this time, closes what is over; the messages that are new.

    May be called at any time, as often as one likes: a post that is lost after its hour is noticed just the same.
    """
    local_now = now.astimezone(office.settings.zone)
    raised = [message for slot in daily_post_hours.slots(local_now) if (message := _ask(office, slot, now))]
    if local_now.time() >= daily_post_hours.hours()[0] and (message := _two_weeks(office, now)):
        raised.append(message)
    _close(office, now)
    return raised


def prospect(office: Office, session: Session, day: date, now: datetime) -> DayPosts:
    """How a day's posts stand; on the day itself what is overdue from earlier days counts too."""
    start, end = _bounds(office, day)
    return day_posts.prospect(session, day, since=start if day > office.clock.day(now) else None, until=end)


def _ask(office: Office, slot: PostCheck, now: datetime) -> str:
    with office.store.read() as session:
        if not _wants(slot, prospect(office, session, slot.day, now)):
            return ""
    with office.store.write() as session:
        found = prospect(office, session, slot.day, now)
        if not _wants(slot, found):
            return ""
        called = _call_reserve(session, slot, found, now) if slot.last else None
        message = _message(office, session, slot, found, called=called, now=now)
        tell = lifecycle.enter if called is None else lifecycle.replace
        alarm = tell(session, AlarmKind.GAP, subject=slot.subject, message=message, now=now)
        return message if alarm else ""


def _wants(slot: PostCheck, found: DayPosts) -> bool:
    """A post that waits for a person's hand may do for the day until it is asked for the last time."""
    return not found.out and not found.planned and (slot.last or not found.waiting)


def _call_reserve(session: Session, slot: PostCheck, found: DayPosts, now: datetime) -> str | None:
    """The title of the reserve article that steps in; one at a time, and none while a person need only press."""
    if found.waiting or day_posts.called_reserve(session):
        return None
    for article in day_posts.reserve(session):
        if day_posts.call(session, article, now):
            title = articles.present(session, article).title
            ledger.append(session, kind="reserve.used", actor="clock", subject=f"article:{article.id}", at=now,
                          title=title, day=str(slot.day))  # fmt: skip
            log.warning("reserve article %s steps in", article.id)
            return title
    return None


def _message(
    office: Office, session: Session, slot: PostCheck, found: DayPosts, *, called: str | None, now: datetime
) -> str:
    today = office.clock.day(now)
    word = "明天" if slot.day > today else "今天"
    parts = [f"{word}（{chinese(slot.day)}）{_lack(slot, found, called)}"]
    if called is not None:
        parts.append(f"备用稿《{called}》已经顶上，马上发布；还剩 {len(day_posts.reserve(session))} 篇备用稿。")
    elif slot.last and not found.waiting:
        parts.append(_no_reserve(day_posts.called_reserve(session)))
    parts.append(days_without_publication.two_weeks(day_posts.last_day_out(session), today))
    return "".join(parts)


def _lack(slot: PostCheck, found: DayPosts, called: str | None) -> str:
    if found.waiting:
        return f"的《{found.waiting[0]}》还等着人到公众平台上点发布，请马上去办。"
    if found.stuck:
        title, reason = found.stuck[0]
        return f"只有《{title}》，但是它停住了：{reason or '原因不明。'}"
    if called is not None:
        return "没有审好待发的稿件。"
    return "还没有审好待发的稿件。" + ("" if slot.last else "请安排一篇，并完成三审。")


def _no_reserve(called: Article | None) -> str:
    if called is not None:
        return "先前顶上的备用稿也还没有发出去，请看看是什么原因。"
    return "也没有审好的备用稿，请马上安排一篇，不然这一天就空着了。"


def _two_weeks(office: Office, now: datetime) -> str:
    """Told once a day, from the day on which few are left."""
    today = office.clock.day(now)
    message = lifecycle.warning(office, today)
    raised = message and lifecycle.raise_alarm(
        office, AlarmKind.TWO_WEEKS, subject=str(today), message=message, now=now
    )
    return message if raised else ""


def _close(office: Office, now: datetime) -> None:
    today = office.clock.day(now)
    with office.store.read() as session:
        over = {alarm.id: why for alarm in alarms.standing(session, (AlarmKind.GAP, AlarmKind.TWO_WEEKS))
                if (why := _why_over(office, session, alarm.kind, alarm.subject, today=today, now=now))}  # fmt: skip
    if over:
        with office.store.write() as session:
            for alarm_id, why in over.items():
                lifecycle.end(session, alarms.find(session, alarm_id), now, why=why)


def _why_over(office: Office, session: Session, kind: str, subject: str, *, today: date, now: datetime) -> str:
    """Why this alarm is over; empty while it is not. That of the last hour ends only when the day's post is out."""
    if kind == AlarmKind.TWO_WEEKS:
        is_over = subject.partition("#")[0] != str(today) or not lifecycle.warning(office, today)
        return rules.OVER[AlarmKind.TWO_WEEKS] if is_over else ""
    slot = daily_post_hours.parse(subject)
    if slot is None:
        return rules.OVER[AlarmKind.GAP]
    found = prospect(office, session, slot.day, now)
    if found.out or (slot.day >= today and not slot.last and not _wants(slot, found)):
        return rules.OVER[AlarmKind.GAP]
    return rules.DAY_PASSED if slot.day < today else ""


def _bounds(office: Office, day: date) -> tuple[datetime, datetime]:
    """The instants between which it is this day in the office's zone."""
    first, after = (datetime.combine(each, time(), office.settings.zone) for each in (day, day + timedelta(days=1)))
    return first.astimezone(UTC), after.astimezone(UTC)
