"""`/wechat` as a small WSGI application in front of the pages: Flask alone takes as long as the whole answer."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qsl

from bot.webhook.deliveries import NO_ANSWER, Webhook
from bot.wechat.envelope import MAX_BODY, Rejected, Stamp

PATH = "/wechat"
REASONS = {400: "Bad Request", 403: "Forbidden", 405: "Method Not Allowed", 413: "Content Too Large"}
XML = "application/xml; charset=utf-8"
PLAIN = "text/plain; charset=utf-8"

log = logging.getLogger(__name__)

Environ = dict[str, Any]
Start = Callable[..., Any]


class Door:
    """GET verifies our address, POST delivers; everything else goes to the pages."""

    def __init__(self, webhook: Webhook, pages: Callable[[Environ, Start], Iterable[bytes]]) -> None:
        self._webhook = webhook
        self._pages = pages

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        """The WSGI application."""
        if environ.get("PATH_INFO") != PATH:
            return self._pages(environ, start)
        try:
            body, kind = self._answer(environ)
        except Rejected as rejected:
            log.warning("delivery rejected", extra={"fields": {"status": rejected.status, "why": str(rejected)}})
            return _send(start, f"{rejected.status} {REASONS[rejected.status]}", b"", PLAIN)
        return _send(start, "200 OK", body, kind)

    def _answer(self, environ: Environ) -> tuple[bytes, str]:
        said = _query(environ.get("QUERY_STRING", ""))
        method = environ["REQUEST_METHOD"]
        if method in ("GET", "HEAD"):
            echo = self._webhook.verify(_stamp(said), said.get("echostr", ""))
            return echo.encode() if method == "GET" else b"", PLAIN
        if method != "POST":
            raise Rejected(405, method)
        answer = self._webhook.receive(_stamp(said), _body(environ))
        return answer.encode(), PLAIN if answer == NO_ANSWER else XML


def _query(text: str) -> dict[str, str]:
    """The platform's own queries need no decoding, which would take as long as decryption."""
    if "%" in text or "+" in text:
        return dict(parse_qsl(text, keep_blank_values=True))
    return dict(part.partition("=")[::2] for part in text.split("&"))


def _stamp(said: dict[str, str]) -> Stamp:
    return Stamp(
        signature=said.get("signature", ""),
        timestamp=said.get("timestamp", ""),
        nonce=said.get("nonce", ""),
        encrypt_type=said.get("encrypt_type", ""),
        msg_signature=said.get("msg_signature", ""),
    )


def _body(environ: Environ) -> bytes:
    """The body; one that is too long is refused by what it says of itself, or after the first byte too many."""
    told = environ.get("CONTENT_LENGTH") or ""
    length = int(told) if told.isascii() and told.isdigit() else None
    if length is None and not environ.get("wsgi.input_terminated"):
        return b""  # PEP 3333: without a length nothing may be read, unless the server marks the end
    if (length or 0) > MAX_BODY:
        raise Rejected(413, "too long")
    wanted = MAX_BODY + 1 if length is None else length
    body = b""
    while len(body) < wanted and (part := environ["wsgi.input"].read(wanted - len(body))):
        body += part  # a read may bring less than was asked for
    if len(body) > MAX_BODY:
        raise Rejected(413, "too long")
    return body


def _send(start: Start, status: str, body: bytes, kind: str) -> list[bytes]:
    start(
        status,
        [("Content-Type", kind), ("Content-Length", str(len(body))), ("X-Content-Type-Options", "nosniff")],
    )
    return [body]
