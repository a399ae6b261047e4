"""Alarms told to the address in `GONGKAI_ALARM_URL`: each once, tried a few times, first noted and then done."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from config.clock import local
from content.rules.alarms import KIND_WORDS, AlarmKind
from content.rules.errors import GongkaiError
from content.services.office import Office
from content.services.ports import AlarmReceiver
from content.store.alarms import alarms
from content.store.tables import Alarm

log = logging.getLogger(__name__)

# How long after its raising each try is made; after the last one the alarm only stands in the list.
WAITS = tuple(timedelta(seconds=wait) for wait in (0, 20, 60, 300, 1200, 3600, 3 * 3600, 8 * 3600))
AT_ONCE = 3  # in one run, every 10 seconds: robots of WeCom and DingTalk take 20 messages a minute


def tell(office: Office, receiver: AlarmReceiver | None, now: datetime) -> int:
    """Tells what is to be told now; how many alarms were taken. Without an address nothing is told."""
    url = office.settings.alarm_url
    if not url or receiver is None:
        return 0
    with office.store.read() as session:
        found = alarms.untold(session, now, WAITS)[:AT_ONCE]
    return sum(_tell(office, receiver, alarm, url=url, now=now) for alarm in found)


def body(office: Office, alarm: Alarm) -> dict[str, object]:
    """What is posted: a text message as robots of WeCom (企业微信) and DingTalk (钉钉) take it, and our own fields."""
    raised_at = local(alarm.raised_at, office.settings.zone)
    closed = f"\n（已解除：{alarm.closed_why}）" if alarm.closed_at else ""
    content = (
        f"【公开】{KIND_WORDS[AlarmKind(alarm.kind)]}：{alarm.message}{closed}\n{raised_at[:16].replace('T', ' ')}"
    )
    return {
        "msgtype": "text",
        "text": {"content": content},
        "kind": alarm.kind,
        "subject": alarm.subject,
        "message": alarm.message,
        "raised_at": raised_at,
    }


def _tell(office: Office, receiver: AlarmReceiver, alarm: Alarm, *, url: str, now: datetime) -> bool:
    with office.store.write() as session:
        if not alarms.begin_telling(session, alarm):
            return False
    try:
        receiver.ring(url, body(office, alarm))
    except GongkaiError as error:
        log.warning("alarm %s was not taken, try %s of %s: %s", alarm.id, alarm.tries + 1, len(WAITS), error.message)
        return False
    with office.store.write() as session:
        alarms.told(session, alarm, now)
    return True
