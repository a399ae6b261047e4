"""WeChat's signature and message cipher, written from the documentation and tried on its published vectors."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os

from cryptography.hazmat.primitives.ciphers import Cipher as BlockCipher
from cryptography.hazmat.primitives.ciphers import algorithms, modes

BLOCK = 32  # PKCS#7 pads to 32 bytes here, not to the cipher's 16


class CipherError(Exception):
    """A sealed text that cannot be opened; the message says at which step."""


def signature(*parts: str) -> str:
    """SHA-1 in hex over the parts, sorted and joined: token, timestamp, nonce and, when sealed, the Encrypt text."""
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def same(one: str, other: str) -> bool:
    """Compares two signatures in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())


class Cipher:
    """AES-256-CBC as the platform uses it: random 16 ‖ length ‖ message ‖ app id."""

    def __init__(self, aes_key: str, app_id: str) -> None:
        self._key = base64.b64decode(aes_key + "=")
        if len(self._key) != 32:
            raise ValueError("EncodingAESKey 要恰好 43 个字符")
        self._app_id = app_id.encode()

    def seal(self, message: str, *, random: bytes = b"") -> str:
        """The Encrypt text of a message; `random` (16 bytes) is given only to repeat a known vector."""
        body = message.encode()
        plain = (random or os.urandom(16)) + len(body).to_bytes(4, "big") + body + self._app_id
        pad = BLOCK - len(plain) % BLOCK
        encryptor = self._cipher().encryptor()
        sealed = encryptor.update(plain + bytes([pad]) * pad) + encryptor.finalize()
        return base64.b64encode(sealed).decode()

    def open(self, sealed: str) -> str:
        """The message of an Encrypt text. Raises CipherError."""
        try:
            body = base64.b64decode(sealed, validate=True)
            decryptor = self._cipher().decryptor()
            plain = decryptor.update(body) + decryptor.finalize()
        except (binascii.Error, ValueError) as error:
            raise CipherError("Encrypt 解不开：不是完整的密文") from error
        return self._message(plain)

    def _message(self, plain: bytes) -> str:
        if len(plain) < BLOCK or not 1 <= plain[-1] <= BLOCK:
            raise CipherError("Encrypt 解开后填充不对（-40008）")
        plain = plain[: -plain[-1]]
        length = int.from_bytes(plain[16:20], "big")
        message, app_id = plain[20 : 20 + length], plain[20 + length :]
        if app_id != self._app_id:
            raise CipherError("Encrypt 里的 AppID 不是本账号的（-40005）")
        try:
            return message.decode()
        except UnicodeDecodeError as error:
            raise CipherError("Encrypt 解开后不是 UTF-8") from error

    def _cipher(self) -> BlockCipher[modes.CBC]:
        return BlockCipher(algorithms.AES(self._key), modes.CBC(self._key[:16]))
