"""What is no question to the notices: danger, complaints that one tap hands over, matters of other offices, small talk."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from bot.cli import cli
from bot.dialogue.router import consult
from bot.wechat.messages import Text
from content.services.citizens import letters, question_log
from content.services.office import Office
from content.store.tables import LetterMessage, Question
from tests import world
from tests.bot.citizen import Citizen

HAND_OVER = "转给工作人员"


@pytest.fixture(autouse=True)
def memory_is_up(told: Office) -> None:
    """Redis is there before the first message, which else may be answered without it."""
    assert told.redis.client.ping()


def later(office: Office, by: timedelta) -> None:
    Path(office.settings.test_clock).write_text((world.NOON + by).isoformat())


def kept(office: Office) -> list[tuple[str, str]]:
    with office.store.read() as session:
        return [(row.origin, row.text) for row in session.scalars(select(LetterMessage).order_by(LetterMessage.id))]


def questions(office: Office) -> list[tuple[str, bool]]:
    question_log.bring_in(office)
    with office.store.read() as session:
        return [(row.text, row.answered) for row in session.scalars(select(Question))]


def test_danger_is_told_whom_to_call_and_staff_see_it(citizen: Citizen, told: Office) -> None:
    answer = citizen.says("楼道里着火了")
    assert "119" in answer and "不是报警台" in answer
    assert HAND_OVER not in answer and "/d/" not in answer and "/j/" not in answer
    assert kept(told) == [("危险：着火", "楼道里着火了")]
    assert questions(told) == []


def test_what_follows_a_danger_and_has_no_answer_stays_with_it(citizen: Citizen) -> None:
    citizen.says("家里煤气味很重，闻着头晕")
    answer = citizen.says("已经跑到楼下了，然后呢")
    assert "119" in answer and "请现在就打" in answer and HAND_OVER in answer
    assert "预算" in citizen.says("今年的预算")


def test_danger_breaks_into_a_letter_and_leaves_it_open(citizen: Citizen, told: Office) -> None:
    citizen.says("人工")
    assert "119" in citizen.says("着火了")
    assert "补充的话也转过去了" in citizen.says("在三号楼")
    assert [text for _, text in kept(told)] == ["着火了", "在三号楼"]


def test_danger_does_not_begin_to_listen(citizen: Citizen) -> None:
    citizen.says("着火了")
    assert "园区公共租赁住房申请指南" in citizen.says("公租房怎么申请")


def test_a_complaint_is_handed_over_by_one_tap_word_for_word(citizen: Citizen, told: Office) -> None:
    answer = citizen.says("厂里拖欠工资三个月了，一分没给！")
    assert "12333" in answer and HAND_OVER in answer and "/j/" not in answer
    assert kept(told) == []
    receipt = citizen.says(HAND_OVER)
    assert "编号 1" in receipt and "三个月了" in receipt
    assert [text for _, text in kept(told)] == ["厂里拖欠工资三个月了，一分没给！"]
    assert "园区公共租赁住房申请指南" in citizen.says("公租房怎么申请"), "the next message is a question again"


def test_a_complaint_while_writing_to_a_person_goes_into_the_letter(citizen: Citizen, told: Office) -> None:
    citizen.says("人工")
    assert "已经转给工作人员" in citizen.says("老板拖欠工资")
    assert kept(told) == [("", "老板拖欠工资")]


def test_what_was_typed_is_forgotten_when_the_citizen_leaves(citizen: Citizen, told: Office) -> None:
    citizen.says("厂里拖欠工资三个月了")
    assert list(told.redis.client.scan_iter("gongkai:typed:*"))
    citizen.does("unsubscribe")
    assert not list(told.redis.client.scan_iter("gongkai:typed:*"))


def test_what_was_typed_is_kept_ten_minutes(citizen: Citizen, told: Office) -> None:
    citizen.says("厂里拖欠工资三个月了")
    [key] = told.redis.client.scan_iter("gongkai:typed:*")
    assert 590 <= told.redis.client.ttl(key) <= 600
    told.redis.client.delete(key)
    assert "请把要说的事写给我" in citizen.says(HAND_OVER)


def test_progress_is_shown_and_the_last_message_taken_back(citizen: Citizen, told: Office) -> None:
    assert "没有正在等回复的留言" in citizen.says("查进度")
    assert "没有可以撤回的留言" in citizen.says("撤回")
    citizen.says("厂里拖欠工资三个月了")
    citizen.says(HAND_OVER)
    assert "厂里拖欠工资三个月了" in citizen.says("我的留言")
    assert "已撤回" in citizen.says("撤回")
    assert letters.listing(told) == []
    assert "没有正在等回复的留言" in citizen.says("查进度")


def test_staff_see_where_a_message_came_from(citizen: Citizen, told: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    citizen.says("着火了")
    citizen.says("厂里拖欠工资三个月了")
    citizen.says(HAND_OVER)
    monkeypatch.setenv("GONGKAI_HOME", str(told.home))
    monkeypatch.setenv("GONGKAI_REDIS_URL", told.settings.redis_url)
    shown = CliRunner().invoke(cli, ["letters", "list"]).output
    assert "群众（危险：着火）：着火了" in shown
    assert "群众（点“转给工作人员”）：厂里拖欠工资三个月了" in shown


def test_a_matter_of_another_office_is_told_who_does_it(citizen: Citizen, told: Office) -> None:
    answer = citizen.says("身份证丢了要去哪")
    assert "公安派出所" in answer and "/j/" not in answer
    assert questions(told) == [("身份证丢了要去哪", True)]


@pytest.mark.parametrize("said", ["[微笑]", "😀😀", "滚", "哈哈哈", "【收到不支持的消息类型，暂无法显示】"])
def test_small_talk_is_answered_and_is_no_question(citizen: Citizen, told: Office, said: str) -> None:
    answer = citizen.says(said)
    assert answer and "没找到" not in answer and "/d/" not in answer and said not in answer
    assert questions(told) == []


@pytest.mark.parametrize("question", ["公积金怎么提取", "厂里拖欠工资三个月了", "消防安全检查有没有着火"])
def test_the_kind_of_a_message_changes_the_reply_and_no_ranking(
    told: Office, question: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ranked = [result.ref for result in consult(told, question, world.NOON).results]
    monkeypatch.setattr("content.rules.citizens.triage.classify", lambda *_: None)
    turn = consult(told, question, world.NOON)
    assert isinstance(turn.reply, Text)
    assert ranked == [result.ref for result in turn.results]


def test_what_goes_on_from_an_answer_is_told_by_itself_and_another_matter_is_not(citizen: Citizen) -> None:
    first = citizen.says("手被机器压断了，人在医院")
    assert "120" in first
    for asked, told in (("厂里不给报", "您自己可以报"), ("要什么材料", "诊断证明"), ("医药费谁出", "工伤保险付")):
        answer = citizen.says(asked)
        assert told in answer and "伤得重请先" not in answer and HAND_OVER in answer
    assert "派出所" in citizen.says("居住证要什么材料")


@pytest.mark.parametrize("said", ["打了没人接", "你们是不是踢皮球", "打过12345没用", "一直没人管"])
def test_who_got_nowhere_with_a_complaint_is_told_another_way(citizen: Citizen, said: str) -> None:
    citizen.says("楼下工地半夜还在施工，吵得睡不着")
    answer = citizen.says(said)
    assert "信访" in answer and "12388" in answer and HAND_OVER in answer


def test_a_pipe_at_home_is_no_explosion(citizen: Citizen) -> None:
    assert "总阀" in citizen.says("家里水管爆了")
    assert "由供水公司修" in citizen.says("谁来修")


@pytest.mark.parametrize("since", ["我已经转咗三千", "钱转过去了", "给他打了"])
def test_money_that_went_to_a_swindler_is_urgent_and_not_only_noted(citizen: Citizen, since: str) -> None:
    citizen.says("有人打电话说我医保卡被盗刷，要我把钱转到安全账户")
    told = citizen.says(since)
    assert "110" in told and "96110" in told and "银行" in told and "止付" in told


def test_who_threatens_a_worker_over_his_wage_is_no_husband(citizen: Citizen) -> None:
    citizen.says("老板拖我三个月工资不给")
    told = citizen.says("他说再闹就打我")
    assert "110" in told and "12333" in told and "留着" in told
    assert "孩子" not in told and "12338" not in told


@pytest.mark.parametrize("since", ["我没钱 也没地方住", "他还打我 我没地方去", "我不敢回家"])
def test_who_is_beaten_and_has_no_place_to_sleep_is_told_of_shelter(citizen: Citizen, since: str) -> None:
    citizen.says("我老公又打我了")
    told = citizen.says(since)
    assert "庇护" in told and "救助管理站" in told and "110" in told and "12338" in told


def test_a_card_is_nobody_who_is_stuck(citizen: Citizen) -> None:
    assert "119" not in citizen.says("老人卡在哪里办")
    assert "119" in citizen.says("老人卡在电梯里了")
    assert "119" not in citizen.says("要带什么材料")
