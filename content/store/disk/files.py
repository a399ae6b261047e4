"""Files, kept once each under their SHA-256."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path


class Files:
    """A folder of files named by content: `ab/abcdef…`."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def keep(self, data: bytes) -> str:
        """Writes the bytes unless they are there already; their SHA-256."""
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.path(sha256)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._write_whole(path, data)
        return sha256

    def path(self, sha256: str) -> Path:
        """Where a file lies."""
        return self.root / sha256[:2] / sha256

    def read(self, sha256: str) -> bytes:
        """The bytes. Raises FileNotFoundError."""
        return self.path(sha256).read_bytes()

    def _write_whole(self, path: Path, data: bytes) -> None:
        handle, name = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
