"""Keyed seals of rows: who can write the database and has no key cannot make up a row that the program relies on.

The key lies in HOME/keys, which no database holds. Rows from before there was one have no seal; up to which entry of the
ledger that is so stands beside the key.
"""

from __future__ import annotations

import hmac
import json
from functools import cached_property
from pathlib import Path

from content.rules.errors import GongkaiError
from content.store.disk import keys

NAME = "rows"
UNSEALED = "rows.from"  # the number of the last entry of the ledger without a seal
ENTRY = "gongkai ledger entry 1"  # what a seal is for is sealed along, so that it can mean nothing else
UPLOAD = "gongkai uploaded file 1"
DRAFT = "gongkai platform draft 1"


class RowSeals:
    """Makes and checks them. `folder` is HOME/keys."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / NAME
        self._border = folder / UNSEALED

    def begin(self, last: int) -> None:
        """Makes the key, if there is none; entries of the ledger up to `last` were written without it."""
        if keys.existing(self.file) is not None:
            return
        self._border.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._border.write_text(str(last), encoding="ascii")
        keys.secret(self.file)

    def made(self, purpose: str, *parts: str) -> str:
        """The seal over these parts, 64 hexadecimal digits. Raises GongkaiError if the key is gone."""
        text = json.dumps([purpose, *parts], ensure_ascii=False, separators=(",", ":"))
        return hmac.digest(self._key, text.encode(), "sha256").hex()

    def fit(self, seal: str | None, purpose: str, *parts: str) -> bool:
        """Whether this is the seal over these parts. Raises GongkaiError if the key is gone."""
        return seal is not None and hmac.compare_digest(seal.encode(), self.made(purpose, *parts).encode())

    def fit_entry(self, number: int, digest: str, seal: str | None) -> bool:
        """Whether an entry of the ledger carries its seal, or is from before there were any."""
        if seal is None and number <= self.unsealed:
            return True
        return self.fit(seal, ENTRY, digest)

    @cached_property
    def unsealed(self) -> int:
        """The number of the last entry that needs none; 0 if all need one."""
        try:
            return int(self._border.read_text(encoding="ascii"))
        except (FileNotFoundError, ValueError):
            return 0

    @cached_property
    def _key(self) -> bytes:
        found = keys.existing(self.file)
        if found is None:
            raise GongkaiError(
                f"密钥文件 {self.file} 不在，台账不能记，也不能核对。请从备份里恢复它；新装的请先执行：gongkai init"
            )
        return found
