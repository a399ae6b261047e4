"""When an article goes out: who may still move it, and what a mass send of a day costs.

Source of the allowances: the platform's page on mass sends (subscription accounts one a day, service accounts four a month).
What is due on one day as a mass send goes out together, as one push of up to eight articles.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo

from content.rules.errors import BadInput, Conflict
from content.rules.people import Right, Role, entitled
from content.rules.publishing.article_states import STATE_WORDS, WHAT_NOW, ArticleState
from content.rules.spoken_times import time_words

MOVABLE = frozenset({ArticleState.DRAFT, ArticleState.REVIEWING, ArticleState.SCHEDULED, ArticleState.REFUSED})
MASS_SENDS = {"subscription": ("天", 1), "service": ("月", 4)}  # kind of account → within what, how many
MOST_IN_A_PUSH = 8
USUAL = time(9)
CLOSE = timedelta(hours=1)  # three reviews hardly come to their end in less
PAST = "这个时间已经过去了，请选以后的时间。"


def right_to_move(state: ArticleState) -> Right | None:
    """The right that giving an article another time takes; once it is approved that is the chief's. None: nobody may."""
    if state not in MOVABLE:
        return None
    return Right.THIRD if state == ArticleState.SCHEDULED else Right.WRITE


def may_move(roles: frozenset[Role], state: ArticleState) -> Role:
    """The role in which a person gives an article another time.

    Raises NotAllowed, Conflict once it is on its way out.
    """
    right = right_to_move(state)
    if right is None:
        raise Conflict(f"现在是“{STATE_WORDS[state]}”，不能改时间。{WHAT_NOW[state]}。")
    return entitled(roles, right, what="改三审通过的稿件的时间" if state == ArticleState.SCHEDULED else "改时间")


def check_time(at: datetime | None, *, now: datetime, approved: bool) -> None:
    """Raises BadInput for a time that has passed, or for none where the article is approved already."""
    if at is not None and at <= now:
        raise BadInput(PAST)
    if at is None and approved:
        raise BadInput("三审已经通过，请给一个时间；要停下，请退回。")


def usual_time(day: date, now: datetime) -> datetime | None:
    """The time that a post of that day is first given: nine, or a full hour that leaves time for the reviews.

    `now` in the office's zone. None where the day has no such hour any more.
    """
    usual = datetime.combine(day, USUAL, now.tzinfo)
    if usual - now >= CLOSE:
        return usual
    later = (now + CLOSE).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return later if later.date() == day else None


def concern(at: datetime | None, *, now: datetime, zone: tzinfo) -> str:
    """What will really happen to a post that is not reviewed yet and wants a time that is past or near; else empty."""
    if at is None or at - now >= CLOSE:
        return ""
    spoken = time_words(at, now=now, zone=zone)
    if at <= now:
        return f"定的时间 {spoken} 已经过去，三审都通过后马上发布。"
    return f"离定的时间 {spoken} 不到 {max(1, int((at - now) / timedelta(minutes=1)))} 分钟，到时三审没有都通过，就等通过后马上发布。"
