"""The platform's side of the message push for tests, written on its own from the documentation: signs, seals, opens."""

from __future__ import annotations

import base64
import hashlib
import itertools
import os
import struct
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from tests import world

SUCCESS = "success"
CITIZEN = "oCitizen000000000000000000001"
ACCOUNT = "gh_linjiang"

_numbers = itertools.count(7_300_000_000_000_000_000)


@dataclass(frozen=True)
class Side:
    """One account as the platform knows it; without a timestamp of its own each delivery is of now, by its clock."""

    token: str = world.WECHAT["wechat_token"]
    aes_key: str = world.WECHAT["wechat_aes_key"]
    app_id: str = world.WECHAT["wechat_app_id"]
    timestamp: str = ""
    nonce: str = "486452656"
    clock: Callable[[], float] = world.NOON.timestamp

    def at(self, seconds: float) -> Side:
        """The same at that time, with a nonce of its own."""
        return replace(self, timestamp=str(int(seconds)), nonce=str(next(_numbers)))

    def sign(self, *more: str) -> str:
        """SHA-1 over the sorted parts."""
        return hashlib.sha1("".join(sorted([self.token, self.timestamp, self.nonce, *more])).encode()).hexdigest()

    def query(self, encrypted: str = "", **more: str) -> dict[str, str]:
        """The query of a delivery, or of the address check."""
        if not self.timestamp:
            return self.at(self.clock()).query(encrypted, **more)
        query = {"signature": self.sign(), "timestamp": self.timestamp, "nonce": self.nonce, "openid": CITIZEN, **more}
        if encrypted:
            query |= {"encrypt_type": "aes", "msg_signature": self.sign(encrypted)}
        return query

    def encrypt(self, message: str | bytes, *, app_id: str | None = None, pad: bytes | None = None) -> str:
        """Base64 of the encrypted message; `app_id` and `pad` may be wrong on purpose."""
        data = message if isinstance(message, bytes) else message.encode()
        plain = os.urandom(16) + struct.pack(">I", len(data)) + data + (app_id or self.app_id).encode()
        count = 32 - len(plain) % 32
        return self.encrypt_raw(plain + (bytes([count]) * count if pad is None else pad))

    def encrypt_raw(self, plain: bytes) -> str:
        """Base64 of whole encrypted blocks."""
        worker = self._cipher().encryptor()
        return base64.b64encode(worker.update(plain) + worker.finalize()).decode()

    def decrypt(self, encrypted: str) -> str:
        """The message within."""
        worker = self._cipher().decryptor()
        plain = worker.update(base64.b64decode(encrypted)) + worker.finalize()
        plain = plain[: -plain[-1]]
        end = 20 + struct.unpack(">I", plain[16:20])[0]
        assert plain[end:].decode() == self.app_id
        return plain[20:end].decode()

    def safe(self, xml: str | bytes, **wrong: Any) -> tuple[dict[str, str], str]:
        """Query and body of a delivery in safe mode."""
        encrypted = self.encrypt(xml, **wrong)
        return self.query(encrypted), f"<xml><ToUserName>{ACCOUNT}</ToUserName><Encrypt>{encrypted}</Encrypt></xml>"

    def unseal(self, body: str) -> str:
        """The reply inside an encrypted one, its signature checked."""
        sealed = read(body)
        parts = (self.token, sealed["TimeStamp"], sealed["Nonce"], sealed["Encrypt"])
        assert sealed["MsgSignature"] == hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()
        return self.decrypt(sealed["Encrypt"])

    def _cipher(self) -> Cipher[modes.CBC]:
        key = base64.b64decode(self.aes_key + "=")
        return Cipher(algorithms.AES(key), modes.CBC(key[:16]))


def read(xml: str) -> dict[str, str]:
    """The texts of a reply by their elements, those of news cards included."""
    return {element.tag: element.text or "" for element in ET.fromstring(xml).iter() if not len(element)}


def text(content: str, *, sender: str = CITIZEN, msg_id: int | None = None, created: int = 1795000000) -> str:
    """A text message as XML; a new one each time unless `msg_id` says otherwise."""
    inner = f"<MsgType>text</MsgType><Content>{content}</Content><MsgId>{msg_id or next(_numbers)}</MsgId>"
    return message(inner, sender=sender, created=created)


def event(name: str, inner: str = "", *, sender: str = CITIZEN, created: int | None = None) -> str:
    """An event as XML; a new one each time unless `created` says otherwise."""
    when = created or 1795000000 + next(_numbers) % 100_000_000
    return message(f"<MsgType>event</MsgType><Event>{name}</Event>{inner}", sender=sender, created=when)


def message(inner: str, *, sender: str = CITIZEN, created: int = 1795000000) -> str:
    """The frame of every message and event."""
    return (
        f"<xml><ToUserName>{ACCOUNT}</ToUserName><FromUserName>{sender}</FromUserName>"
        f"<CreateTime>{created}</CreateTime>{inner}</xml>"
    )
