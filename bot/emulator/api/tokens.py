"""Access tokens: the old kind, of which each call kills the last, and the stable kind, apart from it."""

from __future__ import annotations

import time
from typing import Any

from bot.emulator.errors import ApiError
from bot.emulator.platform import Platform

LIFE = 7200
RENEWED_BEFORE_END = 300
FORCED_A_DAY, FORCED_GAP = 20, 30
OLD, STABLE = "token:old", "token:stable"


def issue_old(platform: Platform) -> dict[str, Any]:
    """A new token of the old kind; the last one dies, at once or after `token_grace` seconds."""
    _retire(platform, OLD)
    return _issue(platform, OLD)


def issue_stable(platform: Platform, *, force: bool) -> dict[str, Any]:
    """The stable token that holds, or a new one near its end or when forced. Raises ApiError 45009, 45011."""
    now = platform.clock.stamp()
    current = platform.state.value(STABLE)
    if force:
        _check_forcing(platform, now)
        _retire(platform, STABLE, dies=True)
    elif current and now < current["ends"] - RENEWED_BEFORE_END and now >= current["issued"]:
        return {"access_token": current["token"], "expires_in": current["ends"] - now}
    else:
        _retire(platform, STABLE)
    return _issue(platform, STABLE)


def check(platform: Platform, token: str) -> None:
    """Raises ApiError 41001 without a token, 42001 when it has ended, 40001 when it is not, or no longer, valid."""
    if not token:
        raise ApiError(41001)
    now = platform.clock.stamp()
    for name in (OLD, STABLE):
        current = platform.state.value(name) or {}
        if current.get("token") == token:
            if now >= current["ends"]:
                raise ApiError(42001)
            return
        if current.get("former") == token and now < current["former_ends"]:
            return
    raise ApiError(40001)


def kill(platform: Platform) -> None:
    """All tokens die at once, as when another program asks for one."""
    for name in (OLD, STABLE):
        platform.state.set_value(name, None)


def _issue(platform: Platform, name: str) -> dict[str, Any]:
    now = platform.clock.stamp()
    former = platform.state.value(name) or {}
    token = f"{platform.state.count('tokens', start=80)}_{platform.new_id(132)}"
    kept = {k: former[k] for k in ("former", "former_ends") if k in former}
    platform.state.set_value(name, {"token": token, "issued": now, "ends": now + LIFE, **kept})
    return {"access_token": token, "expires_in": LIFE}


def _retire(platform: Platform, name: str, *, dies: bool = False) -> None:
    """The present token becomes the former one: a renewed stable token holds to its end, an old one its grace."""
    current = platform.state.value(name)
    if not current:
        return
    now = platform.clock.stamp()
    ends = current["ends"] if name == STABLE else min(current["ends"], now + platform.settings["token_grace"])
    platform.state.set_value(name, {"former": current["token"], "former_ends": now if dies else ends})


def _check_forcing(platform: Platform, now: int) -> None:
    name = f"forced:{platform.clock.today()}"
    if platform.state.value(name, 0) >= FORCED_A_DAY:
        raise ApiError(45009)
    last = platform.state.value("forced", {"at": -FORCED_GAP, "ticks": -FORCED_GAP})
    # Thirty seconds by either clock: a rehearsal may hold its own still.
    if abs(now - last["at"]) < FORCED_GAP and 0 <= time.monotonic() - last["ticks"] < FORCED_GAP:
        raise ApiError(45011)
    platform.state.count(name)
    platform.state.set_value("forced", {"at": now, "ticks": time.monotonic()})
