"""Taking a published article down: the platform first, then our word on it; safe to repeat."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.rules import notes
from content.rules.errors import Conflict, Refused, Unanswered
from content.rules.people import Right
from content.rules.publishing.publication import OUT, Delivery
from content.services.office import Office
from content.services.ports import Channel
from content.services.publishing import outcome
from content.services.publishing.published_list import PublishedList
from content.store import people
from content.store.articles import publications, withdrawals
from content.store.people import Actor
from content.store.tables import Publication, PublicationArticle

PAGES = 10  # of the published list, in which one that a person published is looked for


def withdraw_published(office: Office, channel: Channel, article_id: int, *, username: str, note: str) -> None:
    """Deletes a published article on the platform and marks it withdrawn; it stays counted.

    Raises NotAllowed (chief only), BadInput (no note), Conflict (not published), PlatformError.
    """
    note = notes.note(note, needed="撤下已发布的文章要写明原因：--note 原因")
    with office.store.write() as session:
        _actor(session, username)
        part = _published_part(session, article_id)
        publications.begin(session, part.publication, "withdraw", office.clock.now())
    _delete(office, channel, part)
    with office.store.write() as session:
        withdrawals.take_down(session, part, actor=_actor(session, username), note=note, at=office.clock.now())
    outcome.count(office)


def _actor(session: Session, username: str) -> Actor:
    return people.actor(session, username, Right.WITHDRAW, what="撤下已发布的文章")


def _published_part(session: Session, article_id: int) -> PublicationArticle:
    part = session.scalars(
        select(PublicationArticle)
        .join(Publication)
        .where(
            PublicationArticle.article_id == article_id,
            Publication.state.in_(OUT),
            PublicationArticle.withdrawn_at.is_(None),
        )
        .order_by(Publication.id.desc())
    ).first()
    if part is None:
        raise Conflict("这篇文章不在已发布的状态，不用撤下。")
    if not (part.publication.platform_article_id or part.publication.msg_id or part.url):
        raise Conflict("还不知道这篇文章在微信上的编号和网址，所以删不了。请第二天用 gongkai reconcile 对账后再试。")
    return part


def _delete(office: Office, channel: Channel, part: PublicationArticle) -> None:
    outcome, code, message = "ok", 0, ""
    try:
        _take_down(office, channel, part)
    except Refused as refusal:
        outcome, code, message = "refused", refusal.code, refusal.message
        raise
    except Unanswered as silence:
        outcome, message = "unanswered", silence.message
        raise
    finally:
        with office.store.write() as session:
            publications.end(session, part.publication_id, outcome, at=office.clock.now(), code=code, message=message)


def _take_down(office: Office, channel: Channel, part: PublicationArticle) -> None:
    """What was published goes by its article_id, what was pushed by its msg_id or address: two calls of the platform's."""
    publication = part.publication
    known = publication.platform_article_id or publication.delivery == Delivery.MASS
    article_id, position = (
        (publication.platform_article_id, part.position) if known else _listed(office, channel, part.url)
    )
    if article_id:
        channel.delete_published(article_id, position)
    else:
        channel.delete_pushed(publication.msg_id, part.position, part.url)


def _listed(office: Office, channel: Channel, url: str) -> tuple[str, int]:
    """The article_id and position of an address in the newest of the published list; nothing for what a person pushed."""
    for page in PublishedList(office, channel).pages(office.clock.now(), most=PAGES):
        for item in page:
            for article in item.articles:
                if article.url == url:
                    return item.article_id, article.position
    return "", 0
