"""Signing a difference: what is so, who says it, and why."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, time
from typing import Any

from sqlalchemy.orm import Session

from content.rules import notes
from content.rules.errors import BadInput, Conflict, NotFound
from content.rules.people import Right
from content.rules.publishing.article_states import ArticleState
from content.rules.publishing.comparison import DifferenceKind
from content.rules.publishing.publication import Delivery, PublicationState
from content.services.office import ACCOUNT, Office
from content.services.publishing import outcome
from content.services.publishing.differences import facts
from content.store import people
from content.store.articles import articles, publications, withdrawals
from content.store.figures import ledger
from content.store.people import Actor
from content.store.tables import Article, Difference, Publication, PublicationArticle, Revision

VERDICTS: dict[str, tuple[frozenset[DifferenceKind], str]] = {
    "count": (frozenset({DifferenceKind.ONLY_THEIRS}), "确是本号手动发布的，计入统计"),
    "withdrawn": (
        frozenset({DifferenceKind.DIFFERENT, DifferenceKind.ONLY_OURS}),
        "已在平台上删除，记为撤下（仍计入统计）",
    ),
    "noted": (frozenset(DifferenceKind), "已查明，不影响统计"),
}


def resolve(office: Office, difference_id: int, *, verdict: str, username: str, note: str) -> None:
    """Signs a difference. Raises NotAllowed, BadInput (note missing, verdict does not fit), NotFound, Conflict."""
    note = notes.note(note, needed="请写明是怎么查清的：--note 说明")
    now = office.clock.now()
    with office.store.write() as session:
        actor = people.actor(session, username, Right.COUNT, what="签认差异")
        row = _open(session, difference_id, verdict)
        _ACTS[verdict](office, session, row, actor, note, now)
        row.resolved_at, row.resolved_by, row.verdict, row.note = now, username, verdict, note
        ledger.append(session, kind="difference.resolved", actor=username, role=actor.role, at=now,
                      subject=f"difference:{row.id}", verdict=verdict, note=note,
                      **facts(row.kind, row.article_id, title=row.title, url=row.url, day=row.on_day))  # fmt: skip
    outcome.count(office)


def _open(session: Session, difference_id: int, verdict: str) -> Difference:
    row = session.get(Difference, difference_id)
    if row is None:
        raise NotFound(f"没有编号为 {difference_id} 的差异。用 gongkai reconcile 可以看到所有差异。")
    if row.resolved_at:
        raise Conflict(f"这条差异已由 {row.resolved_by} 签认过。")
    if row.kind not in VERDICTS[verdict][0]:
        fitting = "、".join(name for name, (kinds, _) in VERDICTS.items() if row.kind in kinds)
        raise BadInput(f"这种差异不能签“{verdict}”，可以签：{fitting}")
    return row


def _count(office: Office, session: Session, row: Difference, actor: Actor, note: str, now: datetime) -> None:
    """Posted by hand on the platform: it becomes an article of ours, with its address as the evidence."""
    if publications.known_urls(session, [row.url]):
        raise Conflict("这一篇后来已经计入了，不能再算一次。请改签“noted”。")
    at = datetime.combine(row.on_day, time(12), office.settings.zone)  # the lists tell the day, which is what counts
    article = Article(account=ACCOUNT, channel="wechat", state=ArticleState.PUBLISHING, delivery=Delivery.HAND,
                      author_id=actor.person.id, created_at=now, changed_at=now)  # fmt: skip
    revision = Revision(number=1, title=row.title, author_name="", digest="", source=row.url, source_format="html",
                        html="", source_url="", sha256="", created_at=now, created_by=actor.person.id)  # fmt: skip
    article.revisions.append(revision)
    revision.sha256 = articles.seal(revision)
    session.add(article)
    session.flush()
    evidence = json.loads(row.evidence)
    publication = Publication(account=ACCOUNT, channel="wechat", delivery=Delivery.HAND,
                              state=PublicationState.HANDED, due_at=at, created_at=now,
                              msg_data_id=str(evidence.get("msg_data_id", "")))  # fmt: skip
    publication.articles.append(PublicationArticle(position=1, article_id=article.id, revision_id=revision.id))
    session.add(publication)
    session.flush()
    outcome.published(office, session, publication, at=at, urls={1: row.url}, actor=actor.person.username, now=now)
    row.article_id = article.id


def _withdrawn(office: Office, session: Session, row: Difference, actor: Actor, note: str, now: datetime) -> None:
    """Deleted on the platform by hand: withdrawn here too; it stays counted."""
    part = next(
        part
        for part in reversed(articles.publications_of(session, row.article_id or 0))
        if part.publication.state == PublicationState.PUBLISHED
    )
    withdrawals.take_down(session, part, actor=actor, note=note, at=now)


def _noted(office: Office, session: Session, row: Difference, actor: Actor, note: str, now: datetime) -> None:
    """Nothing changes but that somebody answers for it."""


_ACTS: dict[str, Callable[[Office, Session, Difference, Actor, str, datetime], Any]] = {
    "count": _count,
    "withdrawn": _withdrawn,
    "noted": _noted,
}
