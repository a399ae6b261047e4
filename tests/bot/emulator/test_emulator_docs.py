"""docs/emulator.md says what the emulator can do, no more and no less."""

from __future__ import annotations

import json
import re
from pathlib import Path

from bot.emulator import Options, faults
from bot.emulator.api.quotas import DAILY
from bot.emulator.options import RIGHTS, defaults
from bot.emulator.server import FAMILIES
from bot.emulator.side_door import routes, state_view

PAGE = (Path(__file__).parents[3] / "docs" / "emulator.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    """The text under a heading, up to the next."""
    return re.split(r"\n#+ ", PAGE.split(f"# {title}\n", 1)[1])[0]


def first_cells(text: str) -> list[str]:
    """The names in the first column of a table."""
    rows = re.findall(r"^\| (`[^|]*) \|", text, re.M)
    return [name for row in rows for name in re.findall(r"`([^`]+)`", row)]


def test_every_endpoint_stands_in_the_page_and_no_other() -> None:
    paths = {route.path for family in FAMILIES for route in family.ROUTES}
    assert set(re.findall(r"`(/(?:cgi-bin|datacube)/[\w/]+)`", section("API"))) == paths
    assert set(DAILY) <= paths


def test_every_act_of_the_side_door_stands_in_the_page_and_no_other() -> None:
    assert sorted(first_cells(section("Side door"))) == sorted(routes.ACTS)
    for name in (*routes.READS, *state_view.PARTS):
        assert name in section("Side door")


def test_every_switch_stands_in_the_page_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (.+?) \|", section("Switches"), re.M))
    known = defaults(Options("", "", ""))
    assert set(rows) == set(known)
    for name, shown in rows.items():
        if name in ("webhook", "rights"):
            continue
        value = known[name] if isinstance(known[name], str) else json.dumps(known[name])
        assert shown == f"`{value}`", name
    assert all(f"`{right}`" in section("Switches") for right in RIGHTS)


def test_every_fault_stands_in_the_page_and_no_other() -> None:
    assert sorted(first_cells(section("Faults"))) == sorted(faults.BEFORE + faults.AFTER + faults.EVENTS)
