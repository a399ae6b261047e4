"""HOME is nobody else's business: folders 0700, files 0600, whatever a former version or a person left behind."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

OTHERS = 0o077


def umask() -> None:
    """From now on this process and its children make files for their owner alone."""
    os.umask(OTHERS)


def close(home: Path) -> None:
    """Takes everybody else's rights away from all that lies in `home`. What belongs to others stays as it is."""
    for folder, folders, files in os.walk(home):
        for path in [Path(folder), *(Path(folder) / name for name in (*folders, *files))]:
            with suppress(OSError):
                mode = path.lstat().st_mode
                if mode & OTHERS and not path.is_symlink():
                    path.chmod(mode & ~OTHERS & 0o7777)
