"""Another time for an article: the wording stays, and with it the passes; the ledger keeps who moved it."""

from __future__ import annotations

from datetime import datetime

from config.clock import local
from content.rules.errors import Conflict
from content.rules.publishing import schedule
from content.rules.publishing.article_states import ArticleState
from content.services.articles import article_list
from content.services.office import Office
from content.services.planning import publication_forecast
from content.store import people
from content.store.articles import articles, publications
from content.store.figures import ledger


def move(office: Office, article_id: int, at: datetime | None, *, username: str) -> None:
    """The article goes out at `at`; None: at its third pass. A reserve that gets a time is a reserve no more.

    Raises NotAllowed, BadInput, Conflict where the day's allowance is used up, NotFound.
    """
    now, zone = office.clock.now(), office.settings.zone
    with office.store.write() as session:
        article, person = articles.lock(session, article_id), people.find(session, username)
        card = article_list.card_of(office, session, article, articles.present(session, article))
        state = ArticleState(article.state)
        role = schedule.may_move(people.roles(person), state)
        if article.reserve and at is None:
            raise Conflict("备稿没有固定时间，哪天没有稿件就由它补上。要排到某一天，请给一个时间。")
        approved = state == ArticleState.SCHEDULED
        schedule.check_time(at, now=now, approved=approved)
        before = None if article.reserve else article.due_at or article.wanted_at
        if before == at:
            return
        if at and (why := publication_forecast.refusal(office, card, at, now)):
            raise Conflict(why)
        publications.cancel_open(session, article, now)
        article.wanted_at, article.changed_at, article.reserve = at, now, False
        if approved:
            article.due_at = at
        ledger.append(session, kind="article.moved", actor=username, role=role, subject=f"article:{article_id}", at=now,
                      before=local(before, zone) if before else None,
                      after=local(at, zone) if at else None)  # fmt: skip
