"""kill -9 in the middle of things: started again, nothing is lost and nothing is done twice.

The time is a test clock's, so that waiting for the platform's effects to show costs nothing.
"""

from __future__ import annotations

import pytest

from content.services.articles import Upload
from tests import factories
from tests.fixtures.office_processes import OfficeProcesses, until


def out_once(processes: OfficeProcesses, number: int) -> None:
    """The article is out, once, and counted, once."""
    title = processes.await_state(number, "published")["title"]
    assert [item["title"] for item in processes.published()].count(title) == 1
    assert processes.tally()["articles"] == len(processes.published())


def jobs(processes: OfficeProcesses) -> int:
    """How many jobs the platform has taken."""
    return len(processes.door.look("publish_jobs")["publish_jobs"])


def test_the_clock_is_killed_while_the_platform_works_on_a_post(processes: OfficeProcesses) -> None:
    processes.door.act("options", publish_delay=1)
    before = jobs(processes)
    number = processes.queue("发到一半")
    processes.approve(number)
    until(lambda: jobs(processes) > before, what="the job to be submitted")
    processes.kill_clock()
    processes.start("clock")
    out_once(processes, number)


@pytest.mark.parametrize(
    "call", ["/cgi-bin/draft/add", "/cgi-bin/freepublish/submit", "/cgi-bin/material/add_material"]
)
def test_the_clock_is_killed_in_the_middle_of_a_call_that_the_platform_carries_out(
    processes: OfficeProcesses, call: str
) -> None:
    """The platform acts and is slow to say so; the caller is gone by then."""
    processes.door.act("faults", endpoint=call, act="act_then_hang", seconds=5, times=1)
    picture = factories.image(size=(900, 300 + len(call)))  # one that the platform has not seen yet
    number = processes.queue(f"话没说完 {call.rpartition('/')[2]}", cover=Upload("cover.png", picture))
    processes.approve(number)
    until(lambda: processes.door.look("faults")["faults"][0]["struck"], what=f"{call} to be called")
    processes.kill_clock()
    processes.start("clock")
    out_once(processes, number)


def test_the_web_process_is_dead_when_the_platform_reports_the_result(processes: OfficeProcesses) -> None:
    processes.kill("web")
    number = processes.queue("没人听见结果")
    processes.approve(number)
    shown = processes.await_state(number, "published", within=60)
    assert shown["url"]
    processes.start("web")
    out_once(processes, number)


def test_the_web_process_is_killed_between_a_question_and_the_number(informed: OfficeProcesses) -> None:
    processes = informed
    processes.door.act("follow", user="citizen")
    before = processes.tally()["questions"]["asked"]
    for _ in range(4):
        processes.ask("园区什么时候停水")
    processes.ask("道路改造政府采购结果")
    processes.kill("web")
    assert processes.tally()["questions"]["asked"] == before + 5
    processes.start("web")
    assert "标段" in processes.ask("2")


def test_redis_is_killed_under_everybody(informed: OfficeProcesses) -> None:
    processes = informed
    processes.door.act("follow", user="citizen")
    first = processes.queue("断电之前")
    processes.approve(first)
    processes.await_state(first, "published")
    before = processes.tally()
    pid = processes.redis_pid()
    processes.kill_redis()
    until(lambda: processes.redis_pid() not in (None, pid), what="Redis to come back")
    assert "高压电工" in processes.ask("电工")
    second = processes.queue("断电之后")
    processes.approve(second)
    out_once(processes, second)
    assert processes.tally()["articles"] == before["articles"] + 1


def test_everything_is_killed_at_once(processes: OfficeProcesses) -> None:
    processes.door.act("options", publish_delay=1)
    before = jobs(processes)
    numbers = [processes.queue(f"全都断了{number}") for number in (1, 2)]
    processes.approve(*numbers)
    until(lambda: jobs(processes) > before, what="a job to be submitted")
    processes.kill_redis()
    processes.kill("clock")
    processes.kill("web")
    processes.start("web", "clock")
    for number in numbers:  # while one is out and its result is still to come, the count is behind
        processes.await_state(number, "published")
    for number in numbers:
        out_once(processes, number)
    counted = processes.tally()
    processes.run("tally", "rebuild")
    assert processes.tally() == counted
