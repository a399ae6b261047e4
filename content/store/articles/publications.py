"""Publications: made of due articles, claimed by one conditional UPDATE, moved by the table of transitions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, Update, exists, or_, select, update
from sqlalchemy.orm import Session, selectinload

from content.rules.errors import Conflict
from content.rules.publishing.article_states import ArticleState
from content.rules.publishing.publication import (
    BEFORE_THE_PLATFORM,
    IN_FLIGHT,
    MAY_BE_OUT,
    NOT_OUT,
    OPEN,
    SEEN_AS,
    Delivery,
    PublicationState,
    check,
)
from content.store.figures import ledger
from content.store.tables import Article, Attachment, Attempt, Leader, Publication, PublicationArticle, Revision

LEASE = timedelta(seconds=90)  # longer than the longest single step: one call waits 3 + 15 seconds at most


def due_articles(session: Session, now: datetime) -> list[Article]:
    """Approved articles whose time has come and that have no open publication, earliest first."""
    query = (
        select(Article)
        .where(Article.state == ArticleState.SCHEDULED, Article.due_at <= now, ~has_open_publication())
        .order_by(Article.due_at, Article.id)
    )
    return list(session.scalars(query))


def prepare(
    session: Session, articles: Sequence[Article], *, delivery: Delivery, due_at: datetime, now: datetime
) -> Publication:
    """One publication of 1–8 scheduled articles, in order; they read as publishing from now on."""
    first = articles[0]
    publication = Publication(
        account=first.account,
        channel=first.channel,
        delivery=delivery,
        state=PublicationState.PREPARED,
        due_at=due_at,
        next_try_at=now,
        created_at=now,
    )
    for position, article in enumerate(articles, start=1):
        revision = _present_revision(session, article)
        publication.articles.append(
            PublicationArticle(position=position, article_id=article.id, revision_id=revision.id)
        )
        article.state, article.reason, article.changed_at = ArticleState.PUBLISHING, "", now
    session.add(publication)
    session.flush()
    return publication


def next_due(session: Session, *, now: datetime, real_now: datetime, fence: int) -> int | None:
    """The publication that has waited longest for its next step and is free to be claimed under `fence`.

    What may be out goes first: a look is quick, and submissions stand in a queue with pauses in it.
    """
    query = (
        select(Publication.id)
        .where(Publication.state.in_(OPEN), Publication.next_try_at <= now, _free(real_now, fence))
        .order_by(~Publication.state.in_(MAY_BE_OUT), Publication.next_try_at, Publication.id)
        .limit(1)
    )
    return session.scalar(query)


def claim(session: Session, *, now: datetime, real_now: datetime, fence: int, holder: str) -> int | None:
    """Takes the publication that has waited longest for its next step; its id, or None when nothing is due.

    A claim of an earlier leader is void at once; one of ours that was never finished, when its lease ends.
    """
    found = next_due(session, now=now, real_now=real_now, fence=fence)
    if found is None:
        return None
    claimed = _rows(
        session,
        update(Publication)
        .where(Publication.id == found, _free(real_now, fence), _leads(fence))
        .values(claimed_by=holder, claimed_until=real_now + LEASE, fence=fence),
    )
    return found if claimed == 1 else None


def load(session: Session, publication_id: int) -> Publication:
    """A publication with its articles, revisions and files."""
    revision = selectinload(Publication.articles).selectinload(PublicationArticle.revision)
    return session.scalars(
        select(Publication)
        .where(Publication.id == publication_id)
        .options(
            selectinload(Publication.articles).selectinload(PublicationArticle.article),
            revision.selectinload(Revision.cover),
            revision.selectinload(Revision.attachments).joinedload(Attachment.file),
        )
        .execution_options(populate_existing=True)
    ).one()


def move(
    session: Session,
    publication: Publication,
    to: PublicationState,
    *,
    now: datetime,
    fence: int | None = None,
    reason: str = "",
    next_try_at: datetime | None = None,
    **values: Any,
) -> None:
    """One step of the state machine, for the publication and what people see of its articles.

    Raises Conflict when the state has moved on in the meantime, or (with `fence`) when another process leads now.
    """
    old = PublicationState(publication.state)
    check(old, to)
    values |= {"state": to, "reason": reason, "next_try_at": next_try_at, "claimed_until": None}
    statement = update(Publication).where(Publication.id == publication.id, Publication.state == old)
    if fence is not None:
        statement = statement.where(Publication.fence == fence, _leads(fence))
    if _rows(session, statement.values(**values)) != 1:
        raise Conflict("这次发布已由另一个进程接手。")
    _show(session, publication.id, SEEN_AS[to], reason=reason, now=now)
    _tell_ledger(session, publication, old, to, reason=reason, now=now)
    for name, value in values.items():
        setattr(publication, name, value)


def _tell_ledger(
    session: Session,
    publication: Publication,
    old: PublicationState,
    to: PublicationState,
    *,
    reason: str,
    now: datetime,
) -> None:
    """Into the platform's hands, and out of them again with nothing out: who sets a row back finds it in the ledger still."""
    is_sent = to == PublicationState.SUBMITTING
    if not is_sent and not (old in IN_FLIGHT and to in NOT_OUT):
        return
    rows = session.execute(
        select(PublicationArticle.article_id, Revision.number, Revision.sha256)
        .join(Revision, Revision.id == PublicationArticle.revision_id)
        .where(PublicationArticle.publication_id == publication.id)
        .order_by(PublicationArticle.position)
    )
    for article_id, number, sha256 in rows.all():
        kind, told = "article.not_sent", dict[str, Any](reason=reason)
        if is_sent:
            kind, told = "article.sent", {"revision": number, "sha256": sha256, "delivery": publication.delivery}
        ledger.append(session, kind=kind, actor="clock", subject=f"article:{article_id}", at=now,
                      publication=publication.id, **told)  # fmt: skip


