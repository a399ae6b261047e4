"""Files, kept once each under their SHA-256."""

from __future__ import annotations

import functools
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

    def is_whole(self, sha256: str) -> bool:
        """Whether the file is there with the bytes it is named after; read anew only when it was touched."""
        try:
            known = self.path(sha256).stat()
            return _has_hash(
                self.path(sha256), sha256, (known.st_mtime_ns, known.st_ctime_ns, known.st_size, known.st_ino)
            )
        except OSError:
            return False

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


@functools.lru_cache(1024)
def _has_hash(path: Path, sha256: str, _touched: tuple[int, ...]) -> bool:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == sha256
