"""What will happen if an article goes out at a time: in a sentence, or why it cannot, and which other days there are."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from content.rules.publishing.publication import Delivery
from content.rules.publishing.schedule import MASS_SENDS, MOST_IN_A_PUSH, PAST
from content.services.articles.article_list import ArticleCard
from content.services.office import Office
from content.services.planning.month_plan import SENT, days, mass_sends

OFFERED, AHEAD = 4, 21  # days that are offered to an article that is moved, of so many to come


def offers(office: Office, card: ArticleCard, now: datetime) -> list[datetime]:
    """The next days that lack a post, each at the article's own hour; 9:00 for one without."""
    zone, today = office.settings.zone, office.clock.day(now)
    hour = card.at.astimezone(zone).time() if card.at else time(9)
    soon = days(office, today, today + timedelta(days=AHEAD), now)
    times = (datetime.combine(day.on, hour, zone) for day in soon if day.lacks)
    return [at for at in times if at > now][:OFFERED]


def forecast(office: Office, card: ArticleCard, at: datetime, now: datetime) -> str:
    """What will happen if the article goes out then, as the rest of a sentence that begins with the time."""
    day = office.clock.day(at)
    others = _others(office, card, day, now)
    if card.delivery == Delivery.MASS:
        together = f"和这天另外 {len(mass_sends(others))} 篇一起，" if mass_sends(others) else ""
        span, allowed = MASS_SENDS[office.settings.wechat_account]
        used = len(_pushes(office, day, now) | {day}) if span == "月" else 1
        whose = "今日" if day == office.clock.day(now) else f"这{span}的"
        return f"{together}将群发给全部关注者，{whose if span == '天' else '这个月的'}群发额度剩 {allowed - used}"
    if card.delivery == Delivery.DRAFT:
        return "将只放进公众平台的草稿箱，要有人到公众平台上点“发布”"
    more = f"，这天另有 {len(others)} 篇" if others else ""
    return f"将发布，不占群发额度，关注者不会收到推送{more}"


def refusal(office: Office, card: ArticleCard, at: datetime, now: datetime) -> str:
    """Why the article cannot go out then: it is past, or the platform would refuse it; empty if it can."""
    if at <= now:
        return PAST
    if card.delivery != Delivery.MASS:
        return ""
    span, allowed = MASS_SENDS[office.settings.wechat_account]
    day = office.clock.day(at)
    mass = mass_sends(_others(office, card, day, now))
    if len(mass) >= MOST_IN_A_PUSH:
        return f"这天已经有 {len(mass)} 篇群发，一次群发最多 {MOST_IN_A_PUSH} 篇。请换一天，或者改成“发布”。"
    if span == "天" and any(other.state in SENT for other in mass):
        return "这天的群发额度已经用掉，再群发会被平台拒绝。请换一天，或者改成“发布”。"
    if span == "月" and len(_pushes(office, day, now) | {day}) > allowed:
        return f"这个月的 {allowed} 次群发已经排满，再群发会被平台拒绝。请换一天和别的一起发，或者改成“发布”。"
    return ""


def allowance(office: Office, first: date, now: datetime) -> str:
    """The allowance of mass sends as a sentence; for a service account with what the month has left."""
    span, allowed = MASS_SENDS[office.settings.wechat_account]
    if span == "天":
        return f"群发额度：每天 {allowed} 次，一次最多 {MOST_IN_A_PUSH} 篇。"
    used = len(_pushes(office, first, now))
    return f"群发额度：每月 {allowed} 次，{first.month}月已排 {used} 次，还剩 {max(0, allowed - used)} 次。"


def _others(office: Office, card: ArticleCard, day: date, now: datetime) -> list[ArticleCard]:
    return [other for other in days(office, day, day, now)[0].cards if other.id != card.id]


def _pushes(office: Office, day: date, now: datetime) -> set[date]:
    """The days of the month that have a mass send."""
    first = day.replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return {each.on for each in days(office, first, last, now) if each.mass}
