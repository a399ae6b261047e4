"""A person's word on what could not be settled by looking (待核实), and on drafts that a person published."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from content.rules import notes
from content.rules.errors import BadInput, Conflict
from content.rules.people import Right
from content.rules.publishing.article_states import ArticleState
from content.rules.publishing.publication import Delivery, PublicationState
from content.rules.publishing.retry import NO_RIGHT
from content.services.office import Office
from content.services.publishing import outcome
from content.store import people
from content.store.articles import articles, publications
from content.store.figures import ledger
from content.store.tables import Article, Attempt, Publication, PublicationArticle

P = PublicationState
CONFIRMED_WITHIN = timedelta(minutes=31)  # of the call; a minute more than the platform's page says
SETTLED_BY_A_PERSON = frozenset({P.UNKNOWN, P.HANDED, P.CONFIRMING})


@dataclass(frozen=True)
class ManualWord:
    """Who says it, and why they know."""

    username: str
    note: str

    def checked(self) -> ManualWord:
        """With the note as it is kept. Raises BadInput for none, or one that is too long."""
        return ManualWord(self.username, notes.note(self.note, needed="请写明是怎么核实的：--note 说明"))


def published(office: Office, article_id: int, word: ManualWord, *, url: str, at: datetime | None = None) -> None:
    """It is out at `url`, since `at` (else since the call that was never answered). Raises GongkaiError."""
    if not url.startswith(("http://", "https://")):
        raise BadInput("请给出文章的网址，以 http:// 或 https:// 开头。")
    word = word.checked()

    def settle(session: Session, publication: Publication, now: datetime) -> None:
        part = next(part for part in publication.articles if part.article_id == article_id)
        if url != part.url and publications.known_urls(session, [url]):
            raise Conflict("这个网址已经作为另一篇文章计入了，不能再算一次。请核对网址。")
        delivery = Delivery.HAND if publication.state == P.PREPARED else None
        outcome.published(office, session, publication, at=at or publication.called_at or now, delivery=delivery,
                           urls={part.position: url}, actor=word.username, now=now)  # fmt: skip

    _settle(office, article_id, word, verdict="published", act=settle)
    outcome.count(office)


def not_published(office: Office, article_id: int, word: ManualWord) -> None:
    """It did not go out and shall not: the article is a draft again, its passes void. Raises GongkaiError."""
    word = word.checked()

    def settle(session: Session, publication: Publication, now: datetime) -> None:
        _demand_over(publication, now)
        publications.end(session, publication.id, "settled", at=now, message=word.note)
        publications.move(session, publication, P.CANCELLED, now=now, reason=word.note)
        for part in publication.articles:
            article = session.get_one(Article, part.article_id, populate_existing=True)
            articles.void_passes(session, article)
            article.state, article.due_at, article.reason = ArticleState.DRAFT, None, word.note

    _settle(office, article_id, word, verdict="not_published", act=settle)


def again(office: Office, article_id: int, word: ManualWord) -> None:
    """It did not go out and shall now: a new draft is made and submitted. Raises GongkaiError."""
    word = word.checked()

    def settle(session: Session, publication: Publication, now: datetime) -> None:
        _demand_over(publication, now)
        session.execute(
            update(Attempt)
            .where(Attempt.publication_id == publication.id, Attempt.outcome.in_(("unanswered", "lost")))
            .values(outcome="settled")
        )
        publications.move(session, publication, P.PREPARED, now=now, next_try_at=now, media_id="", called_at=None,
                          publish_id="", msg_id="", tries=0, looks=0)  # fmt: skip

    _settle(office, article_id, word, verdict="again", act=settle)


def _settle(
    office: Office,
    article_id: int,
    word: ManualWord,
    *,
    verdict: str,
    act: Callable[[Session, Publication, datetime], None],
) -> None:
    now = office.clock.now()
    with office.store.write() as session:
        actor = people.actor(session, word.username, Right.SETTLE, what="核实发布结果")
        publication = _open_publication(session, article_id, also_without_right=verdict == "published")
        act(session, publication, now)
        ledger.append(session, kind="publication.settled", actor=word.username, role=actor.role,
                      subject=f"publication:{publication.id}", at=now, verdict=verdict, note=word.note,
                      articles=[part.article_id for part in publication.articles])  # fmt: skip


def _demand_over(publication: Publication, now: datetime) -> None:
    """While the administrator may still confirm, a push may still go out. Raises Conflict."""
    if publication.state == P.CONFIRMING and now < (publication.called_at or now) + CONFIRMED_WITHIN:
        raise Conflict("管理员还可能在手机微信上确认这次群发（30 分钟内有效），请过了时间再说明，或者请管理员先拒绝。")


def _open_publication(session: Session, article_id: int, *, also_without_right: bool) -> Publication:
    """What waits for a person's word: also, once she published it herself, what the account may make no draft of."""
    articles.find(session, article_id)
    states = SETTLED_BY_A_PERSON | ({P.PREPARED} if also_without_right else set())
    found = session.scalar(
        select(Publication.id)
        .join(PublicationArticle)
        .where(PublicationArticle.article_id == article_id, Publication.state.in_(states))
    )
    if found is None or not _waits(session, found):
        raise Conflict("这篇文章没有待核实的发布，不用说明。用 gongkai queue show 可以看到它的状态。")
    return publications.load(session, found)


def _waits(session: Session, publication_id: int) -> bool:
    prepared = session.get_one(Publication, publication_id).state == P.PREPARED
    return not prepared or publications.was_refused(session, publication_id, NO_RIGHT)
