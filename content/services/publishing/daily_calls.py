"""Calls that the platform allows a hundred times a day (platform page "API Call Limits"), counted for all processes."""

from __future__ import annotations

import logging
from datetime import datetime

from redis.exceptions import RedisError

from content.services.office import Office
from content.store.redis import keys

ALLOWANCE = 90  # of a hundred; ten are left for people

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
