"""Posts as lists, trails and previews, in the shapes that the command line prints."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from config.clock import local
from content.render import article as rendering
from content.rules.checks import html_passages
from content.rules.checks.checklist import sentences
from content.rules.errors import NotFound
from content.rules.publishing.article_states import ArticleState
from content.services.checks import judgement
from content.services.checks.judgement import CheckResult
from content.services.office import Office
from content.store.articles import articles
from content.store.tables import Article, PublicationArticle, Revision


def listing(office: Office, state: ArticleState | None = None) -> list[dict[str, Any]]:
    """Every article (in one state): {"id","key","title","state","due_at"}, oldest first.

    `due_at` is the time asked for until the third pass sets it; null for a reserve article.
    """
    with office.store.read() as session:
        return [_line(office, article, title) for article, title in articles.listed(session, state)]


def show(office: Office, article_id: int) -> dict[str, Any]:
    """One article with its trail. Raises NotFound."""
    with office.store.read() as session:
        article = articles.find(session, article_id)
        revision = articles.present(session, article)
        parts = articles.publications_of(session, article_id)
        newest = parts[-1] if parts else None
        return {
            **_line(office, article, revision.title),
            "delivery": newest.publication.delivery if newest else article.delivery or office.settings.wechat_delivery,
            "url": next((part.url for part in reversed(parts) if part.url), None),
            "body_sha256": revision.sha256,
            "warnings": json.loads(revision.notes),
            "attempts": _attempts(office, session, article_id),
            "platform": _platform(office, article, newest),
            "reviews": _reviews(office, article),
        }


def concerns(office: Office, article_id: int) -> list[str]:
    """What a reviewer should know before passing: what could not come, what the checks found. Raises NotFound."""
    with office.store.read() as session:
        revision = articles.present(session, articles.find(session, article_id))
    return [*json.loads(revision.notes), *concerns_of(judgement.look(office, article_id))]


def concerns_of(found: CheckResult) -> list[str]:
    """The findings as sentences: the open ones by kind, then each that was dismissed, with who and why."""
    left = [
        f"{each.sentence}{each.dismissal.who}写明理由留下：{each.dismissal.why}"
        for each in found.dismissed
        if each.dismissal
    ]
    return [*sentences([each.finding for each in found.open]), *left]


def preview(office: Office, article_id: int, *, with_concerns: bool = True) -> str:
    """The page of an article as a phone will show it, whole in one file; each paragraph has the id of its passage.

    `with_concerns`: what a reviewer should know stands below it. Raises NotFound.
    """
    told = concerns(office, article_id) if with_concerns else []
    with office.store.read() as session:
        article = articles.find(session, article_id)
        revision = articles.present(session, article)
        images = _embedded(office, session, revision)
        at = article.due_at or article.wanted_at
        return rendering.for_preview(
            html_passages.anchored(revision.html),
            images,
            title=revision.title,
            author=revision.author_name,
            date=local(at, office.settings.zone)[:10] if at else "",
            more="\n".join([*_below(revision), *(f"请注意：{concern}" for concern in told)]),
        )


def picture_kind(office: Office, sha256: str) -> str:
    """The MIME type of a file that is there; empty if it is not."""
    with office.store.read() as session:
        row = articles.files(session, [sha256]).get(sha256)
    return row.kind if row and office.files.path(sha256).exists() else ""


def _line(office: Office, article: Article, title: str) -> dict[str, Any]:
    due_at = article.due_at or (None if article.reserve else article.wanted_at)
    return {"id": article.id, "key": article.key, "title": title, "state": article.state,
            "due_at": _time(office, due_at)}  # fmt: skip


def _attempts(office: Office, session: Session, article_id: int) -> list[dict[str, Any]]:
    return [
        {"at": _time(office, attempt.at), "step": attempt.step, "outcome": attempt.outcome, "code": attempt.code}
        for attempt in articles.attempts_of(session, article_id)
    ]


def _platform(office: Office, article: Article, part: PublicationArticle | None) -> dict[str, Any]:
    if part is None:
        return {"reason": article.reason} if article.reason else {}
    publication = part.publication
    return {
        "publication": publication.id,
        "position": part.position,
        "state": publication.state,
        "media_id": publication.media_id,
        "publish_id": publication.publish_id,
        "msg_id": publication.msg_id,
        "msg_data_id": publication.msg_data_id,
        "article_id": publication.platform_article_id,
        "published_at": _time(office, publication.published_at),
        "reason": article.reason or publication.reason,
    }


def _reviews(office: Office, article: Article) -> list[dict[str, Any]]:
    return [
        {
            "at": _time(office, review.at),
            "who": review.person.username,
            "role": review.role,
            "action": review.action,
            "note": review.note,
            "sha256": review.sha256,
            "void": review.void,
        }
        for review in article.reviews
    ]


def _embedded(office: Office, session: Session, revision: Revision) -> dict[str, str]:
    hashes = rendering.image_hashes(revision.html)
    rows = articles.files(session, hashes)
    missing = [sha256 for sha256 in hashes if sha256 not in rows or not office.files.path(sha256).exists()]
    if missing:
        raise NotFound(
            f"这篇稿件有 {len(missing)} 张图片的文件不见了，请从备份恢复，或者用 gongkai queue edit 重新插入。"
        )
    encoded = {sha256: base64.b64encode(office.files.read(sha256)).decode() for sha256 in hashes}
    return {sha256: f"data:{rows[sha256].kind};base64,{encoded[sha256]}" for sha256 in hashes}


def _below(revision: Revision) -> list[str]:
    lines = [f"摘要：{revision.digest}"] if revision.digest else []
    if revision.source_url:
        lines.append(f"阅读原文：{revision.source_url}")
    return lines + [f"附件：{attachment.name}" for attachment in revision.attachments]


def _time(office: Office, instant: datetime | None) -> str | None:
    return local(instant, office.settings.zone) if instant else None
