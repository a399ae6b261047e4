"""Differences between our list and the platform's: kept once each, open until somebody signs."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.rules.publishing.comparison import GONE, DifferenceKind, ListDifference
from content.services.office import ACCOUNT
from content.store.articles import publications
from content.store.figures import ledger
from content.store.tables import Difference, Publication


def keep(session: Session, findings: Iterable[ListDifference], now: datetime, **evidence: Any) -> None:
    """Keeps what is not known yet; the same finding on a later day is the same difference."""
    for finding in findings:
        fingerprint = _fingerprint(finding)
        row = session.scalars(
            select(Difference).where(Difference.account == ACCOUNT, Difference.fingerprint == fingerprint)
        ).first()
        if row is not None:
            row.seen_at = now
            continue
        session.add(Difference(account=ACCOUNT, kind=finding.kind, fingerprint=fingerprint, url=finding.url,
                               article_id=finding.article_id, on_day=finding.day, title=finding.title, why=finding.why,
                               evidence=_evidence(finding, evidence), found_at=now, seen_at=now))  # fmt: skip
        ledger.append(session, kind="difference.found", actor="clock", subject=_subject(finding), at=now,
                      **facts(finding.kind, finding.article_id, title=finding.title, url=finding.url, day=finding.day),
                      why=finding.why)  # fmt: skip


def removed(
    session: Session, publication: Publication, now: datetime, *, positions: Collection[int] = (), **evidence: Any
) -> None:
    """A publication that is out by our list was taken down on the platform: all of it, or the articles at `positions`."""
    whole = publications.load(session, publication.id)
    day = whole.published_on or now.date()
    keep(
        session,
        [
            ListDifference(DifferenceKind.DIFFERENT, part.article_id, part.revision.title, part.url, day, GONE)
            for part in whole.articles
            if part.withdrawn_at is None and (not positions or part.position in positions)
        ],
        now,
        **evidence,
    )


def facts(kind: str, article_id: int | None, *, title: str, url: str, day: date) -> dict[str, Any]:
    """What the ledger keeps of a difference."""
    return {"difference": str(kind), "article": article_id, "title": title, "url": url, "on": day.isoformat()}


def _subject(finding: ListDifference) -> str:
    return f"article:{finding.article_id}" if finding.article_id else "platform"


def _fingerprint(finding: ListDifference) -> str:
    """An article of ours is known by its number; its address may be learnt only later."""
    what = [finding.kind, str(finding.article_id), "" if finding.article_id else finding.url, finding.why]
    return hashlib.sha256("\n".join(what).encode()).hexdigest()


def _evidence(finding: ListDifference, more: dict[str, Any]) -> str:
    known = {**(asdict(finding.theirs) if finding.theirs else {}), **more}
    return ledger.canonical({name: str(value) if isinstance(value, date) else value for name, value in known.items()})
