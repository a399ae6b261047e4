"""Fetching from the web: bounded in size, time and redirects, and never from the office's own network unasked."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import requests

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
    with requests.Session() as session:
        session.max_redirects = REDIRECTS
        for scheme in ("http://", "https://"):
            session.mount(scheme, Guard(near=near, trusted=_place(trusted)))
        try:
            with session.get(
                url, timeout=TIMEOUT, stream=True, headers={"User-Agent": AGENT, **(headers or {})}
            ) as response:
                data = _whole(response, most, ends)
                return Download(response.status_code, response.url, response.headers, data)
        except requests.TooManyRedirects:
            raise DownloadFailed(f"对方网站转来转去，超过 {REDIRECTS} 次") from None
        except (requests.RequestException, ValueError) as error:
            raise DownloadFailed(_words(error)) from error


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
            raise DownloadFailed(f"{WHOLE_S:.0f} 秒还没有传完")
    return bytes(data)


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
