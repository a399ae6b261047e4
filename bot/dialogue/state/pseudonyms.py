"""Names for citizens that tell nothing about them: an HMAC of the openid under a secret of this office."""

from __future__ import annotations

import functools
import hmac
from pathlib import Path

from content.store.disk import keys

KEPT = 64  # names of a moment: one delivery asks for its sender's many times


class Pseudonyms:
    """Makes keyed hashes; the secret lies in HOME/keys/asker, made at first need, readable by its owner only."""

    def __init__(self, home: Path) -> None:
        self._secret = keys.secret(home / "keys" / "asker")
        self._names = functools.lru_cache(KEPT)(self._name)

    def name(self, text: str) -> str:
        """64 hexadecimal digits; the same text always has the same."""
        return self._names(text)

    def _name(self, text: str) -> str:
        return hmac.digest(self._secret, text.encode(errors="replace"), "sha256").hex()
