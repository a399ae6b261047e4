"""Plain, compatible and safe mode, repeated deliveries, and strangers at the door, through the real web process."""

from __future__ import annotations

import pytest
import requests

from tests.fixtures.office_processes import OfficeProcesses


@pytest.fixture(params=["plain", "compatible", "safe"])
def mode(request: pytest.FixtureRequest, informed: OfficeProcesses) -> str:
    """The platform delivers in this mode."""
    informed.door.act("options", mode=request.param)
    return str(request.param)


def test_a_question_is_answered_in_the_mode_it_came_in(informed: OfficeProcesses, mode: str) -> None:
    informed.door.act("follow", user=mode)
    assert "部门预算公开" in informed.ask("今年的预算", user=mode)


def test_a_delivery_that_is_repeated_gets_the_same_answer_and_is_not_asked_twice(
    informed: OfficeProcesses, mode: str
) -> None:
    informed.door.act("follow", user=mode)
    first = informed.ask("危险化学品检查", user=mode)
    asked = informed.tally()["questions"]["asked"]
    again = informed.door.act("repeat")["attempts"][-1]
    assert again["reply"]["content"] == first
    assert informed.tally()["questions"]["asked"] == asked


def test_a_delivery_repeated_in_another_mode_gets_the_same_answer(informed: OfficeProcesses) -> None:
    informed.door.act("options", mode="plain")
    informed.door.act("follow", user="both")
    first = informed.ask("危险化学品检查", user="both")
    again = informed.door.act("repeat", mode="safe")["attempts"][-1]
    assert again["reply"]["content"] == first


@pytest.mark.parametrize("query", ["", "?signature=abc&timestamp=1&nonce=2", "?signature=&timestamp=&nonce="])
def test_a_stranger_at_the_door_is_turned_away(informed: OfficeProcesses, query: str) -> None:
    assert requests.get(f"{informed.web}/wechat{query}", timeout=10).status_code == 403
    assert requests.post(f"{informed.web}/wechat{query}", data=b"<xml/>", timeout=10).status_code == 403
