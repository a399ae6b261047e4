"""What staff teach the answers, letters that wait for a person, and wishes to hear of what is new."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from content.store.tables.base import Base, Code, Id, Line, Long, MaybeWhen, Sha, When


class TaughtAnswer(Base):
    """An answer that staff wrote once, for all questions that are like one of its forms."""

    __tablename__ = "guide"
    id: Mapped[Id]
    forms: Mapped[Long]  # JSON: ["公租房怎么退租", …]; nothing tells who asked so
    answer: Mapped[Long]
    created_at: Mapped[When]
    created_by: Mapped[Code]
    withdrawn_at: Mapped[MaybeWhen]
    withdrawn_by: Mapped[Code] = mapped_column(default="")


class Synonym(Base):
    """A word of citizens, and the word that the notices use for it."""

    __tablename__ = "synonym"
    id: Mapped[Id]
    word: Mapped[Line]  # normalised, as is `same_as`
    same_as: Mapped[Line]
    created_at: Mapped[When]
    created_by: Mapped[Code]
    withdrawn_at: Mapped[MaybeWhen]
    withdrawn_by: Mapped[Code] = mapped_column(default="")


class Letter(Base):
    """A citizen's conversation with a person of the office; the openid goes when it is closed."""

    __tablename__ = "letter"
    __table_args__ = (Index(None, "asker"), Index(None, "closed_at"), {"sqlite_autoincrement": True})
    id: Mapped[Id]
    asker: Mapped[Code]  # HMAC of the openid; empty once the citizen has left
    openid: Mapped[Line]  # encrypted; empty once closed
    opened_at: Mapped[When]
    heard_at: Mapped[When]  # the citizen's last message in it
    listening_until: Mapped[MaybeWhen]  # what the citizen writes until then belongs to it
    closed_at: Mapped[MaybeWhen]
    closed_by: Mapped[Code] = mapped_column(default="")


class LetterMessage(Base):
    """One thing said in a letter, by the citizen (`author` empty) or by a person of the office."""

    __tablename__ = "letter_message"
    __table_args__ = (Index(None, "letter_id"), {"sqlite_autoincrement": True})
    id: Mapped[Id]
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"))
    author: Mapped[Code] = mapped_column(default="")
    text: Mapped[Long]
    at: Mapped[When]
    delivery: Mapped[Sha | None] = mapped_column(unique=True)  # the platform's repeats of one message are one message
    state: Mapped[str] = mapped_column(
        String(16), default=""
    )  # a word of content.rules.citizens.letters.AnswerState; empty: citizen's
    why: Mapped[Line] = mapped_column(default="")  # why it was not sent
    origin: Mapped[str] = mapped_column(String(64), default="")  # 转来：欠薪; empty: asked for
    told_at: Mapped[MaybeWhen]


class Subscription(Base):
    """What a citizen wants to hear of. The cursors are the last notices looked through for them."""

    __tablename__ = "wish"
    __table_args__ = (Index(None, "asker"), {"sqlite_autoincrement": True})
    id: Mapped[Id]
    asker: Mapped[Code]
    openid: Mapped[Line]  # encrypted; empty once ended
    words: Mapped[Line]  # normalised
    created_at: Mapped[When]
    ended_at: Mapped[MaybeWhen]
    disclosure: Mapped[int] = mapped_column(default=0)
    posting: Mapped[int] = mapped_column(default=0)


class NewsDelivery(Base):
    """News on its way to a citizen, or told: with a reply, or as a subscription notice.

    It is written before anything is sent; what is never settled is taken over by the citizen's next message.
    """

    __tablename__ = "telling"
    __table_args__ = (Index(None, "asker"), {"sqlite_autoincrement": True})
    id: Mapped[Id]
    asker: Mapped[Code]
    delivery: Mapped[Sha] = mapped_column(default="")  # the message that it answers; empty for a notice
    answers: Mapped[Long] = mapped_column(default="[]")  # JSON: ids of letter messages
    items: Mapped[Long] = mapped_column(default="[]")  # JSON: ["posting:12", …]
    state: Mapped[str] = mapped_column(String(16))  # a word of content.rules.citizens.letters.AnswerState
    at: Mapped[When]
    platform_id: Mapped[Code] = mapped_column(default="")  # the platform's number of a notice
    why: Mapped[Line] = mapped_column(default="")


class NoticeRight(Base):
    """How many subscription notices a citizen has said yes to and not had yet."""

    __tablename__ = "notice_right"
    __table_args__ = (UniqueConstraint("asker", "template"), {"sqlite_autoincrement": True})
    id: Mapped[Id]
    asker: Mapped[Code]
    template: Mapped[Code]
    openid: Mapped[Line]  # encrypted
    notices: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[When]
