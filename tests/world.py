"""One small named world for tests: 临江工业园区 and its five people (the demo's are the same).

林晓雨 writes. 孙浩 reviews first, 周建国 second, 赵明华 third. 何静 counts and keeps the accounts.
"""

from __future__ import annotations

import functools
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from config.settings import Settings
from content.rules.people import Role
from content.services.office import Office
from content.services.setup import prepare
from content.store import people
from content.store.disk import row_seals
from content.store.figures import ledger

PEOPLE = {
    "linxiaoyu": ("林晓雨", (Role.EDITOR,)),
    "sunhao": ("孙浩", (Role.EDITOR,)),
    "zhoujianguo": ("周建国", (Role.REVIEWER,)),
    "zhaominghua": ("赵明华", (Role.CHIEF,)),
    "hejing": ("何静", (Role.OFFICE, Role.ADMIN)),
}

WECHAT = {
    "wechat_app_id": "wx5f1e0c2d3b4a6978",
    "wechat_app_secret": "5e0f3a6b1c9d4e2f8a7b6c5d4e3f2a1b",
    "wechat_token": "linjiangpark2026",
    "wechat_aes_key": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
}

DIRECTORY = Path(__file__).parent / "fixtures" / "directory.toml"
ZONE = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)  # 12:00 in Shanghai


def settings(home: Path, **changes: Any) -> Settings:
    """Settings for a test; nothing is read from the environment or from `.env`."""
    given = {name: field.default for name, field in Settings.model_fields.items()}
    return Settings.model_construct(**{**given, "home": home, **WECHAT, **changes})


@contextmanager
def with_settings(office: Office, **changes: Any) -> Iterator[Office]:
    """The same office, opened once more with other settings."""
    other = Office(office.settings.model_copy(update=changes))
    try:
        yield other
    finally:
        other.close()


def furnish(office: Office) -> None:
    """Makes a new office ready for use, with the five people: by a copy of one that was made so once, which saves a minute."""
    _give_key(office)
    name_departments(office.home)
    if office.settings.sql_url.startswith("sqlite"):
        _file(office).write_bytes(_furnished())
        _note_top(office)
        return
    with office.store.read() as session:
        is_copy = bool(people.everyone(session))
    if is_copy:
        _note_top(office)
    else:
        furnish_anew(office)


def _note_top(office: Office) -> None:
    """As the office does that wrote the copied entries."""
    assert office.store.seals is not None
    with office.store.read() as session:
        office.store.seals.keep_top(*ledger.top(session))


def furnish_anew(office: Office) -> None:
    """The same step by step."""
    _give_key(office)
    name_departments(office.home)
    prepare(office)
    add_people(office)


def name_departments(home: Path) -> None:
    """The office has its ten departments, with what each sees to."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copy(DIRECTORY, home / "directory.toml")


def _give_key(office: Office) -> None:
    """The same key for all, so that a copy of a database keeps its seals."""
    key = office.home / "keys" / row_seals.NAME
    key.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not key.exists():
        key.touch(0o600)
        key.write_text("5e" * 32)


@functools.cache
def _furnished() -> bytes:
    """The SQLite database of an office that is ready for use."""
    with tempfile.TemporaryDirectory() as folder:
        office = Office(settings(Path(folder)))
        furnish_anew(office)
        office.close()
        return _file(office).read_bytes()


def _file(office: Office) -> Path:
    return Path(office.store.engine.url.database or "")


def add_people(office: Office) -> None:
    """The five people, with no passwords."""
    with office.store.write() as session:
        for username, (name, roles) in PEOPLE.items():
            people.add(session, username=username, name=name, given=roles, password_hash="", at=NOON)
