"""Names for citizens that tell nothing about them: an HMAC of the openid under a secret of this office."""

from __future__ import annotations

import functools
import hashlib
import os
import secrets
from pathlib import Path

BLOCK = 64  # bytes of one of SHA-256's steps
MOMENT = 64  # names that are not made anew: those of the messages that are just being worked on


class Pseudonyms:
    """Makes keyed hashes; the secret lies in HOME/keys/asker, readable by its owner only."""

    def __init__(self, home: Path) -> None:
        # RFC 2104, its two keyed beginnings made once: hmac.digest takes ten times as long for each name.
        padded = _secret(home / "keys" / "asker").ljust(BLOCK, b"\0")
        self._inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in padded))
        self._outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in padded))
        self.name = functools.lru_cache(MOMENT)(self._name)

    def _name(self, text: str) -> str:
        """64 hexadecimal digits; the same text always has the same."""
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(text.encode(errors="replace"))
        outer.update(inner.digest())
        return outer.hexdigest()


def _secret(path: Path) -> bytes:
    """The secret, made at the first call; of several processes that make one, the first one's holds."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f".asker.{secrets.token_hex(8)}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # another process was faster
        finally:
            draft.unlink()
    return bytes.fromhex(path.read_text(encoding="ascii").strip())
