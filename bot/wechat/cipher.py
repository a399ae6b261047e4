"""The platform's encryption of messages, with every part of the plaintext checked.

wechatpy's `decrypt_message` is not used: it does not check the padding, fails with whatever exception comes along, and draws
the 16 random bytes from a generator that can be foretold.
"""

from __future__ import annotations

import base64
import hmac
import secrets
import struct

from cryptography.hazmat.primitives.ciphers import Cipher as Worker
from cryptography.hazmat.primitives.ciphers import algorithms, modes

RANDOM = 16  # bytes of chance in front
HEAD = RANDOM + 4  # … and the length of the message, big-endian
BLOCK = 32  # the padding's block, not the cipher's: values 17–32 are right


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
