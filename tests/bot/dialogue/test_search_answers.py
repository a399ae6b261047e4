"""What a question gets: the sentence that says it, what may be meant, and never a padded list."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.app import create_app
from bot.cli import cli
from bot.dialogue.router import consult
from content.services.citizens import question_log
from content.services.office import Office
from content.store.tables import Question
from tests import world
from tests.bot.citizen import Citizen

UNHELPED, HAND_OVER = "没帮到我", "转给工作人员"


def reply(park: Office, text: str) -> str:
    return str(getattr(consult(park, text, park.clock.now()).reply, "content", ""))


def links(said: str) -> int:
    return said.count("/d/") + said.count("/j/")


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("防汛值班电话是多少", "000-85500119"),
        ("见习补贴一个月多少钱", "2100元"),
        ("柳林拆迁补了多少钱一平", "4500元"),
        ("供热什么时候开始", "11月15日"),
    ],
)
def test_the_sentence_that_answers_comes_first_then_the_link(park: Office, question: str, quoted: str) -> None:
    said = reply(park, question)
    assert said.startswith("《") and quoted in said.split("全文和相关的")[0] and "/d/" in said.split("全文和相关的")[1]


def test_a_term_that_has_passed_is_told(park: Office) -> None:
    assert "已经过了" in reply(park, "幼儿园报名什么时候")


def test_two_matters_in_one_question_are_both_answered(park: Office) -> None:
    said = reply(park, "我想问公租房和人才公寓有什么区别")
    assert "公共租赁住房申请指南" in said and "人才公寓" in said


def test_no_job_stands_in_a_list_of_disclosures(park: Office) -> None:
    said = reply(park, "幼儿园报名要什么材料")
    assert "2026年秋季幼儿园招生报名指南" in said and "/j/" not in said


def test_what_only_may_be_meant_is_offered_as_that_with_a_hand_over(park: Office) -> None:
    said = reply(park, "我公司有二十多个人今年没有裁过员稳岗的钱能拿到多少")
    assert "您是不是想找" in said and "稳岗" in said and HAND_OVER in said and 1 <= links(said) <= 3


def test_politeness_and_story_do_not_hide_what_is_asked(park: Office) -> None:
    said = reply(park, "您好打扰了，我妈在江湾社区住，想请问一下公租房申请要什么条件，谢谢您了")
    assert "公共租赁住房申请指南" in said


def test_nothing_related_is_refused_with_one_tap_to_staff(park: Office) -> None:
    said = reply(park, "量子纠缠蒸馏塔")
    assert "没找到" in said and links(said) == 0 and HAND_OVER in said


def test_pinyin_of_a_word_with_an_answer_of_its_own_gets_that(park: Office) -> None:
    assert (
        "电话" in reply(park, "dianhua")
        and "没找到" not in reply(park, "dianhua")
        and links(reply(park, "dianhua")) == 0
    )


def test_a_clause_with_an_answer_of_its_own_is_found_in_a_longer_message(park: Office) -> None:
    assert "办公时间" in reply(park, "你们几点上班，我腿脚不好想先打听清楚")


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("9月份办了多少许可", "2026年9月行政许可办理结果公示"),
        ("第三季度安全生产", "第三季度安全生产隐患排查治理情况通报"),
        ("上半年预算执行", "临江工业园区2026年上半年预算执行情况"),
        ("前三季度重点项目", "2026年前三季度重点建设项目进展情况"),
    ],
)
def test_a_period_in_a_title_counts_before_the_day_of_publication(park: Office, question: str, title: str) -> None:
    said = reply(park, question)
    assert title in said.split("\n")[1] and "没有" not in said.split("\n")[0]


@pytest.mark.parametrize("question", ["上个月发了什么", "上个月你们发了什么文件", "上礼拜都发了啥"])
def test_what_came_out_then_is_listed(park: Office, question: str) -> None:
    assert "公开" in reply(park, question).split("\n")[0] and links(reply(park, question)) > 0


@pytest.mark.parametrize(
    "story",
    [
        "楼上那户把洗衣机放阳台上，一甩干我们家吊灯就晃，说了几次都当耳旁风",
        "我给人家看了一个月的店，走的时候他说我弄丢了货，一分不给还要我赔",
    ],
)
def test_a_story_gets_no_jobs_and_one_tap_to_staff(park: Office, story: str) -> None:
    said = reply(park, story)
    assert HAND_OVER in said and "/j/" not in said and "123" in said


def test_a_tap_says_that_an_answer_did_not_help_and_staff_see_which(
    citizen: Citizen, told: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert UNHELPED in citizen.says("公租房怎么申请")
    answer = citizen.says(UNHELPED)
    assert "没帮上" in answer and HAND_OVER in answer and "公租房怎么申请" in answer
    assert "编号" in citizen.says(HAND_OVER)
    [row] = answers(told, monkeypatch)
    assert row["unhelped"] == 1 and row["offered"] == 1 and row["title"] == "园区公共租赁住房申请指南"
    [group] = json.loads(command(told, monkeypatch, "questions", "list", "--json"))
    assert group["unhelped"] == 1
    assert "没帮到 1" in command(told, monkeypatch, "questions", "answers")


def test_a_tap_without_a_question_before_it_harms_nothing(told: Office) -> None:
    answer = Citizen(create_app(told).test_client(), sender="ofresh").says(UNHELPED)
    assert "没帮上" in answer and HAND_OVER not in answer


def test_an_answer_of_its_kind_can_be_said_not_to_help(
    citizen: Citizen, told: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert UNHELPED in citizen.says("厂里拖欠工资三个月了") and UNHELPED not in citizen.says("着火了")
    citizen.says("厂里拖欠工资三个月了")
    citizen.says(UNHELPED)
    rows = answers(told, monkeypatch)
    assert [(row["ref"], row["unhelped"]) for row in rows] == [("guide:欠薪", 1)]


def test_questions_keep_when_an_answer_did_not_help(citizen: Citizen, told: Office) -> None:
    citizen.says("公租房怎么申请")
    citizen.says(UNHELPED)
    question_log.bring_in(told)
    with told.store.read() as session:
        [question] = session.query(Question).all()
        assert question.unhelped_at == world.NOON and question.opened_at is None


def answers(told: Office, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(command(told, monkeypatch, "questions", "answers", "--json"))
    return rows


def command(told: Office, monkeypatch: pytest.MonkeyPatch, *words: str) -> str:
    monkeypatch.setenv("GONGKAI_HOME", str(told.home))
    monkeypatch.setenv("GONGKAI_TEST_CLOCK", str(Path(told.settings.test_clock)))
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 0, done.stderr
    return done.stdout
