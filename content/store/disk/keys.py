"""Secrets that the program makes for itself at first need: `HOME/keys/NAME`, 32 bytes as hex, mode 0600."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from uuid import uuid4

from content.rules.errors import GongkaiError

LENGTH = 32  # bytes


def secret(path: Path) -> bytes:
    """The secret in a file, made now if there is none; two processes that make it at once agree. Raises GongkaiError."""
    found = existing(path)
    return found if found is not None else _make(path)


def existing(path: Path) -> bytes | None:
    """The secret in a file, or None. Raises GongkaiError if others may read it, or if it is damaged."""
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_mode & 0o077:
                raise GongkaiError(f"密钥文件 {path} 别人也能读。请执行：chmod 600 {path}")
            found = bytes.fromhex(file.read().decode("ascii"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise GongkaiError(f"密钥文件 {path} 读不出来（{error}）。请从备份里恢复它。") from error
    if len(found) != LENGTH:
        raise GongkaiError(f"密钥文件 {path} 不完整。请从备份里恢复它。")
    return found


def _make(path: Path) -> bytes:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{uuid4().hex[:8]}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_hex(LENGTH))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(beside, path)  # fails if another process was faster; then its secret holds
    except FileExistsError:
        pass
    finally:
        beside.unlink()
    return secret(path)
