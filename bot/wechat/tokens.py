"""The access token: one for all processes, kept in Redis, fetched by one process at a time before it ends.

`stable_token` gives the same token to whoever asks while it is valid (platform page "获取稳定版接口调用凭据"), so that even
two processes that ask at once do not take each other's token away.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable
from typing import Any

from redis.exceptions import RedisError

from content.store.redis import Redis, keys

log = logging.getLogger(__name__)

EARLY = 300  # seconds before its end at which a token is replaced; the platform renews 5 minutes early
LOCK_MS = 10_000
WAIT = 5.0  # seconds to wait for another process that is fetching

Fetch = Callable[[bool], dict[str, Any]]  # force? → {"access_token", "expires_in"}


class Tokens:
    """Hands out the token of one account; `fetch(force)` asks the platform for one."""

    def __init__(self, redis: Callable[[], Redis], app_id: str, fetch: Fetch) -> None:
        self._redis = redis
        self._fetch = fetch
        self._key = keys.token(app_id)
        self._lock = keys.token_lock(app_id)

    def current(self) -> str:
        """The token to use now. Raises PlatformError when none can be had."""
        try:
            return self._kept() or self._renew(bad="")
        except RedisError:
            log.warning("no Redis: asking the platform for the token itself")
            return str(self._fetch(False)["access_token"])

    def replace(self, bad: str) -> str:
        """Another token than `bad`, which the platform refused; only the first caller fetches one."""
        try:
            return self._renew(bad=bad)
        except RedisError:
            return str(self._fetch(True)["access_token"])

    def _kept(self) -> str:
        return str(self._redis().client.get(self._key) or "")

    def _renew(self, *, bad: str) -> str:
        until = time.monotonic() + WAIT
        while not self._redis().client.set(self._lock, "1", nx=True, px=LOCK_MS):
            time.sleep(0.05)
            if (token := self._kept()) and token != bad:
                return token
            if time.monotonic() > until:
                break
        try:
            return self._kept_unless(bad) or self._fetch_and_keep(bad)
        finally:
            self._redis().client.delete(self._lock)

    def _kept_unless(self, bad: str) -> str:
        token = self._kept()
        return "" if token == bad else token

    def _fetch_and_keep(self, bad: str) -> str:
        answer = self._fetch(False)
        if bad and answer["access_token"] == bad:
            answer = self._fetch(True)  # 20 a day, at least 30 seconds apart: only when the same token came back
        token, lasts = str(answer["access_token"]), int(answer.get("expires_in", 7200))
        self._redis().client.set(self._key, token, ex=max(60, lasts - EARLY))
        log.info("a new token, ending in %s…", hashlib.sha256(token.encode()).hexdigest()[:6])
        return token
