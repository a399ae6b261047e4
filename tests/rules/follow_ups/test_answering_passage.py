"""The passage of an item that answers a short question about it: what is asked, of what it is asked, or nothing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rules.follow_ups import answering_passage, application_term

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


ACCOUNTS = (
    "一、收支情况。收入总计12103.46万元，其中拨款9208.71万元。支出11669.26万元，其中基本支出4188.53万元。\n"
    "二、“三公”经费支出36.82万元，完成预算42.00万元的87.67%。其中用车25.64万元，公务接待费11.18万元。\n三、运行经费572.36万元，比上年减少18.90万元。"
)
HELP = (
    "一、一次性扩岗补助。净增5人以上的，按每人1000元给予补助。\n二、带教补贴。每带教1人每月补贴300元。\n"
    "三、说明。第一次申报已受理63户，经审核拨付58户、补贴资金268.4万元。\n四、时间。11月2日至11月20日，到窗口申报。"
)
SCHOOL = (
    "一、小区配套园。业主子女的报名时间为4月26日至4月28日，带房产证到现场。\n"
    "二、其他幼儿园。适龄儿童的报名时间为5月19日至5月22日，网上报名。报名长期有效的除外。未按时提供证明材料的，取消录取资格。"
)


@pytest.mark.parametrize(
    ("body", "question", "said", "not_said"),
    [
        (ACCOUNTS, "三公经费花了多少", "36.82万元", "用车"),
        (ACCOUNTS, "支出是多少", "支出11669.26万元", "三公"),
        (HELP, "补贴一般补多少", "每人1000元", "268.4"),
        (HELP, "补贴一般补多少", "每月补贴300元", "268.4"),
        (SCHOOL, "几月几号报名", "5月19日", "取消"),
        ("收费标准：每平方米21元。\n一户2000平方米的，共42000元。", "一平米多少钱", "每平方米21元", "共42000"),
        ("期限3至6个月。报名长期有效，招满为止。", "报名到什么时候", "招满为止", "3至6"),
        ("异味主要来自破碎车间。该公司前期已被处罚，并责令改正。", "查出啥了", "破碎车间", "没有"),
        ("一年认证一次。逾期未认证的，暂停发放待遇。", "不认证会停吗", "暂停发放", "一年"),
    ],
)
def test_the_sentence_is_of_what_is_asked_and_no_neighbour(body: str, question: str, said: str, not_said: str) -> None:
    answer = found(body, question)
    assert said in answer and not_said not in answer


def test_a_change_of_another_sum_is_not_told() -> None:
    assert found(ACCOUNTS, "跟前年比呢", before="三公经费花了多少") == ""


@pytest.mark.parametrize(
    ("question", "today", "ended"),
    [
        ("怎么申请", date(2026, 12, 1), date(2026, 11, 20)),
        ("要什么材料", date(2026, 12, 1), date(2026, 11, 20)),
        ("怎么申请", date(2026, 11, 20), None),
        ("补多少", date(2026, 12, 1), None),
    ],
)
def test_whoever_asks_how_to_apply_hears_that_the_term_is_over(question: str, today: date, ended: date | None) -> None:
    assert application_term.ended(HELP, question, published_on=date(2026, 10, 29), today=today) == ended
    assert application_term.ended(HELP + SCHOOL, "怎么申请", published_on=date(2026, 1, 2), today=today) != date(
        2026, 5, 22
    )


SCHOOL = (
    "具有本市户籍的适龄儿童，于5月7日至11日登录报名系统报名。\n非本市户籍的适龄儿童，于5月11日至15日登录报名系统民办模块报名。\n"
    "港澳居民随迁子女于6月2日登录报名系统报名。"
)
HIRED = "起报人数 新招10人 净增5人\n“净增用工”怎么算？以企业上年12月参保人数为基数，申报当月人数减去基数即为净增人数。"


@pytest.mark.parametrize(
    ("body", "question", "said", "unsaid"),
    [
        (SCHOOL, "非广州户口怎么报名", "民办模块", "具有本市户籍"),
        (SCHOOL, "外地户口几号报名", "5月11日至15日", "5月7日"),
        (HIRED, "怎么算净增", "为基数", "起报人数"),
        (GRANT, "证是去年9月拿的还行吗", "12个月内", "1500元"),
    ],
)
def test_what_is_quoted_is_of_who_asks_and_of_what_is_asked(body: str, question: str, said: str, unsaid: str) -> None:
    passages = found(body, question)
    assert said in passages and unsaid not in passages
