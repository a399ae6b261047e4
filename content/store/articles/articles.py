"""Articles and their revisions: finding, locking, sealing, and rows for files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from content.rules.errors import NotFound
from content.rules.people import Role
from content.rules.publishing.article_states import Action, ArticleState
from content.rules.publishing.three_reviews import Pass
from content.store.figures.ledger import canonical
from content.store.tables import (
    Article,
    Attachment,
    Attempt,
    File,
    Person,
    Publication,
    PublicationArticle,
    Review,
    Revision,
)


def find(session: Session, article_id: int) -> Article:
    """The article of that number. Raises NotFound."""
    return _found(session.get(Article, article_id), article_id)


def lock(session: Session, article_id: int) -> Article:
    """The article, held until the transaction ends, so that of two people who act at once one comes second.

    PostgreSQL locks the row; SQLite lets in one writing transaction at a time anyway. Raises NotFound.
    """
    query = select(Article).where(Article.id == article_id).with_for_update(of=Article)
    return _found(session.scalars(query.execution_options(populate_existing=True)).first(), article_id)


def by_key(session: Session, key: str) -> Article | None:
    """The article that the office calls by that key."""
    return session.scalars(select(Article).where(Article.key == key)).first()


def listed(session: Session, state: ArticleState | None = None) -> list[tuple[Article, str]]:
    """All articles (in one state) with their present titles, oldest first."""
    query = (
        select(Article, Revision.title)
        .join(Revision, (Revision.article_id == Article.id) & (Revision.number == Article.revision_number))
        .order_by(Article.id)
    )
    if state is not None:
        query = query.where(Article.state == state)
    return [(article, title) for article, title in session.execute(query)]


def scheduled(session: Session) -> list[Article]:
    """Approved articles that wait for their time, soonest first; reserve articles (no time) last."""
    query = select(Article).where(Article.state == ArticleState.SCHEDULED)
    return list(session.scalars(query.order_by(Article.due_at.is_(None), Article.due_at, Article.id)))


def present(session: Session, article: Article) -> Revision:
    """The present revision, with its cover and attachments."""
    query = select(Revision).where(Revision.article_id == article.id, Revision.number == article.revision_number)
    with_files = selectinload(Revision.attachments).joinedload(Attachment.file)
    return session.scalars(query.options(joinedload(Revision.cover), with_files)).one()


def revisions(session: Session, article_id: int) -> list[Revision]:
    """Every wording of an article with its cover and attachments, the newest first."""
    query = select(Revision).where(Revision.article_id == article_id).order_by(Revision.number.desc())
    with_files = selectinload(Revision.attachments).joinedload(Attachment.file)
    return list(session.scalars(query.options(joinedload(Revision.cover), with_files)))


def authors(session: Session, article: Article) -> frozenset[str]:
    """Everyone who wrote a wording of the article: who queued it and who ever edited it."""
    query = select(Person.username).where(
        (Person.id == article.author_id)
        | Person.id.in_(select(Revision.created_by).where(Revision.article_id == article.id))
    )
    return frozenset(session.scalars(query))


def passes(session: Session, article: Article) -> list[Pass]:
    """The passes of the present round, in order."""
    query = (
        select(Review)
        .where(Review.article_id == article.id, Review.action == Action.PASS, Review.void.is_(False))
        .order_by(Review.step)
    )
    return [
        Pass(
            review.person.username,
            Role(review.role),
            review.step - 1,
            covers=review.covers.username if review.covers else "",
            urgent=review.urgent,
        )
        for review in session.scalars(query)
    ]


def approved_at(session: Session, article: Article) -> datetime:
    """When the pass was given that let an article in an emergency go out: the second of its present round."""
    query = select(Review.at).where(
        Review.article_id == article.id, Review.action == Action.PASS, Review.void.is_(False)
    )
    return session.scalars(query.order_by(Review.id).offset(1)).first() or article.changed_at


def void_passes(session: Session, article: Article) -> int:
    """Makes the passes of the present round void; how many there were."""
    query = select(Review).where(Review.article_id == article.id, Review.action == Action.PASS, Review.void.is_(False))
    given = list(session.scalars(query))
    for review in given:
        review.void = True
    return len(given)


def refuse(session: Session, article_id: int, reason: str, now: datetime) -> None:
    """Marks an article as one that may not go out; it can be revised and submitted anew."""
    article = session.get_one(Article, article_id, populate_existing=True)
    article.state, article.due_at, article.reason, article.changed_at = ArticleState.REFUSED, None, reason[:1000], now


def publications_of(session: Session, article_id: int) -> list[PublicationArticle]:
    """The article's part in each of its publications, oldest first."""
    query = (
        select(PublicationArticle)
        .join(Publication)
        .where(PublicationArticle.article_id == article_id)
        .order_by(Publication.id)
        .options(joinedload(PublicationArticle.publication))
    )
    return list(session.scalars(query))


