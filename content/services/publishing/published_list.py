"""The platform's published list: read page by page here and nowhere else, fetched seldom, and shared by all looks."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from redis.exceptions import RedisError

from content.services.office import Office
from content.services.ports import Channel, PublishedItem
from content.store.redis import keys

log = logging.getLogger(__name__)

PAGE = 20  # items of a page, the platform's most
NEWEST = 2  # pages that looks share
ALLOWANCE = 90  # calls a day; freepublish/batchget has 100 (platform page "API Call Limits"), ten are left for people


class PublishedList:
    """The newest published items; the more of the day's allowance is used, the longer one fetch has to serve."""

    def __init__(self, office: Office, channel: Channel) -> None:
        self.office = office
        self.channel = channel
        self._items: list[PublishedItem] = []
        self._until: datetime | None = None
        self._since: datetime | None = None
        self._used = 0

    def newest(self, now: datetime) -> list[PublishedItem]:
        """The newest items, at most some seconds old. Raises PlatformError."""
        if self._until is None or self._since is None or not self._since <= now < self._until:
            self._items = [item for page in self.pages(now, most=NEWEST) for item in page]
            self._since, self._until = now, now + timedelta(seconds=_lasts(self._used))
        return self._items

    def pages(self, now: datetime, *, most: int) -> Iterator[list[PublishedItem]]:
        """Page by page, the newest first, at most so many; each is a call of the day's allowance. Raises PlatformError."""
        for number in range(most):
            self._used = self._count(now)
            page = self.channel.published(number * PAGE, PAGE)
            yield page
            if len(page) < PAGE:
                return

    def _count(self, now: datetime) -> int:
        key = keys.list_calls(self.office.clock.day(now))
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
