"""The hours of the daily post check: when the office is asked for a day's post, and when a reserve article steps in.

Every day of the year wants a post. `PLAN` says at which hours of the office's zone it is asked for, on the day before
and on the day itself; at the last of these an approved reserve article steps in. The timetable shows these hours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta


@dataclass(frozen=True)
class CheckHour:
    """An hour at which a post is asked for: that of today or of tomorrow (0, 1 days ahead), or today's for the last time."""

    ahead: int
    hour: time
    last: bool = False


PLAN = (CheckHour(0, time(10)), CheckHour(1, time(15)), CheckHour(0, time(16), last=True))


@dataclass(frozen=True)
class PostCheck:
    """One asking for a post: for which day, at which hour, whether for the last time."""

    day: date
    hour: time
    last: bool = False

    @property
    def subject(self) -> str:
        """The day and the hour: `2026-11-22 09:30`."""
        return f"{self.day} {self.hour:%H:%M}"


def slots(local_now: datetime) -> list[PostCheck]:
    """The askings whose hour has come, for each day the last of them; tomorrow's post is asked for today."""
    today = local_now.date()
    come = [
        PostCheck(today + timedelta(days=check.ahead), check.hour, check.last)
        for check in sorted(PLAN, key=lambda check: check.hour)
        if local_now.time() >= check.hour
    ]
    return list({slot.day: slot for slot in come}.values())


def hours() -> list[time]:
    """The hours of the plan, from the first to the last."""
    return sorted(check.hour for check in PLAN)


def parse(subject: str) -> PostCheck | None:
    """The asking that a subject names; None for something else."""
    day, _, hour = subject.partition("#")[0].partition(" ")
    try:
        at = time.fromisoformat(hour)
        return PostCheck(date.fromisoformat(day), at, last=CheckHour(0, at, last=True) in PLAN)
    except ValueError:
        return None
