"""Signed heads of the ledger: number and hash of its last entry, sealed with a key that is not in the database.

A chain shows a changed entry; it does not show that its tail was cut off or that all of it was written anew. A head that
was signed before, and lies elsewhere, does. Anyone with the public key (`key` of a head) can check it without us.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from content.rules.errors import BadInput
from content.store.disk import keys
from content.store.figures.ledger import canonical

PURPOSE = "gongkai ledger head 1"  # signed along, so that the signature can mean nothing else


@dataclass(frozen=True)
class SignedHead:
    """At `at` (ISO 8601) the ledger ended with entry `number`, whose hash was `hash`. `key`, `signature`: hex."""

    number: int
    hash: str
    at: str
    key: str
    signature: str

    def to_json(self) -> dict[str, Any]:
        """As it is written to files and logs."""
        return asdict(self)

    def is_signed_with(self, key: str) -> bool:
        """Whether the holder of the public key (hex) signed exactly this."""
        try:
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(
                bytes.fromhex(self.signature), _signed(self.number, self.hash, self.at)
            )
        except (InvalidSignature, ValueError):
            return False
        return True


def sign(key_file: Path, *, number: int, hash: str, at: str) -> SignedHead:
    """A head signed with the key of this office, which is made at first need. Raises GongkaiError."""
    key = Ed25519PrivateKey.from_private_bytes(keys.secret(key_file))
    signature = key.sign(_signed(number, hash, at))
    return SignedHead(number, hash, at, key.public_key().public_bytes_raw().hex(), signature.hex())


def sign_text(key_file: Path, purpose: str, text: str) -> tuple[str, str]:
    """(public key, signature), both hex, over a text that can mean nothing but `purpose`. Raises GongkaiError."""
    key = Ed25519PrivateKey.from_private_bytes(keys.secret(key_file))
    return key.public_key().public_bytes_raw().hex(), key.sign(_purposed(purpose, text)).hex()


def holds(key: str, purpose: str, *, text: str, signature: str) -> bool:
    """Whether the holder of a public key signed exactly this text for this purpose."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(
            bytes.fromhex(signature), _purposed(purpose, text)
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def public_key(key_file: Path) -> str | None:
    """The public half (hex) of this office's key; None if it was never made. Raises GongkaiError."""
    secret = keys.existing(key_file)
    return Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw().hex() if secret else None


def read(path: Path) -> list[SignedHead]:
    """The heads in a file: one JSON document, or one in some of its lines, such as a log. Raises BadInput."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"读不了封印文件 {path}（{error}）。") from error
    return list(dict.fromkeys(head for piece in (text, *text.splitlines()) for head in _parsed(piece)))


def _parsed(text: str) -> Iterator[SignedHead]:
    try:
        value = json.loads(text)
        head = SignedHead(**{name: value[name] for name in ("number", "hash", "at", "key", "signature")})
    except (ValueError, TypeError, KeyError):
        return
    if isinstance(head.number, int) and all(isinstance(part, str) for part in (head.hash, head.at, head.signature)):
        yield head


def _signed(number: int, hash: str, at: str) -> bytes:
    return canonical({"purpose": PURPOSE, "number": number, "hash": hash, "at": at}).encode()


def _purposed(purpose: str, text: str) -> bytes:
    return canonical({"purpose": purpose, "text": text}).encode()
