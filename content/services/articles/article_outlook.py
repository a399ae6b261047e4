"""What lies ahead of an article that is not out yet, told while it can be helped: who is lacking, when it really goes out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from content.rules.publishing import schedule
from content.rules.publishing.article_states import EDITABLE, SUBMITTABLE, ArticleState
from content.rules.publishing.three_reviews import Pass
from content.services.articles.article_list import ArticleCard
from content.services.office import Office
from content.services.people.review_staff import ReviewStaff
from content.services.reviewing import dead_ends, emergencies
from content.services.reviewing.dead_ends import DeadEnd
from content.services.reviewing.emergencies import EmergencyWay

BEFORE_THE_END = frozenset({*SUBMITTABLE, ArticleState.REVIEWING})  # of the three reviews


@dataclass(frozen=True)
class ArticleOutlook:
    """`dead_end`: the one that it is in, or runs into when it is submitted; `leads_to`: that into which a pass of this
    person's would lead. `if_edited`: the one into which it would come if this person changed it and so became one of its authors. `time`: what will really happen where its time is past or near. `emergency`: how it could go out
    at once, or why not. Each a sentence, or empty.
    """

    dead_end: DeadEnd | None = None
    leads_to: str = ""
    time: str = ""
    emergency: EmergencyWay | None = None
    if_edited: DeadEnd | None = None


def outlook(
    office: Office, staff: ReviewStaff, card: ArticleCard, username: str, *, authors: Collection[str],
    passed: Sequence[Pass],
) -> ArticleOutlook:  # fmt: skip
    """What lies ahead of it, for this person."""
    if card.state not in BEFORE_THE_END:
        after = _if_edited(staff, username, authors) if card.state in EDITABLE else None
        return ArticleOutlook(card.dead_end, if_edited=after)
    if card.state != ArticleState.REVIEWING:
        passed = ()
    return ArticleOutlook(
        dead_ends.find(staff, authors=authors, passed=passed),
        dead_ends.after_pass(staff, username, authors=authors, passed=passed),
        "" if card.reserve else schedule.concern(card.at, now=office.clock.now(), zone=office.settings.zone),
        emergencies.way(office, staff, authors=authors, passed=passed),
        _if_edited(staff, username, authors),
    )


def _if_edited(staff: ReviewStaff, username: str, authors: Collection[str]) -> DeadEnd | None:
    """A new wording begins the reviews anew, with one author more."""
    if username in authors or dead_ends.find(staff, authors=authors, passed=()):
        return None
    return dead_ends.find(staff, authors={*authors, username}, passed=())
