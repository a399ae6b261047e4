"""The demo world's office, for questions of all kinds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.demo import demo_data as demo
from content.services.notices.notice_import import import_file
from content.services.office import Office
from content.services.setup import prepare
from tests import world


@pytest.fixture(scope="module")
def park(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The demo's office with all its disclosures and postings, at noon of 22 November 2026."""
    folder = tmp_path_factory.mktemp("park")
    clock = folder / "clock"
    clock.write_text(world.NOON.isoformat())
    office = Office(world.settings(folder / "home", test_clock=str(clock)))
    world.name_departments(office.home)
    prepare(office)
    for kind, file in (("disclosure", demo.DISCLOSURES), ("posting", demo.DATA / "postings.jsonl")):
        import_file(office, kind, Path(file))
    yield office
    office.close()
