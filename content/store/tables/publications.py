"""Publications, each try to bring one about, and what the platform told us unasked."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from content.store.tables.articles import Article, Revision
from content.store.tables.base import Base, Code, Id, Line, Long, MaybeWhen, When


class Publication(Base):
    """One push of 1–8 articles in order. `state` is a word of content.rules.publishing.publication."""

    __tablename__ = "publication"
    __table_args__ = (
        Index(None, "state", "next_try_at"),
        Index(None, "publish_id"),
        Index(None, "msg_data_id"),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[Id]
    account: Mapped[Code]
    channel: Mapped[Code]
    delivery: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))
    due_at: Mapped[When]
    next_try_at: Mapped[MaybeWhen]  # when to look at it again; None: nothing left to do
    claimed_by: Mapped[Code] = mapped_column(default="")
    claimed_until: Mapped[MaybeWhen]
    fence: Mapped[int] = mapped_column(default=0)  # the leader's token that last claimed it
    tries: Mapped[int] = mapped_column(default=0)  # failed tries of the present step
    looks: Mapped[int] = mapped_column(default=0)  # looks at the result since the present state began
    reason: Mapped[Line] = mapped_column(default="")  # why it stands where it stands, for staff
    media_id: Mapped[Line] = mapped_column(default="")
    draft_seal: Mapped[str | None] = mapped_column(String(64))  # over the draft's name and what it was made of
    publish_id: Mapped[Code] = mapped_column(default="")
    msg_id: Mapped[Code] = mapped_column(default="")
    msg_data_id: Mapped[Code] = mapped_column(default="")
    client_msg_id: Mapped[Code] = mapped_column(default="")
    platform_article_id: Mapped[Line] = mapped_column(default="")
    created_at: Mapped[When]
    called_at: Mapped[MaybeWhen]  # when the deciding call (submit, sendall) last went out
    published_at: Mapped[MaybeWhen]  # the platform's time
    published_on: Mapped[date | None] = mapped_column(Date)  # the office's day; fixed once stored
    articles: Mapped[list[PublicationArticle]] = relationship(
        order_by="PublicationArticle.position", back_populates="publication"
    )
    attempts: Mapped[list[Attempt]] = relationship(order_by="Attempt.id")


class PublicationArticle(Base):
    """One article of a publication, with its own address."""

    __tablename__ = "publication_article"
    __table_args__ = (
        UniqueConstraint("publication_id", "article_id"),
        Index(None, "article_id"),
    )
    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # 1–8
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    url: Mapped[Line] = mapped_column(default="")
    withdrawn_at: Mapped[MaybeWhen]
    publication: Mapped[Publication] = relationship(back_populates="articles")
    article: Mapped[Article] = relationship()
    revision: Mapped[Revision] = relationship()


class Attempt(Base):
    """One call to the platform for a publication: written before it (outcome `begun`), closed after it."""

    __tablename__ = "attempt"
    __table_args__ = (Index(None, "publication_id"), {"sqlite_autoincrement": True})
    id: Mapped[Id]
    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id"))
    step: Mapped[str] = mapped_column(String(16))  # upload, draft, submit, mass, look, withdraw, settle
    outcome: Mapped[str] = mapped_column(String(16))  # begun, ok, refused, unreachable, unanswered, lost
    code: Mapped[int | None]
    message: Mapped[Line] = mapped_column(default="")
    at: Mapped[When]
    ended_at: Mapped[MaybeWhen]


class PlatformEvent(Base):
    """A job event as it came in; kept even when it names no publication we know (yet)."""

    __tablename__ = "platform_event"
    __table_args__ = (
        UniqueConstraint("account", "fingerprint"),
        Index(None, "job_id"),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[Id]
    account: Mapped[Code]
    kind: Mapped[Code]
    fingerprint: Mapped[Code]  # two deliveries of one event are one row
    job_id: Mapped[Code]  # publish_id or MsgID
    data: Mapped[Long]  # JSON
    received_at: Mapped[When]
    used_at: Mapped[MaybeWhen]
