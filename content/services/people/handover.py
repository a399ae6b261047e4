"""交接: the open work of a colleague goes to another in one step."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.rules.errors import BadInput
from content.rules.people import Right
from content.rules.publishing.article_states import ArticleState
from content.services.office import Office
from content.services.people import staff
from content.store import people
from content.store.articles import articles
from content.store.figures import ledger
from content.store.tables import Article

OVER = (ArticleState.PUBLISHED, ArticleState.WITHDRAWN)


@dataclass(frozen=True)
class Handover:
    """What was handed over, and what could not be: articles that the new person has passed herself."""

    moved: tuple[int, ...]
    kept: tuple[str, ...]  # their titles


def open_work(office: Office) -> dict[str, int]:
    """How many articles that are not out yet each person is the author of, by username."""
    with office.store.read() as session:
        counts: dict[str, int] = {}
        for article in session.scalars(select(Article).where(Article.state.not_in(OVER))):
            counts[article.author.username] = counts.get(article.author.username, 0) + 1
        return counts


def hand_over(office: Office, username: str, *, to: str, by: str, leaves: bool) -> Handover:
    """All open articles of a person get another author; with `leaves` she is disabled in the same step.

    An article that the new person has passed stays, or she would have passed her own. Raises NotFound, NotAllowed,
    BadInput for one who may not write, Conflict.
    """
    with office.store.write() as session:
        actor, now = people.actor(session, by, Right.MANAGE, what="管理人员"), office.clock.now()
        leaver, heir = people.find(session, username), people.find(session, to)
        if leaver.id == heir.id or not people.holds(heir, Right.WRITE):
            raise BadInput("请选一位能写稿的同事来接手。")
        moved, kept = list[int](), list[str]()
        for number in _open(session, leaver.id):
            article = articles.lock(session, number)
            if any(heir.username in (done.person, done.covers) for done in articles.passes(session, article)):
                kept.append(articles.present(session, article).title)
                continue
            article.author_id, article.changed_at = heir.id, now
            moved.append(number)
            ledger.append(session, kind="article.handed_over", actor=by, role=actor.role, subject=f"article:{number}",
                          at=now, before=leaver.username, after=heir.username)  # fmt: skip
        if leaves:
            staff.let_go(session, username, at=now, actor=actor)
    return Handover(tuple(moved), tuple(kept))


def _open(session: Session, author_id: int) -> list[int]:
    query = select(Article.id).where(Article.author_id == author_id, Article.state.not_in(OVER))
    return list(session.scalars(query.order_by(Article.id)))
