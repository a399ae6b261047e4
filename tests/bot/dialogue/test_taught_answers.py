"""Questions teach: asked in vain, listed for staff, answered once, and the next citizen gets it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from bot.app import create_app
from bot.cli import cli
from bot.dialogue.reply_text import MAX_BYTES
from content.services.citizens import taught_answers
from content.services.office import Office
from content.store.tables import LedgerEntry, Question
from tests.bot.citizen import Citizen


@pytest.fixture
def gongkai(told: Office, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The command line of the same office, as in another process."""
    monkeypatch.setenv("GONGKAI_HOME", str(told.home))
    monkeypatch.setenv("GONGKAI_REDIS_URL", told.settings.redis_url)
    monkeypatch.setenv("GONGKAI_TEST_CLOCK", str(Path(told.settings.test_clock)))

    def run(*words: str) -> Result:
        return CliRunner().invoke(cli, words)

    return run


def listed(gongkai: Any) -> list[dict[str, Any]]:
    found = gongkai("questions", "list", "--json")
    assert found.exit_code == 0, found.stderr
    rows: list[dict[str, Any]] = json.loads(found.stdout)
    return rows


def ask_in_vain(told: Office, *texts: str) -> None:
    for number, text in enumerate(texts):
        assert "没找到" in Citizen(create_app(told).test_client(), sender=f"o{number}").says(text)


def test_what_found_nothing_is_listed_by_likeness_the_most_frequent_first(told: Office, gongkai: Any) -> None:
    ask_in_vain(told, "哪儿喂鹦鹉", "请问鹦鹉 喂", "骆驼几点睡觉", "骆驼几点睡觉？", "请问骆驼几点睡觉")
    first, *rest = listed(gongkai)
    assert (first["asked"], first["nothing_found"], first["not_opened"]) == (3, 3, 0)
    assert "骆驼几点睡觉" in first["texts"] and rest and all(row["asked"] <= 3 for row in rest)
    shown = gongkai("questions", "list").stdout
    assert "问 3 次（没找到 3，没点看 0，没帮到 0）" in shown and str(first["id"]) in shown


def test_a_list_of_which_nothing_was_picked_is_badly_answered(citizen: Citizen, gongkai: Any) -> None:
    citizen.says("公租房怎么申请")
    assert [(row["nothing_found"], row["not_opened"]) for row in listed(gongkai)] == [(0, 1)]
    citizen.says("1")
    assert listed(gongkai) == []


def test_who_was_shown_a_list_gets_what_was_taught_since_for_the_same_words(told: Office) -> None:
    running = Citizen(create_app(told).test_client(), sender="oListed")
    for asked, other in (
        ("公租房怎么申请", "公租房要什么材料"),
        ("停车费多少钱", "停车费多少钱"),
        ("几点开门", "几点开门"),
    ):
        running.says(other)
        assert "以教的为准" not in running.says(asked)
        taught_answers.answer(told, asked, text=f"以教的为准：{asked}", username="sunhao", in_words=True)
        for _ in range(2):
            assert f"以教的为准：{asked}" in running.says(asked)


def test_an_answer_reaches_the_next_who_asks_alike_in_a_running_process(told: Office, gongkai: Any) -> None:
    ask_in_vain(told, "骆驼几点睡觉", "请问骆驼几点睡觉")
    running = Citizen(create_app(told).test_client(), sender="oNext")
    assert "没找到" in running.says("骆驼几点睡觉呢")
    [group] = listed(gongkai)
    done = gongkai("questions", "answer", str(group["id"]), "--text", "晚上八点。\n<b>请早来</b>", "--as", "sunhao")
    assert done.exit_code == 0, done.stderr
    for words in ("骆驼几点睡觉", "请问骆驼几点睡觉吗？"):
        assert running.says(words) == "晚上八点。\n＜b＞请早来＜/b＞"
    assert "晚上八点" not in running.says("骆驼吃什么")
    asked = json.loads(gongkai("ask", "骆驼几点睡觉", "--json").stdout)
    assert "晚上八点" in asked["reply"]["content"]
    assert [row["text"] for row in listed(gongkai)] == ["骆驼吃什么"]


def test_a_question_in_words_can_be_answered_before_anybody_asks(citizen: Citizen, gongkai: Any) -> None:
    assert gongkai("questions", "answer", "食堂几点开门", "--text", "早上七点。", "--as", "linxiaoyu").exit_code == 0
    assert citizen.says("请问食堂几点开门") == "早上七点。"


