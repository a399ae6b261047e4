"""A clock for building a past."""

from __future__ import annotations

from datetime import datetime

from config.clock import Clock


class PastClock(Clock):
    """The office's clock while the world is being built: tells a past instant that only moves forward."""

    _past: datetime | None = None

    def now(self) -> datetime:
        """The instant that was moved to, else the present, in UTC."""
        return self._past or self.present()

    def present(self) -> datetime:
        """This instant, whatever past is being built, in UTC."""
        return super().now()

    def move(self, to: datetime) -> None:
        """From now on it is `to`, unless it is later already: what happens later is written down later."""
        self._past = max(to, self._past or to)

    def let_go(self) -> None:
        """From now on it is the present."""
        self._past = None
