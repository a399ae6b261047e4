"""Articles, their revisions, reviews and files."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from content.store.tables.base import Base, Code, Id, Line, Long, MaybeWhen, Sha, When
from content.store.tables.people import Category, Department, Person


class File(Base):
    """A file of ours, kept once under HOME/files by its SHA-256."""

    __tablename__ = "file"
    id: Mapped[Id]
    sha256: Mapped[Sha] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(String(128))  # a MIME type
    name: Mapped[Line]
    size: Mapped[int]  # bytes
    created_at: Mapped[When]


class PlatformFile(Base):
    """What the platform calls a file of ours; `purpose` is `cover` (media_id) or `body` (url)."""

    __tablename__ = "platform_file"
    __table_args__ = (UniqueConstraint("file_id", "account", "purpose"), {"sqlite_autoincrement": True})
    id: Mapped[Id]
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"))
    account: Mapped[Code]
    purpose: Mapped[str] = mapped_column(String(16))
    media_id: Mapped[Line] = mapped_column(default="")
    url: Mapped[Line] = mapped_column(default="")
    uploaded_at: Mapped[When]
    seal: Mapped[str | None] = mapped_column(String(64))  # keyed, over the file's bytes and these names for them
    file: Mapped[File] = relationship()


class Article(Base):
    """A post of the office. `state` is a word of content.rules.publishing.three_reviews.ArticleState."""

    __tablename__ = "article"
    __table_args__ = (
        Index(None, "state", "due_at"),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[Id]
    key: Mapped[str | None] = mapped_column(String(200), unique=True)
    account: Mapped[Code]
    channel: Mapped[Code]
    state: Mapped[str] = mapped_column(String(16))
    delivery: Mapped[str | None] = mapped_column(String(16))  # None: as the settings say
    reserve: Mapped[bool] = mapped_column(default=False)
    wanted_at: Mapped[MaybeWhen]  # as asked when queued; None: at the third pass
    due_at: Mapped[MaybeWhen]  # set by the third pass
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    category_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    revision_number: Mapped[int] = mapped_column(default=1)
    reason: Mapped[Line] = mapped_column(default="")  # why it stands where it stands, for staff
    created_at: Mapped[When]
    changed_at: Mapped[When]
    withdrawn_at: Mapped[MaybeWhen]
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_why: Mapped[Line] = mapped_column(default="")

    author: Mapped[Person] = relationship(foreign_keys=[author_id])
    category: Mapped[Category | None] = relationship()
    department: Mapped[Department | None] = relationship()
    revisions: Mapped[list[Revision]] = relationship(order_by="Revision.number", back_populates="article")
    reviews: Mapped[list[Review]] = relationship(order_by="Review.id", back_populates="article")

    @property
    def revision(self) -> Revision:
        """The present revision."""
        return self.revisions[-1]


class Revision(Base):
    """One wording of an article; never changed. `sha256` seals everything that goes out."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("article_id", "number"), {"sqlite_autoincrement": True})
    id: Mapped[Id]
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    number: Mapped[int]
    title: Mapped[Line]
    author_name: Mapped[Line] = mapped_column(default="")
    digest: Mapped[Line] = mapped_column(default="")
    source: Mapped[Long]  # as the author gave it (docx: the HTML made of it)
    source_format: Mapped[str] = mapped_column(String(16))  # markdown, html, docx
    html: Mapped[Long]  # cleaned; images are <img src="file:SHA256">
    source_url: Mapped[Line] = mapped_column(default="")
    notes: Mapped[Long] = mapped_column(default="[]", server_default="[]")  # JSON list: what could not come, in words
    cover_file_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"))
    cover_square: Mapped[int | None]  # where the cover's square stands, 0 left to 100 right; null: in the middle
    sha256: Mapped[Sha]
    created_at: Mapped[When]
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))

    article: Mapped[Article] = relationship(back_populates="revisions")
    cover: Mapped[File | None] = relationship()
    attachments: Mapped[list[Attachment]] = relationship(order_by="Attachment.position")


class Attachment(Base):
    """A file that citizens can fetch from the article's own page."""

    __tablename__ = "attachment"
    __table_args__ = (UniqueConstraint("revision_id", "position"), {"sqlite_autoincrement": True})
    id: Mapped[Id]
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    position: Mapped[int]
    name: Mapped[Line]
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"))
    file: Mapped[File] = relationship()


class Review(Base):
    """One step of a review. `step` is 1–3 for a pass, else 0; `sha256` is the revision's."""

    __tablename__ = "review"
    __table_args__ = (Index(None, "article_id"), Index(None, "urgent"), {"sqlite_autoincrement": True})
    id: Mapped[Id]
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    action: Mapped[str] = mapped_column(String(16))
    step: Mapped[int] = mapped_column(default=0)
    void: Mapped[bool] = mapped_column(default=False)  # a later edit or return made it so
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(String(16))
    urgent: Mapped[bool] = mapped_column(default=False, server_default=false())  # a chief's pass in an emergency
    covers_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # in whose place it was passed
    note: Mapped[Line] = mapped_column(default="")
    sha256: Mapped[Sha]
    at: Mapped[When]
    article: Mapped[Article] = relationship(back_populates="reviews")
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    covers: Mapped[Person | None] = relationship(foreign_keys=[covers_id])


class Remark(Base):
    """What a reviewer says at a place of a wording: a remark, or a question that an author answers."""

    __tablename__ = "remark"
    __table_args__ = (Index(None, "article_id"), {"sqlite_autoincrement": True})
    id: Mapped[Id]
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    is_question: Mapped[bool]
    paragraph: Mapped[int] = mapped_column(default=0)  # from 1; 0: the article as a whole
    quote: Mapped[Line] = mapped_column(default="")  # how the paragraph begins
    text: Mapped[Line]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[When]
    answer: Mapped[Line] = mapped_column(default="")
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[MaybeWhen]
    revision: Mapped[Revision] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    answerer: Mapped[Person | None] = relationship(foreign_keys=[answered_by])
