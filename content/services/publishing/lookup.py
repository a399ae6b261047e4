"""Submitted or unknown → what became of it: the published list, the job, the draft, in this order."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from content.rules.errors import PlatformError
from content.rules.publishing import article_address, article_marks
from content.rules.publishing.publication import IN_FLIGHT, Delivery, PublicationState
from content.rules.publishing.retry import NO_RIGHT, next_look
from content.services.ports import JobResult, JobStatus, PublishedArticle, PublishedItem
from content.services.publishing import differences, outcome, platform_events
from content.services.publishing.context import JobContext
from content.services.publishing.platform_events import REFUSALS, JobHint
from content.store.articles import publications
from content.store.figures import ledger
from content.store.tables import Publication

P = PublicationState
LOOKS_BEFORE_A_PERSON = 8  # an unknown one that lists, job and draft leave unsettled goes to a person
REPEAT_FROM, REPEAT_UNTIL = 60, 23 * 3600  # seconds after the first call of a mass send
CONFIRM_FROM = 60  # seconds after which a push without a result is thought to wait for the administrator
CONFIRM = "群发已交给微信，还没有结果。账号若开了群发保护，请管理员在手机微信上确认（30 分钟内有效）。"
LIST_MAY_LAG = timedelta(seconds=40)  # for which a job that says "published" waits for the list, which knows the time
HINTED = timedelta(seconds=10)  # between looks while an event says that it is over and the API does not yet
MOST_HINTS = 3  # articles asked for in one look
CLOCKS_DIFFER = timedelta(minutes=5)  # the platform's and ours, at most

log = logging.getLogger(__name__)


def look(context: JobContext, publication: Publication) -> None:
    """Looks once; records what is found, else says when to look again."""
    with context.office.store.read() as session:
        hints = platform_events.hints(context.office, session, publication)
    item = _listed(context, publication) or _hinted(context, publication, hints)
    if item:
        _found(context, publication, item, hints=hints)
    elif publication.state == P.UNKNOWN:
        _look_for_draft(context, publication)
    elif publication.state == P.HANDED:
        _again(context, publication)
    else:
        _ask_the_job(context, publication, hints)


def reconsider(context: JobContext) -> None:
    """Asks after refused publications of which an event says that they are out; once for each event."""
    with context.office.store.read() as session:
        doubted = [(publications.load(session, publication.id), event.id)
                   for publication, event in platform_events.contradicting(session)]  # fmt: skip
    for publication, _ in doubted:
        with context.office.store.read() as session:
            hints = platform_events.hints(context.office, session, publication)
        try:
            _reconsider(context, publication, hints)
        except PlatformError as error:
            log.warning("publication %s: %s", publication.id, error.message)
        with context.office.store.write() as session:
            platform_events.use(session, hints, context.now())


def _reconsider(context: JobContext, publication: Publication, hints: list[JobHint]) -> None:
    result = _job_result(context, publication)
    if result and any(hint.is_out for hint in hints) and result.status is JobStatus.PUBLISHED:
        _out(context, publication, result, hints)


def settled_by_hand(context: JobContext, publication: Publication) -> bool:
    """Whether a person published it herself while the account had no right to make drafts; then it is recorded.

    Her copy carries no mark of ours, so titles are compared. Raises PlatformError.
    """
    with context.office.store.read() as session:
        if not publications.was_refused(session, publication.id, NO_RIGHT):
            return False
    titles = [part.revision.title for part in publication.articles]
    item = next((item for item in _untaken(context) if item.at >= publication.created_at
                 and [article.title for article in item.articles] == titles), None)  # fmt: skip
    if item is None:
        return False
    _found(context, publication, item, delivery=Delivery.HAND)
    return True


def _listed(context: JobContext, publication: Publication) -> PublishedItem | None:
    """The published item that carries all our articles and belongs to no other publication."""
    if publication.delivery == Delivery.MASS:
        return None  # freepublish/batchget lists published items only, not mass-sent ones
    called = publication.called_at if publication.state in IN_FLIGHT else None
    items = _untaken(context, back_to=called and called - CLOCKS_DIFFER)
    return next((item for item in items if _is_ours(context, publication, item)), None)


def _hinted(context: JobContext, publication: Publication, hints: list[JobHint]) -> PublishedItem | None:
    """The item that an event names, if the platform has it and it carries our articles."""
    if publication.delivery == Delivery.MASS:
        return None
    for hint in [hint for hint in hints if hint.is_out and hint.article_id][:MOST_HINTS]:
        if context.article_calls.take(context.now()):
            articles = context.channel.article(hint.article_id)
            item = PublishedItem(hint.article_id, _between(hint.at, publication, context.now()), articles)
            if _free(context, [item]) and _is_ours(context, publication, item):
                return item
    return None


def _between(at: datetime, publication: Publication, now: datetime) -> datetime:
    """A time that an event names, not before the submission and not in the future."""
    return min(max(at, publication.called_at or at), now)


def _untaken(context: JobContext, *, back_to: datetime | None = None) -> list[PublishedItem]:
    """The newest published items that belong to no publication yet; with `back_to` all since then."""
    return _free(context, context.listing.newest(context.now(), back_to=back_to))


def _free(context: JobContext, items: list[PublishedItem]) -> list[PublishedItem]:
    with context.office.store.read() as session:
        taken = publications.known_urls(session, [article.url for item in items for article in item.articles])
    return [item for item in items if not any(article.url in taken for article in item.articles)]


def _is_ours(context: JobContext, publication: Publication, item: PublishedItem) -> bool:
    if publication.platform_article_id:
        return item.article_id == publication.platform_article_id
    articles = {article.position: article for article in item.articles}
    return len(articles) == len(publication.articles) and all(
        part.position in articles
        and _same(context, publication, part.article_id, part.revision.title, articles[part.position], item)
        for part in publication.articles
    )


def _same(
    context: JobContext,
    publication: Publication,
    article_id: int,
    title: str,
    listed: PublishedArticle,
    item: PublishedItem,
) -> bool:
    if context.office.settings.mark_articles:
        return article_marks.read(listed.source_url, base_url=context.office.settings.base_url) == article_id
    since = publication.called_at
    return listed.title == title and (since is None or item.at >= since)


def _found(
    context: JobContext,
    publication: Publication,
    item: PublishedItem,
    *,
    delivery: Delivery | None = None,
    hints: Sequence[JobHint] = (),
) -> None:
    urls = {article.position: article.url for article in item.articles}
    with context.office.store.write() as session:
        outcome.published(context.office, session, publication, at=item.at, urls=urls,
                           platform_article_id=item.article_id, delivery=delivery, now=context.now(),
                           fence=context.fence)  # fmt: skip
        platform_events.use(session, hints if publication.publish_id else [], context.now())
        if gone := [article.position for article in item.articles if article.deleted]:
            differences.removed(session, publication, context.now(), positions=gone)


def _ask_the_job(context: JobContext, publication: Publication, hints: list[JobHint]) -> None:
    result = _job(context, publication, hints)
    if result is None or result.status is JobStatus.PENDING:
        return (
            _confirming(context, publication)
            if _may_want_a_hand(context, publication)
            else _again(context, publication, hinted=bool(hints))
        )
    if result.status is JobStatus.REFUSED:
        told = next((hint.reason for hint in hints if hint.reason), "")
        reason = result.reason or told or REFUSALS.get(result.platform_status, "微信没有通过这次发布。")
        with context.office.store.write() as session:
            outcome.refused(session, publication, code=result.platform_status, reason=reason, now=context.now(),
                             fence=context.fence)  # fmt: skip
            platform_events.use(session, hints, context.now())
        return None
    waited = context.now() - (publication.called_at or context.now())
    if publication.delivery != Delivery.MASS and not hints and waited < LIST_MAY_LAG:
        return _again(context, publication)
    return _out(context, publication, result, hints)


def _out(context: JobContext, publication: Publication, result: JobResult, hints: list[JobHint]) -> None:
    """The job says that it is out, and where; when, an event may have told, and else it was soon after the call."""
    now, mine = context.now(), [hint for hint in hints if hint.is_out]
    told = {number: url for hint in mine for number, url in hint.urls.items()}
    urls = {number: url for number, url in result.urls.items() if _is_theirs(context, url)}
    at = _between(mine[0].at, publication, now) if mine else publication.called_at or now
    with context.office.store.write() as session:
        outcome.published(context.office, session, publication, at=at, urls=urls or told,
                           platform_article_id=result.article_id, now=now, fence=context.fence)  # fmt: skip
        platform_events.use(session, hints, now)
        if result.status is JobStatus.REMOVED:  # it was out, so it counts; that it is gone is for a person to sign
            differences.removed(session, publication, now, publish_status=result.platform_status)


def _is_theirs(context: JobContext, url: str) -> bool:
    return article_address.is_the_platforms(url, api_url=context.office.settings.wechat_api_url)


def _may_want_a_hand(context: JobContext, publication: Publication) -> bool:
    """A push that is not over soon: nothing tells whether the account has pushes confirmed, but they take no minute."""
    since = publication.called_at or context.now()
    waited = (context.now() - since).total_seconds()
    return publication.delivery == Delivery.MASS and publication.state == P.SUBMITTED and waited >= CONFIRM_FROM


def _confirming(context: JobContext, publication: Publication) -> None:
    """The administrator has 30 minutes (platform page on the protection of mass sends by API); its event ends it too."""
    now = context.now()
    until = next_look(publication.looks + 1, unknown=False, since=now, now=now,
                      settle_after=context.office.settings.settle_after)  # fmt: skip
    with context.office.store.write() as session:
        publications.move(session, publication, P.CONFIRMING, now=now, fence=context.fence, reason=CONFIRM,
                          next_try_at=until, looks=publication.looks + 1)  # fmt: skip


def _job(context: JobContext, publication: Publication, hints: list[JobHint]) -> JobResult | None:
    """How the job stands; without an event every look but the first asks, since freepublish/get has 100 calls a day."""
    if publication.delivery != Delivery.MASS and publication.looks == 0 and not hints:
        return None
    return _job_result(context, publication)


def _job_result(context: JobContext, publication: Publication) -> JobResult | None:
    if publication.delivery == Delivery.MASS and publication.msg_id:
        return context.channel.mass_result(publication.msg_id)
    if not publication.publish_id or not context.job_calls.take(context.now()):
        return None
    return context.channel.result(publication.publish_id)


def _look_for_draft(context: JobContext, publication: Publication) -> None:
    """A draft dies only when its publication is done; that it still lives proves nothing before `SETTLE_AFTER`."""
    now, since = context.now(), publication.called_at or publication.created_at
    waited = (now - since).total_seconds()
    if publication.delivery == Delivery.MASS:
        _repeat_push(context, publication, waited)
    elif waited < context.office.settings.settle_after:
        _again(context, publication)
    elif context.channel.draft_exists(publication.media_id):
        _send_again(context, publication)
    elif publication.looks < LOOKS_BEFORE_A_PERSON:
        _again(context, publication)
    else:
        _ask_a_person(context, publication)


def _repeat_push(context: JobContext, publication: Publication, waited: float) -> None:
    """The platform remembers a clientmsgid for 24 hours and refuses a repeat within a minute."""
    if waited < REPEAT_FROM:
        _again(context, publication)
    elif waited < REPEAT_UNTIL:
        _send_again(context, publication, called_at=publication.called_at)
    elif context.channel.draft_exists(publication.media_id):
        _send_again(context, publication)
    else:
        _ask_a_person(context, publication)


def _send_again(context: JobContext, publication: Publication, *, called_at: datetime | None = None) -> None:
    """`called_at` stays with a push that is repeated under its old key."""
    now = context.now()
    with context.office.store.write() as session:
        publications.move(session, publication, P.DRAFTED, now=now, fence=context.fence, next_try_at=now, looks=0,
                          called_at=called_at)  # fmt: skip


def _ask_a_person(context: JobContext, publication: Publication) -> None:
    reason = "核实不了这篇是否已发布，请到公众平台查看，再用 gongkai queue settle 说明。"
    now = context.now()
    with context.office.store.write() as session:
        publications.postpone(session, publication, None, fence=context.fence, reason=reason)
        ledger.append(session, kind="publication.unknown", actor="clock", subject=f"publication:{publication.id}",
                      at=now, articles=[part.article_id for part in publication.articles], reason=reason)  # fmt: skip


def _again(context: JobContext, publication: Publication, *, hinted: bool = False) -> None:
    looks, now = publication.looks + 1, context.now()
    until = now + HINTED if hinted and looks < LOOKS_BEFORE_A_PERSON else next_look(looks, unknown=publication.state == P.UNKNOWN, since=publication.called_at or now, now=now,
                      settle_after=context.office.settings.settle_after)  # fmt: skip
    with context.office.store.write() as session:
        publications.postpone(session, publication, until, fence=context.fence, reason=publication.reason, looks=looks)
