"""What the platform tells us unasked: job events are kept first, then used to settle what they speak of."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.rules.publishing.publication import IN_FLIGHT, PublicationState
from content.services.office import ACCOUNT, Office
from content.services.publishing import outcome
from content.store.articles import publications
from content.store.figures.ledger import canonical
from content.store.tables import PlatformEvent, Publication

P = PublicationState
PUBLISHED = 0  # publish_status of PUBLISHJOBFINISH (platform page freepublish/submit)
REMOVALS = {5, 6}  # published, and since deleted by a person (5) or banned by the platform (6)
SENT = {"send success", "sendsuccess"}  # Status of MASSSENDJOBFINISH (platform page on the results of mass sends)
ERR = re.compile(r"err\((\d+)\)")
REFUSALS = {
    2: "微信判定原创声明未通过。请修改后重新送审。",
    3: "微信发布失败（常规失败）。请检查内容后重新送审。",
    4: "微信审核未通过。请按公众平台的通知修改后重新送审。",
}
PUSH_REFUSALS = {
    10001: "涉嫌广告", 20001: "涉嫌政治", 20002: "涉嫌色情", 20004: "涉嫌社会问题", 20006: "涉嫌违法犯罪", 20008: "涉嫌欺诈",
    20013: "涉嫌侵权", 21000: "涉嫌其他违规", 22000: "涉嫌互推", 30001: "原创校验出错", 30002: "原创校验判定不能群发",
    30003: "原创校验判定不能群发", 40001: "管理员拒绝了这次群发", 40002: "管理员没有在 30 分钟内确认",
}  # fmt: skip


def receive(office: Office, *, kind: str, job_id: str, data: dict[str, Any], at: datetime) -> None:
    """Takes a job event (PUBLISHJOBFINISH, MASSSENDJOBFINISH); a repeated one changes nothing.

    `data` is the event's content as nested dicts, `at` its CreateTime.
    """
    now = office.clock.now()
    with office.store.write() as session:
        event = _keep(session, kind=kind, job_id=job_id, data=data, at=at, now=now)
        used = event is not None and use(office, session, event, now)
        if event is not None and publications.by_job(session, job_id) is None:  # its answer may have been lost
            publications.hasten(
                session, (each.id for each in publications.in_states(session, [P.UNKNOWN, P.HANDED])), now
            )
    if used:
        outcome.count(office)


def use(office: Office, session: Session, event: PlatformEvent, now: datetime) -> bool:
    """Settles the publication that an event speaks of, if we know it and it is still open."""
    publication = publications.by_job(session, event.job_id)
    if publication is None or publication.state not in IN_FLIGHT | {PublicationState.REFUSED}:
        return False
    content = json.loads(event.data)
    if event.kind == "PUBLISHJOBFINISH":
        _settle_publish(office, session, publication, content, now)
    else:
        _settle_push(office, session, publication, content, now)
    event.used_at = now
    return True


def waiting(session: Session, job_id: str) -> PlatformEvent | None:
    """An event for this job that came before we knew the job."""
    query = select(PlatformEvent).where(PlatformEvent.job_id == job_id, PlatformEvent.used_at.is_(None))
    return session.scalars(query).first() if job_id else None


def _keep(
    session: Session, *, kind: str, job_id: str, data: dict[str, Any], at: datetime, now: datetime
) -> PlatformEvent | None:
    content = canonical({"at": at.isoformat(), **data})
    fingerprint = hashlib.sha256(f"{kind}\n{job_id}\n{content}".encode()).hexdigest()
    seen = select(PlatformEvent).where(PlatformEvent.account == ACCOUNT, PlatformEvent.fingerprint == fingerprint)
    if session.scalars(seen).first():
        return None
    event = PlatformEvent(
        account=ACCOUNT, kind=kind.upper(), fingerprint=fingerprint, job_id=job_id, data=content, received_at=now
    )
    session.add(event)
    session.flush()
    return event


def _settle_publish(
    office: Office, session: Session, publication: Publication, content: dict[str, Any], now: datetime
) -> None:
    info = content.get("PublishEventInfo") or {}
    status = int(info.get("publish_status", -1))
    at = datetime.fromisoformat(content["at"])
    if status == PUBLISHED:
        urls = article_urls(info.get("article_detail") or {})
        outcome.published(office, session, publication, at=at, urls=urls,
                           platform_article_id=str(info.get("article_id", "")), now=now)  # fmt: skip
    elif status in REMOVALS:
        publications.hasten(session, [publication.id], now)  # when it went out, and where, the list knows
    elif status in REFUSALS and publication.state in IN_FLIGHT:
        outcome.refused(session, publication, code=status, reason=REFUSALS[status], now=now)


def _settle_push(
    office: Office, session: Session, publication: Publication, content: dict[str, Any], now: datetime
) -> None:
    status = str(content.get("Status", "")).strip().lower()
    error = ERR.fullmatch(status)
    if status in SENT:
        told = (content.get("ArticleUrlResult") or {}).get("ResultList") or {}
        outcome.published(office, session, publication, at=datetime.fromisoformat(content["at"]),
                           urls=article_urls(told, number="ArticleIdx", url="ArticleUrl"), now=now)  # fmt: skip
    elif error and publication.state in IN_FLIGHT:
        code = int(error.group(1))
        why = PUSH_REFUSALS.get(code, "原因见公众平台的通知")
        outcome.refused(session, publication, code=code, reason=f"群发没有成功：{why}。请处理后重新送审。", now=now)


def article_urls(detail: dict[str, Any], *, number: str = "idx", url: str = "article_url") -> dict[int, str]:
    """Addresses by position from the items of an event; a single item may come bare instead of in a list."""
    items = detail.get("item") or []
    items = items if isinstance(items, list) else [items]
    return {int(item[number]): str(item[url]) for item in items}
