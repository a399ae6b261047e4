"""Conversations about work: the field that is asked for, the posting that is meant, the conditions that stay."""

from __future__ import annotations

import re

import pytest

from content.services.office import Office
from tests.bot import conversation


def last(office: Office, *turns: str) -> str:
    """The reply to the last of these turns, as it is read."""
    return re.sub("<[^>]*>", "", conversation.last(office, *turns))


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        (("行车工", "离火车站远不远"), "算不出远近"),
        (("挡车工", "坐几路车去"), "算不出远近"),
        (("涂布操作工", "坐什么车去"), "东港路66号"),
        (("行车工", "要带什么去"), "带身份证到厂区门卫"),
        (("钳工", "要带什么去"), "没写要带什么"),
        (("行车工招不招", "上班第一天要带啥东西"), "带身份证到厂区门卫"),
        (("找个挡车工的活", "离汽车站多远呀"), "算不出远近"),
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
        (("前端 创新谷", "东港那个多少钱"), "没有东港的"),
        (("滨江 服务员", "不干推销的，前台也得"), "前台 · 滨江 · 不要推销"),
        (("普工", "有没有近一点的 我住东港"), "按：普工 · 东港"),
        (("普工", "有近点的吗 我在柳林村那头"), "没有写明在“柳林村”的"),
        (("电工", "离我近的有没有，我家在北环"), "按：电工 · 北环"),
    ],
)
def test_a_refinement_keeps_the_search(park: Office, turns: tuple[str, ...], said: str) -> None:
    assert said in last(park, *turns)


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        (("药剂专业中专刚毕业，有啥我能干的",), "1. 药房发药员"),
        (("机电一体化大专毕业 想干设备",), "按：机电一体化或电工"),
        (("市场营销专业大专 刚毕业",), "大专可报 · 不要求经验"),
        (("我读大专学前教育专业的 想找份工作",), "1. 幼儿教师"),
        (("本人电商专业本科应届",), "按：电商"),
        (("暑假工有没有 包住的",), "短期工"),
        (("有没有可以在家做的兼职呀，带娃没办法坐班",), "在家做"),
        (("宝妈想在家里带娃顺便做点手工活",), "先收押金"),
        (("远程办公的程序员有吗",), "按：程序员 · 在家做或远程"),
        (("居家客服",), "客服专员（小程序）"),
        (("phd 光学膜",), "博士可报"),
        (("master degree chemistry jobs",), "硕士"),
        (("适合应届生的工作有没有",), "不要求经验"),
        (("我才毕业 想做文员",), "按：文员 · 不要求经验"),
    ],
)
def test_what_is_told_of_studies_and_conditions_counts_or_is_named(
    park: Office, turns: tuple[str, ...], said: str
) -> None:
    assert said in last(park, *turns)


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        (("护工有冇请人，五十几岁得唔得",), "1. 养老护理员"),
        (("我想问一下那个开货车的司机的工作有没有啊我有B2的照工资大概多少一个月在东港的",), "冷藏车司机"),
        (("俺想问问你们那边挡车的还要人不要俺四十多了",), "1. 细纱挡车工"),
        (("钢筋工这边还缺不缺人手我干了十来年了一天能给到多少",), "1. 钢筋工"),
        (("厨师请唔请呀 我做过大排档",), "按：厨师\n"),
        (("月嫂阿姨请不请 五十七岁 得唔得",), "按：月嫂\n"),
        (("我老公想找个开货车的工作他有B2的驾照一个月大概能给多少",), "按：开货车 B2"),
        (("叉车还招不招呀俺想去干",), "1. 叉车司机"),
        (("门卫有没有请人的 六十多了",), "没有这样的招聘"),
        (("随便啥活都干 没上过学",), "不要求学历"),
    ],
)
def test_a_question_for_work_is_known_in_dialect_and_as_it_is_spoken(
    park: Office, turns: tuple[str, ...], said: str
) -> None:
    reply = last(park, *turns)
    assert said in reply and "满 16 周岁" not in reply


@pytest.mark.parametrize(
    ("turns", "said", "lacks"),
    [
        (("宝妈，要接送娃，有没有不上夜班能双休的",), "1. 洁净车间操作员", "半天或小时工"),
        (("要接孩子放学，找个白天的活",), "按：白班", "半天或小时工"),
        (("晚上要照顾老人，只能白天上班",), "按：白班", "照顾老人 "),
        (("孩子小，周末要带，双休的有吗",), "按：双休", "入学办事"),
        (("家里有老人要照看，找个不上夜班的",), "按：不上夜班", "照看"),
        (("不上夜班 西点",), "1. 西点师", "没写班次"),
        (("不上夜班 面点",), "1. 面点工", "没写班次"),
        (("不上夜班的保育员",), "1. 保育员", "没写班次"),
        (("找个照顾老人的活",), "1. 养老护理员", "没有写明"),
        (("每天只能干到下午三点半",), "半天或小时工", "抱歉"),
    ],
)
def test_no_condition_is_made_up_and_written_hours_are_read(
    park: Office, turns: tuple[str, ...], said: str, lacks: str
) -> None:
    reply = last(park, *turns)
    assert said in reply and lacks not in reply
