"""When an article goes out: who may still move it, and what a mass send of a day costs.

Source of the allowances: the platform's page on mass sends (subscription accounts one a day, service accounts four a month).
What is due on one day as a mass send goes out together, as one push of up to eight articles.
"""

from __future__ import annotations

from datetime import datetime

from content.rules.errors import BadInput, Conflict
from content.rules.people import Right, Role, entitled
from content.rules.publishing.three_reviews import STATE_WORDS, WHAT_NOW, ArticleState

MOVABLE = frozenset({ArticleState.DRAFT, ArticleState.REVIEWING, ArticleState.SCHEDULED, ArticleState.REFUSED})
MASS_SENDS = {"subscription": ("天", 1), "service": ("月", 4)}  # kind of account → within what, how many
MOST_IN_A_PUSH = 8


def may_move(roles: frozenset[Role], state: ArticleState) -> Role:
    """The role in which a person gives an article another time; once it is approved that is the chief's.

    Raises NotAllowed, Conflict once it is on its way out.
    """
    if state not in MOVABLE:
        raise Conflict(f"现在是“{STATE_WORDS[state]}”，不能改时间。{WHAT_NOW[state]}。")
    if state == ArticleState.SCHEDULED:
        return entitled(roles, Right.THIRD, what="改三审通过的稿件的时间")
    return entitled(roles, Right.WRITE, what="改时间")


def check_time(at: datetime | None, *, now: datetime, approved: bool) -> None:
    """Raises BadInput for a time that has passed, or for none where the article is approved already."""
    if at is not None and at <= now:
        raise BadInput("这个时间已经过去了，请选以后的时间。")
    if at is None and approved:
        raise BadInput("三审已经通过，请给一个时间；要停下，请退回。")
