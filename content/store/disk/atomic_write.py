"""Files that are there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from content.rules.errors import GongkaiError


def write(path: Path, writer: Callable[[Path], None]) -> None:
    """Has a file written beside its place, and moved there when it is complete. Raises GongkaiError."""
    beside = path.with_name(f".{path.name}.{uuid4().hex[:8]}")
    try:
        try:
            writer(beside)
            os.replace(beside, path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise GongkaiError(f"写不了文件 {path}（{error.strerror}）。请检查目录是否存在、是否有权限。") from error


def put(path: Path, data: bytes) -> None:
    """Writes these bytes, whole or not at all. Raises GongkaiError."""

    def writer(beside: Path) -> None:
        beside.write_bytes(data)

    write(path, writer)
