"""Envelopes of the message push: signature and mode checked when opened, sealed anew in the same mode.

A delivery is encrypted where its body holds `Encrypt` (safe and compatible mode); then `msg_signature` vouches for it
and nothing else in the body counts. Otherwise it is plain and `signature` vouches for it.

wechatpy's `decrypt_message` is not used: it does not check the padding, fails with whatever exception comes along, and draws
the 16 random bytes from a generator that can be foretold. Every part of the plaintext is checked here.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import struct
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers import Cipher as Worker
from cryptography.hazmat.primitives.ciphers import algorithms, modes

from bot.wechat.messages import BadXml, Fields, Message, cdata, parse, read, text_of

MAX_BODY = 64 * 1024  # bytes; the largest real delivery is a few KiB
RANDOM = 16  # bytes of chance in front
HEAD = RANDOM + 4  # … and the length of the message, big-endian
BLOCK = 32  # the padding's block, not the cipher's: values 17–32 are right


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


class Undecipherable(ValueError):
    """The ciphertext is not one that the platform made for this account."""


class Cipher:
    """Encrypts and decrypts for one account. `aes_key`: the 43 characters of EncodingAESKey."""

    def __init__(self, aes_key: str, app_id: str) -> None:
        key = base64.b64decode(aes_key + "=")
        self._cipher = Worker(algorithms.AES(key), modes.CBC(key[:16]))  # platform page on encryption: IV = key's head
        self._app_id = app_id.encode()

    def encrypt(self, message: bytes) -> str:
        """Base64 of: 16 random bytes, the length, the message, the AppID, padding to a multiple of 32."""
        plain = secrets.token_bytes(RANDOM) + struct.pack(">I", len(message)) + message + self._app_id
        count = BLOCK - len(plain) % BLOCK
        worker = self._cipher.encryptor()
        return base64.b64encode(worker.update(plain + bytes([count]) * count) + worker.finalize()).decode()

    def decrypt(self, encrypted: str) -> bytes:
        """The message within. Raises Undecipherable for bad base64, size, padding, length or another's AppID."""
        worker = self._cipher.decryptor()
        plain = _unpad(worker.update(_whole_blocks(encrypted)) + worker.finalize())
        if len(plain) < HEAD:
            raise Undecipherable("shorter than its head")
        end = HEAD + struct.unpack(">I", plain[RANDOM:HEAD])[0]
        if not hmac.compare_digest(plain[end:], self._app_id):
            raise Undecipherable("another length or AppID")
        return plain[HEAD:end]


def _whole_blocks(encrypted: str) -> bytes:
    try:
        data = base64.b64decode("".join(encrypted.split()), validate=True)
    except ValueError as error:
        raise Undecipherable("not base64") from error
    if not data or len(data) % 16:
        raise Undecipherable("not whole blocks")
    return data


def _unpad(plain: bytes) -> bytes:
    count = plain[-1]
    if not 1 <= count <= BLOCK or plain[-count:] != bytes([count]) * count:
        raise Undecipherable("bad padding")
    return plain[:-count]
