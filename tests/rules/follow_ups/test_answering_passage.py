"""The passage of an item that answers a short question about it: what is asked, of what it is asked, or nothing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rules.follow_ups import answering_passage

TODAY = date(2026, 11, 22)
HEALTH = (
    "一、谁来缴。户籍居民都可以参加。\n二、什么时候缴。集中缴费期为9月25日至12月31日，错过的补缴后有三个月等待期。\n"
    "三、缴多少钱。个人每人每年400元。低保对象个人缴160元。\n四、怎么缴。在手机银行办理，也可以到社区服务站刷卡。\n咨询电话：000-85500108。"
)
GRANT = (
    "取得证书之日起12个月内，登录政务服务网申请。10个工作日内审核完毕，公示5个工作日后发放到本人账户。\n"
    "中级1500元，高级2000元。暂不受理电话申请。窗口全程不收费。违反规定怎么办？首次以提醒为主，不设罚款项目。"
)
ALLOWANCE = "2025年1月起，护理补贴每人每月280元。\n根据《通知》要求，2026年1月起，护理补贴每人每月290元。"
BENEFIT = (
    "需要申请材料如下：\n1.身份证复印件；\n2.租赁合同；\n受理时间\n2026年3月1日至3月20日，在一楼窗口提出申请。\n"
    "续租的，合同期满前3个月提出申请。\n领取期间死亡的，遗属凭证明材料申请抚恤金。\n公办小学315个、民办小学248个，每生每年5000元。"
)
LINES = "1号线早班6:50发车，末班20:30。\n3号线早班7:00发车，末班18:30。周末停运。"


def found(body: str, question: str, before: str = "") -> str:
    passages = answering_passage.find(body, question, before=before, published_on=None, today=TODAY)
    return " ".join(passage.text for passage in passages)


@pytest.mark.parametrize(
    ("body", "question", "said"),
    [
        (HEALTH, "一个人交多少", "每人每年400元"),
        (HEALTH, "低保户要交吗", "160元"),
        (HEALTH, "几号之前要交完啊", "12月31日"),
        (HEALTH, "错过了怎么办", "三个月等待期"),
        (HEALTH, "怎么交", "手机银行"),
        (HEALTH, "电话多少", "000-85500108"),
        (GRANT, "多久到账", "5个工作日后发放"),
        (GRANT, "高级工能领多少", "2000元"),
        (GRANT, "可以打电话申请吗", "暂不受理电话申请"),
        (GRANT, "要收费吗", "不收费"),
        (GRANT, "罚多少钱", "不设罚款"),
        (ALLOWANCE, "护理补贴一个月多少钱", "290元"),
        (ALLOWANCE, "去年是多少", "280元"),
        (LINES, "3号线末班几点", "18:30"),
        (LINES, "周六开吗", "周末停运"),
        (BENEFIT, "要带什么材料", "2.租赁合同"),
        (BENEFIT, "怎么申请", "一楼窗口"),
        (BENEFIT, "公办小学多少个", "公办小学315个"),
        (HEALTH, "怎么交，要多少钱", "400元"),
    ],
)
def test_what_is_asked_is_quoted(body: str, question: str, said: str) -> None:
    assert said in found(body, question)


@pytest.mark.parametrize(
    ("body", "question"),
    [
        (HEALTH, "多久到账"),
        (GRANT, "能养猫吗"),
        (GRANT, "租金多少"),
        (GRANT, "退休的能领吗"),
        (LINES, "5号线末班几点"),
        ("总投资4386.72万元。", "要不要钱"),
        ("中标通知书发出之日起30日内签合同。", "多久能给我答复"),
        ("新增泊位400个，全部免费。", "罚多少钱"),
    ],
)
def test_a_figure_of_something_else_is_no_answer(body: str, question: str) -> None:
    assert found(body, question) == ""


def test_two_things_that_are_asked_at_once_are_both_told() -> None:
    said = found(HEALTH, "交多少 几号截止")
    assert "400元" in said and "12月31日" in said


@given(st.text(max_size=2000), st.sampled_from(["什么时候", "多少钱", "猫可以吗", "怎么申请", "多久到账"]))
def test_what_is_quoted_stands_in_the_text(body: str, question: str) -> None:
    for passage in answering_passage.find(body, question, published_on=None, today=TODAY):
        assert all(part in body for part in passage.text.strip("…").split("…"))
