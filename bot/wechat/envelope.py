"""Envelopes of the message push: signature and mode checked when opened, sealed anew in the same mode.

A delivery is encrypted where its body holds `Encrypt` (safe and compatible mode); then `msg_signature` vouches for it
and nothing else in the body counts. Otherwise it is plain and `signature` vouches for it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from bot.wechat.cipher import Cipher, Undecipherable
from bot.wechat.messages import Message, read, text_of
from bot.wechat.xml import BadXml, Fields, cdata, parse

MAX_BODY = 64 * 1024  # bytes; the largest real delivery is a few KiB


class Rejected(Exception):
    """The delivery gets this HTTP status and no answer."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


@dataclass(frozen=True)
class Stamp:
    """What the query of a delivery says."""

    signature: str = ""
    timestamp: str = ""
    nonce: str = ""
    encrypt_type: str = ""
    msg_signature: str = ""


@dataclass(frozen=True)
class OpenedDelivery:
    """An opened envelope."""

    message: Message
    encrypted: bool


class Envelope:
    """Opens and seals for one account."""

    def __init__(self, *, token: str, aes_key: str, app_id: str) -> None:
        self._token = token
        self._cipher = Cipher(aes_key, app_id)

    def vouches(self, stamp: Stamp) -> bool:
        """Whether `signature` is right; the platform's address check is signed like a plain delivery."""
        return self._is_signed(stamp.signature, stamp)

    def open(self, stamp: Stamp, body: bytes) -> OpenedDelivery:
        """The message. Raises Rejected: 403 wrong signature; 400 not XML, a DTD, too deep, undecipherable."""
        try:
            outer = parse(body)
        except BadXml as error:
            raise Rejected(400 if self.vouches(stamp) else 403, f"outer XML: {error}") from error
        if "Encrypt" in outer:
            return OpenedDelivery(read(self._decrypted(stamp, outer)), encrypted=True)
        if not self.vouches(stamp):
            raise Rejected(403, "wrong signature")
        if stamp.encrypt_type == "aes":
            raise Rejected(400, "said to be encrypted, but nothing is")
        return OpenedDelivery(read(outer), encrypted=False)

    def seal(self, xml: str, stamp: Stamp) -> str:
        """The reply, encrypted and signed; the request's timestamp and nonce may be used again."""
        encrypted = self._cipher.encrypt(xml.encode())
        timestamp = stamp.timestamp if stamp.timestamp.isascii() and stamp.timestamp.isdigit() else "0"
        nonce = stamp.nonce if stamp.nonce.isascii() and stamp.nonce.isalnum() else secrets.token_hex(8)
        signature = self._signature(timestamp, nonce, encrypted)
        return (
            f"<xml><Encrypt>{cdata(encrypted)}</Encrypt><MsgSignature>{cdata(signature)}</MsgSignature>"
            f"<TimeStamp>{timestamp}</TimeStamp><Nonce>{cdata(nonce)}</Nonce></xml>"
        )

    def _decrypted(self, stamp: Stamp, outer: Fields) -> Fields:
        encrypted = text_of(outer, "Encrypt")
        if not self._is_signed(stamp.msg_signature, stamp, encrypted):
            raise Rejected(403, "wrong msg_signature")
        try:
            return parse(self._cipher.decrypt(encrypted))
        except (Undecipherable, BadXml) as error:
            raise Rejected(400, f"inside: {error}") from error

    def _is_signed(self, given: str, stamp: Stamp, *more: str) -> bool:
        right = self._signature(stamp.timestamp, stamp.nonce, *more)
        return hmac.compare_digest(right.encode(), given.encode(errors="replace"))

    def _signature(self, *parts: str) -> str:
        known = sorted(part.encode(errors="replace") for part in (self._token, *parts))
        return hashlib.sha1(
            b"".join(known), usedforsecurity=False
        ).hexdigest()  # platform page on the push: so and no other
