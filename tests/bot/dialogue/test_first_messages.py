"""First messages as strangers write them: what the notices hold comes first, and nothing of another matter beside it."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from bot.demo import demo_data as demo
from bot.dialogue import router
from bot.wechat.messages import Message, Text
from content.services.office import Office
from tests import world


def said(office: Office, text: str) -> str:
    reply = router.consult(office, text, office.clock.now()).reply
    assert isinstance(reply, Text)
    return reply.content


@pytest.mark.parametrize(
    "text", ["冷库那边味道好冲，好几个人眼睛睁不开，怕是漏氨了", "着火了", "地震了，我们在三楼往哪里跑"]
)
def test_danger_is_answered_though_nothing_else_works(tmp_path: Path, text: str) -> None:
    office = Office(world.settings(tmp_path / "home"))  # no store, no index
    try:
        reply = router.take(office, Message("text", fields={"Content": text}), now=world.NOON).reply
    finally:
        office.close()
    assert isinstance(reply, Text)
    assert "119" in reply.content and "/d/" not in reply.content


@pytest.mark.parametrize("unit", ["1", "，还有"])
def test_an_endless_message_costs_no_more_than_a_long_one(park: Office, unit: str) -> None:
    def cost(length: int) -> float:
        text = (unit * length)[:length]
        begun = time.process_time()
        said(park, text)
        return time.process_time() - begun

    cost(100)
    long, endless = (min(cost(length) for _ in range(2)) for length in (4_000, 32_000))
    assert endless < 8 * long + 0.2


def test_what_is_said_at_the_end_of_an_endless_message_is_heard(park: Office) -> None:
    assert "119" in said(park, "我先说说别的。" * 3000 + "厂房着火了，里面还有人")


@pytest.mark.parametrize(
    ("text", "holds", "lacks"),
    [
        ("本科毕业两年在园区上班，想住人才公寓，一居室多少钱", "600元", "/j/"),
        ("上夜班的，接驳车凌晨还有没有", "接驳车线路和时刻表", "/j/"),
        ("明年的医保几号之前要交", "2026年9月25日至12月31日", "征地"),
        ("申请信息公开可以打电话申请吗", "暂不受理电话申请", "号码"),
        ("失业登记在几号窗口", "6号窗口", "1620元"),
        ("小孩2022年9月出生的能上小班吗", "/d/", "没有看到标明"),
        ("我的退休金这个月咋还没到账", "12333", "/d/"),
        ("我是晚报记者，想约个采访，找谁对接", "采访", "/d/"),
        ("买房补贴", "没找到", "/d/"),
        ("今年新招用了一批人，政府有补助吗", "稳岗扩岗", "没找到"),
        ("租标准厂房有补贴没", "租金补贴实施细则", "您是不是想问"),
        ("管委会今年预算总共多少钱", "/d/", "18.50万元"),
        ("刚毕业，有没有实习或者见习的岗位", "就业见习岗位公告", "没有这样的招聘"),
        ("隔壁饭馆油烟太大，熏得睡不了", "生态环境", "本号不是报警台"),
        ("小区里有辆无牌的破车 占车位好久了", "僵尸车", "房东"),
        ("您好，在吗？", "您好", "只会查"),
        ("不给我答复，去哪告", "行政复议", "没找到"),
        ("我在车间手被机器轧了，老板不认账", "工伤", "工资、加班费"),
        ("公租房怎么申请，另外接驳车几点发车", "接驳车线路和时刻表", "没找到"),
        ("绿源被罚了吗", "未按规定使用污染防治设施", "未如实记录"),
        ("丰禾食品受过处罚没有", "没有写到“丰禾食品”", "/d/"),
        ("江湾街", "是个地名", "没找到"),
        ("生小孩的钱怎么领", "12393", "/d/"),
        ("给我个活人电话", "12345", "没找到"),
        ("公租房要带什么材料，一个月多少钱", "户口簿", "没找到"),
    ],
)  # fmt: skip
def test_what_is_asked_is_what_is_answered(park: Office, text: str, holds: str, lacks: str) -> None:
    answer = said(park, text)
    assert holds in answer and lacks not in answer


def test_a_story_is_answered_by_the_question_at_its_end(park: Office) -> None:
    story = (
        "你好，我在园区的纺织厂做了六年挡车工，九月份厂里订单少了就把我们一个班组都辞退了，也没给赔偿金，我老公身体不好在家，"
        "两个孩子读书，房租都快交不起了，我就想问问像我这样的能不能领到失业金"
    )
    answer = said(park, story)
    assert answer.index("失业登记和失业保险金申领指南") < answer.index("12333")


def test_a_complaint_tells_the_department_of_our_own(park: Office) -> None:
    file = park.home / "directory.toml"
    shutil.copy(demo.DATA / "directory.toml", file)
    try:
        assert "生态环境局，电话 000-85500105" in said(park, "楼下的厂半夜两三点还轰隆隆的，老人睡不着")
        assert "社会事务局" in said(park, "管低保的是哪个部门，电话多少")
        assert "中午不休息" in said(park, "服务大厅周六开门吗")
    finally:
        file.unlink()
