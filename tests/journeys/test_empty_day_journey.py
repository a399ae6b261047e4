"""A day without a post, with real processes: told to the office's robot, and saved by the reserve."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fixtures.hands import Hands
from tests.fixtures.office_processes import OfficeProcesses, running, until
from tests.fixtures.robot import Robot
from tests.services.alarm_world import at


@pytest.fixture
def robot() -> Iterator[Robot]:
    robot = Robot()
    yield robot
    robot.close()


@pytest.fixture
def hands(tmp_path: Path) -> Hands:
    return Hands(tmp_path / "hands", at(15, 59))


@pytest.fixture
def empty_town(tmp_path: Path, hands: Hands, robot: Robot) -> Iterator[OfficeProcesses]:
    with running(tmp_path, hands=hands, GONGKAI_ALARM_URL=robot.url) as processes:
        yield processes


def heard(robot: Robot, subject: str) -> dict[str, Any] | None:
    """What the robot was told of an occasion."""
    return next((body for _, _, body in robot.heard if body["subject"] == subject), None)


def test_the_last_hour_of_an_empty_day_brings_the_reserve_out_and_tells_the_office(
    empty_town: OfficeProcesses, hands: Hands, robot: Robot
) -> None:
    reserve = empty_town.queue("园区垃圾分类小知识", reserve=True)
    empty_town.approve(reserve)
    until(lambda: heard(robot, "2026-11-22 10:00"), what="the robot to hear of the empty day")
    assert empty_town.show(reserve)["state"] == "scheduled" and empty_town.show(reserve)["due_at"] is None
    hands.set(at(16))

    def out() -> bool:
        hands.pass_(5)
        return empty_town.show(reserve)["state"] == "published"

    until(out, what="the reserve to be out")
    told = until(lambda: heard(robot, "2026-11-22 16:00"), what="the robot to hear of the reserve")
    assert told["kind"] == "gap" and "备用稿《园区垃圾分类小知识》已经顶上" in told["text"]["content"]
    assert [item["title"] for item in empty_town.published()] == ["园区垃圾分类小知识"]
    assert empty_town.tally()["articles"] == 1
    until(lambda: [alarm["subject"] for alarm in empty_town.json("alarms", "list")] == ["2026-11-23 15:00"],
          what="the day's alarms to end")  # fmt: skip
    assert "geheim" not in empty_town.log("clock").read_text(encoding="utf-8")
