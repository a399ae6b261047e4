"""应急发布: who may let an article out before its three reviews, and how, told to whoever looks for it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from content.rules.errors import Conflict, NotAllowed
from content.rules.people import Right, who_may
from content.rules.publishing import three_reviews
from content.rules.publishing.three_reviews import Pass, Reviewer
from content.services.office import Office
from content.services.people import review_staff
from content.services.people.review_staff import ReviewStaff

HOW = (
    "送审以后，{who}在审核页上打开“急事，要马上发”，写明什么急事，先过终审；再有一人通过，就马上发布，"
    "缺的一审 24 小时内补上。"
)


def may_hurry(reviewer: Reviewer, *, authors: Collection[str], passed: Sequence[Pass]) -> bool:
    """Whether this person may pass as the chief before the others."""
    try:
        return bool(three_reviews.next_pass(reviewer, authors=authors, passed=passed, urgent=True))
    except (NotAllowed, Conflict):
        return False


@dataclass(frozen=True)
class EmergencyWay:
    """How an article could go out before its three reviews; where the office `is_on` no such way, one short sentence."""

    words: str
    is_on: bool = True


def way(office: Office, staff: ReviewStaff, *, authors: Collection[str], passed: Sequence[Pass]) -> EmergencyWay | None:
    """How an article of these authors goes out in an emergency, or why it does not. None where it needs none."""
    if any(done.urgent for done in passed) or len(passed) >= three_reviews.LAST:
        return None
    if not office.settings.emergency_publishing:
        return EmergencyWay(three_reviews.NO_EMERGENCIES, is_on=False)
    able = [staff.called(each.person) for each in staff.reviewers if may_hurry(each, authors=authors, passed=passed)]
    if not able:
        return EmergencyWay(f"现在没有人能做应急发布：要由没有写过、没有审过这一篇的{who_may(Right.THIRD)}先过。")
    return EmergencyWay(HOW.format(who="或".join(able)))


def way_of(office: Office, username: str) -> EmergencyWay | None:
    """The same of an article that this person is going to write."""
    with office.store.read() as session:
        staff = review_staff.on(office, session, office.clock.today())
    return way(office, staff, authors={username}, passed=())
