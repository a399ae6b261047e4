"""Another time for an article: the wording stays, and with it the passes; the ledger keeps who moved it."""

from __future__ import annotations

from datetime import datetime

from config.clock import local
from content.rules.errors import Conflict
from content.rules.publishing import schedule
from content.rules.publishing.three_reviews import ArticleState
from content.services.office import Office
from content.store import people
from content.store.articles import articles, publications
from content.store.figures import ledger


def move(office: Office, article_id: int, at: datetime | None, *, username: str) -> None:
    """The article goes out at `at`; None: at its third pass. Raises NotAllowed, BadInput, Conflict, NotFound."""
    now, zone = office.clock.now(), office.settings.zone
    with office.store.write() as session:
        article, person = articles.lock(session, article_id), people.find(session, username)
        state = ArticleState(article.state)
        role = schedule.may_move(people.roles(person), state)
        if article.reserve:
            raise Conflict("备稿没有固定时间，哪天没有稿件就由它补上。要定时间，请在“修改”里去掉“备稿”。")
        approved = state == ArticleState.SCHEDULED
        schedule.check_time(at, now=now, approved=approved)
        before = article.due_at or article.wanted_at
        if before == at:
            return
        publications.cancel_open(session, article, now)
        article.wanted_at, article.changed_at = at, now
        if approved:
            article.due_at = at
        ledger.append(session, kind="article.moved", actor=username, role=role, subject=f"article:{article_id}", at=now,
                      before=local(before, zone) if before else None,
                      after=local(at, zone) if at else None)  # fmt: skip
