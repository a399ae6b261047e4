"""The platform's published list: read page by page here and nowhere else, fetched seldom, and shared by all looks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from content.services.office import Office
from content.services.ports import Channel, PublishedItem
from content.services.publishing.daily_calls import ALLOWANCE, DailyCalls

PAGE = 20  # items of a page, the platform's most
NEWEST = 2  # pages that looks share


class PublishedList:
    """The newest published items; the more of the day's allowance is used, the longer one fetch has to serve."""

    def __init__(self, office: Office, channel: Channel) -> None:
        self.channel = channel
        self._calls = DailyCalls(office, "batchget")
        self._items: list[PublishedItem] = []
        self._is_whole = False
        self._until: datetime | None = None
        self._since: datetime | None = None
        self._used = 0

    def newest(self, now: datetime, *, back_to: datetime | None = None) -> list[PublishedItem]:
        """The newest items, at most some seconds old; with `back_to` all since then, as far as the day's allowance goes.

        Raises PlatformError.
        """
        if self._until is None or self._since is None or not self._since <= now < self._until:
            self._items, self._is_whole = [], False
            while len(self._items) < NEWEST * PAGE and not self._is_whole:
                self._read_on(now)
            self._since, self._until = now, now + timedelta(seconds=_lasts(self._used))
        while back_to and not self._is_whole and self._items[-1].at >= back_to and self._used < ALLOWANCE:
            self._read_on(now)
        return self._items

    def pages(self, now: datetime, *, most: int) -> Iterator[list[PublishedItem]]:
        """Page by page, the newest first, at most so many; each is a call of the day's allowance. Raises PlatformError."""
        for number in range(most):
            page = self._page(now, number * PAGE)
            yield page
            if len(page) < PAGE:
                return

    def _read_on(self, now: datetime) -> None:
        """One page more; what is published meanwhile moves items to later pages, so none is missed and some come twice."""
        page = self._page(now, len(self._items))
        self._items += page
        self._is_whole = len(page) < PAGE

    def _page(self, now: datetime, offset: int) -> list[PublishedItem]:
        self._used = self._calls.count(now)
        return self.channel.published(offset, PAGE)


def _lasts(used: int) -> int:
    if used < ALLOWANCE // 3:
        return 5
    return 20 if used < ALLOWANCE else 900
