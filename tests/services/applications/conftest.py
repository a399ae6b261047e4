"""An office whose clock the test sets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def changes(tmp_path: Path) -> dict[str, Any]:
    """The clock is a file."""
    return {"test_clock": str(tmp_path / "clock")}


@pytest.fixture
def on(tmp_path: Path) -> Callable[[date], None]:
    """Sets the clock to ten o'clock of a day."""

    def set_(day: date) -> None:
        (tmp_path / "clock").write_text(datetime(day.year, day.month, day.day, 2, tzinfo=UTC).isoformat())

    set_(date(2026, 11, 22))
    return set_
