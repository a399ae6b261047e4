"""Keyed seals of rows: who can write the database and has no key cannot make up a row that the program relies on.

The key lies in HOME/keys, which no database holds. Rows from before there was one have no seal; up to which entry of the
ledger that is so stands beside the key. So does the ledger's last entry, sealed: an older database that is put back is
shorter than that. Between a commit and this note a crash may come, so the note may lag behind, never run ahead.
"""

from __future__ import annotations

import hmac
import json
import logging
from functools import cached_property
from pathlib import Path

from content.rules.errors import GongkaiError
from content.store.disk import atomic_write, keys

NAME = "rows"
UNSEALED = "rows.from"  # the number of the last entry of the ledger without a seal
ENTRY = "gongkai ledger entry 1"  # what a seal is for is sealed along, so that it can mean nothing else
UPLOAD = "gongkai uploaded file 1"
DRAFT = "gongkai platform draft 1"
PERSON = "gongkai person 1"
PEOPLE = "rows.people"  # there once the rows of people from before were sealed
TOP = "rows.top"  # the last entry of the ledger, as this machine knows it
_TOP_ENTRY = "gongkai ledger top 1"

_log = logging.getLogger(__name__)


class RowSeals:
    """Makes and checks them. `folder` is HOME/keys."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / NAME
        self.top_file = folder / TOP
        self._border = folder / UNSEALED
        self._people = folder / PEOPLE

    def begin(self, last: int) -> None:
        """Makes the key, if there is none; entries of the ledger up to `last` were written without it."""
        if keys.existing(self.file) is not None:
            return
        self._border.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._border.write_text(str(last), encoding="ascii")
        keys.secret(self.file)

    def wants_former_people(self) -> bool:
        """Whether rows of people without a seal may be sealed: never done yet, or an operator put a database back."""
        return not self._people.exists() or self.top() is None

    def end_former_people(self) -> None:
        """From now on a person without a seal is one that somebody wrote into the database."""
        self._people.touch(0o600)

    def keep_top(self, number: int, digest: str) -> None:
        """Notes the ledger's last entry, unless a later one is noted; of a ledger that holds the one noted before. Never raises: the entry itself is committed."""
        try:
            known = self.top()
            if known is None or known[0] < number:
                noted = json.dumps([number, digest, self.made(_TOP_ENTRY, str(number), digest)])
                atomic_write.put(self.top_file, noted.encode())
        except GongkaiError:
            _log.exception("the ledger's last entry could not be noted in %s", self.top_file)

    def top(self) -> tuple[int, str] | None:
        """The number and the hash of the last entry that was noted; None if there is no note. Raises GongkaiError."""
        try:
            number, digest, seal = json.loads(self.top_file.read_text(encoding="ascii"))
        except FileNotFoundError:
            return None
        except (OSError, TypeError, ValueError) as error:
            raise GongkaiError(f"{self.top_file} 读不出来（{error}）。") from error
        if not self.fit(seal, _TOP_ENTRY, str(number), digest):
            raise GongkaiError(f"{self.top_file} 被改动过。")
        return int(number), str(digest)

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
