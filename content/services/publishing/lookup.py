"""Submitted or unknown → what became of it: the published list, the job, the draft, in this order."""

from __future__ import annotations

from datetime import datetime

from content.rules.publishing import article_marks
from content.rules.publishing.publication import Delivery, PublicationState
from content.rules.publishing.retry import next_look
from content.services.ports import JobResult, JobStatus, PublishedArticle, PublishedItem
from content.services.publishing import differences, outcome
from content.services.publishing.context import Press
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


def look(press: Press, publication: Publication) -> None:
    """Looks once; records what is found, else says when to look again."""
    item = _listed(press, publication)
    if item:
        _found(press, publication, item)
    elif publication.state == P.UNKNOWN:
        _look_for_draft(press, publication)
    elif publication.state == P.HANDED:
        _again(press, publication)
    else:
        _ask_the_job(press, publication)


def _listed(press: Press, publication: Publication) -> PublishedItem | None:
    """The published item that carries all our articles and belongs to no other publication."""
    if publication.delivery == Delivery.MASS:
        return None  # freepublish/batchget lists published items only, not mass-sent ones
    items = press.listing.newest(press.now())
    with press.office.store.read() as session:
        taken = publications.known_urls(session, [article.url for item in items for article in item.articles])
    ours = [item for item in items if not any(article.url in taken for article in item.articles)]
    return next((item for item in ours if _is_ours(press, publication, item)), None)


def _is_ours(press: Press, publication: Publication, item: PublishedItem) -> bool:
    if publication.platform_article_id:
        return item.article_id == publication.platform_article_id
    articles = {article.position: article for article in item.articles}
    return len(articles) == len(publication.articles) and all(
        part.position in articles
        and _same(press, publication, part.article_id, part.revision.title, articles[part.position], item)
        for part in publication.articles
    )


def _same(
    press: Press, publication: Publication, article_id: int, title: str, listed: PublishedArticle, item: PublishedItem
) -> bool:
    if press.office.settings.mark_articles:
        return article_marks.read(listed.source_url, base_url=press.office.settings.base_url) == article_id
    since = publication.called_at
    return listed.title == title and (since is None or item.at >= since)


def _found(press: Press, publication: Publication, item: PublishedItem) -> None:
    urls = {article.position: article.url for article in item.articles}
    with press.office.store.write() as session:
        outcome.published(press.office, session, publication, at=item.at, urls=urls,
                           platform_article_id=item.article_id, now=press.now(), fence=press.fence)  # fmt: skip
        if gone := [article.position for article in item.articles if article.deleted]:
            differences.removed(session, publication, press.now(), positions=gone)


def _ask_the_job(press: Press, publication: Publication) -> None:
    result = _job(press, publication)
    if result is None or result.status is JobStatus.PENDING:
        return _confirming(press, publication) if _may_want_a_hand(press, publication) else _again(press, publication)
    if result.status is JobStatus.REFUSED:
        reason = result.reason or REFUSALS.get(result.platform_status, "微信没有通过这次发布。")
        with press.office.store.write() as session:
            outcome.refused(session, publication, code=result.platform_status, reason=reason, now=press.now(),
                             fence=press.fence)  # fmt: skip
        return None
    if publication.looks < LIST_MAY_LAG and publication.delivery != Delivery.MASS:
        return _again(press, publication)
    with press.office.store.write() as session:
        outcome.published(press.office, session, publication, at=publication.called_at or press.now(),
                           urls=result.urls, platform_article_id=result.article_id, now=press.now(),
                           fence=press.fence)  # fmt: skip
        if result.status is JobStatus.REMOVED:  # it was out, so it counts; that it is gone is for a person to sign
            differences.removed(session, publication, press.now(), publish_status=result.platform_status)
    return None


def _may_want_a_hand(press: Press, publication: Publication) -> bool:
    """A push that is not over soon: nothing tells whether the account has pushes confirmed, but they take no minute."""
    since = publication.called_at or press.now()
    waited = (press.now() - since).total_seconds()
    return publication.delivery == Delivery.MASS and publication.state == P.SUBMITTED and waited >= CONFIRM_FROM


def _confirming(press: Press, publication: Publication) -> None:
    """The administrator has 30 minutes (platform page on the protection of mass sends by API); its event ends it too."""
    now = press.now()
    until = next_look(publication.looks + 1, unknown=False, since=now, now=now,
                      settle_after=press.office.settings.settle_after)  # fmt: skip
    with press.office.store.write() as session:
        publications.move(session, publication, P.CONFIRMING, now=now, fence=press.fence, reason=CONFIRM,
                          next_try_at=until, looks=publication.looks + 1)  # fmt: skip


def _job(press: Press, publication: Publication) -> JobResult | None:
    """How the job stands; every look but the first asks, since freepublish/get has 100 calls a day."""
    if publication.delivery == Delivery.MASS and publication.msg_id:
        return press.channel.mass_result(publication.msg_id)
    if publication.looks == 0 or not publication.publish_id:
        return None
    return press.channel.result(publication.publish_id)


def _look_for_draft(press: Press, publication: Publication) -> None:
    """A draft dies only when its publication is done; that it still lives proves nothing before `SETTLE_AFTER`."""
    now, since = press.now(), publication.called_at or publication.created_at
    waited = (now - since).total_seconds()
    if publication.delivery == Delivery.MASS:
        _repeat_push(press, publication, waited)
    elif waited < press.office.settings.settle_after:
        _again(press, publication)
    elif press.channel.draft_exists(publication.media_id):
        _send_again(press, publication)
    elif publication.looks < LOOKS_BEFORE_A_PERSON:
        _again(press, publication)
    else:
        _ask_a_person(press, publication)


def _repeat_push(press: Press, publication: Publication, waited: float) -> None:
    """The platform remembers a clientmsgid for 24 hours and refuses a repeat within a minute."""
    if waited < REPEAT_FROM:
        _again(press, publication)
    elif waited < REPEAT_UNTIL:
        _send_again(press, publication, called_at=publication.called_at)
    elif press.channel.draft_exists(publication.media_id):
        _send_again(press, publication)
    else:
        _ask_a_person(press, publication)


def _send_again(press: Press, publication: Publication, *, called_at: datetime | None = None) -> None:
    """`called_at` stays with a push that is repeated under its old key."""
    now = press.now()
    with press.office.store.write() as session:
        publications.move(session, publication, P.DRAFTED, now=now, fence=press.fence, next_try_at=now, looks=0,
                          called_at=called_at)  # fmt: skip


def _ask_a_person(press: Press, publication: Publication) -> None:
    reason = "核实不了这篇是否已发布，请到公众平台查看，再用 gongkai queue settle 说明。"
    now = press.now()
    with press.office.store.write() as session:
        publications.postpone(session, publication, None, fence=press.fence, reason=reason)
        ledger.append(session, kind="publication.unknown", actor="clock", subject=f"publication:{publication.id}",
                      at=now, articles=[part.article_id for part in publication.articles], reason=reason)  # fmt: skip


def _again(press: Press, publication: Publication) -> None:
    looks, now = publication.looks + 1, press.now()
    until = next_look(looks, unknown=publication.state == P.UNKNOWN, since=publication.called_at or now, now=now,
                      settle_after=press.office.settings.settle_after)  # fmt: skip
    with press.office.store.write() as session:
        publications.postpone(session, publication, until, fence=press.fence, reason=publication.reason, looks=looks)
