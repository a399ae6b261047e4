"""How fast and how often the platform may be called, counted for all processes.

Some calls it allows a hundred times a day (platform page "API Call Limits"); submissions too close together it answers with 53501.
"""

from __future__ import annotations

import logging
import time
from datetime import datetime

from redis.exceptions import RedisError

from content.services.office import Office
from content.store.redis import keys

ALLOWANCE = 90  # calls of a hundred; ten are left for people
SLOW_FOR = 600  # seconds for which the gap stays doubled after a 53501

log = logging.getLogger(__name__)


class DailyCalls:
    """The calls of one name: batchget, get or getarticle."""

    def __init__(self, office: Office, name: str) -> None:
        self._office, self._name = office, name

    def count(self, now: datetime) -> int:
        """Counts one; how many that makes today. Without Redis nobody knows, and it says that the allowance is used."""
        key = keys.calls(self._name, self._office.clock.day(now))
        try:
            pipe = self._office.redis.client.pipeline()
            pipe.incr(key)
            pipe.expire(key, 2 * 86400)
            return int(pipe.execute()[0])
        except RedisError:
            log.warning("no Redis: the platform is asked seldom")
            return ALLOWANCE

    def take(self, now: datetime) -> bool:
        """Whether one more call may be made; then it is counted."""
        return self.count(now) <= ALLOWANCE


class SubmitGap:
    """At most one submission in `GONGKAI_SUBMIT_GAP` seconds of real time, over all processes."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def wait(self) -> None:
        """Returns when the next submission may go out."""
        try:
            while (left := self._take()) > 0:
                time.sleep(left / 1000)
        except RedisError:
            log.warning("no Redis: waiting the whole gap")
            time.sleep(2 * self.office.settings.submit_gap)

    def slow_down(self) -> None:
        """Doubles the gap for a while."""
        try:
            self.office.redis.client.set(keys.SUBMIT_SLOW, "1", ex=SLOW_FOR)
        except RedisError:
            log.warning("no Redis: cannot remember to go slower")

    def _take(self) -> int:
        """0 when the turn is ours, else the milliseconds to wait."""
        redis = self.office.redis.client
        gap = self.office.settings.submit_gap * (2 if redis.exists(keys.SUBMIT_SLOW) else 1)
        if gap == 0 or redis.set(keys.SUBMIT_GAP, "1", nx=True, px=int(gap * 1000)):
            return 0
        return max(1, int(redis.pttl(keys.SUBMIT_GAP)))
