"""The product's side of the line to the emulator, done anew: an account that answers deliveries, and a client that calls."""

from __future__ import annotations

import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import requests
from PIL import Image

from bot.emulator import Door
from bot.emulator.push.cipher import Cipher

APP_ID, SECRET, TOKEN = "wx5f1e0c2d3b4a6978", "5e0f3a6b1c9d4e2f8a7b6c5d4e3f2a1b", "linjiangpark2026"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
CIPHER = Cipher(AES_KEY, APP_ID)

Answer = tuple[int, bytes]


@dataclass
class Account:
    """The product's side of the line: keeps every delivery and answers with `reply`."""

    url: str = ""
    seen: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    reply: Callable[[dict[str, str], bytes], Answer] = lambda query, body: (200, b"success")
    echo: Callable[[dict[str, str]], bytes] = lambda query: query["echostr"].encode()


@dataclass
class Wechat:
    """A client of the emulator that does what any program would: a token, then calls."""

    url: str
    door: Door
    account: Account
    _token: str = ""

    def token(self) -> str:
        """A stable token, fetched once."""
        if not self._token:
            body = {"grant_type": "client_credential", "appid": APP_ID, "secret": SECRET}
            self._token = self.raw("stable_token", body)["access_token"]
        return self._token

    def raw(self, path: str, body: Any) -> Any:
        """A POST without a token."""
        return _read(requests.post(f"{self.url}/cgi-bin/{path}", data=as_json(body), timeout=20))

    def post(self, path: str, body: Any = None, **query: str) -> Any:
        """POST cgi-bin/… with JSON."""
        params = {"access_token": self.token(), **query}
        data = body if isinstance(body, bytes) else as_json(body)
        return _read(requests.post(f"{self.url}/cgi-bin/{path}", params=params, data=data, timeout=20))

    def get(self, path: str, **query: str) -> Any:
        """GET cgi-bin/…"""
        params = {"access_token": self.token(), **query}
        return _read(requests.get(f"{self.url}/cgi-bin/{path}", params=params, timeout=20))

    def upload(self, path: str, data: bytes, *, name: str = "a.png", **query: str) -> Any:
        """POST a file as `media`."""
        params = {"access_token": self.token(), **query}
        return _read(
            requests.post(f"{self.url}/cgi-bin/{path}", params=params, files={"media": (name, data)}, timeout=20)
        )

    def cover(self) -> str:
        """The media_id of a fresh permanent picture."""
        return str(self.upload("material/add_material", picture("PNG"), type="image")["media_id"])

    def article(self, **changes: Any) -> dict[str, Any]:
        """An article that the platform takes."""
        fine = {
            "title": "园区停水通知",
            "author": "党政办公室",
            "content": "<p>明天停水。</p>",
            "thumb_media_id": self.cover(),
        }
        return {**fine, **changes}

    def draft(self, *articles: dict[str, Any]) -> str:
        """The media_id of a new draft."""
        return str(self.post("draft/add", {"articles": list(articles) or [self.article()]})["media_id"])

    def published(self, **changes: Any) -> dict[str, Any]:
        """Publishes one article and waits; the job as freepublish/get shows it."""
        job = self.post("freepublish/submit", {"media_id": self.draft(self.article(**changes))})
        self.door.act("settle")
        return dict(self.post("freepublish/get", {"publish_id": job["publish_id"]}))


def picture(kind: str, *, size: tuple[int, int] = (8, 8), noise: int = 0) -> bytes:
    """A real picture; `noise` bytes of padding make it big."""
    kept = io.BytesIO()
    Image.new("RGB", size, "teal").save(kept, kind)
    return kept.getvalue() + b"\0" * noise


def as_json(body: Any) -> bytes:
    """JSON as the platform wants it: letters unescaped."""
    return b"" if body is None else json.dumps(body, ensure_ascii=False).encode()


def _read(answer: requests.Response) -> Any:
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/plain"
    return json.loads(answer.content.decode())


def inner(body: bytes) -> ET.Element:
    """The message of a delivery, opened if it is sealed."""
    root = ET.fromstring(body)
    sealed = root.findtext("Encrypt")
    return ET.fromstring(CIPHER.open(sealed)) if sealed else root


def text_reply(message: ET.Element, content: str, **changes: str) -> str:
    """The account's answer to a message, as XML."""
    fields = {
        "ToUserName": message.findtext("FromUserName"), "FromUserName": message.findtext("ToUserName"),
        "CreateTime": "1409735669", "MsgType": "text", "Content": content, **changes,
    }  # fmt: skip
    return "<xml>" + "".join(f"<{k}><![CDATA[{v}]]></{k}>" for k, v in fields.items()) + "</xml>"


def answering(build: Callable[[ET.Element], bytes]) -> Callable[[dict[str, str], bytes], Answer]:
    """What an account replies with that builds its answers from messages."""
    return lambda query, body: (200, build(inner(body)))
