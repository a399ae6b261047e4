"""Adverts of work: what they must tell, and conditions that they must not set; measured."""

from __future__ import annotations

import pytest

from content.rules.checks import job_conditions, job_elements
from content.rules.checks.finding import BODY, CheckFinding, Passage, Severity

UNLAWFUL: dict[str, list[str]] = {
    "sex": [
        "招女性收银员2名",
        "仅限男性",
        "限女",
        "性别：男",
        "男士优先",
        "岗位要求：女性，25-35岁",
        "招聘男保安5名",
        "适合女性",
        "文员（女）",
        "男3名，女2名",
        "要求女性，大专以上学历",
        "保洁员，限男性",
    ],
    "ethnicity": ["限汉族", "汉族优先", "不招少数民族", "民族：汉", "维吾尔族除外", "须为汉族"],
    "race": ["不招黑人", "限白人外教", "有色人种勿扰"],
    "religion": ["无宗教信仰", "信教者勿扰", "要求不信教，无任何宗教信仰"],
    "disability": ["无残疾", "身体健康，无残障", "残疾人除外", "四肢健全"],
    "rural": ["不招农民工", "限城镇户口", "要求非农业户口", "农村户口免谈"],
    "family": [
        "已婚已育优先",
        "未婚",
        "限未婚女性",
        "两年内不得怀孕",
        "已育者优先",
        "孕妇勿扰",
        "婚姻状况：已婚",
        "合同期内不得生育",
    ],
    "carrier": ["无乙肝", "乙肝携带者除外", "无传染病"],
    "charge": [
        "须交押金500元",
        "押金500元，离职退还",
        "入职需缴纳服装押金200元",
        "工作服押金：三百元",
        "服装费自理",
        "服装费、培训费由员工自行承担",
        "岗前培训费每人800元",
        "收取培训费300元",
        "要交保证金",
        "上岗前先交风险金1000元",
        "交500元工装押金",
        "培训费从工资中扣",
        "需预付中介费",
        "入职收取建档费50元",
    ],
    "papers": ["入职扣押身份证", "身份证原件由公司保管", "须押毕业证原件", "上班期间扣留身份证原件", "用身份证作抵押"],
    "exam_fee": ["体检费自理", "报名费100元", "体检费用由本人承担"],
    "age": ["年龄35周岁以下", "18-45岁", "年龄：45岁以内", "40岁以下", "1990年1月1日以后出生", "五十周岁以下"],
    "household": ["限本市户籍", "本地户口优先", "户籍要求：临江市", "本地人优先", "具有临江市户口"],
}
LAWFUL = [
    "男女不限",
    "性别不限，民族不限",
    "不得设置性别、民族等歧视性条件",
    "用人单位不得因性别拒绝录用妇女",
    "女职工产假98天",
    "残疾人优先",
    "招聘会设女性专场服务台",
    "妇女之家",
    "年满18周岁",
    "18周岁以上",
    "工龄3年以上",
    "三年以上工作经验",
    "身体健康",
    "本科及以上学历",
    "月薪5000-8000元",
    "招聘普工20名，包食宿",
    "少数民族优先",
    "退役军人优先",
    "户籍不限，外地人包住宿",
    "负责男女更衣室保洁",
    "婚假、产假按国家规定",
    "服从安排，能倒班",
    "年龄不限",
    "持电工证",
    "有驾照，熟悉本地路况",
    "限前30名报名者",
    "男装销售员",
    "女装设计师2名",
    "幼儿园教师",
    "缴纳五险一金",
    "工作地点：临江市经开区",
    "有无经验均可",
    "不收押金，不收任何费用",
    "免押金入住宿舍",
    "无押金",
    "服装费、培训费全免",
    "培训费由公司承担",
    "公司报销体检费200元",
    "培训费补贴500元",
    "凡要求交押金500元的都不要去，请举报",
    "谨防以押金、培训费为名的诈骗，一个人骗走押金2000元",
    "不得要求应聘者缴纳押金300元",
    "负责投标保证金的缴纳与退回",
    "办理履约保证金5万元",
    "负责收取租金、押金",
    "熟悉保证金业务",
    "携带身份证原件及复印件",
    "需提交身份证、毕业证复印件",
    "不押身份证",
    "不扣押任何证件",
    "负责培训费用预算",
    "年培训费用预算100万元",
    "交通费、住宿费自理",
    "学历、年龄、户籍均不限",
    "每年免费体检",
    "提供夫妻房",
    "未成年人勿扰",
    "禁止发布含有性别歧视的招聘信息",
    "企业用工需求1300人",
    "已有86家企业报名",
    "退休返聘亦可",
]
QUERIES = {"age", "household", "exam_fee"}
FULL = ("临江机械有限公司招聘电工3名。负责设备维护。要求持电工证。月薪6000元，五险一金。工作地点：科技路9号。"
        "有意者带简历面试，电话0591-83812345。")  # fmt: skip
