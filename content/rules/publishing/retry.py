"""When to try again, and when to look again: bounded, spread, and slow enough for the platform's daily quotas."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from content.rules.errors import Fault

BACK_OFF = (4, 15, 60, 300, 900, 3600, 3 * 3600, 6 * 3600)  # seconds before the 1st, 2nd … retry; then the last
FAILED_LOOKS = (4, 15, 30, 60, 60, 120, 300, 900, 3600)  # seconds before looking again after a look that failed
LOOKS = (15, 30, 120, 300, 900, 3600, 3 * 3600, 6 * 3600)  # seconds between looks at a submitted job: few,
# since freepublish/get and /batchget are 100 a day (platform page "API Call Limits")
UNKNOWN_LOOKS = (8, 20, 45, 120, 300)  # an unanswered call is worth looking sooner
USED_UP = 6  # tries after which an article reads "scheduled" again, with the reason; slow retries go on
NO_RIGHT = 48001  # "API not authorised for this account" (global return codes)

_FIXED = {Fault.PERSON: 600, Fault.BUG: 3600, Fault.TOKEN: 60, Fault.GONE: 60}
_BY_CODE = {45066: 61, 45011: 60}  # a mass send repeated within the minute; too many calls a minute
MONTHLY = frozenset({45028})  # mass-send allowance: by month for a service account


def next_try(
    fault: Fault, *, tries: int, now: datetime, zone: ZoneInfo, seed: int, code: int = 0, service: bool = False,
    looking: bool = False,
) -> datetime:  # fmt: skip
    """When to try again after the `tries`-th failure (1 is the first); `seed` spreads publications apart.

    `looking`: what failed was a look at a job that the platform has, which is worth looking sooner.
    """
    if fault is Fault.WAIT:
        return _allowance_returns(now, zone, monthly=service and code in MONTHLY)
    if code in _BY_CODE:
        return now + timedelta(seconds=_BY_CODE[code])
    if fault in _FIXED:
        return now + timedelta(seconds=_FIXED[fault])
    return now + timedelta(seconds=_spread(_nth(FAILED_LOOKS if looking else BACK_OFF, tries), seed))


def next_look(looks: int, *, unknown: bool, since: datetime, now: datetime, settle_after: int) -> datetime:
    """When to look again after `looks` looks that began at `since`; an unknown one also just when it may be settled."""
    if not unknown:
        return now + timedelta(seconds=_nth(LOOKS, looks + 1))
    settled = since + timedelta(seconds=settle_after)
    wanted = now + timedelta(seconds=_nth(UNKNOWN_LOOKS, looks + 1))
    return min(wanted, settled) if now < settled else now + timedelta(seconds=_nth(LOOKS, looks - 2))


def _allowance_returns(now: datetime, zone: ZoneInfo, *, monthly: bool) -> datetime:
    today = now.astimezone(zone).date()
    day = (today.replace(day=1) + timedelta(days=32)).replace(day=1) if monthly else today + timedelta(days=1)
    return datetime.combine(day, time(0, 5), zone).astimezone(now.tzinfo)


def _nth(steps: tuple[int, ...], number: int) -> int:
    return steps[max(0, min(number, len(steps)) - 1)]


def _spread(seconds: int, seed: int) -> float:
    return seconds * (1 + (seed % 7) / 28)  # up to a fifth later