def postpone(
    session: Session,
    publication: Publication,
    until: datetime | None,
    *,
    fence: int,
    reason: str = "",
    **values: Any,
) -> None:
    """Leaves the state as it is and looks again at `until`. Raises Conflict when another process leads now."""
    values |= {"next_try_at": until, "reason": reason, "claimed_until": None}
    statement = update(Publication).where(
        Publication.id == publication.id, Publication.state == publication.state, Publication.fence == fence
    )
    if _rows(session, statement.where(_leads(fence)).values(**values)) != 1:
        raise Conflict("这次发布已由另一个进程接手。")


def hasten(session: Session, publication_ids: Iterable[int], now: datetime) -> None:
    """Lets the clock look at these at once, since the published list shows them."""
    session.execute(
        update(Publication)
        .where(
            Publication.id.in_(list(publication_ids)), Publication.state.in_(MAY_BE_OUT - {PublicationState.SUBMITTING})
        )
        .values(next_try_at=now)
        .execution_options(synchronize_session=False)
    )


def show_overdue(session: Session, publication: Publication, reason: str, now: datetime) -> None:
    """Retries are used up: its articles read as scheduled again, with the reason."""
    _show(session, publication.id, ArticleState.SCHEDULED, reason=reason, now=now)


def cancel_open(session: Session, article: Article, now: datetime) -> None:
    """Gives up an article's publication that the platform knows nothing of yet. Raises Conflict if it is too late."""
    publication = session.scalars(
        select(Publication)
        .join(PublicationArticle)
        .where(PublicationArticle.article_id == article.id, Publication.state.in_(OPEN))
    ).first()
    if publication is None:
        return
    if publication.state not in BEFORE_THE_PLATFORM or publication.claimed_until is not None:
        raise Conflict("这篇文章正在发布，请稍后再看结果。")
    move(session, publication, PublicationState.CANCELLED, now=now)
    session.refresh(article)


