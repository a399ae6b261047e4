"""Rows made directly, for tests that do not care how they came about."""

from __future__ import annotations

import io
from datetime import datetime

from PIL import Image
from sqlalchemy import select

from content.rules.review import Action, ArticleState
from content.services.office import ACCOUNT, Office
from content.store import articles
from content.store.tables import Article, File, Person, Review, Revision
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
        for step, username, role in PASSES:
            session.add(Review(article_id=article.id, revision_id=revision.id, action=Action.PASS, step=step,
                               person_id=people[username], role=role, sha256=revision.sha256,
                               at=world.NOON))  # fmt: skip
        return article.id


def image(kind: str = "PNG", size: tuple[int, int] = (90, 38), colour: tuple[int, int, int] = (200, 30, 30)) -> bytes:
    """A small real picture."""
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, kind)
    return buffer.getvalue()


def _cover(office: Office) -> File:
    data = image()
    return File(sha256=office.files.keep(data), kind="image/png", name="cover.png", size=len(data),
                created_at=world.NOON)  # fmt: skip
