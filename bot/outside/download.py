"""Fetching from the web: bounded in size, time and redirects, and never from the office's own network unasked."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Timer
from urllib.parse import urljoin, urlsplit

import requests
from requests.utils import requote_uri

from bot.outside.address_guard import Forbidden, Guard
from content.rules.errors import GongkaiError

TIMEOUT = (5, 15)  # seconds to connect, and between two pieces
WHOLE_S = 60.0  # for everything: a server that drips a byte now and then would hold us for ever
REDIRECTS = 5
CHUNK = 64 * 1024  # bytes
AGENT = "gongkai"


class DownloadFailed(GongkaiError):
    """It could not be fetched; the message is part of a sentence that says what was wanted."""


@dataclass(frozen=True)
class Download:
    """What a web site answered; `url` is where the redirects ended."""

    status: int
    url: str
    headers: Mapping[str, str]
    data: bytes


def get(
    url: str, *, most: int, near: bool = False, trusted: str = "", headers: Mapping[str, str] | None = None
) -> Download:
    """What is at an http(s) address, at most `most` bytes. Raises Unfetched.

    Loopback, private and other special addresses are refused, whatever name or redirect leads there, but at `trusted`'s
    host and port, and everywhere if the office itself is `near` (docs/decisions.md).
    """
    ends = time.monotonic() + WHOLE_S
    guard = Guard(near=near, trusted=_place(trusted))
    watchdog = Timer(WHOLE_S, guard.cut)  # between two pieces there is a timeout, but a head may drip as well
    watchdog.daemon = True
    with _StepByStep() as session:
        for scheme in ("http://", "https://"):
            session.mount(scheme, guard)
        watchdog.start()
        try:
            return _followed(session, url, most, ends, {"User-Agent": AGENT, **(headers or {})})
        except (requests.RequestException, ValueError) as error:
            raise DownloadFailed(_words(error) if time.monotonic() < ends else _too_slow()) from error
        finally:
            watchdog.cancel()


class _StepByStep(requests.Session):
    """Follows no redirect by itself: requests would read the body of each whole, however large."""

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """None, whatever the answer says."""
        return None


def _followed(session: requests.Session, url: str, most: int, ends: float, headers: Mapping[str, str]) -> Download:
    """What stands where the redirects end; their own bodies stay unread."""
    for _ in range(REDIRECTS + 1):
        with session.get(url, timeout=TIMEOUT, stream=True, headers=headers) as response:
            target = requests.Session.get_redirect_target(session, response)
            if not target:
                return Download(response.status_code, response.url, response.headers, _whole(response, most, ends))
            url = urljoin(response.url, requote_uri(target))
    raise DownloadFailed(f"对方网站转来转去，超过 {REDIRECTS} 次")


def is_near(url: str) -> bool:
    """Whether an address lies on this machine or in a private network, as far as its spelling tells."""
    host = urlsplit(url).hostname or ""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host == "localhost"


def _whole(response: requests.Response, most: int, ends: float) -> bytes:
    data = bytearray()
    for piece in response.iter_content(CHUNK):
        data += piece
        if len(data) > most:
            raise DownloadFailed(f"超过 {most // 1024 // 1024} MB")
        if time.monotonic() > ends:
            break
    if time.monotonic() > ends:  # also where the line was cut: what came is not all
        raise DownloadFailed(_too_slow())
    return bytes(data)


def _too_slow() -> str:
    return f"{WHOLE_S:.0f} 秒还没有传完"


def _place(url: str) -> tuple[str, int] | None:
    parts = urlsplit(url)
    return (parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)) if parts.hostname else None


def _words(error: Exception) -> str:
    if _caused_by(error, Forbidden):
        return "这个网址通向内部网络，不取"
    if isinstance(error, requests.Timeout):
        return "对方网站没有回音"
    return "连不上那个网站"


def _caused_by(error: BaseException | None, kind: type[BaseException]) -> bool:
    """requests wraps what urllib3 wraps; the reason is one of the arguments or contexts."""
    while error is not None and not isinstance(error, kind):
        error = error.__cause__ or error.__context__
    return error is not None
