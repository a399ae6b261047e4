"""What the platform tells us unasked. A job event is a hint: it is kept, the clock looks at once, and the API's word counts."""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from content.rules.publishing import article_address
from content.rules.publishing.publication import PublicationState
from content.services.office import ACCOUNT, Office
from content.store.articles import publications
from content.store.figures.ledger import canonical
from content.store.tables import PlatformEvent, Publication

P = PublicationState
PUBLISHED = "0"  # publish_status of PUBLISHJOBFINISH (platform page freepublish/submit)
LATELY = timedelta(days=1)  # for which an event of a job that we do not know may be one whose number was lost
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
MOST = 20  # events that are looked at for one publication

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class JobHint:
    """What an event says of a job, unproved: its end, the article's number and addresses, and why it was refused."""

    event_id: int
    at: datetime
    is_out: bool
    article_id: str = ""
    urls: dict[int, str] = field(default_factory=dict)
    reason: str = ""


def receive(office: Office, *, kind: str, job_id: str, data: dict[str, Any], at: datetime) -> None:
    """Takes a job event (PUBLISHJOBFINISH, MASSSENDJOBFINISH); a repeated one changes nothing, and none settles anything.

    `data` is the event's content as nested dicts, `at` its CreateTime.
    """
    now = office.clock.now()
    with office.store.write() as session:
        if _keep(session, kind=kind, job_id=job_id, data=data, at=at, now=now) is None:
            return
        known = publications.by_job(session, job_id)
        doubtful = [known] if known else publications.in_states(session, [P.UNKNOWN, P.HANDED])  # an answer may be lost
        publications.hasten(session, (each.id for each in doubtful), now)


def hints(office: Office, session: Session, publication: Publication) -> list[JobHint]:
    """What unused events say of its job; where its number is not known, those of today that may be its own."""
    jobs = {publication.publish_id, publication.msg_id} - {""}
    unused = select(PlatformEvent).where(PlatformEvent.used_at.is_(None)).order_by(PlatformEvent.id.desc())
    if jobs:
        rows = list(session.scalars(unused.where(PlatformEvent.job_id.in_(jobs))))
    else:
        since = publication.called_at or publication.created_at
        lately = unused.where(PlatformEvent.received_at >= max(since, office.clock.now() - LATELY))
        rows = [row for row in session.scalars(lately.limit(MOST)) if publications.by_job(session, row.job_id) is None]
    return [_hint(office, row) for row in rows]


def contradicting(session: Session) -> list[tuple[Publication, PlatformEvent]]:
    """Unused events that say of a refused publication that it is out."""
    rows = session.execute(
        select(Publication, PlatformEvent)
        .join(PlatformEvent, PlatformEvent.job_id.in_((Publication.publish_id, Publication.msg_id)))
        .where(Publication.state == P.REFUSED, PlatformEvent.used_at.is_(None), PlatformEvent.job_id != "")
        .limit(MOST)
    )
    return [(publication, event) for publication, event in rows]


def is_kept(session: Session, job_id: str) -> bool:
    """Whether an event of this job came before we knew the job."""
    query = select(PlatformEvent.id).where(PlatformEvent.job_id == job_id, PlatformEvent.used_at.is_(None))
    return bool(job_id) and session.scalar(query.limit(1)) is not None


def use(session: Session, told: Iterable[JobHint], now: datetime) -> None:
    """These events have been of use, and are not looked at again."""
    ids = [hint.event_id for hint in told]
    session.execute(update(PlatformEvent).where(PlatformEvent.id.in_(ids)).values(used_at=now))


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


def _hint(office: Office, event: PlatformEvent) -> JobHint:
    content = json.loads(event.data)
    at = datetime.fromisoformat(content["at"])
    if event.kind == "PUBLISHJOBFINISH":
        info = _dict(content.get("PublishEventInfo"))
        urls = _urls(office, _dict(info.get("article_detail")), number="idx", url="article_url")
        is_out = str(info.get("publish_status", "")).strip() == PUBLISHED
        return JobHint(event.id, at, is_out, article_id=str(info.get("article_id", "")), urls=urls)
    status = str(content.get("Status", "")).strip().lower()
    listed = _dict(_dict(content.get("ArticleUrlResult")).get("ResultList"))
    return JobHint(event.id, at, status in SENT, urls=_urls(office, listed, number="ArticleIdx", url="ArticleUrl"),
                   reason=_refusal(status))  # fmt: skip


def _refusal(status: str) -> str:
    error = ERR.fullmatch(status)
    if error is None:
        return ""
    why = PUSH_REFUSALS.get(int(error[1]), "原因见公众平台的通知")
    return f"群发没有成功：{why}。请处理后重新送审。"


def _urls(office: Office, detail: dict[str, Any], *, number: str, url: str) -> dict[int, str]:
    """Addresses by position; a single item may come bare instead of in a list; those on other hosts are left out."""
    items = detail.get("item") or []
    found = {}
    for item in items if isinstance(items, list) else [items]:
        position, address = str(_dict(item).get(number, "")), str(_dict(item).get(url, ""))
        if position.isascii() and position.isdigit() and len(position) < 3:
            if article_address.is_the_platforms(address, api_url=office.settings.wechat_api_url):
                found[int(position)] = address
            else:
                log.warning("an event names an address that is not the platform's")
    return found


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
