"""A web process alone, with disclosures to tell of, for the tests of what comes in."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from tests.bot.platform_side import Side
from tests.fixtures.office_processes import OfficeProcesses
from tests.notices import DISCLOSURES

SIDE = Side(clock=time.time)


@contextmanager
def running(folder: Path) -> Iterator[OfficeProcesses]:
    """A web process alone, on an empty store."""
    processes = OfficeProcesses(folder)
    try:
        processes.furnish()
        processes.start("web")
        yield processes
    finally:
        processes.close()


def tell(processes: OfficeProcesses) -> None:
    """Imports the disclosures, while the web process runs or not."""
    file = processes.folder / "disclosures.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in DISCLOSURES))
    processes.run("import", "disclosures", file)


def deliver(processes: OfficeProcesses, xml: str) -> str:
    """What the platform gets for a message in safe mode, opened."""
    query, body = SIDE.safe(xml)
    answer = requests.post(f"{processes.web}/wechat", params=query, data=body.encode(), timeout=20)
    assert answer.status_code == 200, answer.status_code
    return SIDE.unseal(answer.text)


def query(values: dict[str, str]) -> str:
    """An address's arguments as they are sent."""
    return "&".join(f"{name}={value}" for name, value in values.items())
