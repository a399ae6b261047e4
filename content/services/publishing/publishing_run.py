"""One run over everything that is due: gather, claim, take the next step, until nothing is left to do now."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

from content.rules.errors import Conflict, PlatformError, Unapproved
from content.rules.publishing.publication import PublicationState
from content.services.publishing import failures, lookup, outcome, platform_draft, submission
from content.services.publishing.context import JobContext
from content.services.publishing.due_articles import gather
from content.store.articles import publications
from content.store.tables import Publication

log = logging.getLogger(__name__)

P = PublicationState
STEPS: dict[PublicationState, Callable[[JobContext, Publication], None]] = {
    P.PREPARED: platform_draft.draft,
    P.DRAFTING: platform_draft.draft_again,
    P.DRAFTED: submission.submit,
    P.SUBMITTING: submission.lost,
    P.SUBMITTED: lookup.look,
    P.CONFIRMING: lookup.look,
    P.HANDED: lookup.look,
    P.UNKNOWN: lookup.look,
}
BUG_WAITS = timedelta(hours=1)


def run(context: JobContext, *, most: int = 200) -> int:
    """Takes up to `most` steps; how many were taken."""
    gather(context.office, context.now())
    lookup.reconsider(context)
    taken = 0
    while taken < most and not context.stopping() and _step(context):
        taken += 1
    if taken:
        outcome.count(context.office)
    return taken


def _step(context: JobContext) -> bool:
    now, real_now = context.now(), context.office.clock.real_now()
    with context.office.store.read() as session:
        if publications.next_due(session, now=now, real_now=real_now, fence=context.fence) is None:
            return False  # an idle clock takes no lock
    with context.office.store.write() as session:
        found = publications.claim(session, now=now, real_now=real_now, fence=context.fence, holder=context.holder)
        publication = publications.load(session, found) if found is not None else None
    if publication is None:
        return False
    before = publication.state
    try:
        _advance(context, publication)
    except Conflict as conflict:
        log.info("publication %s moved on: %s", publication.id, conflict.message)
    log.info("publication %s: %s -> %s", publication.id, before, publication.state)
    return True


def _advance(context: JobContext, publication: Publication) -> None:
    try:
        STEPS[PublicationState(publication.state)](context, publication)
    except PlatformError as error:
        log.warning("publication %s: %s", publication.id, error.message)
        failures.handle(context, publication, error)
    except Unapproved as error:
        failures.unapproved(context, publication, error)
    except Conflict:
        raise
    except Exception:
        log.exception("publication %s: a fault of ours", publication.id)
        with context.office.store.write() as session:
            publications.postpone(session, publications.load(session, publication.id), context.now() + BUG_WAITS, fence=context.fence,
                                  reason="程序出错，一小时后自动再试；请把日志发给维护人员。")  # fmt: skip
