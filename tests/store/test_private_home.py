"""HOME is closed to others, and no statement's values come into a log."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from content.store.session import Store
from tests.fixtures.office_processes import OfficeProcesses
from tests.notices import DISCLOSURES


@pytest.fixture
def loose() -> Iterator[None]:
    """A machine on which everybody may read what others write."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def open_to_others(home: Path) -> list[str]:
    """What others may read, by its path."""
    found = [path for path in (home, *home.rglob("*")) if not path.is_symlink() and path.lstat().st_mode & 0o077]
    return [str(path.relative_to(home)) for path in found]


def test_all_that_commands_write_is_closed_to_others(tmp_path: Path, loose: None) -> None:
    processes = OfficeProcesses(tmp_path)
    processes.run("init")
    processes.run(
        "user", "add", "linxiaoyu", "--role", "editor", "--password-stdin", given="a long-enough pass phrase 7\n"
    )
    file = tmp_path / "disclosures.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in DISCLOSURES))
    processes.run("import", "disclosures", file)
    body = tmp_path / "body.txt"
    body.write_text("正文。")
    processes.run("queue", "add", "--title", "标题", "--body", body, "--attach", body, "--as", "linxiaoyu")
    assert (
        (processes.home / "gongkai.db").exists()
        and any((processes.home / "files").rglob("*"))
        and any((processes.home / "index").rglob("*.npy"))
    )
    assert open_to_others(processes.home) == []
    processes.close()


def test_what_a_former_version_left_open_is_closed_by_init(tmp_path: Path, loose: None) -> None:
    processes = OfficeProcesses(tmp_path)
    processes.run("init")
    for path in (processes.home, *processes.home.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    processes.run("init")
    assert open_to_others(processes.home) == []
    processes.close()


def test_an_error_of_the_database_does_not_say_with_what_it_was_asked(store: Store) -> None:
    with pytest.raises(DBAPIError) as told, store.write() as session:
        session.execute(text("INSERT INTO nowhere (word) VALUES (:word)"), {"word": "张三的来信"})
    assert "张三" not in str(told.value) and "nowhere" in str(told.value)
