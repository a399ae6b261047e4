"""Conversations about work: the field that is asked for, the posting that is meant, the conditions that stay."""

from __future__ import annotations

import pytest

from content.services.office import Office
from tests.bot.conversation import last


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


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        (("东港有没有招人的", "理货员那个晚上要干到几点"), "晚班20时至次日4时"),
        (("北环有什么厂招人", "印刷那个一个月拿多少钱"), "印刷机长\n工资：8000"),
        (("有B2驾照开货车", "那个洗扫车的晚上几点上班"), "22:00至次日5:00"),
        (("高中毕业 东港那边", "那个查管网的要什么学历"), "管网巡查员\n学历：高中"),
        (("创新谷招人吗", "数联那家的客服学历要求"), "客服专员（小程序）"),
        (("滨江的工作", "晨星那个厨师休几天"), "食堂厨师"),
        (("中专毕业 药剂专业", "有药士证的话能拿多少"), "4800—5800"),
        (("保洁", "造型工那个要多少人"), "造型工\n人数"),
        (("叉车", "月嫂那个收费吗"), "月嫂\n"),
        (("北环的", "惠康那家招几个人"), "惠康门诊部"),
    ],
)
def test_a_posting_named_by_its_words_is_found_beyond_what_is_shown(
    park: Office, turns: tuple[str, ...], said: str
) -> None:
    assert said in last(park, *turns)


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        (("焊工", "不要流水线的，工地也中"), "按：焊工或工地 · 不要流水线"),
        (("叉车 6000以上", "不倒班的，仓库也行"), "按：叉车或仓库 · 6000元以上 · 不上夜班"),
        (("客服 创新谷", "文员的也看看"), "按：客服或文员 · 创新谷"),
        (("东港 普工", "那北环呢"), "北环"),
        (("保洁 滨江", "换成厨师"), "按：厨师 · 滨江"),
        (("创新谷 客服", "那不打电话推销的有吗"), "按：客服 · 创新谷 · 不要"),
        (("滨江 服务员", "不干推销的，前台也得"), "前台 · 滨江 · 不要推销"),
        (("普工", "有没有近一点的 我住东港"), "按：普工 · 东港"),
        (("普工", "有近点的吗 我在柳林村那头"), "没有写明在“柳林村”的"),
        (("电工", "离我近的有没有，我家在北环"), "按：电工 · 北环"),
    ],
)
def test_a_refinement_keeps_the_search(park: Office, turns: tuple[str, ...], said: str) -> None:
    assert said in last(park, *turns)