def attempts_of(session: Session, article_id: int) -> list[Attempt]:
    """Every call to the platform for the article, oldest first."""
    mine = select(PublicationArticle.publication_id).where(PublicationArticle.article_id == article_id)
    return list(session.scalars(select(Attempt).where(Attempt.publication_id.in_(mine)).order_by(Attempt.id)))


def keep_file(session: Session, *, sha256: str, kind: str, name: str, size: int, at: datetime) -> File:
    """The row of a file, made unless it is there."""
    row = session.scalars(select(File).where(File.sha256 == sha256)).first()
    if row is None:
        row = File(sha256=sha256, kind=kind, name=name[:200], size=size, created_at=at)
        session.add(row)
        session.flush()
    return row


def files(session: Session, hashes: Iterable[str]) -> dict[str, File]:
    """The rows of files, by SHA-256."""
    rows = session.scalars(select(File).where(File.sha256.in_(list(hashes))))
    return {row.sha256: row for row in rows}


def seal(revision: Revision) -> str:
    """The SHA-256 over everything of a revision that a reader gets, as canonical JSON.

    Fields: `title`, `author`, `digest`, `html` (with pictures by their SHA-256), `source_url`, `cover` (SHA-256 or
    null), `cover_square` (only where somebody chose it), `attachments` ([name, SHA-256] in order). When and how it goes out is not the wording's: that stands in
    the article's row, and every edit of it voids the passes just the same.
    """
    return seal_of(
        title=revision.title,
        author=revision.author_name,
        digest=revision.digest,
        html=revision.html,
        source_url=revision.source_url,
        cover=revision.cover.sha256 if revision.cover else None,
        cover_square=revision.cover_square,
        attachments=[(attachment.name, attachment.file.sha256) for attachment in revision.attachments],
    )


def seal_of(
    *,
    title: str,
    author: str,
    digest: str,
    html: str,
    source_url: str,
    cover: str | None,
    cover_square: int | None = None,
    attachments: Sequence[tuple[str, str]],
) -> str:
    """The seal of a wording that need not be in the store (yet)."""
    content = {"title": title, "author": author, "digest": digest, "html": html, "source_url": source_url,
               "cover": cover, "attachments": attachments,
               **({} if cover_square is None else {"cover_square": cover_square})}  # fmt: skip
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def hashes(revision: Revision) -> list[str]:
    """The SHA-256 of every file that goes out with a revision, pictures in the body not among them."""
    covers = [revision.cover] if revision.cover else []
    return [file.sha256 for file in (*covers, *(attachment.file for attachment in revision.attachments))]


def attach(revision: Revision, named: Iterable[tuple[str, File]]) -> None:
    """Gives a new revision its attachments, in order."""
    revision.attachments = [
        Attachment(position=position, name=name, file=file) for position, (name, file) in enumerate(named, start=1)
    ]


def _found(article: Article | None, article_id: int) -> Article:
    if article is None:
        raise NotFound(f"没有编号为 {article_id} 的稿件。用 gongkai queue list 可以看到所有稿件。")
    return article


def with_title(session: Session, title: str, *, but: int) -> Article | None:
    """The newest other article that bears this title now and was not withdrawn."""
    query = (
        select(Article)
        .join(Revision, (Revision.article_id == Article.id) & (Revision.number == Article.revision_number))
        .where(Revision.title == title, Article.id != but, Article.state != ArticleState.WITHDRAWN)
        .order_by(Article.id.desc())
        .limit(1)
    )
    return session.scalars(query).first()
