"""Remarks and questions of reviewers: rows by article, by wording, and those that wait for an answer."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from content.rules.errors import NotFound
from content.rules.publishing.article_states import ArticleState
from content.store.tables import Article, Person, Remark, Revision

OVER = (ArticleState.PUBLISHED, ArticleState.WITHDRAWN)


def find(session: Session, article_id: int, remark_id: int) -> Remark:
    """The question or remark of that number about that article. Raises NotFound."""
    found = session.get(Remark, remark_id) if remark_id < 2**31 else None
    if found is None or found.article_id != article_id:
        raise NotFound("没有这条意见。")
    return found


def about(session: Session, article_id: int) -> list[Remark]:
    """Everything that was remarked or asked about an article, the oldest first."""
    query = select(Remark).where(Remark.article_id == article_id).order_by(Remark.id)
    loaded = joinedload(Remark.person), joinedload(Remark.answerer), joinedload(Remark.revision)
    return list(session.scalars(query.options(*loaded)))


def of_wording(session: Session, revision: Revision, person: Person) -> list[Remark]:
    """What one person remarked on one wording, questions not among it, in the order of the places."""
    query = select(Remark).where(
        Remark.revision_id == revision.id, Remark.person_id == person.id, Remark.is_question.is_(False)
    )
    return list(session.scalars(query.order_by(Remark.paragraph, Remark.id)))


def open_questions(session: Session) -> list[tuple[Remark, Article, str]]:
    """Questions without an answer about articles that are not out, each with its article and the present title."""
    query = (
        select(Remark, Article, Revision.title)
        .join(Article, Article.id == Remark.article_id)
        .join(Revision, (Revision.article_id == Article.id) & (Revision.number == Article.revision_number))
        .where(Remark.is_question.is_(True), Remark.answered_at.is_(None), Article.state.not_in(OVER))
        .order_by(Remark.id)
        .options(joinedload(Remark.person))
    )
    return [(remark, article, title) for remark, article, title in session.execute(query)]
