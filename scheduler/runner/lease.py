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
from content.store import clock_lead
from content.store.articles import publications
from content.store.redis import former_keys

log = logging.getLogger(__name__)

RENEW_S = 1.0


class Lease:
    """This process's hold on the lead; renewed by a thread of its own, since a job may take long."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.holder = _name()  # another each time that the lead is taken, so that what was left undone is nobody's
        self.fence = 0
        self._leading = threading.Event()
        self._closed = threading.Event()
        self._taking = threading.Lock()
        self._thread = threading.Thread(target=self._renew_forever, name="lease", daemon=True)

    @property
    def leading(self) -> bool:
        """Whether this process leads, as far as it knows."""
        return self._leading.is_set()

    def leads(self, fence: int) -> bool:
        """Whether this process leads still, without having lost the lead since it took it with that fence."""
        return self.leading and self.fence == fence

    def take(self) -> bool:
        """Tries to lead; True when this process leads (already)."""
        with self._taking:
            return self.leading or (not self._closed.is_set() and self._take())

    def close(self) -> None:
        """Gives the lead back, for good."""
        self._closed.set()
        if self._thread.is_alive():
            self._thread.join()
        with self._taking:
            self._leading.clear()
        try:
            clock_lead.release(self.office.redis.client, self.holder)
        except RedisError:
            log.info("no Redis: the lease ends by itself")

    def _take(self) -> bool:
        try:
            clock_lead.release(
                self.office.redis.client, self.holder
            )  # of a lead that could not be renewed for a moment
            holder = _name()
            if not clock_lead.take(self.office.redis.client, holder):
                return False
            self._take_over_former_keys()
        except RedisError as error:
            log.warning("no Redis, so nobody can take the lead: %s", error)
            return False
        self.holder = holder
        with self.office.store.write() as session:
            self.fence = publications.lead(
                session, clock_lead.LEAD, holder=self.holder, now=self.office.clock.real_now()
            )
        self._leading.set()
        log.info("leading with fence %s", self.fence)
        if not self._thread.is_alive():
            self._thread.start()
        return True

    def _take_over_former_keys(self) -> None:
        office = self.office
        day = office.clock.today()
        former_keys.take_over(office.redis.client, app_id=office.settings.wechat_app_id, day=day)

    def _renew_forever(self) -> None:
        while not self._closed.wait(RENEW_S):
            if self.leading and not self._renew():
                self._leading.clear()
                log.warning("lost the lead")

    def _renew(self) -> bool:
        try:
            return clock_lead.renew(self.office.redis.client, self.holder)
        except RedisError as error:
            log.warning("cannot renew the lead: %s", error)
            return False


def _name() -> str:
    return f"{socket.gethostname()[-40:]}:{os.getpid()}:{secrets.token_hex(3)}"[-64:]
