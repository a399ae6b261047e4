"""The portal's feed over HTTP, asked for only if it changed (RFC 9110, section 13)."""

from __future__ import annotations

from email.message import Message

import requests

from bot.outside import download
from content.rules.errors import GongkaiError
from content.services.ports import FetchedDocument

MOST = 8 * 1024 * 1024  # bytes
ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/html;q=0.8, */*;q=0.5"


class WebFeed:
    """content.services.ports.Feed; `near`: the office serves only its own machine or network (bot.outside.download).

    `trusts`: the addresses are of the operator's choosing, so that they may be the office's own.
    """

    def __init__(self, *, near: bool, trusts: bool = True) -> None:
        self.near, self.trusts = near, trusts

    def fetch(self, url: str, *, etag: str, modified: str) -> FetchedDocument | None:
        """One GET, redirects followed; the address itself may be the office's own, where redirects may not lead."""
        headers = {"Accept": ACCEPT, "If-None-Match": etag, "If-Modified-Since": modified}
        try:
            answer = download.get(url, most=MOST, near=self.near, trusted=url if self.trusts else "",
                             headers={name: value for name, value in headers.items() if value})  # fmt: skip
        except download.DownloadFailed as error:
            raise GongkaiError(f"取不到：{error.message}。") from error
        if answer.status == requests.codes.not_modified:
            return None
        if answer.status != requests.codes.ok:
            raise GongkaiError(f"取不到：对方网站回答 {answer.status}。请核对网址。")
        said = answer.headers
        return FetchedDocument(answer.data, answer.url, charset=_charset(said.get("Content-Type", "")),
                       etag=said.get("ETag", ""), modified=said.get("Last-Modified", ""))  # fmt: skip


def _charset(content_type: str) -> str:
    message = Message()
    message["Content-Type"] = content_type
    return str(message.get_content_charset() or "")
