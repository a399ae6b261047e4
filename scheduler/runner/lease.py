"""Who leads: a lease in Redis that ends by itself, and a fence in SQL that every claim checks.

A leader that stalls longer than its lease finds its claims void: the next one took a higher fence.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading

from redis.exceptions import RedisError

from content.services.office import Office
from content.store import publications

log = logging.getLogger(__name__)

KEY = "gk:clock:lead"
LASTS_MS = 5_000  # a dead leader is followed within these and one heartbeat
RENEW_S = 1.0
RENEW = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) else return 0 end"
RELEASE = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end"


class Lease:
    """This process's hold on the lead; renewed by a thread of its own, since a job may take long."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.holder = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"[:64]
        self.fence = 0
        self._leading = threading.Event()
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._renew_forever, name="lease", daemon=True)

    @property
    def leading(self) -> bool:
        """Whether this process leads, as far as it knows."""
        return self._leading.is_set()

    def take(self) -> bool:
        """Tries to lead; True when this process leads (already)."""
        if self.leading:
            return True
        try:
            if not self.office.redis.client.set(KEY, self.holder, nx=True, px=LASTS_MS):
                return False
        except RedisError as error:
            log.warning("no Redis, so nobody can take the lead: %s", error)
            return False
        self._begin()
        return True

    def close(self) -> None:
        """Gives the lead back."""
        self._closed.set()
        self._leading.clear()
        if self._thread.is_alive():
            self._thread.join()
        try:
            self.office.redis.client.eval(RELEASE, 1, KEY, self.holder)
        except RedisError:
            log.info("no Redis: the lease ends by itself")

    def _begin(self) -> None:
        with self.office.store.write() as session:
            self.fence = publications.lead(session, "clock", holder=self.holder, now=self.office.clock.real_now())
        self._leading.set()
        log.info("leading with fence %s", self.fence)
        if not self._thread.is_alive():
            self._thread.start()

    def _renew_forever(self) -> None:
        while not self._closed.wait(RENEW_S):
            if self.leading and not self._renew():
                self._leading.clear()
                log.warning("lost the lead")

    def _renew(self) -> bool:
        try:
            return bool(self.office.redis.client.eval(RENEW, 1, KEY, self.holder, LASTS_MS))
        except RedisError as error:
            log.warning("cannot renew the lead: %s", error)
            return False