def begin(session: Session, publication: Publication, step: str, now: datetime) -> Attempt:
    """Notes that a call is about to go out."""
    attempt = Attempt(publication_id=publication.id, step=step, outcome="begun", at=now)
    session.add(attempt)
    session.flush()
    return attempt


def end(
    session: Session, publication_id: int, outcome: str, *, at: datetime, code: int | None = None, message: str = ""
) -> None:
    """Closes the publication's open attempts with what came of them."""
    session.execute(
        update(Attempt)
        .where(Attempt.publication_id == publication_id, Attempt.ended_at.is_(None))
        .values(outcome=outcome, code=code, message=message[:1000], ended_at=at)
    )


def doubtful(session: Session, publication_id: int) -> bool:
    """Whether an earlier call to put it out was never answered."""
    query = select(Attempt.id).where(
        Attempt.publication_id == publication_id,
        Attempt.step == "submit",
        Attempt.outcome.in_(("unanswered", "lost")),
    )
    return session.scalars(query).first() is not None


def was_refused(session: Session, publication_id: int, code: int) -> bool:
    """Whether a call for it was ever refused with this code."""
    query = select(Attempt.id).where(Attempt.publication_id == publication_id, Attempt.code == code)
    return session.scalars(query.limit(1)).first() is not None


def by_job(session: Session, job_id: str) -> Publication | None:
    """The publication that carries a publish_id or msg_id."""
    query = select(Publication).where(or_(Publication.publish_id == job_id, Publication.msg_id == job_id))
    return session.scalars(query.order_by(Publication.id.desc())).first() if job_id else None


def in_states(session: Session, states: Iterable[PublicationState]) -> list[Publication]:
    """All publications in these states, oldest first."""
    return list(
        session.scalars(select(Publication).where(Publication.state.in_(list(states))).order_by(Publication.id))
    )


def known_urls(session: Session, urls: Iterable[str]) -> set[str]:
    """Which of these addresses already belong to a publication."""
    query = select(PublicationArticle.url).where(PublicationArticle.url.in_(list(urls)))
    return set(session.scalars(query))


def lead(session: Session, name: str, *, holder: str, now: datetime) -> int:
    """Takes the lead: the next fence, which voids every earlier leader's claims."""
    taken = _rows(session, update(Leader).where(Leader.name == name).values(
        fence=Leader.fence + 1, holder=holder, since=now))  # fmt: skip
    if not taken:
        session.add(Leader(name=name, fence=1, holder=holder, since=now))
        session.flush()
    return session.scalars(select(Leader.fence).where(Leader.name == name)).one()


def _present_revision(session: Session, article: Article) -> Revision:
    return session.scalars(
        select(Revision).where(Revision.article_id == article.id, Revision.number == article.revision_number)
    ).one()


def has_open_publication() -> Any:
    """A condition on an Article: whether it is under way already."""
    return exists().where(
        PublicationArticle.article_id == Article.id,
        PublicationArticle.publication_id == Publication.id,
        Publication.state.in_(OPEN),
    )


def _free(real_now: datetime, fence: int) -> Any:
    return or_(Publication.claimed_until.is_(None), Publication.claimed_until < real_now, Publication.fence < fence)


def _leads(fence: int) -> Any:
    return exists().where(Leader.name == "clock", Leader.fence == fence)


def _show(session: Session, publication_id: int, state: ArticleState, *, reason: str, now: datetime) -> None:
    mine = select(PublicationArticle.article_id).where(PublicationArticle.publication_id == publication_id)
    session.execute(
        update(Article)
        .where(Article.id.in_(mine), Article.state != ArticleState.WITHDRAWN)
        .values(state=state, reason=reason[:1000], changed_at=now)
        .execution_options(synchronize_session="fetch")
    )


def _rows(session: Session, statement: Update) -> int:
    result = session.execute(statement.execution_options(synchronize_session=False))
    return cast("CursorResult[Any]", result).rowcount
