"""A post on its way: queued, passed by three, published by the clock, counted; all by the command line."""

from __future__ import annotations

import sqlite3

import requests

from tests.fixtures.town import AUTHOR, REVIEWERS, Town


def test_from_the_queue_to_the_count(town: Town) -> None:
    assert town.tally()["articles"] == 0
    number = town.queue("关于防汛值班的通知", "各部门：\n\n- 值班电话 **80001234**\n", "--category", "通知公告",
                        "--department", "应急管理局")  # fmt: skip
    town.approve(number)
    shown = town.await_state(number, "published")

    page = requests.get(shown["url"], timeout=10)
    assert page.status_code == 200 and "80001234" in page.text
    assert [(step["action"], step["who"]) for step in shown["reviews"]] == [
        ("submit", AUTHOR), *(("pass", reviewer) for reviewer in REVIEWERS),
    ]  # fmt: skip
    assert {step["sha256"] for step in shown["reviews"]} == {shown["body_sha256"]}
    assert {step["outcome"] for step in shown["attempts"]} == {"ok"}
    assert [item["title"] for item in town.published()] == ["关于防汛值班的通知"]

    counted = town.tally()
    assert (counted["articles"], counted["by_delivery"]["publish"]) == (1, 1)
    assert counted["by_category"] == {"通知公告": 1} and counted["by_department"] == {"应急管理局": 1}
    assert town.json("queue", "list", "--state", "published")[0]["id"] == number


def test_the_count_is_the_same_after_redis_was_emptied_and_the_ledger_folded_anew(town: Town) -> None:
    numbers = [town.queue(f"第{number}期园区简报") for number in (1, 2)]
    town.approve(*numbers)
    for number in numbers:
        town.await_state(number, "published")
    before = town.tally()
    town.empty_redis()
    town.run("tally", "rebuild")
    after = town.tally()
    assert {**after, "as_of": ""} == {**before, "as_of": ""}
    assert after["articles"] == 2


def test_the_author_is_told_who_may_pass_her_post(town: Town) -> None:
    number = str(town.queue("自己审自己"))
    town.run("review", "submit", number, "--as", AUTHOR)
    refused = town.run("review", "pass", number, "--as", AUTHOR, code=1)
    assert "编辑、审核" in refused.stderr and len(refused.stderr.strip().splitlines()) == 1
    assert town.show(int(number))["state"] == "reviewing"


def test_nothing_goes_out_before_its_time_or_without_the_third_pass(town: Town) -> None:
    early = town.queue("明年的事", "正文。", "--at", "2099-01-01T09:00")
    town.approve(early)
    half = str(town.queue("只审了两次"))
    town.run("review", "submit", half, "--as", AUTHOR)
    for reviewer in REVIEWERS[:2]:
        town.run("review", "pass", half, "--as", reviewer)
    due = town.queue("现在就发")
    town.approve(due)
    town.await_state(due, "published")
    assert [item["title"] for item in town.published()] == ["现在就发"]
    assert (town.show(early)["state"], town.show(int(half))["state"]) == ("scheduled", "reviewing")


def test_an_edit_after_the_reviews_voids_them(town: Town) -> None:
    number = town.queue("改了又改", "第一稿。", "--at", "2099-01-01T09:00")
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
    refused = town.run("review", "withdraw", str(number), "--as", "zhoujianguo", "--note", "写错了", code=1)
    assert "终审" in refused.stderr
    town.run("review", "withdraw", str(number), "--as", "zhaominghua", "--note", "写错了")
    assert town.show(number)["state"] == "withdrawn"
    assert town.published() == []
    counted = town.tally()
    assert (counted["articles"], counted["withdrawn"]) == (1, 1)


def test_the_ledger_holds_the_whole_story_and_no_broken_link(town: Town) -> None:
    number = town.queue("台账里有我")
    town.approve(number)
    town.await_state(number, "published")
    with sqlite3.connect(town.home / "gongkai.db") as store:
        story = [
            kind
            for (kind,) in store.execute(
                "SELECT kind FROM ledger WHERE subject = ? ORDER BY number", [f"article:{number}"]
            )
        ]
    store.close()
    assert story == [
        "article.queued",
        "article.submitted",
        *["article.passed"] * 3,
        "article.approved",
        "article.published",
    ]
    assert "断" not in town.run("ledger", "verify").stdout


def test_all_ends_cleanly_when_asked_to(town: Town) -> None:
    assert [town.stop(name) for name in ("web", "clock", "emulator")] == [0, 0, 0]
    assert town.redis_pid() is None
