"""补审: the reviews that are owed after an emergency, with who may give them and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from content.rules.publishing import three_reviews
from content.rules.publishing.article_states import ArticleState
from content.rules.publishing.three_reviews import STEP_WORDS
from content.services.office import Office
from content.services.people import review_staff
from content.store.articles import article_lists, articles

OWED_WITHIN = timedelta(hours=24)  # after an emergency the missing review is given within this time


@dataclass(frozen=True)
class OwedReview:
    """A review (0 or 1) that an article owes `until` then; `able`: who may give it, as (username, name)."""

    article: int
    title: str
    step: int
    until: datetime
    able: tuple[tuple[str, str], ...]

    @property
    def word(self) -> str:
        """初审 or 复审."""
        return STEP_WORDS[self.step]

    @property
    def names(self) -> str:
        """Who may give it, in words."""
        return "、".join(name for _, name in self.able) or "（现在没有人能补，请增加人员）"


def standing(office: Office, session: Session) -> list[OwedReview]:
    """All of them, the one that is owed first at the head."""
    found = []
    rounds = article_lists.urgent_rounds(session)
    authors = article_lists.authors_of(session, rounds)
    staff = review_staff.on(office, session, office.clock.today()) if rounds else None
    for number, passed in rounds.items():
        article = articles.find(session, number)
        step = three_reviews.owed(passed, ArticleState(article.state))
        if step is None or staff is None:
            continue
        since = articles.approved_at(session, article)
        able = staff.able(authors=authors[number], passed=passed)
        title = articles.present(session, article).title
        found.append(OwedReview(number, title, step, since + OWED_WITHIN, able))
    return sorted(found, key=lambda owed: owed.until)
