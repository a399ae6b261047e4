"""The passage that most likely answers: what only one passage says, in the words of speech, and what figures it holds."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rules.follow_ups import answering_passage, figures_asked, likely_passage, own_words
from content.rules.language import plain_text

TODAY = date(2026, 11, 22)
FLAT = (
    "1.谁来申请？由单位统一申请，个人不能直接办理。2.能不能养宠物？公寓禁止饲养大型犬和禽类。3.换了工作怎么办？由新单位办理变更。\n"
    "申请表在一楼8号窗口领取，咨询电话000-85500108。"
)
LAND = "土地补偿费每亩5.8万元。青苗补偿：粮食作物每亩1500元，蔬菜每亩3200元；果树按株评定。\n权利人持权属证书到居民委员会登记。"
ELDERS = (
    "第三条 市老龄工作机构负责组织、协调、指导优待工作，核准、制发老年人优待凭证。\n"
    "第六条 年满60周岁不满65周岁的老年人持优待凭证乘坐公共汽车和轨道交通，享受半价优惠。\n65周岁以上老年人持优待凭证免费享受前款优待。\n"
    "第九条 医疗机构、银行等服务单位应当为老年人专设服务窗口。\n"
    "第十三条 老年人可以通过居住地的街道政务服务中心向区老龄工作机构申领优待凭证。\n个人在申领、续期、补办优待凭证时，应当提供有效证件，并签署承诺书。\n"
    "第十四条 任何单位和个人不得买卖、伪造老年人优待凭证。"
)
WORK = "（二）非因本人意愿中断就业的，包括以下情形：\n1.劳动合同期满。\n4.用人单位主动解除劳动合同。\n（三）已经办理失业登记，并有求职要求的。"
BIRTH = (
    "a.病历资料：职工住院生育的，提供医疗机构盖章的出院记录；职工门诊生育的，提供门诊病历。怀孕未满4个月的，应提供休假意见。\n"
    "b.《信息采集表》\n职工可通过手机应用办理。"
)
RENT = "家庭收入准入限额基准为家庭年人均收入49952 元。\n家庭租金超出该家庭月收入的15％的，租金可按月收入的15％计算，但是低于按项目租金标准的10％的，按较高标准计租。"


def asked(body: str, question: str) -> str:
    folded = plain_text.normalise(question)
    found = answering_passage.find(body, folded, published_on=None, today=TODAY)
    return " ".join(passage.text for passage in found)


def likely(body: str, question: str) -> str:
    found = likely_passage.find(body, plain_text.normalise(question), published_on=None, today=TODAY)
    return found.text if found else ""


@pytest.mark.parametrize(
    ("body", "question", "said"),
    [
        (FLAT, "能养狗吗", "大型犬"),
        (LAND, "苗钱另算不 种的白菜", "蔬菜每亩3200元"),
        (ELDERS, "我66岁了 坐公交要唔要钱", "65周岁以上老年人持优待凭证免费"),
        (ELDERS, "六十二岁坐地铁收钱不", "享受半价优惠"),
    ],
)
def test_spoken_words_and_figures_find_the_sentence(body: str, question: str, said: str) -> None:
    assert said in likely(body, question)


@pytest.mark.parametrize(
    ("body", "question", "said", "not_said"),
    [
        (ELDERS, "张卡点样办", "街道政务服务中心", "负责组织"),
        (ELDERS, "要带咩", "有效证件", "不得买卖"),
        (WORK, "自己辞职的可以吗", "非因本人意愿", "失业登记"),
        (BIRTH, "要什么材料", "《信息采集表》", "手机应用"),
        (RENT, "收入低于多少才能申请", "49952", "15％"),
    ],
)
def test_what_a_citizen_has_to_do_is_quoted_and_no_duty_or_ban(
    body: str, question: str, said: str, not_said: str
) -> None:
    assert said in asked(body, question) and not_said not in asked(body, question)


def test_nothing_is_quoted_where_no_passage_says_a_word_of_it() -> None:
    assert likely(FLAT, "停车位一个月多少钱") == "" and likely(LAND, "有没有班车") == ""


@pytest.mark.parametrize(
    ("question", "folded", "fits"),
    [
        ("62岁", "年满60周岁不满65周岁的", True),
        ("65岁", "年满60周岁不满65周岁的", False),
        ("七十岁", "65周岁以上老年人", True),
        ("8吨货车", "禁止5吨以上货车通行", True),
        ("早上七点半", "7:00至8:30、17:00至18:30", True),
        ("下午五点半", "7:00至8:30、17:00至18:30", True),
    ],
)
def test_a_figure_is_held_against_the_spans_of_a_sentence(question: str, folded: str, fits: bool) -> None:
    assert (figures_asked.worth(question, folded) > 0) is fits


@given(st.text(max_size=60), st.text(max_size=200))
def test_any_text_gets_a_figure(question: str, folded: str) -> None:
    assert isinstance(figures_asked.worth(plain_text.normalise(question), plain_text.normalise(folded)), float)
    assert isinstance(own_words.in_writing(question), tuple)
