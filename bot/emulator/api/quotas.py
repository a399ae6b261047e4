"""How often each endpoint may be called a day; the numbers of a new account as the documentation gives them."""

from __future__ import annotations

from bot.emulator.errors import ApiError
from bot.emulator.platform import Platform

DAILY = {
    "/cgi-bin/token": 2_000,
    "/cgi-bin/stable_token": 500_000,
    "/cgi-bin/menu/create": 1_000,
    "/cgi-bin/menu/get": 10_000,
    "/cgi-bin/menu/delete": 1_000,
    "/cgi-bin/user/info": 5_000_000,
    "/cgi-bin/user/get": 500,
    "/cgi-bin/message/custom/send": 500_000,
    "/cgi-bin/message/mass/sendall": 100,
    "/cgi-bin/message/mass/preview": 100,
    "/cgi-bin/message/mass/delete": 10,
    "/cgi-bin/media/upload": 100_000,
    "/cgi-bin/media/get": 200_000,
    "/cgi-bin/draft/add": 1_000,
    "/cgi-bin/draft/get": 500,
    "/cgi-bin/draft/update": 1_000,
    "/cgi-bin/draft/delete": 1_000,
    "/cgi-bin/draft/count": 1_000,
    "/cgi-bin/draft/batchget": 1_000,
    "/cgi-bin/freepublish/submit": 100,
    "/cgi-bin/freepublish/get": 100,
    "/cgi-bin/freepublish/getarticle": 100,
    "/cgi-bin/freepublish/batchget": 100,
    "/cgi-bin/freepublish/delete": 10,
}
CLEARS_A_MONTH = 10


def limit(platform: Platform, path: str) -> int | None:
    """Calls allowed a day; None where no number is known. The side door's `quotas` come first."""
    found: int | None = platform.settings["quotas"].get(path, DAILY.get(path))
    return found


def used(platform: Platform, path: str) -> int:
    """Calls of today."""
    return int(platform.state.value(_name(platform, path), 0))


def spend(platform: Platform, path: str) -> None:
    """Counts a call that passed the token check. Raises ApiError 45009 when today's are used up."""
    with platform.state.transaction():
        most = limit(platform, path)
        if most is not None and used(platform, path) >= most:
            raise ApiError(45009)
        platform.state.count(_name(platform, path))


def clear(platform: Platform) -> None:
    """Gives today's calls back. Raises ApiError 48006 after ten times a month."""
    with platform.state.transaction():
        month = f"clears:{platform.clock.today():%Y-%m}"
        if platform.state.value(month, 0) >= CLEARS_A_MONTH:
            raise ApiError(48006)
        platform.state.count(month)
        platform.state.run("DELETE FROM singles WHERE name LIKE ?", f"calls:{platform.clock.today()}:%")


def _name(platform: Platform, path: str) -> str:
    return f"calls:{platform.clock.today()}:{path}"
