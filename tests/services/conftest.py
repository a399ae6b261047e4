"""Services are tested on each kind of database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from config.settings import Settings
from tests import world


@pytest.fixture
def settings(tmp_path: Path, office_url: str, redis_url: str, changes: dict[str, Any]) -> Settings:
    """Settings of an office on one of the databases."""
    return world.settings(tmp_path / "home", **{"database_url": office_url, "redis_url": redis_url, **changes})
