"""Submissions kept apart: the platform answers 53501 to those that follow each other too fast."""

from __future__ import annotations

import logging
import time

from redis.exceptions import RedisError

from content.services.office import Office
from content.store.redis import keys

SLOW_FOR = 600  # seconds for which the gap stays doubled after a 53501

log = logging.getLogger(__name__)


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