def test_the_newer_of_two_answers_holds_and_can_be_taken_back(citizen: Citizen, gongkai: Any) -> None:
    for text in ("早上七点。", "早上八点。"):
        assert gongkai("questions", "answer", "食堂几点开门", "--text", text, "--as", "linxiaoyu").exit_code == 0
    assert citizen.says("食堂几点开门") == "早上八点。"
    guides = json.loads(gongkai("questions", "taught", "--json").stdout)
    assert gongkai("questions", "withdraw", guides[-1]["id"], "--as", "sunhao").exit_code == 0
    assert citizen.says("食堂几点开门") == "早上七点。"
    again = gongkai("questions", "withdraw", guides[-1]["id"], "--as", "sunhao")
    assert (again.exit_code, "已经停用" in again.stderr) == (1, True)


def test_citizens_word_finds_what_the_notices_call_otherwise(told: Office, gongkai: Any) -> None:
    ask_in_vain(told, "蓝领宿舍")
    [group] = listed(gongkai)
    done = gongkai("questions", "answer", str(group["id"]), "--same-as", "公共租赁住房", "--as", "sunhao")
    assert done.exit_code == 0, done.stderr
    running = Citizen(create_app(told).test_client())
    assert "园区公共租赁住房申请指南" in running.says("蓝领宿舍")
    assert [row["nothing_found"] for row in listed(gongkai)] == [0], "the new list was not opened yet"
    assert gongkai("questions", "answer", "蓝领宿舍", "--same-as", "公共租赁住房", "--as", "sunhao").exit_code == 1


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (["999", "--text", "好", "--as", "sunhao"], 1, "没有第 999 组"),
        (["食堂", "--text", " ", "--as", "sunhao"], 1, "最多"),
        (["食堂", "--text", "长" * 501, "--as", "sunhao"], 1, "最多"),
        (["问" * 61, "--text", "好", "--as", "sunhao"], 1, "短话"),
        (["？！", "--text", "好", "--as", "sunhao"], 1, "短话"),
        (["食堂", "--same-as", "食堂", "--as", "sunhao"], 1, "不一样"),
        (["食堂 几点", "--same-as", "餐厅", "--as", "nobody"], 1, "没有“nobody”"),
        (["食堂", "--as", "sunhao"], 2, "两者选一"),
        (["食堂", "--text", "好", "--same-as", "餐厅", "--as", "sunhao"], 2, "两者选一"),
    ],
)
def test_what_cannot_be_taught_is_said_in_one_line(gongkai: Any, words: list[str], code: int, why: str) -> None:
    done = gongkai("questions", "answer", *words)
    assert (done.exit_code, why in done.stderr) == (code, True), done.stderr


def test_nothing_that_citizens_wrote_enters_the_ledger(told: Office, gongkai: Any) -> None:
    ask_in_vain(told, "骆驼几点睡觉")
    [group] = listed(gongkai)
    gongkai("questions", "answer", str(group["id"]), "--text", "晚上八点。", "--as", "sunhao")
    gongkai("questions", "answer", "骆驼", "--same-as", "公租房", "--as", "sunhao")
    with told.store.read() as session:
        entries = list(session.scalars(select(LedgerEntry)))
        assert session.scalars(select(Question.asker)).first() not in (None, "", "o0")
    assert {"guide.added", "synonym.added"} <= {entry.kind for entry in entries}
    assert not any("骆驼" in entry.data + entry.subject for entry in entries)


def test_the_longest_answer_fits_a_reply(told: Office, citizen: Citizen) -> None:
    taught_answers.answer(told, "食堂几点开门", text="长" * (taught_answers.LONGEST_ANSWER // 3), username="sunhao")
    assert taught_answers.LONGEST_ANSWER <= len(citizen.says("食堂几点开门").encode()) + 2 <= MAX_BYTES


def test_a_long_story_of_a_citizen_is_no_example_for_others(told: Office, gongkai: Any) -> None:
    ask_in_vain(told, "骆驼" * 31)
    [group] = listed(gongkai)
    done = gongkai("questions", "answer", str(group["id"]), "--text", "好", "--as", "sunhao")
    assert (done.exit_code, "短话" in done.stderr) == (1, True)
