"""What happens when the platform says no, cannot be reached, or does not answer."""

from __future__ import annotations

from sqlalchemy.orm import Session

from content.rules.alarms import AlarmKind
from content.rules.errors import Fault, PlatformError, Refused, Unanswered, Unapproved
from content.rules.publishing.publication import BEFORE_THE_PLATFORM, Delivery, PublicationState
from content.rules.publishing.retry import NO_RIGHT, USED_UP, next_try
from content.services.alarms import lifecycle
from content.services.publishing import outcome, platform_draft, submission
from content.services.publishing.context import JobContext
from content.store.articles import articles, publications
from content.store.figures import ledger
from content.store.tables import Publication

P = PublicationState
NO_DRAFT = (
    "草稿没有建成，请在公众平台开通权限，程序会自动再试；"
    "等不及可以在公众平台上手工发布，再用 gongkai queue settle 编号 --published 网址 说明，就不会重发。"
)
WITHOUT_RIGHT = {
    P.PREPARED: NO_DRAFT,
    P.DRAFTING: NO_DRAFT,
    P.SUBMITTING: "草稿已在公众平台的草稿箱里，请到公众平台手动发布。",
}
LOOKED_AT = {P.SUBMITTED, P.UNKNOWN}
BACK = {P.DRAFTING: P.PREPARED, P.SUBMITTING: P.DRAFTED}


def handle(context: JobContext, publication: Publication, error: PlatformError) -> None:
    """Writes down what went wrong and when to go on."""
    state = PublicationState(publication.state)
    if isinstance(error, Refused) and error.code == NO_RIGHT:
        error = Refused(error.message + WITHOUT_RIGHT.get(state, ""), error.code, error.fault, error.answer)
    if isinstance(error, Unanswered) and state is P.SUBMITTING:
        submission.unknown(context, publication, "unanswered", reason="发布请求没有得到微信的回音，正在核实。")
    elif isinstance(error, Refused) and state in BEFORE_THE_PLATFORM | {P.SUBMITTING}:
        _refused(context, publication, error)
    else:
        _try_later(context, publication, Fault.RETRY, error)
    if isinstance(error, Refused) and error.fault is Fault.PERSON:
        _call_a_person(context, error)


def unapproved(context: JobContext, publication: Publication, error: Unapproved) -> None:
    """Nothing was called. What was not passed is refused with an alarm; the others of its push are gathered anew."""
    now = context.now()
    with context.office.store.write() as session:
        publications.move(session, publication, P.CANCELLED, now=now, fence=context.fence, reason=error.message)
        for number, fault in error.faults.items():
            reason = f"{fault}，没有发布。请核对，用 gongkai queue edit 重新保存、重新送审，并告诉管理员。"
            title = next(part.revision.title for part in publication.articles if part.article_id == number)
            articles.refuse(session, number, reason, now)
            ledger.append(session, kind="publication.refused", actor="clock", subject=f"publication:{publication.id}",
                          at=now, articles=[number], code=0, reason=reason)  # fmt: skip
            lifecycle.enter(session, AlarmKind.UNAPPROVED, subject=f"article:{number}", message=f"《{title}》：{reason}",
                            now=now)  # fmt: skip


def _call_a_person(context: JobContext, error: Refused) -> None:
    """Once a day for each code; over as soon as nothing waits for it any more (content.services.alarms.alarm_watch)."""
    now = context.now()
    kind = AlarmKind.NO_RIGHT if error.code == NO_RIGHT else AlarmKind.PLATFORM
    lifecycle.raise_alarm(context.office, kind, subject=f"{error.code} {context.office.clock.day(now)}",
                         message=error.message, now=now)  # fmt: skip


def _refused(context: JobContext, publication: Publication, error: Refused) -> None:
    if error.fault is Fault.SPACE:
        context.pace.slow_down()
    if error.fault is Fault.CONTENT:
        _give_up(context, publication, error)
    elif error.code == NO_RIGHT and publication.state == P.SUBMITTING:
        _fall_back(context, publication, error)
    elif error.fault is Fault.GONE and publication.state == P.SUBMITTING:
        submission.unknown(context, publication, "refused", reason="微信说草稿已经不在，正在核实是否已发布。")
    else:
        _try_later(context, publication, error.fault, error)


def _give_up(context: JobContext, publication: Publication, error: Refused) -> None:
    now = context.now()
    with context.office.store.write() as session:
        outcome.refused(session, publication, code=error.code, reason=error.message, now=now, fence=context.fence)


def _fall_back(context: JobContext, publication: Publication, error: Refused) -> None:
    """Without the right to publish, a person presses the button: better a notice than failing every day."""
    now = context.now()
    with context.office.store.write() as session:
        publications.end(session, publication.id, "refused", at=now, code=error.code, message=error.message)
    submission.hand_over(context, publication, error.message)


def _try_later(context: JobContext, publication: Publication, fault: Fault, error: PlatformError) -> None:
    now, settings = context.now(), context.office.settings
    code = error.code if isinstance(error, Refused) else None
    tries, state = publication.tries + 1, PublicationState(publication.state)
    until = next_try(fault, tries=tries, now=now, zone=settings.zone, seed=publication.id, code=code or 0,
                     service=settings.wechat_account == "service", looking=state in LOOKED_AT)  # fmt: skip
    with context.office.store.write() as session:
        publications.end(session, publication.id, _outcome(error), at=now, code=code, message=error.message)
        if fault is Fault.GONE and state is P.DRAFTING:
            platform_draft.forget_covers(session, publication)
        if state is P.SUBMITTING and _doubtful_push(session, publication):
            publications.move(session, publication, P.UNKNOWN, now=now, fence=context.fence, reason=error.message,
                              next_try_at=until, tries=tries)  # fmt: skip
        elif state in BACK:
            publications.move(session, publication, BACK[state], now=now, fence=context.fence, reason=error.message,
                              next_try_at=until, tries=tries, called_at=None)  # fmt: skip
        else:
            publications.postpone(session, publication, until, fence=context.fence, reason=error.message, tries=tries)
        if tries >= USED_UP and publication.state in BEFORE_THE_PLATFORM:
            publications.show_overdue(session, publication, error.message, now)


def _doubtful_push(session: Session, publication: Publication) -> bool:
    """An earlier call of this push was never answered: a refusal of its repeat does not say that it is not out."""
    return publication.delivery == Delivery.MASS and publications.doubtful(session, publication.id)


def _outcome(error: PlatformError) -> str:
    return type(error).__name__.lower()
