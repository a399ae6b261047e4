"""Whether a delivery may come in by the time in its address, and how old it is.

The platform writes seconds into each address. A stranger who caught one must not be able to use it for ever, so a time that
is far off is refused. The message's own CreateTime says nothing: a repeat carries the first one's.
"""

from __future__ import annotations

import logging
import time

from bot.dialogue.state.conversation_memory import Memory
from bot.wechat.envelope import Rejected, Stamp
from content.rules.alarms import AlarmKind
from content.services.alarms import lifecycle
from content.services.office import Office

IN_A_ROW = 10  # refusals after which it is this machine's clock that is thought wrong
LATELY = 300.0  # seconds for which the smallest difference to the platform's clock is remembered
HURRY = 1.0  # seconds for the database

log = logging.getLogger(__name__)


class Admission:
    """Looks at the times of deliveries, for one process."""

    def __init__(self, office: Office, memory: Memory) -> None:
        self._office = office
        self._memory = memory
        self._alone = 0  # refusals in a row that Redis was not there to count
        self._least, self._former, self._since = 0.0, 0.0, float("-inf")

    def demand_fresh(self, stamp: Stamp, *, signed: bool) -> None:
        """Raises Rejected unless the address's time is near ours. `signed`: it is known to be the platform's."""
        late = self._lateness(stamp)
        if late is None:
            raise Rejected(403, "no timestamp")
        if abs(late) > self._office.settings.wechat_window:
            if signed:
                self._count(late)
            raise Rejected(403, f"its timestamp is {late:.0f} s off")
        if signed:
            self._alone = 0
            self._learn(late)

    def age(self, stamp: Stamp) -> float:
        """Seconds since the platform sent it, without what the two clocks differ by; right to a second."""
        late = self._lateness(stamp)
        return 0.0 if late is None else late - min(self._least, self._former)

    def _lateness(self, stamp: Stamp) -> float | None:
        said = stamp.timestamp
        if not (said.isascii() and said.isdigit() and len(said) < 13):
            return None
        return self._office.clock.now().timestamp() - int(said)

    def _learn(self, late: float) -> None:
        now = time.monotonic()
        if now - self._since > LATELY:
            recent = now - self._since < 2 * LATELY
            self._former, self._least, self._since = (self._least if recent else late), late, now
        self._least = min(self._least, late)

    def _count(self, late: float) -> None:
        self._alone += 1
        count = self._memory.refused_for_time()
        if (self._alone if count is None else count) % IN_A_ROW:
            return
        now = self._office.clock.now()
        slow = "慢" if late < 0 else "快"
        message = (
            f"微信推送里的时间与本机相差 {abs(late):.0f} 秒（本机{slow}了），连续 {IN_A_ROW} 次以上没有接收，群众收不到答复。"
            "请校准服务器的时间（timedatectl set-ntp true）。"
        )
        try:
            with self._office.store.in_a_hurry(HURRY):
                lifecycle.raise_alarm(self._office, AlarmKind.CLOCK, subject=f"clock {self._office.clock.day(now)}",
                                      message=message, now=now)  # fmt: skip
        except Exception:
            log.exception("no alarm could be raised: %s", message)
