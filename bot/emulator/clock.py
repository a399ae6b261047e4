"""The emulator's time: the real one, or the test clock's, moved or held by the side door."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.emulator.state import State


class Clock:
    """Tells the time to everything whose time is part of the rehearsal: stamps, quotas, tokens, windows."""

    def __init__(self, state: State, *, timezone: str, test_clock: str = "") -> None:
        self.zone = ZoneInfo(timezone)
        self._state = state
        self._file = Path(test_clock) if test_clock else None

    def now(self) -> datetime:
        """This instant, in UTC."""
        moved = self._state.value("time", {})
        if "held" in moved:
            return datetime.fromisoformat(moved["held"])
        return self._base() + timedelta(seconds=moved.get("offset", 0))

    def stamp(self) -> int:
        """This instant in whole seconds since 1970, as the platform writes it."""
        return int(self.now().timestamp())

    def today(self) -> date:
        """Today where the account is."""
        return self.day(self.stamp())

    def day(self, stamp: float) -> date:
        """The day of a stamp where the account is."""
        return datetime.fromtimestamp(stamp, self.zone).date()

    def midnight(self, day: date) -> float:
        """The stamp of a day's beginning where the account is."""
        return datetime(day.year, day.month, day.day, tzinfo=self.zone).timestamp()

    def set(self, *, now: str | None = None, offset: float = 0, hold: bool = False) -> datetime:
        """Moves the clock to `now` (ISO 8601), or by `offset` seconds; held it stands still. Raises ValueError."""
        if now is None:
            self._state.set_value("time", {"offset": offset} if offset else {})
            return self.now()
        instant = self.parse(now)
        moved = {"held": instant.isoformat()} if hold else {"offset": (instant - self._base()).total_seconds()}
        self._state.set_value("time", moved)
        return self.now()

    def parse(self, text: str) -> datetime:
        """An instant in UTC from ISO 8601; without an offset it is local. Raises ValueError."""
        instant = datetime.fromisoformat(text)
        return (instant if instant.tzinfo else instant.replace(tzinfo=self.zone)).astimezone(UTC)

    def _base(self) -> datetime:
        if self._file:
            return self.parse(self._file.read_text(encoding="utf-8").strip())
        return datetime.now(UTC)
