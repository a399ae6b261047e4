"""An index that was damaged on the disk is noticed and built anew; nobody is told that there is nothing."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from content.search import checksums, switch
from tests.fixtures.office_processes import OfficeProcesses
from tests.notices import DISCLOSURES


@pytest.fixture(scope="module")
def processes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeProcesses]:
    """An office with disclosures to find, and no process but its commands."""
    processes = OfficeProcesses(tmp_path_factory.mktemp("damaged"))
    processes.furnish()
    file = processes.folder / "disclosures.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in DISCLOSURES))
    processes.run("import", "disclosures", file)
    yield processes
    processes.close()


def generation(processes: OfficeProcesses) -> Path:
    pointer = switch.current(processes.home / "index")
    assert pointer is not None
    return processes.home / "index" / pointer.generation


def zero(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(128)
        file.write(b"\0" * max(path.stat().st_size - 128, 0))


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)


DAMAGES: dict[str, Callable[[Path], None]] = {
    "all lists are zero": lambda folder: [zero(path) for path in folder.rglob("*.npy")] and None,  # type: ignore[func-returns-value]
    "one bit": lambda folder: flip(max(folder.rglob("*.npy"), key=lambda path: path.stat().st_size)),
    "cut short": lambda folder: os.truncate(max(folder.rglob("*.npy"), key=lambda path: path.stat().st_size), 100),
    "a file is gone": lambda folder: max(folder.rglob("*.npy"), key=lambda path: path.stat().st_size).unlink(),
    "no checksums": lambda folder: (folder / checksums.NAME).unlink(),
    "checksums of nothing": lambda folder: (folder / checksums.NAME).write_text("[1, 2]") and None,
    "all is gone": lambda folder: shutil.rmtree(folder),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_is_built_anew_by_whoever_asks(processes: OfficeProcesses, damage: str) -> None:
    DAMAGES[damage](generation(processes))
    found = processes.json("ask", "公租房怎么申请")
    assert found["results"][0]["title"] == "园区公共租赁住房申请指南"
    assert checksums.is_sound(generation(processes))


def test_files_that_were_copied_are_as_good(processes: OfficeProcesses) -> None:
    before = generation(processes)
    for path in before.rglob("*"):
        if path.is_file():
            os.utime(path, (1, 1))
    assert checksums.is_sound(before) and generation(processes) == before
