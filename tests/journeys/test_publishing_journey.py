"""A post on its way: queued, passed by three, published by the clock, counted."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import requests

from tests import world
from tests.fixtures.town import AUTHOR, REVIEWERS, Town

LATER = datetime(2099, 1, 1, tzinfo=UTC)


def titles(town: Town) -> list[str]:
    """The titles of what is out on the platform."""
    return [item["title"] for item in town.published()]


def test_from_the_queue_to_the_count_by_commands_alone(town: Town) -> None:
    year = str(world.NOON.astimezone(world.ZONE).year)
    before = town.json("tally", year)
    (town.folder / "notice.md").write_text("各部门：\n\n- 值班电话 **80001234**\n", encoding="utf-8")
    number = str(town.json(
        "queue", "add", "--title", "关于防汛值班的通知", "--body", "notice.md", "--category", "通知公告",
        "--department", "应急管理局", "--as", AUTHOR,
    )["id"])  # fmt: skip
    town.run("review", "submit", number, "--as", AUTHOR)
    for reviewer in REVIEWERS:
        town.run("review", "pass", number, "--as", reviewer)
    town.await_state(int(number), "published")
    shown = town.json("queue", "show", number)

    page = requests.get(shown["url"], timeout=10)
    assert page.status_code == 200 and "80001234" in page.text
    assert [(step["action"], step["who"]) for step in shown["reviews"]] == [
        ("submit", AUTHOR), *(("pass", reviewer) for reviewer in REVIEWERS),
    ]  # fmt: skip
    assert {step["sha256"] for step in shown["reviews"]} == {shown["body_sha256"]}
    assert {step["outcome"] for step in shown["attempts"]} == {"ok"}
    assert titles(town).count("关于防汛值班的通知") == 1

    counted = town.json("tally", year)
    assert counted["articles"] == before["articles"] + 1
    assert counted["by_delivery"]["publish"] == before["by_delivery"]["publish"] + 1
    for part, name in (("by_category", "通知公告"), ("by_department", "应急管理局")):
        assert counted[part][name] == before[part].get(name, 0) + 1
    listed = town.json("queue", "list", "--state", "published")
    assert listed[-1]["id"] == int(number) and {row["state"] for row in listed} == {"published"}


def test_the_count_is_the_same_after_redis_was_emptied_and_the_ledger_folded_anew(town: Town) -> None:
    numbers = [town.queue(f"第{number}期园区简报") for number in (1, 2)]
    town.approve(*numbers)
    for number in numbers:
        town.await_state(number, "published")
    before = town.tally()
    town.empty_redis()
    town.run("tally", "rebuild")
    assert town.tally() == before
    assert before["articles"] >= 2


def test_the_author_is_told_who_may_pass_her_post(town: Town) -> None:
    number = str(town.queue("自己审自己"))
    town.run("review", "submit", number, "--as", AUTHOR)
    refused = town.run("review", "pass", number, "--as", AUTHOR, code=1)
    assert "编辑、审核" in refused.stderr and len(refused.stderr.strip().splitlines()) == 1
    assert town.show(int(number))["state"] == "reviewing"


def test_nothing_goes_out_before_its_time_or_without_the_third_pass(town: Town) -> None:
    early = town.queue("明年的事", wanted_at=LATER)
    town.approve(early)
    half = str(town.queue("只审了两次"))
    town.run("review", "submit", half, "--as", AUTHOR)
    for reviewer in REVIEWERS[:2]:
        town.run("review", "pass", half, "--as", reviewer)
    due = town.queue("现在就发")
    town.approve(due)
    town.await_state(due, "published")
    assert "现在就发" in titles(town)
    assert not {"明年的事", "只审了两次"} & set(titles(town))
    assert (town.show(early)["state"], town.show(int(half))["state"]) == ("scheduled", "reviewing")


def test_an_edit_after_the_reviews_voids_them(town: Town) -> None:
    number = town.queue("改了又改", "第一稿。", wanted_at=LATER)
    town.approve(number)
    (town.folder / "second.md").write_text("第二稿。", encoding="utf-8")
    town.run("queue", "edit", str(number), "--body", town.folder / "second.md", "--as", AUTHOR)
    shown = town.show(number)
    assert shown["state"] == "draft"
    assert shown["body_sha256"] not in {step["sha256"] for step in shown["reviews"]}


def test_a_published_article_is_taken_down_by_the_chief_only_and_stays_counted(town: Town) -> None:
    number = town.queue("发错的通知")
    town.approve(number)
    town.await_state(number, "published")
    before = town.tally()
    refused = town.run("review", "withdraw", str(number), "--as", "zhoujianguo", "--note", "写错了", code=1)
    assert "终审" in refused.stderr
    town.run("review", "withdraw", str(number), "--as", "zhaominghua", "--note", "写错了")
    assert town.show(number)["state"] == "withdrawn"
    assert "发错的通知" not in titles(town)
    counted = town.tally()
    assert (counted["articles"], counted["withdrawn"]) == (before["articles"], before["withdrawn"] + 1)


def test_the_ledger_holds_the_whole_story_and_no_broken_link(town: Town) -> None:
    number = town.queue("台账里有我")
    town.approve(number)
    town.await_state(number, "published")
    with closing(sqlite3.connect(town.home / "gongkai.db")) as store:
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
    assert town.json("ledger", "verify")["broken"] is None


def test_all_ends_cleanly_when_asked_to(town: Town) -> None:
    assert [town.stop(name) for name in ("web", "clock", "emulator")] == [0, 0, 0]
    assert town.redis_pid() is None
