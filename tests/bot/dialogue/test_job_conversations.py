"""Conversations about work: the field that is asked for, the posting that is meant, the conditions that stay."""

from __future__ import annotations

import pytest

from content.services.office import Office
from tests.bot.dialogue.test_conversations import last


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        (("行车工", "离火车站远不远"), "算不出远近"),
        (("挡车工", "坐几路车去"), "算不出远近"),
        (("涂布操作工", "坐什么车去"), "东港路66号"),
        (("行车工", "要带什么去"), "带身份证到厂区门卫"),
        (("钳工", "要带什么去"), "没写要带什么"),
        (("月嫂", "电话多少", "第一个要带啥东西"), "带身份证到厂区门卫"),
        (("口腔医生", "提成几个点"), "没写提成"),
        (("口腔医生", "哪天发工资"), "没写哪天发工资"),
        (("钢筋工", "几号发工资"), "每月15日前发放"),
        (("客房服务员", "一天做几间"), "14至16间"),
        (("涂布操作工", "午饭管吗"), "免费午餐"),
        (("行车工", "几个人一组"), "没写"),
        (("会计员", "招普工吗", "第一个几点到几点"), "长白班"),
        (("客服 创新谷", "要不要熟手啊 我刚出来"), "经验：不限"),
        (("护士", "要几年经验呀 我才毕业"), "经验：1年以上"),
        (("前厅接待员", "多大年纪要 我四十五了"), "没写年龄要求"),
    ],
)
def test_the_field_that_is_asked_for_is_answered(park: Office, turns: tuple[str, ...], said: str) -> None:
    assert said in last(park, *turns)


def test_the_field_that_is_asked_for_stands_right_under_the_title(park: Office) -> None:
    assert last(park, "叉车", "电话多少").split("\n")[1].startswith("电话：000-")
    assert last(park, "叉车", "住的地方有没有").split("\n")[1].startswith("这条招聘里没写")


@pytest.mark.parametrize(
    "turns",
    [
        ("普工 短期", "这个是不是骗人的"),
        ("月嫂", "百顺那家正规吗"),
        ("招聘专员", "靠谱不"),
        ("冲压", "这厂可不可信"),
        ("保洁", "第二个是不是骗子公司"),
        ("护工", "会不会是黑中介"),
        ("叉车", "是真的吗"),
        ("造型工", "这工资是真的假的"),
    ],
)
def test_nobody_vouches_for_a_posting(park: Office, turns: tuple[str, ...]) -> None:
    reply = last(park, *turns)
    assert "没法替它担保" in reply and "先交钱" in reply and "企业信用信息公示" in reply


@pytest.mark.parametrize("asked", ["要不要交押金啊", "收费吗", "介绍费要吗", "要先交钱吗", "体检费谁出"])
def test_who_asks_what_it_costs_is_told_to_pay_nothing_in_advance(park: Office, asked: str) -> None:
    assert "先交钱" in last(park, "普工", asked)


def test_a_wish_for_something_reliable_is_no_doubt(park: Office) -> None:
    assert "没法替您挑" in last(park, "保洁", "稳定一点的呢")
