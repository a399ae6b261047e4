"""What is asked about the list or the item that was shown a moment ago."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from content.rules.follow_ups import own_words
from content.services.office import Office
from tests import world
from tests.bot.citizen import Citizen


@pytest.fixture(autouse=True)
def memory_is_up(told: Office) -> None:
    """Redis is there before the first message, which else may be answered without it."""
    assert told.redis.client.ping()


def later(office: Office, by: timedelta) -> None:
    Path(office.settings.test_clock).write_text((world.NOON + by).isoformat())


@pytest.mark.parametrize("asked", ["要带什么材料", "那要带什么材料？", "什么时候", "怎么申请", "电话多少", "多少钱"])
def test_a_question_without_a_subject_is_about_what_was_shown(citizen: Citizen, asked: str) -> None:
    citizen.says("公租房怎么申请")
    answer = citizen.says(asked)
    assert "公共租赁住房申请指南" in answer and "打开全文" in answer


@pytest.mark.parametrize("asked", ["工资多少", "地址在哪", "包住吗", "这个电话多少", "怎么报名"])
def test_of_a_posting_its_own_facts_are_told_not_the_offices(citizen: Citizen, asked: str) -> None:
    citizen.says("维修电工")
    assert "看详情和联系方式" in citizen.says(asked)


def test_the_item_that_was_opened_is_meant(listed: Citizen) -> None:
    second = listed.says("2")
    assert listed.says("电话多少").split("\n")[0] == second.split("\n")[0]


def test_after_ten_minutes_nothing_is_meant(citizen: Citizen, told: Office) -> None:
    citizen.says("公租房怎么申请")
    later(told, timedelta(minutes=11))
    assert "打开全文" not in citizen.says("什么时候")


def test_a_list_of_jobs_is_refined(citizen: Citizen) -> None:
    citizen.says("电工")
    answer = citizen.says("5000以上的")
    assert "按：" in answer and "5000元以上" in answer


def test_a_correction_is_a_new_question(citizen: Citizen) -> None:
    citizen.says("维修电工")
    assert "公共租赁住房申请指南" in citizen.says("不是这个，我问的是公租房")


def test_another_is_asked_for_in_many_words(listed: Citizen) -> None:
    assert "接着往下看" in listed.says("还有别的吗")


@pytest.mark.parametrize("text", ["公租房怎么申请", "幼儿园报名", "电工", "招聘", "公积金"])
def test_a_question_with_a_subject_is_no_follow_up(text: str) -> None:
    assert own_words.of(text)


@pytest.mark.parametrize("said", ["包住吗", "那第一个呢", "全文", "几险几金"])
def test_what_is_asked_of_a_job_in_everyday_words(citizen: Citizen, said: str) -> None:
    citizen.says("维修电工")
    assert "看详情和联系方式" in citizen.says(said)


def test_the_page_before_is_shown_again_under_its_numbers(citizen: Citizen) -> None:
    first = citizen.says("招聘")
    citizen.says("更多")
    assert citizen.says("上一页").split("\n")[1] == first.split("\n")[1]
    assert "最前面" in citizen.says("上一页")


def test_a_condition_is_let_go_of_in_words(citizen: Citizen) -> None:
    assert "5000元以上" in citizen.says("电工 5000以上")
    assert "5000元以上" not in citizen.says("去掉5000以上")


def test_conditions_that_follow_a_list_of_jobs_belong_to_it(citizen: Citizen) -> None:
    citizen.says("找工作")
    assert "5000元以上" in citizen.says("五千以上就行")
    assert "电工 · 5000元以上" in citizen.says("电工")


@pytest.mark.parametrize(
    "asked", ["收钱不", "得等多久嘛", "能养鸟不", "咋个申请", "外省的可以不", "押金退不退", "有啥限制没"]
)
def test_a_short_question_stays_with_what_was_shown(citizen: Citizen, asked: str) -> None:
    citizen.says("公租房怎么申请")
    answer = citizen.says(asked)
    assert "公共租赁住房申请指南" in answer and "打开全文" in answer and "没找到" not in answer


def test_where_the_item_is_silent_that_is_said_with_whom_to_ask(citizen: Citizen) -> None:
    citizen.says("公租房怎么申请")
    answer = citizen.says("能养鸟不")
    assert "没有查到说这一点的话" in answer and "转给工作人员" in answer and "“" not in answer.split("打开全文")[0]


@pytest.mark.parametrize("asked", ["管饭不", "咋个应聘", "可以远程不", "啷个联系"])
def test_a_short_question_after_jobs_stays_with_them(citizen: Citizen, asked: str) -> None:
    citizen.says("维修电工")
    assert "看详情和联系方式" in citizen.says(asked)


def test_the_entry_of_a_number_is_asked_of(listed: Citizen) -> None:
    second = listed.says("2").split("\n")[0]
    listed.says("1")
    assert listed.says("第二个电话多少").split("\n")[0] == second


def test_jobs_are_compared_by_what_is_known_of_them(citizen: Citizen) -> None:
    citizen.says("招聘")
    answer = citizen.says("哪个离车站近一点")
    assert "自己比一比" in answer and "1. " in answer


def test_another_trade_after_jobs_is_no_wish_for_a_person(citizen: Citizen) -> None:
    citizen.says("维修电工")
    assert "转给工作人员了" not in citizen.says("那客服呢")


def test_a_question_after_a_guide_goes_on_from_it(citizen: Citizen) -> None:
    guide = citizen.says("老板拖着工资不发")
    assert "12333" in guide
    papers, first = citizen.says("要带啥去"), citizen.says("要多大岁数")
    assert "考勤" in papers and "没有登载" not in papers
    assert "没有登载" in first and "12333" in first and "转给工作人员" in first


def test_a_new_subject_leaves_what_was_shown(citizen: Citizen) -> None:
    citizen.says("维修电工")
    assert "公共租赁住房申请指南" in citizen.says("公租房申请条件")
    assert "身份证" in citizen.says("身份证丢了在哪补")


@pytest.mark.parametrize("said", ["算了", "算了吧"])
def test_who_lets_it_be_is_let_go(citizen: Citizen, said: str) -> None:
    citizen.says("公租房怎么申请")
    assert citizen.says(said).startswith("好的")


def test_how_to_end_is_told_to_who_wants_no_more(citizen: Citizen) -> None:
    assert "退订" in citizen.says("我不想看了怎么取消")
