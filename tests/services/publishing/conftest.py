"""Publishing is tested without the pause that it makes between two submissions."""

from __future__ import annotations

from typing import Any

import pytest

from content.services.office import Office
from tests.services.publishing.rehearsal import Rehearsal


@pytest.fixture
def changes() -> dict[str, Any]:
    """No pause."""
    return {"submit_gap": 0.0}


@pytest.fixture
def rehearsal(office: Office) -> Rehearsal:
    """An office, a platform in memory, and a time that the test moves."""
    return Rehearsal(office)
