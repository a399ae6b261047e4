"""Names for citizens that tell nothing about them: an HMAC of the openid under a secret of this office."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path


class Askers:
    """Makes keyed hashes; the secret lies in HOME/keys/asker, readable by its owner only."""

    def __init__(self, home: Path) -> None:
        self._secret = _secret(home / "keys" / "asker")

    def name(self, text: str) -> str:
        """64 hexadecimal digits; the same text always has the same."""
        return hmac.new(self._secret, text.encode(errors="replace"), hashlib.sha256).hexdigest()


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
