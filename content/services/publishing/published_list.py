"""The platform's published list, fetched seldom and shared by all looks."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from redis.exceptions import RedisError

from content.services.office import Office
from content.services.ports import Channel, PublishedItem

log = logging.getLogger(__name__)

PAGE = 20  # items of a page, the platform's most
ALLOWANCE = 90  # calls a day; freepublish/batchget has 100 (platform page "API Call Limits"), ten are left for people


class PublishedList:
    """The newest published items; the more of the day's allowance is used, the longer one fetch has to serve."""

    def __init__(self, office: Office, channel: Channel) -> None:
        self.office = office
        self.channel = channel
        self._items: list[PublishedItem] = []
        self._until: datetime | None = None
        self._since: datetime | None = None

    def newest(self, now: datetime) -> list[PublishedItem]:
        """The newest items, at most some seconds old. Raises PlatformError."""
        if self._until is None or self._since is None or not self._since <= now < self._until:
            used = self._count(now)
            self._items = self._fetch()
            self._since, self._until = now, now + timedelta(seconds=_lasts(used))
        return self._items

    def _fetch(self) -> list[PublishedItem]:
        items = self.channel.published(0, PAGE)
        return items + self.channel.published(PAGE, PAGE) if len(items) == PAGE else items

    def _count(self, now: datetime) -> int:
        key = f"gk:calls:batchget:{self.office.clock.day(now)}"
        try:
            pipe = self.office.redis.client.pipeline()
            pipe.incr(key)
            pipe.expire(key, 2 * 86400)
            return int(pipe.execute()[0])
        except RedisError:
            log.warning("no Redis: the published list is fetched seldom")
            return ALLOWANCE


def _lasts(used: int) -> int:
    if used < ALLOWANCE // 3:
        return 5
    return 20 if used < ALLOWANCE else 900
