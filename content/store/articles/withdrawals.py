"""An article withdrawn: the marks in its row, the step of review, and the entry of the ledger; one place for every way."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from content.rules.publishing.article_states import Action, ArticleState
from content.rules.publishing.publication import PublicationState
from content.store.articles import publications
from content.store.figures import ledger
from content.store.people import Actor
from content.store.tables import Article, PublicationArticle, Review, Revision


def withdraw(
    session: Session, article: Article, revision: Revision, *, actor: Actor, note: str, at: datetime,
    published_on: date | None = None,
) -> None:  # fmt: skip
    """Marks an article as withdrawn by this person; `published_on` is its day if it was out, and it stays counted."""
    article.state, article.reason, article.changed_at = ArticleState.WITHDRAWN, note, at
    article.withdrawn_at, article.withdrawn_by, article.withdrawn_why = at, actor.person.id, note
    session.add(Review(article_id=article.id, revision_id=revision.id, action=Action.WITHDRAW, step=0,
                       person_id=actor.person.id, role=actor.role, note=note, sha256=revision.sha256, at=at))  # fmt: skip
    session.flush()
    ledger.append(session, kind="article.withdrawn", actor=actor.person.username, role=actor.role,
                  subject=f"article:{article.id}", at=at, revision=revision.number, sha256=revision.sha256, note=note,
                  published_on=str(published_on) if published_on else None)  # fmt: skip


def take_down(session: Session, part: PublicationArticle, *, actor: Actor, note: str, at: datetime) -> None:
    """Marks one that was out; once all of its publication are gone, the publication is withdrawn too."""
    publication = publications.load(session, part.publication_id)
    mine = next(item for item in publication.articles if item.position == part.position)
    mine.withdrawn_at = at
    withdraw(session, session.get_one(Article, mine.article_id), mine.revision, actor=actor, note=note, at=at,
             published_on=publication.published_on)  # fmt: skip
    if all(item.withdrawn_at for item in publication.articles):
        publications.move(session, publication, PublicationState.WITHDRAWN, now=at, reason=note)