ADVERTS = [
    "临江机械公司招聘电工3名",
    "诚聘：前厅接待",
    "园区企业急聘焊工",
    "临江市环卫处公开招聘工作人员公告",
    "某某幼儿园招聘保育员",
    "招聘|临江农商行2026年社会招聘",
    "本周招聘信息",
    "就业岗位表（11月）",
]
NO_ADVERTS = [
    "2026年公开招聘工作人员拟聘用人员公示",
    "招聘会11月28日举行",
    "稳岗补贴政策问答",
    "关于公开招聘面试成绩的公告",
    "新春送岗：86户企业开出1300个岗位",
    "警惕招聘骗局",
    "我市举办秋季招聘会",
    "公共实训基地招标公告",
    "三季度就业情况通报",
]
TALK = "招聘岗位：电工，报名请带简历，应聘者面试，待遇5000元/月"


def conditions(text: str, *, is_advert: bool = True) -> list[CheckFinding]:
    return list(job_conditions.find([Passage(BODY, text)], is_advert=is_advert))


def missing(text: str) -> list[CheckFinding]:
    return list(job_elements.find([Passage(BODY, text)]))


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in UNLAWFUL.items() for text in texts])
def test_a_condition_is_found_with_its_source(kind: str, text: str) -> None:
    found = next(each for each in conditions(text) if each.rule.name == f"condition.{kind}")
    assert found.rule.severity is (Severity.QUERY if kind in QUERIES else Severity.ERROR)
    assert ("第" in found.rule.why or "号" in found.rule.why) and found.rule.advice
    assert text[found.start : found.start + len(found.words)] == found.words


@pytest.mark.parametrize("text", LAWFUL)
def test_what_an_advert_may_say_is_left_alone(text: str) -> None:
    assert not conditions(text)


def test_a_column_of_a_table_is_a_condition_but_not_in_a_list_of_people() -> None:
    cell = Passage(BODY, "男", "表格第 2 行第 3 列", "", "性别要求", "岗位 人数 性别要求")
    assert [each.rule.name for each in job_conditions.find([cell], is_advert=True)] == ["condition.sex"]
    listed = Passage(BODY, "男", "表格第 2 行第 2 列", "", "性别", "姓名 性别 准考证号")
    assert not list(job_conditions.find([listed], is_advert=True))


def test_outside_adverts_only_paragraphs_about_hiring_are_looked_at() -> None:
    assert not conditions("体检对象限女性，35岁以上。", is_advert=False)
    assert conditions("某厂招聘普工，限男性。", is_advert=False)


@pytest.mark.parametrize("title", ADVERTS)
def test_an_advert_is_known(title: str) -> None:
    assert job_elements.is_advert(title=title, category="", text=TALK)


@pytest.mark.parametrize("title", NO_ADVERTS)
def test_news_results_and_policies_about_work_are_no_adverts(title: str) -> None:
    assert not job_elements.is_advert(title=title, category="jyzp", text=TALK)


@pytest.mark.parametrize(
    ("left_out", "names"),
    [("临江机械有限公司", ["employer"]), ("3名", ["headcount"]), ("负责设备维护。", ["duties"]), ("要求持电工证。", ["conditions"]),
     ("月薪6000元，", ["pay"]), ("工作地点：科技路9号。", ["place"]), ("，五险一金", ["benefits"]),
     ("有意者带简历面试，电话0591-83812345。", ["apply", "phone", "process"])],
)  # fmt: skip
def test_what_an_advert_does_not_tell_is_named(left_out: str, names: list[str]) -> None:
    assert not missing(FULL)
    assert [each.rule.name for each in missing(FULL.replace(left_out, ""))] == [f"job.{name}" for name in names]


def test_what_is_missing_is_only_asked() -> None:
    found = missing("本周新岗位")
    assert found and {each.rule.severity for each in found} == {Severity.QUERY}
