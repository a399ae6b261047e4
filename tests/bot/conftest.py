"""An office that has something to tell, its web app, and a citizen who speaks with it through the platform."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from bot.app import create_app
from bot.dialogue.state import conversation_memory
from content.services.notices.notice_import import import_file
from content.services.office import Office
from tests import world
from tests.bot.citizen import Citizen
from tests.bot.platform_side import Side
from tests.fixtures.redis_server import RedisServer
from tests.notices import DISCLOSURES, POSTINGS


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a machine that is busy with other tests Redis may be late, and a citizen would be answered without it."""
    monkeypatch.setattr(conversation_memory, "PATIENCE", 5.0)
    monkeypatch.setattr(conversation_memory, "FIRST_PATIENCE", 10.0)


@pytest.fixture(scope="session")
def told_home(tmp_path_factory: pytest.TempPathFactory, redis_server: RedisServer) -> Path:
    """The home of an office with disclosures and postings, to be copied: to import them takes longer than most tests."""
    folder = tmp_path_factory.mktemp("told")
    with _at_noon(folder, redis_url=redis_server.new_database()) as office:
        world.furnish(office)
        for kind, rows in (("disclosure", DISCLOSURES), ("posting", POSTINGS)):
            file = folder / f"{kind}.jsonl"
            file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
            import_file(office, kind, file)
    return folder / "home"


@pytest.fixture
def told(told_home: Path, tmp_path: Path, redis_url: str, changes: dict[str, Any]) -> Iterator[Office]:
    """A migrated office at noon of 22 November 2026, with disclosures and postings."""
    shutil.copytree(told_home, tmp_path / "home")
    with _at_noon(tmp_path, **{"redis_url": redis_url, **changes}) as office:
        yield office


@contextmanager
def _at_noon(folder: Path, **changes: Any) -> Iterator[Office]:
    """The office in a folder, whose clock stands at noon."""
    clock = folder / "clock"
    clock.write_text(world.NOON.isoformat())
    office = Office(world.settings(folder / "home", test_clock=str(clock), **changes))
    yield office
    office.close()


@pytest.fixture
def client(told: Office) -> FlaskClient:
    """A client of the web app."""
    return create_app(told).test_client()


@pytest.fixture
def citizen(client: FlaskClient, told: Office) -> Citizen:
    """A citizen whose messages come in safe mode, at the office's time."""
    who = Citizen(client)
    who.side = Side(clock=lambda: told.clock.now().timestamp())
    return who


@pytest.fixture
def listed(citizen: Citizen) -> Citizen:
    """A citizen who was just shown a list of more than three."""
    assert "1. " in citizen.says("安全生产检查通报")
    return citizen
