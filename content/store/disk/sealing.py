"""Openids that must be read again, encrypted (Fernet: AES-128-CBC and HMAC) under a key of this office."""

from __future__ import annotations

import base64
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from content.rules.errors import GongkaiError
from content.store.disk import keys


def seal(home: Path, openid: str) -> str:
    """The openid, encrypted under HOME/keys/letters."""
    return fernet(home, "letters").encrypt(openid.encode()).decode("ascii")


def unseal(home: Path, sealed: str) -> str:
    """The openid again. Raises GongkaiError if the key is gone, or is not the one it was sealed with."""
    key = keys.existing(home / "keys" / "letters")
    try:
        if key is None:
            raise InvalidToken
        return Fernet(base64.urlsafe_b64encode(key)).decrypt(sealed).decode()
    except InvalidToken as error:
        raise GongkaiError(
            "读不出这位群众的联系编号：密钥文件 keys/letters 不在了，或者换过了。请从备份里恢复它。"
        ) from error


def fernet(home: Path, name: str) -> Fernet:
    """What encrypts and decrypts under HOME/keys/NAME, which is made at first need."""
    return Fernet(base64.urlsafe_b64encode(keys.secret(home / "keys" / name)))
