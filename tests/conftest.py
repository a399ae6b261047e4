"""What all tests share: an office of its own for each test, in a folder of its own, with five people."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from config.settings import Settings
from content.services.office import Office
from tests import world
from tests.fixtures import memory_disk

memory_disk.use()

# No test asserts a speed, and a busy machine is no fault of the code. In CI the examples are the same each time: new ones are
# looked for at the desk, where somebody can mend what they find.
hypothesis.settings.register_profile("gongkai", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("gongkai")

pytest_plugins = [
    "tests.fixtures.compiled_sql",
    "tests.fixtures.databases",
    "tests.fixtures.internal_errors",
    "tests.fixtures.pages",
    "tests.fixtures.redis_server",
    "tests.fixtures.schedule",
    "tests.fixtures.office_processes",
    "tests.fixtures.shown",
    "tests.fixtures.web_apps",
]


@pytest.fixture
def changes() -> dict[str, Any]:
    """The settings that a test's office has of its own; whoever wants some has a fixture of this name."""
    return {}


@pytest.fixture
def settings(tmp_path: Path, redis_url: str, changes: dict[str, Any]) -> Settings:
    """Settings that no environment can touch."""
    return world.settings(tmp_path / "home", **{"redis_url": redis_url, **changes})


@pytest.fixture
def office(settings: Settings) -> Iterator[Office]:
    """A migrated store with the five people of the world."""
    office = Office(settings)
    world.furnish(office)
    yield office
    office.close()
