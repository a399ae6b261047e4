"""Drafted → submitted: the one call that puts an article out, with its intent committed before it."""

from __future__ import annotations

from content.rules.publishing.publication import Delivery, PublicationState
from content.rules.publishing.retry import next_look
from content.services.ports import MassSend, SubmittedJob
from content.services.publishing import platform_draft, platform_events
from content.services.publishing.context import JobContext
from content.store.articles import publications
from content.store.tables import Publication

P = PublicationState


def submit(context: JobContext, publication: Publication) -> None:
    """Asks the platform to publish (or push) the draft; with delivery `draft` leaves that to a person.

    Raises Unapproved before the call for what was changed since the draft was made. A draft that is not the one made of
    these revisions is given up.
    """
    platform_draft.demand_approval(context, publication)
    if not platform_draft.is_ours(context, publication):
        return platform_draft.draft_anew(context, publication)
    if publication.delivery == Delivery.DRAFT:
        return hand_over(context, publication, "草稿已在公众平台的草稿箱里，请打开公众平台发布。")
    context.pace.wait()
    now = context.now()
    first = publication.called_at if publication.delivery == Delivery.MASS else None
    with context.office.store.write() as session:
        publications.begin(session, publication, "submit", now)
        publications.move(session, publication, P.SUBMITTING, now=now, fence=context.fence, next_try_at=now,
                          called_at=first or now, client_msg_id=client_msg_id(publication), looks=0)  # fmt: skip
    return _record(context, publication, _call(context, publication))


def hand_over(context: JobContext, publication: Publication, reason: str) -> None:
    """The draft waits on the platform for a person's hand; we look now and then whether it went out."""
    now = context.now()
    look = next_look(3, unknown=False, since=now, now=now, settle_after=context.office.settings.settle_after)
    with context.office.store.write() as session:
        publications.move(session, publication, P.HANDED, now=now, fence=context.fence, reason=reason,
                          next_try_at=look, called_at=now, looks=3, delivery=Delivery.DRAFT)  # fmt: skip


def lost(context: JobContext, publication: Publication) -> None:
    """The call was cut off before its answer was kept: nobody knows, so we look."""
    unknown(context, publication, "lost", reason="发布请求发出后程序中断，正在向微信核实。")


def unknown(context: JobContext, publication: Publication, outcome: str, *, reason: str) -> None:
    """Whether the platform acted is not known."""
    now = context.now()
    since = publication.called_at or now
    look = next_look(0, unknown=True, since=since, now=now, settle_after=context.office.settings.settle_after)
    with context.office.store.write() as session:
        publications.end(session, publication.id, outcome, at=now, message=reason)
        publications.move(session, publication, P.UNKNOWN, now=now, fence=context.fence, reason=reason,
                          next_try_at=look, looks=0)  # fmt: skip


def client_msg_id(publication: Publication) -> str:
    """The mass send's own key, at most 32 bytes: the same for every repeat of this push, new for a new draft."""
    return (
        f"gongkai-{publication.id}-{publication.media_id[-12:]}"[:32] if publication.delivery == Delivery.MASS else ""
    )


def _call(context: JobContext, publication: Publication) -> SubmittedJob | MassSend:
    if publication.delivery == Delivery.MASS:
        return context.channel.mass_send(publication.media_id, publication.client_msg_id)
    return context.channel.submit(publication.media_id)


def _record(context: JobContext, publication: Publication, answer: SubmittedJob | MassSend) -> None:
    now = context.now()
    look = next_look(0, unknown=False, since=now, now=now, settle_after=context.office.settings.settle_after)
    job = {"publish_id": answer.publish_id} if isinstance(answer, SubmittedJob) else {"msg_id": answer.msg_id}
    with context.office.store.write() as session:
        publications.end(session, publication.id, "ok", at=now, code=0)
        publications.move(session, publication, P.SUBMITTED, now=now, fence=context.fence, next_try_at=look, tries=0,
                          msg_data_id=answer.msg_data_id or publication.msg_data_id, looks=0, **job)  # fmt: skip
        if platform_events.is_kept(session, next(iter(job.values()))):  # the event was faster than the answer
            publications.hasten(session, [publication.id], now)
