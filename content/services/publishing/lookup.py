"""Submitted or unknown → what became of it: the published list, the job, the draft, in this order."""

from __future__ import annotations

from datetime import datetime

from content.rules.publishing import article_marks
from content.rules.publishing.publication import Delivery, PublicationState
from content.rules.publishing.retry import NO_RIGHT, next_look
from content.services.ports import JobResult, JobStatus, PublishedArticle, PublishedItem
from content.services.publishing import differences, outcome
from content.services.publishing.context import JobContext
from content.services.publishing.platform_events import REFUSALS
from content.store.articles import publications
from content.store.figures import ledger
from content.store.tables import Publication

P = PublicationState
LOOKS_BEFORE_A_PERSON = 8  # an unknown one that lists, job and draft leave unsettled goes to a person
REPEAT_FROM, REPEAT_UNTIL = 60, 23 * 3600  # seconds after the first call of a mass send
CONFIRM_FROM = 60  # seconds after which a push without a result is thought to wait for the administrator
CONFIRM = "群发已交给微信，还没有结果。账号若开了群发保护，请管理员在手机微信上确认（30 分钟内有效）。"
LIST_MAY_LAG = 4  # looks for which a job that says "published" waits for the list, which alone knows the time


def look(context: JobContext, publication: Publication) -> None:
    """Looks once; records what is found, else says when to look again."""
    item = _listed(context, publication)
    if item:
        _found(context, publication, item)
    elif publication.state == P.UNKNOWN:
        _look_for_draft(context, publication)
    elif publication.state == P.HANDED:
        _again(context, publication)
    else:
        _ask_the_job(context, publication)


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
    return next((item for item in _untaken(context) if _is_ours(context, publication, item)), None)


def _untaken(context: JobContext) -> list[PublishedItem]:
    """The newest published items that belong to no publication yet."""
    items = context.listing.newest(context.now())
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
    context: JobContext, publication: Publication, item: PublishedItem, *, delivery: Delivery | None = None
) -> None:
    urls = {article.position: article.url for article in item.articles}
    with context.office.store.write() as session:
        outcome.published(context.office, session, publication, at=item.at, urls=urls,
                           platform_article_id=item.article_id, delivery=delivery, now=context.now(),
                           fence=context.fence)  # fmt: skip
        if gone := [article.position for article in item.articles if article.deleted]:
            differences.removed(session, publication, context.now(), positions=gone)


def _ask_the_job(context: JobContext, publication: Publication) -> None:
    result = _job(context, publication)
    if result is None or result.status is JobStatus.PENDING:
        return (
            _confirming(context, publication)
            if _may_want_a_hand(context, publication)
            else _again(context, publication)
        )
    if result.status is JobStatus.REFUSED:
        reason = result.reason or REFUSALS.get(result.platform_status, "微信没有通过这次发布。")
        with context.office.store.write() as session:
            outcome.refused(session, publication, code=result.platform_status, reason=reason, now=context.now(),
                             fence=context.fence)  # fmt: skip
        return None
    if publication.looks < LIST_MAY_LAG and publication.delivery != Delivery.MASS:
        return _again(context, publication)
    with context.office.store.write() as session:
        outcome.published(context.office, session, publication, at=publication.called_at or context.now(),
                           urls=result.urls, platform_article_id=result.article_id, now=context.now(),
                           fence=context.fence)  # fmt: skip
        if result.status is JobStatus.REMOVED:  # it was out, so it counts; that it is gone is for a person to sign
            differences.removed(session, publication, context.now(), publish_status=result.platform_status)
    return None


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


def _job(context: JobContext, publication: Publication) -> JobResult | None:
    """How the job stands; every look but the first asks, since freepublish/get has 100 calls a day."""
    if publication.delivery == Delivery.MASS and publication.msg_id:
        return context.channel.mass_result(publication.msg_id)
    if publication.looks == 0 or not publication.publish_id:
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


def _again(context: JobContext, publication: Publication) -> None:
    looks, now = publication.looks + 1, context.now()
    until = next_look(looks, unknown=publication.state == P.UNKNOWN, since=publication.called_at or now, now=now,
                      settle_after=context.office.settings.settle_after)  # fmt: skip
    with context.office.store.write() as session:
        publications.postpone(session, publication, until, fence=context.fence, reason=publication.reason, looks=looks)
