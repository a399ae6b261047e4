"""Whether an article may go out: its bytes as they lie here, held against what the ledger says was passed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from content.render import article as rendering
from content.rules.publishing import approval as rules
from content.rules.publishing.approval import ApprovalStep, Plan
from content.rules.publishing.publication import Delivery
from content.services.office import Office
from content.store.articles import articles
from content.store.figures import ledger, ledger_verification
from content.store.tables import Article, LedgerEntry, Revision


@dataclass(frozen=True)
class PlannedCall:
    """A call that is about to bring an article out: when, and how."""

    now: datetime
    delivery: str


def fault(office: Office, session: Session, revision: Revision, *, call: PlannedCall | None = None) -> str:
    """Why this revision may not go out; empty if it may. Everything is computed anew, nothing taken from the tables.

    With a `call`: why not so, either.
    """
    if damaged_files(office, revision):
        return "有图片或附件的文件不见了，或者与三审通过的不一样"
    entries = list(_entries(session, revision.article_id))
    if entries and not ledger_verification.holds_from(session, entries[0].number):
        return "台账里这篇文章的记录，或者它以后的记录，被改动过"
    if cut := ledger.is_cut(office.store):
        return f"台账不完整（{cut}）"
    steps = [ApprovalStep(entry.kind, entry.actor, json.loads(entry.data), entry.at) for entry in entries]
    return rules.fault(steps, revision=revision.number, sha256=articles.seal(revision)) or _plan_fault(
        office, steps, session.get_one(Article, revision.article_id), call
    )


def _plan_fault(office: Office, steps: list[ApprovalStep], article: Article, call: PlannedCall | None) -> str:
    """Why the article's time or delivery is not what the ledger says, or the call's is not."""
    row = Plan(article.due_at, article.delivery)
    plan = rules.planned(steps, row)
    if found := rules.plan_fault(plan, row):
        return found
    if call is None:
        return ""
    if plan.due_at is None or call.now < plan.due_at.replace(microsecond=0):
        return "还没有到台账上定的发布时间"
    wanted = plan.delivery or office.settings.wechat_delivery
    is_other = call.delivery not in (wanted, Delivery.DRAFT) and (plan.delivery or call.delivery == Delivery.MASS)
    return "发布方式与三审通过时的不符" if is_other else ""


def damaged_files(office: Office, revision: Revision) -> list[str]:
    """The SHA-256 of each file of a revision, pictures in its body included, that is gone or holds other bytes."""
    wanted = dict.fromkeys((*rendering.image_hashes(revision.html), *articles.hashes(revision)))
    return [sha256 for sha256 in wanted if not _is_whole(office, sha256)]


def _is_whole(office: Office, sha256: str) -> bool:
    try:
        return hashlib.sha256(office.files.read(sha256)).hexdigest() == sha256
    except OSError:
        return False


def _entries(session: Session, article_id: int) -> Iterator[LedgerEntry]:
    """The entries that speak of the article's reviews and its way out, in order."""
    own = [entry for entry in ledger.about(session, f"article:{article_id}") if entry.kind in rules.KINDS]
    settled = [entry for entry in ledger.since(session, 0, rules.SETTLED) if _gave_up(entry, article_id)]
    yield from sorted([*own, *settled], key=lambda entry: entry.number)


def _gave_up(entry: LedgerEntry, article_id: int) -> bool:
    data = json.loads(entry.data)
    return data["verdict"] == "not_published" and article_id in data["articles"]
