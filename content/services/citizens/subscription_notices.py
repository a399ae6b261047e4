"""Telling citizens of new items by subscription notice: one consent, one notice, one item, never the same twice.

The row stands and the consent is used up before the platform is called. What it refuses is told with the citizen's next
message; when nobody knows what became of a call, its event decides, and if none comes the next message tells it too.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, time

from content.rules.citizens import notice_templates
from content.rules.citizens.letters import AnswerState
from content.rules.errors import Fault, GongkaiError, PlatformError, Refused, Unanswered
from content.services.answers.notice_search import Result
from content.services.citizens import news, subscriptions
from content.services.citizens.news import WaitingNews
from content.services.office import Office
from content.services.ports import Channel
from content.store.citizens import news as news_rows
from content.store.disk import sealing
from content.store.tables import NewsDelivery, NoticeRight

FROM, UNTIL = time(8), time(21)  # when a phone may ring, in the office's zone
MOST_RIGHTS = 20  # notices that a citizen can have said yes to ahead
AT_ONCE = 100  # in one run; the platform takes more, but the clock has other work

log = logging.getLogger(__name__)


def consented(office: Office, *, asker: str, openid: str, template: str, at: datetime) -> None:
    """A citizen has said yes to one more notice of a template; another office's template is passed over."""
    if not template or template != office.settings.notice_template:
        return
    with office.store.write() as session:
        news_rows.lock(session, asker)
        right = news_rows.right(session, asker, template)
        if right is None:
            right = NoticeRight(asker=asker, template=template, openid="", notices=0, changed_at=at)
            session.add(right)
        right.openid = right.openid or sealing.seal(office.home, openid)
        right.notices = min(right.notices + 1, MOST_RIGHTS)
        right.changed_at = at


def refused(office: Office, *, asker: str, template: str, at: datetime) -> None:
    """A citizen wants no notices of a template any more."""
    with office.store.write() as session:
        right = news_rows.right(session, asker, template)
        if right is not None:
            right.notices, right.openid, right.changed_at = 0, "", at


def arrived(office: Office, *, asker: str, platform_id: str, failed: str) -> None:
    """The platform's event on a notice: it is there, or (`failed`: why) it is not and the next message tells the item."""
    with office.store.write() as session:
        row = news_rows.of_notice(session, asker, platform_id)
        if row is not None:
            row.platform_id = row.platform_id or platform_id
            state = AnswerState.WAITING if failed else AnswerState.SENT
            news_rows.settle(session, row.id, state, before=[AnswerState.SENDING, AnswerState.SENT], why=failed)


def tell_all(office: Office, channel: Channel, now: datetime, stopping: Callable[[], bool] = lambda: False) -> int:
    """Sends what is new to those who said yes to a notice; how many went out. Without a template nothing is sent."""
    template = office.settings.notice_template
    if not template or not FROM <= now.astimezone(office.settings.zone).time() < UNTIL:
        return 0
    with office.store.read() as session:
        rights = news_rows.entitled(session, template)
    sent = tried = 0
    for right in rights:
        if stopping() or tried == AT_ONCE:
            break
        row = _take(office, right, now)
        if row is None:
            continue
        tried += 1
        outcome = _send(office, channel, right, row)
        sent += outcome is AnswerState.SENT
        if outcome is AnswerState.WAITING and tried > sent + 5:
            log.warning("the platform refuses one notice after the other; the rest waits")
            break
    return sent


def _take(office: Office, right: NoticeRight, now: datetime) -> tuple[WaitingNews, Result] | None:
    """The next item for a citizen, taken, and the consent used up for it; None if there is nothing, or no longer."""
    found = news.items_only(news.find(office, right.asker, now, most=1))
    if found.lost:  # what was lost once is told in the chat
        return None
    if not found.items:
        if found:
            news.told(office, found, now)  # nothing of it fits: not looked at again
        return None
    with office.store.write() as session:
        if not news_rows.use(session, right.id):
            return None
        taken = news.take_in(session, found, now)
        if taken is None:
            news_rows.use(session, right.id, by=1)
            return None
    return taken, taken.items[0]


def _send(office: Office, channel: Channel, right: NoticeRight, row: tuple[WaitingNews, Result]) -> AnswerState:
    taken, item = row
    try:
        data = notice_templates.filled(
            notice_templates.fields(office.settings.notice_fields), _facts(office, right.asker, item)
        )
        openid = sealing.unseal(office.home, right.openid)
        platform_id = channel.notify(openid, right.template, page=item.url, data=data)
    except Unanswered as error:
        log.warning("nobody knows whether a notice went out: %s", error.message)
        return AnswerState.SENDING
    except GongkaiError as error:
        return _not_sent(office, right, taken.telling, error)
    with office.store.write() as session:
        telling = session.get(NewsDelivery, taken.telling)
        if telling is not None:
            telling.platform_id = platform_id
        news_rows.settle(session, taken.telling, AnswerState.SENT, before=[AnswerState.SENDING])
    return AnswerState.SENT


def _not_sent(office: Office, right: NoticeRight, telling: int, error: GongkaiError) -> AnswerState:
    """The next message tells it. A consent that the platform does not know of is gone, any other comes back."""
    log.warning("a notice was not sent: %s", error.message)
    gone = isinstance(error, Refused) and error.fault is Fault.GONE
    with office.store.write() as session:
        news_rows.settle(session, telling, AnswerState.WAITING, before=[AnswerState.SENDING], why=error.message)
        if gone:
            news_rows.use_up(session, right.id)
        elif isinstance(error, PlatformError):
            news_rows.use(session, right.id, by=1)
    return AnswerState.WAITING


def _facts(office: Office, asker: str, item: Result) -> dict[str, str]:
    return {
        "标题": item.title,
        "订阅": "、".join(subscriptions.mine(office, asker)),
        "单位": item.employer or item.department,
        "日期": notice_templates.day(item.published_on or office.clock.today()),
    }
