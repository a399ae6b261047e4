"""Addresses of articles as the platform gives them: on its own host, and on no other."""

from __future__ import annotations

from urllib.parse import urlsplit

HOST = "mp.weixin.qq.com"


def is_the_platforms(url: str, *, api_url: str) -> bool:
    """Whether an article of the account may stand there; a rehearsed platform has its articles beside its API."""
    try:
        parts, api = urlsplit(url), urlsplit(api_url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and (parts.netloc == HOST or parts.netloc == api.netloc)
