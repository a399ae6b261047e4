"""Rows made directly, for tests that do not care how they came about."""

from __future__ import annotations

import io
from datetime import date, datetime

from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.rules.publishing.article_states import Action, ArticleState
from content.rules.publishing.publication import PublicationState
from content.services.office import ACCOUNT, Office
from content.store.articles import articles
from content.store.figures import ledger
from content.store.tables import (
    Article,
    Attachment,
    File,
    Person,
    Publication,
    PublicationArticle,
    Review,
    Revision,
)  # fmt: skip
from tests import world

PASSES = ((1, "sunhao", "editor"), (2, "zhoujianguo", "reviewer"), (3, "zhaominghua", "chief"))


def approved_article(
    office: Office,
    *,
    title: str = "园区召开安全生产会议",
    html: str = "<p>会议部署了冬季安全生产工作。</p>",
    due_at: datetime = world.NOON,
    delivery: str | None = None,
    source_url: str = "",
) -> int:
    """An article that has passed its three reviews; its id."""
    with office.store.write() as session:
        people = {person.username: person.id for person in session.scalars(select(Person))}
        cover = session.scalars(select(File)).first() or _cover(office)
        article = Article(account=ACCOUNT, channel="wechat", state=ArticleState.SCHEDULED, delivery=delivery,
                          due_at=due_at, author_id=people["linxiaoyu"], created_at=world.NOON,
                          changed_at=world.NOON)  # fmt: skip
        revision = Revision(number=1, title=title, author_name="", digest="摘要", source=html, source_format="html", html=html,
                            source_url=source_url, cover=cover, sha256="",
                            created_at=world.NOON, created_by=people["linxiaoyu"])  # fmt: skip
        article.revisions.append(revision)
        revision.sha256 = articles.seal(revision)
        session.add(article)
        session.flush()
        _enter(session, article, "article.queued", "linxiaoyu", title=title)
        _enter(session, article, "article.submitted", "linxiaoyu", note="")
        for step, username, role in PASSES:
            session.add(Review(article_id=article.id, revision_id=revision.id, action=Action.PASS, step=step,
                               person_id=people[username], role=role, sha256=revision.sha256,
                               at=world.NOON))  # fmt: skip
            _enter(
                session,
                article,
                "article.passed",
                username,
                role,
                step=step,
                note="",
                chief_twice=False,
                urgent=False,
                late=False,
                covers="",
            )
        _enter(session, article, "article.approved", "zhaominghua", "chief", due_at=due_at.isoformat(), owed=None,
               delivery=delivery)  # fmt: skip
        return article.id


def publish(office: Office, *, withdrawn: bool = False, text: str = "") -> tuple[int, str, str]:
    """A published article with an image in its body and an attachment; its id and their SHA-256s."""
    picture, paper = image(), b"%PDF-1.4 attachment"
    shas = office.files.keep(picture), office.files.keep(paper)
    html = f'{text}<p onclick="x()">会议部署了<b>冬季</b>工作。</p><img src="file:{shas[0]}"><img src="https://else.example/x.png">'
    number = approved_article(office, html=html)
    with office.store.write() as session:
        article = session.get_one(Article, number)
        for sha, kind, name in zip(shas, ("image/png", "application/pdf"), ("图.png", "办事 指南.pdf"), strict=True):
            if session.scalars(select(File).where(File.sha256 == sha)).first() is None:
                session.add(File(sha256=sha, kind=kind, name=name, size=19, created_at=world.NOON))
        session.flush()
        paper_row = session.scalars(select(File).where(File.sha256 == shas[1])).one()
        article.revision.attachments.append(Attachment(position=1, name="办事 指南.pdf", file=paper_row))
        article.revision.sha256 = articles.seal(article.revision)
        _enter(session, article, "article.approved", "zhaominghua", "chief", due_at=world.NOON.isoformat(), owed=None,
               delivery=None)  # fmt: skip
        publication = Publication(account=ACCOUNT, channel="wechat", delivery="publish", due_at=world.NOON,
                                  state=PublicationState.PUBLISHED, created_at=world.NOON, published_at=world.NOON,
                                  published_on=date(2026, 11, 22))  # fmt: skip
        publication.articles.append(PublicationArticle(position=1, article=article, revision=article.revision,
                                                       url="https://mp.weixin.qq.com/s/abc"))  # fmt: skip
        session.add(publication)
        article.state = ArticleState.PUBLISHED
        if withdrawn:
            article.state, article.withdrawn_at = ArticleState.WITHDRAWN, world.NOON
    return number, *shas


def image(kind: str = "PNG", size: tuple[int, int] = (90, 38), colour: tuple[int, int, int] = (200, 30, 30)) -> bytes:
    """A small real picture."""
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, kind)
    return buffer.getvalue()


def _enter(session: Session, article: Article, kind: str, actor: str, role: str = "", **data: object) -> None:
    ledger.append(session, kind=kind, actor=actor, role=role, subject=f"article:{article.id}", at=world.NOON,
                  revision=article.revision.number, sha256=article.revision.sha256, **data)  # fmt: skip


def _cover(office: Office) -> File:
    data = image()
    return File(sha256=office.files.keep(data), kind="image/png", name="cover.png", size=len(data),
                created_at=world.NOON)  # fmt: skip
