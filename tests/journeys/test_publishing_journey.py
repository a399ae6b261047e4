"""A post on its way: queued, passed by three, published by the clock, counted."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import requests

from tests import world
from tests.fixtures.office_processes import AUTHOR, REVIEWERS, OfficeProcesses

LATER = datetime(2099, 1, 1, tzinfo=UTC)


def titles(processes: OfficeProcesses) -> list[str]:
    """The titles of what is out on the platform."""
    return [item["title"] for item in processes.published()]


def test_from_the_queue_to_the_count_by_commands_alone(processes: OfficeProcesses) -> None:
    year = str(world.NOON.astimezone(world.ZONE).year)
    before = processes.json("tally", year)
    (processes.folder / "notice.md").write_text("各部门：\n\n- 值班电话 **80001234**\n", encoding="utf-8")
    number = str(processes.json(
        "queue", "add", "--title", "关于防汛值班的通知", "--body", "notice.md", "--category", "通知公告",
        "--department", "应急管理局", "--as", AUTHOR,
    )["id"])  # fmt: skip
    processes.run("review", "submit", number, "--as", AUTHOR)
    for reviewer in REVIEWERS:
        processes.run("review", "pass", number, "--as", reviewer)
    processes.await_state(int(number), "published")
    shown = processes.json("queue", "show", number)

    page = requests.get(shown["url"], timeout=10)
    assert page.status_code == 200 and "80001234" in page.text
    assert [(step["action"], step["who"]) for step in shown["reviews"]] == [
        ("submit", AUTHOR), *(("pass", reviewer) for reviewer in REVIEWERS),
    ]  # fmt: skip
    assert {step["sha256"] for step in shown["reviews"]} == {shown["body_sha256"]}
    assert {step["outcome"] for step in shown["attempts"]} == {"ok"}
    assert titles(processes).count("关于防汛值班的通知") == 1

    counted = processes.json("tally", year)
    assert counted["articles"] == before["articles"] + 1
    assert counted["by_delivery"]["publish"] == before["by_delivery"]["publish"] + 1
    for part, name in (("by_category", "通知公告"), ("by_department", "应急管理局")):
        assert counted[part][name] == before[part].get(name, 0) + 1
    listed = processes.json("queue", "list", "--state", "published")
    assert listed[-1]["id"] == int(number) and {row["state"] for row in listed} == {"published"}


def test_the_count_is_the_same_after_redis_was_emptied_and_the_ledger_folded_anew(processes: OfficeProcesses) -> None:
    numbers = [processes.queue(f"第{number}期园区简报") for number in (1, 2)]
    processes.approve(*numbers)
    for number in numbers:
        processes.await_state(number, "published")
    before = processes.tally()
    processes.empty_redis()
    processes.run("tally", "rebuild")
    assert processes.tally() == before
    assert before["articles"] >= 2


def test_the_author_is_told_who_may_pass_her_post(processes: OfficeProcesses) -> None:
    number = str(processes.queue("自己审自己"))
    processes.run("review", "submit", number, "--as", AUTHOR)
    refused = processes.run("review", "pass", number, "--as", AUTHOR, code=1)
    assert "编辑、审核" in refused.stderr and len(refused.stderr.strip().splitlines()) == 1
    assert processes.show(int(number))["state"] == "reviewing"


def test_nothing_goes_out_before_its_time_or_without_the_third_pass(processes: OfficeProcesses) -> None:
    early = processes.queue("明年的事", wanted_at=LATER)
    processes.approve(early)
    half = str(processes.queue("只审了两次"))
    processes.run("review", "submit", half, "--as", AUTHOR)
    for reviewer in REVIEWERS[:2]:
        processes.run("review", "pass", half, "--as", reviewer)
    due = processes.queue("现在就发")
    processes.approve(due)
    processes.await_state(due, "published")
    assert "现在就发" in titles(processes)
    assert not {"明年的事", "只审了两次"} & set(titles(processes))
    assert (processes.show(early)["state"], processes.show(int(half))["state"]) == ("scheduled", "reviewing")


def test_an_edit_after_the_reviews_voids_them(processes: OfficeProcesses) -> None:
    number = processes.queue("改了又改", "第一稿。", wanted_at=LATER)
    processes.approve(number)
    (processes.folder / "second.md").write_text("第二稿。", encoding="utf-8")
    processes.run("queue", "edit", str(number), "--body", processes.folder / "second.md", "--as", AUTHOR)
    shown = processes.show(number)
    assert shown["state"] == "draft"
    assert shown["body_sha256"] not in {step["sha256"] for step in shown["reviews"]}


def test_a_published_article_is_taken_down_by_the_chief_only_and_stays_counted(processes: OfficeProcesses) -> None:
    number = processes.queue("发错的通知")
    processes.approve(number)
    processes.await_state(number, "published")
    before = processes.tally()
    refused = processes.run("review", "withdraw", str(number), "--as", "zhoujianguo", "--note", "写错了", code=1)
    assert "终审" in refused.stderr
    processes.run("review", "withdraw", str(number), "--as", "zhaominghua", "--note", "写错了")
    assert processes.show(number)["state"] == "withdrawn"
    assert "发错的通知" not in titles(processes)
    counted = processes.tally()
    assert (counted["articles"], counted["withdrawn"]) == (before["articles"], before["withdrawn"] + 1)


def test_the_ledger_holds_the_whole_story_and_no_broken_link(processes: OfficeProcesses) -> None:
    number = processes.queue("台账里有我")
    processes.approve(number)
    processes.await_state(number, "published")
    with closing(sqlite3.connect(processes.home / "gongkai.db")) as store:
        rows = store.execute("SELECT kind FROM ledger WHERE subject = ? ORDER BY number", [f"article:{number}"])
        story = [kind for (kind,) in rows]
    assert story == [
        "article.queued",
        "article.submitted",
        *["article.passed"] * 3,
        "article.approved",
        "article.sent",
        "article.published",
    ]
    assert processes.json("ledger", "verify")["broken"] is None


def test_all_ends_cleanly_when_asked_to(processes: OfficeProcesses) -> None:
    assert [processes.stop(name) for name in ("web", "clock", "emulator")] == [0, 0, 0]
    assert processes.redis_pid() is None
