"""An index that was damaged on the disk is noticed and built anew; nobody is told that there is nothing."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from content.search import checksums, switch
from tests.fixtures.town import Town
from tests.notices import DISCLOSURES


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """An office with disclosures to find, and no process but its commands."""
    town = Town(tmp_path_factory.mktemp("damaged"))
    town.furnish()
    file = town.folder / "disclosures.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in DISCLOSURES))
    town.run("import", "disclosures", file)
    yield town
    town.close()


def generation(town: Town) -> Path:
    pointer = switch.current(town.home / "index")
    assert pointer is not None
    return town.home / "index" / pointer.generation


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
def test_a_damaged_index_is_built_anew_by_whoever_asks(town: Town, damage: str) -> None:
    DAMAGES[damage](generation(town))
    found = town.json("ask", "公租房怎么申请")
    assert found["results"][0]["title"] == "园区公共租赁住房申请指南"
    assert checksums.is_sound(generation(town))


def test_files_that_were_copied_are_as_good(town: Town) -> None:
    before = generation(town)
    for path in before.rglob("*"):
        if path.is_file():
            os.utime(path, (1, 1))
    assert checksums.is_sound(before) and generation(town) == before
