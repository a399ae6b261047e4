"""Fetching both sides, comparing them, and keeping what differs."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from content.rules.errors import BadInput, Fault, Refused, Stopped
from content.rules.publishing import article_marks
from content.rules.publishing.comparison import Comparison, DifferenceKind, OurArticle, PlatformArticle, compare
from content.rules.publishing.publication import MAY_BE_OUT, OUT, Delivery, PublicationState
from content.services.office import Office
from content.services.ports import Channel, JobStatus, PublishedItem
from content.services.publishing import differences
from content.services.publishing.published_list import PublishedList
from content.store.articles import publications
from content.store.figures import ledger
from content.store.tables import Difference, Publication, PublicationArticle, Revision

log = logging.getLogger(__name__)

PAGES = 50  # half of a day's freepublish/batchget calls: a thousand items back
JOBS = 30  # of a day's hundred freepublish/get calls
SLACK = timedelta(days=1)  # neighbouring days are looked at too, so that a wrong date is told as one
MOST_DAYS = 370


def reconcile(
    office: Office,
    channel: Channel,
    *,
    first: date,
    last: date,
    now: datetime,
    stopping: Callable[[], bool] = lambda: False,
) -> dict[str, Any]:
    """Compares the days from `first` to `last` (yesterday at the latest) and keeps the differences.

    What the platform shows of a publication still under way is no difference: the publication is looked at at once.
    Returns the object that `gongkai reconcile --json` prints, with `unproven` (pushed articles that no list names
    yet) and `delayed` days beside.
    Raises BadInput for a range that cannot be compared, PlatformError when the platform does not answer, Stopped when
    `stopping` says so between two calls.
    """
    last = min(last, office.clock.day(now) - timedelta(days=1))
    if first > last or (last - first).days > MOST_DAYS:
        raise BadInput("对账的日期不对：从 --from 到 --to，最晚到昨天，最多一年。")
    days = frozenset(first + timedelta(days=n) for n in range((last - first).days + 1))
    theirs = list(_listed(office, channel, first - SLACK, now=now, stopping=stopping))
    read, delayed = _read(channel, days, stopping)
    with office.store.read() as session:
        ours = [*_ours(session, first - SLACK, last + SLACK), *_under_way(office, session)]
    gone = _taken_down(office, channel, ours, days, stopping)
    comparison = compare(ours, theirs + read + gone, days=days)
    with office.store.write() as session:
        _locate(session, comparison, now)
        publications.hasten(session, comparison.appeared, now)
        differences.keep(session, comparison.findings, now)
    return _receipt(office, comparison, days, delayed)


def _ours(session: Session, first: date, last: date) -> Iterator[OurArticle]:
    out = _parts_of(Publication.state.in_(OUT), Publication.published_on.between(first, last))
    for part, publication, title in session.execute(out):
        yield replace(_mine(part, publication, title, publication.published_on or first), url=part.url)


def _under_way(office: Office, session: Session) -> Iterator[OurArticle]:
    """What may be out although we do not know it yet."""
    for part, publication, title in session.execute(_parts_of(Publication.state.in_(MAY_BE_OUT))):
        day = office.clock.day(publication.called_at or publication.created_at)
        yield replace(_mine(part, publication, title, day), under_way=True)


def _parts_of(*conditions: Any) -> Select[PublicationArticle, Publication, str]:
    return (
        select(PublicationArticle, Publication, Revision.title)
        .join(Publication, PublicationArticle.publication_id == Publication.id)
        .join(Revision, PublicationArticle.revision_id == Revision.id)
        .where(*conditions)
        .order_by(Publication.published_at, Publication.id, PublicationArticle.position)
    )


def _mine(part: PublicationArticle, publication: Publication, title: str, day: date) -> OurArticle:
    return OurArticle(
        article_id=part.article_id,
        publication_id=publication.id,
        position=part.position,
        title=title,
        url="",
        day=day,
        msg_data_id=publication.msg_data_id,
        withdrawn=part.withdrawn_at is not None,
        pushed=publication.delivery != Delivery.PUBLISH,
    )


def _listed(
    office: Office, channel: Channel, first: date, *, now: datetime, stopping: Callable[[], bool]
) -> Iterator[PlatformArticle]:
    """The published list back to a day; it names what was published, not what was pushed."""
    _go_on(stopping)
    for items in PublishedList(office, channel).pages(now, most=PAGES):
        for item in items:
            yield from _parts(office, item)
        if items and office.clock.day(items[-1].at) < first:
            return
        _go_on(stopping)


def _parts(office: Office, item: PublishedItem) -> Iterator[PlatformArticle]:
    for part in item.articles:
        marked = article_marks.read(part.source_url, base_url=office.settings.base_url)
        yield PlatformArticle("list", office.clock.day(item.at), part.position, part.title, part.url, marked,
                     deleted=part.deleted)  # fmt: skip


def _read(
    channel: Channel, days: frozenset[date], stopping: Callable[[], bool]
) -> tuple[list[PlatformArticle], list[date]]:
    """The statistics of each day, and the days that the platform has not ready."""
    found: list[PlatformArticle] = []
    delayed: list[date] = []
    for day in sorted(days):
        _go_on(stopping)
        try:
            statistics = channel.statistics(day)
        except Refused as refusal:
            if refusal.fault not in (Fault.RETRY, Fault.PERSON, Fault.WAIT, Fault.BUG):
                raise
            delayed.append(day)
            continue
        if statistics.delayed:
            delayed.append(day)
        found += [
            PlatformArticle("statistics", day, read.position, read.title, read.url, msg_data_id=read.msg_data_id)
            for read in statistics.articles
        ]
    return found, delayed


def _taken_down(
    office: Office, channel: Channel, ours: list[OurArticle], days: frozenset[date], stopping: Callable[[], bool]
) -> list[PlatformArticle]:
    """What the jobs of these days say was deleted or banned since: nobody promises that the published list tells."""
    found: list[PlatformArticle] = []
    for publication_id, publish_id in _jobs(office, days):
        _go_on(stopping)
        try:
            status = channel.result(publish_id).status
        except Refused as refusal:
            log.warning("job %s is not told: %s", publish_id, refusal.message)
            if refusal.fault is Fault.GONE:
                continue
            break
        if status is JobStatus.REMOVED:
            found += [
                PlatformArticle(
                    "list", mine.day, mine.position, mine.title, mine.url, marked=mine.article_id, deleted=True
                )
                for mine in ours
                if mine.publication_id == publication_id
            ]
    return found


def _jobs(office: Office, days: frozenset[date]) -> list[tuple[int, str]]:
    """The newest publications of these days that count as out: id and publish_id."""
    query = (
        select(Publication.id, Publication.publish_id)
        .where(
            Publication.state == PublicationState.PUBLISHED,
            Publication.publish_id != "",
            Publication.published_on.between(min(days), max(days)),
        )
        .order_by(Publication.published_at.desc())
        .limit(JOBS)
    )
    with office.store.read() as session:
        return [(number, publish_id) for number, publish_id in session.execute(query)]


def _go_on(stopping: Callable[[], bool]) -> None:
    """Raises Stopped when this process is to end: a slow platform must not hold it up call after call."""
    if stopping():
        raise Stopped("程序要结束了，对账没有做完。")


def _locate(session: Session, comparison: Comparison, now: datetime) -> None:
    """A push tells no address; the statistics do, and the ledger keeps that they did."""
    for (publication_id, position), url in comparison.located.items():
        part = session.get_one(PublicationArticle, (publication_id, position))
        part.url = url
        ledger.append(session, kind="article.located", actor="platform", subject=f"article:{part.article_id}", at=now,
                      publication=publication_id, position=position, url=url)  # fmt: skip


def _receipt(office: Office, comparison: Comparison, days: frozenset[date], delayed: list[date]) -> dict[str, Any]:
    with office.store.read() as session:
        rows = session.scalars(
            select(Difference)
            .where(Difference.resolved_at.is_(None), Difference.on_day.between(min(days), max(days)))
            .order_by(Difference.on_day, Difference.id)
        )
        found: dict[str, list[dict[str, Any]]] = {kind.value: [] for kind in DifferenceKind}
        for row in rows:
            found[row.kind].append(
                {"id": row.id, "title": row.title, "url": row.url, "on": row.on_day.isoformat(), "why": row.why}
            )
    return {
        "matched": comparison.matched,
        **found,
        "unproven": comparison.unproven,
        "delayed": [day.isoformat() for day in delayed],
    }
