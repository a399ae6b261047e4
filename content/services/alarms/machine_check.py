"""What the machine itself is short of: looked for without a row, and told without one, since a row may be what fails."""

from __future__ import annotations

import logging
import os
import time
from datetime import datetime
from uuid import uuid4

from redis.exceptions import RedisError

from config.clock import local
from content.rules.alarms import KIND_WORDS, AlarmKind
from content.rules.errors import GongkaiError
from content.services.alarms import lifecycle
from content.services.office import Office
from content.services.ports import AlarmReceiver
from content.store import machine_faults, schema
from content.store.alarms import alarms
from content.store.redis import keys

LEAST_FREE = 64 * 1024 * 1024  # bytes; the database, Redis and the index all write beside what they replace
HURRY = 0.3  # seconds to wait for somebody else who writes
TELL_EVERY = 3600.0  # seconds between two tellings of the same
WHOLE_EVERY = 3600.0  # seconds between two readings of the whole database

log = logging.getLogger(__name__)


def faults(office: Office) -> dict[str, str]:
    """What is wrong now, by part (disk, database, redis), in words."""
    found = {"disk": disk(office), "database": database(office), "redis": redis(office)}
    return {part: words for part, words in found.items() if words}


def disk(office: Office) -> str:
    """Whether HOME can be written, and for how long; empty if all is well."""
    probe = office.home / f".probe-{uuid4().hex[:8]}"
    try:
        free = os.statvfs(office.home)
        with probe.open("wb") as file:
            file.write(b"x" * 4096)
    except OSError as error:
        return machine_faults.words(error) or machine_faults.BROKEN_DISK
    finally:
        try:
            probe.unlink(missing_ok=True)
        except OSError:
            log.info("a probe could not be removed")
    left = free.f_bavail * free.f_frsize
    return f"磁盘只剩 {left // 1024**2} MB。请腾出空间（df -h 可以看到）。" if left < LEAST_FREE else ""


def database(office: Office, *, whole: bool = False) -> str:
    """Whether it can be read, as a `whole` if wanted, and written; empty if all is well."""
    try:
        schema.is_current(office.store)
        if whole and not office.store.is_sound():
            return machine_faults.DAMAGED
    except Exception as error:
        return machine_faults.words(error) or machine_faults.AWAY
    try:
        with office.store.in_a_hurry(HURRY), office.store.write():
            return ""  # to begin is enough: it fails where nothing can be written
    except Exception as error:
        words = machine_faults.words(error)
        return "" if words == machine_faults.AWAY else words  # somebody else writes, as a long import does


def redis(office: Office) -> str:
    """Whether it takes what it is given; empty if all is well."""
    try:
        office.redis.client.set(keys.PROBE, "1", ex=60)
    except (RedisError, GongkaiError) as error:
        return machine_faults.words(error) or machine_faults.REDIS_AWAY
    return ""


class MachineWatch:
    """Looks again and again, for one process; tells each fault at once, and once an hour while it lasts."""

    def __init__(self, office: Office, receiver: AlarmReceiver | None) -> None:
        self._office, self._receiver = office, receiver
        self._told: dict[str, float] = {}
        self._read_at = float("-inf")

    def look(self) -> None:
        """One look. Never raises."""
        found = faults(self._office)
        if "database" not in found and time.monotonic() - self._read_at > WHOLE_EVERY:
            self._read_at = time.monotonic()
            if words := database(self._office, whole=True):
                found["database"] = words
        now = self._office.clock.now()
        for part, words in found.items():
            if time.monotonic() - self._told.get(part, float("-inf")) > TELL_EVERY:
                self._told[part] = time.monotonic()
                log.error("alarm: %s: %s", KIND_WORDS[AlarmKind.MACHINE], words, extra={"fields": {"part": part}})
                self._ring(part, words, now)
        for part in [part for part in self._told if part not in found]:
            del self._told[part]
        try:
            self._keep(found, now)
        except Exception as error:
            log.warning("the list of alarms cannot be kept now", extra={"fields": {"error": repr(error)}})

    def _ring(self, part: str, words: str, now: datetime) -> None:
        url = self._office.settings.alarm_url
        if not url or self._receiver is None:
            return
        at = local(now, self._office.settings.zone)
        content = f"【公开】{KIND_WORDS[AlarmKind.MACHINE]}：{words}\n{at[:16].replace('T', ' ')}"
        body = {"msgtype": "text", "text": {"content": content}, "kind": str(AlarmKind.MACHINE), "subject": part,
                "message": words, "raised_at": at}  # fmt: skip
        try:
            self._receiver.ring(url, body)
        except GongkaiError as error:
            log.warning("an alarm was not taken: %s", error.message)

    def _keep(self, found: dict[str, str], now: datetime) -> None:
        """In the list too, where rows can be written. What rang is not told once more."""
        with self._office.store.read() as session:
            standing = {alarm.subject.partition("#")[0]: alarm.id
                        for alarm in alarms.standing(session, (AlarmKind.MACHINE,))}  # fmt: skip
        if standing.keys() == found.keys():
            return
        with self._office.store.write() as session:
            for part in found.keys() - standing.keys():
                alarm = lifecycle.enter(session, AlarmKind.MACHINE, subject=part, message=found[part], now=now)
                if alarm:
                    alarms.told(session, alarm, now)
            for part in standing.keys() - found.keys():
                lifecycle.end(session, alarms.find(session, standing[part]), now)
