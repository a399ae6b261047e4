"""kill -9 in the middle of things: started again, nothing is lost and nothing is done twice.

The time is a test clock's, so that waiting for the platform's effects to show costs nothing.
"""

from __future__ import annotations

import pytest

from content.services.articles import Upload
from tests import factories
from tests.fixtures.town import Town, until


def out_once(town: Town, number: int) -> None:
    """The article is out, once, and counted, once."""
    title = town.await_state(number, "published")["title"]
    assert [item["title"] for item in town.published()].count(title) == 1
    assert town.tally()["articles"] == len(town.published())


def jobs(town: Town) -> int:
    """How many jobs the platform has taken."""
    return len(town.door.look("publish_jobs")["publish_jobs"])


def test_the_clock_is_killed_while_the_platform_works_on_a_post(town: Town) -> None:
    town.door.act("options", publish_delay=1)
    before = jobs(town)
    number = town.queue("发到一半")
    town.approve(number)
    until(lambda: jobs(town) > before, what="the job to be submitted")
    town.kill_clock()
    town.start("clock")
    out_once(town, number)


@pytest.mark.parametrize(
    "call", ["/cgi-bin/draft/add", "/cgi-bin/freepublish/submit", "/cgi-bin/material/add_material"]
)
def test_the_clock_is_killed_in_the_middle_of_a_call_that_the_platform_carries_out(town: Town, call: str) -> None:
    """The platform acts and is slow to say so; the caller is gone by then."""
    town.door.act("faults", endpoint=call, act="act_then_hang", seconds=5, times=1)
    picture = factories.image(size=(900, 300 + len(call)))  # one that the platform has not seen yet
    number = town.queue(f"话没说完 {call.rpartition('/')[2]}", cover=Upload("cover.png", picture))
    town.approve(number)
    until(lambda: town.door.look("faults")["faults"][0]["struck"], what=f"{call} to be called")
    town.kill_clock()
    town.start("clock")
    out_once(town, number)


def test_the_web_process_is_dead_when_the_platform_reports_the_result(town: Town) -> None:
    town.kill("web")
    number = town.queue("没人听见结果")
    town.approve(number)
    shown = town.await_state(number, "published", within=60)
    assert shown["url"]
    town.start("web")
    out_once(town, number)


def test_the_web_process_is_killed_between_a_question_and_the_number(informed: Town) -> None:
    town = informed
    town.door.act("follow", user="citizen")
    before = town.tally()["questions"]["asked"]
    for _ in range(4):
        town.ask("园区什么时候停水")
    town.ask("道路改造政府采购结果")
    town.kill("web")
    assert town.tally()["questions"]["asked"] == before + 5
    town.start("web")
    assert "标段" in town.ask("2")


def test_redis_is_killed_under_everybody(informed: Town) -> None:
    town = informed
    town.door.act("follow", user="citizen")
    first = town.queue("断电之前")
    town.approve(first)
    town.await_state(first, "published")
    before = town.tally()
    pid = town.redis_pid()
    town.kill_redis()
    until(lambda: town.redis_pid() not in (None, pid), what="Redis to come back")
    assert "高压电工" in town.ask("电工")
    second = town.queue("断电之后")
    town.approve(second)
    out_once(town, second)
    assert town.tally()["articles"] == before["articles"] + 1


def test_everything_is_killed_at_once(town: Town) -> None:
    town.door.act("options", publish_delay=1)
    before = jobs(town)
    numbers = [town.queue(f"全都断了{number}") for number in (1, 2)]
    town.approve(*numbers)
    until(lambda: jobs(town) > before, what="a job to be submitted")
    town.kill_redis()
    town.kill("clock")
    town.kill("web")
    town.start("web", "clock")
    for number in numbers:  # while one is out and its result is still to come, the count is behind
        town.await_state(number, "published")
    for number in numbers:
        out_once(town, number)
    counted = town.tally()
    town.run("tally", "rebuild")
    assert town.tally() == counted
