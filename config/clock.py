"""Now and today in the office's zone: the one place that reads the time, and the one that tests replace.

With a test clock (a file holding one ISO 8601 instant), all processes of a rehearsal follow one time; leases and
timeouts keep real time.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo


class Clock:
    """Tells the time in UTC and the day in the office's zone."""

    def __init__(self, zone: ZoneInfo, test_clock: str = "") -> None:
        self.zone = zone
        self._file = Path(test_clock) if test_clock else None

    def now(self) -> datetime:
        """This instant, in UTC; with a test clock the instant its file holds (ISO 8601)."""
        if self._file:
            return parse(self._file.read_text(encoding="utf-8").strip(), self.zone)
        return datetime.now(UTC)

    def real_now(self) -> datetime:
        """This instant in UTC whatever a test clock says: for leases, which keep real time."""
        return datetime.now(UTC)

    def today(self) -> date:
        """Today in the office's zone."""
        return self.day(self.now())

    def day(self, instant: datetime) -> date:
        """The day in the office's zone on which an instant falls."""
        return instant.astimezone(self.zone).date()


def parse(text: str, zone: ZoneInfo) -> datetime:
    """An instant in UTC from ISO 8601; without an offset it is local to `zone`. Raises ValueError."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=zone)
    return instant.astimezone(UTC)


def local(instant: datetime, zone: ZoneInfo) -> str:
    """ISO 8601 in the office's zone, to the second, for people and programs."""
    return instant.astimezone(zone).isoformat(timespec="seconds")
