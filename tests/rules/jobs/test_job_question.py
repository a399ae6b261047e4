"""What a question says of a job: sums, schooling, trade, place and employer."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rules.jobs import degrees, job_question, known_names, match, pay
from content.rules.jobs.degrees import Degrees, RequiredDegree
from content.rules.jobs.job_query import DateRange, JobQuery
from content.rules.jobs.job_question import JobQuestion
from content.rules.jobs.known_names import KnownNames
from content.rules.jobs.match import CurrentPosting
from content.rules.jobs.pay import Pay
from content.rules.language.plain_text import normalise
from content.rules.language.question_terms import Vocabulary

TODAY = date(2026, 11, 22)
WORDS = Vocabulary(removed=("请问", "有没有", "的", "吗", "我想", "哪些", "了"), light=("招聘", "职位", "岗位"))


def asked(text: str) -> JobQuestion | None:
    return job_question.asked(normalise(text), WORDS, TODAY)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("5000以上", Pay(5000)), ("8千以上", Pay(8000)), ("八千以上", Pay(8000)), ("八千五以上", Pay(8500)), ("一万二以上", Pay(12000)),
        ("月薪6000-8000", Pay(6000, 8000)), ("6-8千", Pay(6000, 8000)), ("6千-8千", Pay(6000, 8000)), ("8千-12000", Pay(8000, 12000)),
        ("6000到8000", Pay(6000, 8000)), ("6000~8000元", Pay(6000, 8000)), ("5k以上", Pay(5000)), ("1.2万", Pay(12000)),
        ("电工5000", Pay(5000)), ("不低于5000", Pay(5000)), ("5000元以下", Pay(0, 5000)), ("6000左右", Pay(5400, 6600)),
        ("年薪12万以上", Pay(10000)), ("日结200元", Pay(4350)), ("30元/小时", Pay(5220)), ("200元一天", Pay(4350)), ("12万以上", Pay(10000)),
        ("月薪过万", Pay(10000)), ("工资能上万的", Pay(10000)), ("1万5以上", Pay(15000)), ("一万二三", Pay(12000, 13000)), ("8千到1万2", Pay(8000, 12000)),
        ("到手八千", Pay(8000)), ("8000块到手", Pay(8000)), ("月入一万以上", Pay(10000)), ("年薪二十万", Pay(16667)), ("万把块", Pay(10000)), ("三百六一天", Pay(7830)),
        ("工资不能低于六千", Pay(6000)), ("低于6000的不考虑", Pay(6000)), ("月薪不要超过两万", Pay(0, 20000)), ("六千往上", Pay(6000)), ("三千五一个月", Pay(3500)),
    ],
)  # fmt: skip
def test_a_sum_is_understood_as_yuan_a_month(text: str, meant: Pay) -> None:
    assert pay.asked(normalise(text))[0] == meant


@pytest.mark.parametrize(
    "text",
    ["2025年预算", "会计 2025", "35岁以上", "3年以上", "100人以上企业", "13812345678", "500米以内", "0512-5555 0100", "12345热线", "招10人", "3号楼",
     "2000户", "马上万达影院", "收入过万人数", "过万"],
)  # fmt: skip
def test_other_numbers_are_no_pay(text: str) -> None:
    assert pay.asked(normalise(text)) == (None, normalise(text))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("哪里有包吃住的厂，学历不限那种", {"board": "both", "degree": Degrees(RequiredDegree(0), RequiredDegree(0))}),
        ("暑假想打点工，按小时算工资", {"paid_by": "hour"}),
        ("有没有带夫妻间的单位", {"board": "couple"}),
        ("双休的公司有吗", {"rest": "weekends"}),
    ],
)
def test_conditions_alone_ask_for_a_job_where_a_firm_or_a_spell_of_work_is_named(
    text: str, meant: dict[str, object]
) -> None:
    found = asked(text)
    assert found is not None and found.of_jobs
    assert {name: getattr(found.query, name) for name in found.query.conditions} == meant


def test_a_trade_that_was_typed_as_it_sounds_is_that_trade() -> None:
    found = asked("会记的工作")
    assert found is not None and found.query.words == ("会计",)


def test_a_degree_in_the_column_of_places_is_no_place() -> None:
    names = known_names.of(
        [CurrentPosting(1, "前端开发", place="成都-本科"), CurrentPosting(2, "司机", place="成都-大学城")]
    )
    assert names.places == {"成都", "大学城"}


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [("大专", 0, 3), ("本科学历", 0, 4), ("中专", 0, 2), ("高中毕业", 0, 2), ("初中", 0, 1), ("研究生", 0, 5), ("大专以上", 3, 6),
     ("本科及以上", 4, 6), ("不要学历", 0, 0), ("学历不限", 0, 0), ("没有学历", 0, 0), ("无学历要求", 0, 0)],
)  # fmt: skip
def test_schooling_is_what_the_citizen_has_unless_it_says_above(text: str, least: int, most: int) -> None:
    assert degrees.asked(text) == (Degrees(RequiredDegree(least), RequiredDegree(most)), "")


@pytest.mark.parametrize("text", ["高中数学老师", "专科医院", "博士后", "初中部", "高中线上学习", "小学入学"])
def test_schools_and_their_people_are_no_degree(text: str) -> None:
    assert degrees.asked(text) == (None, text)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("电工 5000以上 大专", JobQuery(("电工",), pay=Pay(5000), degree=Degrees(RequiredDegree.ANY, RequiredDegree.COLLEGE))),
        ("8千以上的会计", JobQuery(("会计",), pay=Pay(8000))), ("江南区焊工6000", JobQuery(("焊工",), place="江南区", pay=Pay(6000))),
    ],
)  # fmt: skip
def test_a_sum_or_a_degree_makes_few_words_a_question_about_jobs(text: str, query: JobQuery) -> None:
    assert asked(text) == JobQuestion(query, of_jobs=True)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("不要学历的普工", JobQuery(("普工",), degree=Degrees(RequiredDegree.ANY, RequiredDegree.ANY))),
        ("某某公司招聘", JobQuery(employer="某某公司")),
        ("江南区 焊工 月薪6000-8000", JobQuery(("焊工",), place="江南区", pay=Pay(6000, 8000))),
        ("月薪6000-8000的工作", JobQuery(pay=Pay(6000, 8000))),
        ("有没有电工的工作", JobQuery(("电工",))), ("找个文员的工作", JobQuery(("文员",))), ("招普工吗", JobQuery(("普工",))),
        ("临江电子有限公司还招人吗", JobQuery(employer="临江电子有限公司")),
        ("有没有电工的活", JobQuery(("电工",))), ("找个电工的活儿干", JobQuery(("电工",))),
        ("2027届毕业生能找什么工作", JobQuery(years=0)), ("不要996的会计", JobQuery(("会计",), overtime="none")), ("有没有周末兼职", JobQuery(hours="side")),
        ("附近有活干吗", JobQuery()), ("有哪些岗位", JobQuery()),
        ("最近一周的招聘", JobQuery(dates=DateRange(date(2026, 11, 16), TODAY))),
    ],
)  # fmt: skip
def test_what_is_wanted_is_read_out_of_the_words(text: str, query: JobQuery) -> None:
    assert asked(text) == JobQuestion(query, of_jobs=True)


@pytest.mark.parametrize(
    "text",
    ["公租房怎么申请", "罚款5000元", "招商政策", "幼儿园招生", "拖欠工资怎么办", "园区2025年预算", "对教师招聘的几点质疑", "你们几点上班,星期六去办事有人吗", "市长调研时检查了哪些工作", "最低工资标准", "招聘公告", "老年人的活动", "困难群众的生活", "噪音对生活干扰", "就业补贴5000元", "工作总结",
     "我在这里住了十年邻居家的狗天天叫物业不管找了社区也没用现在房租涨到5000以上请问归谁管"],
)  # fmt: skip
def test_other_questions_are_not_about_work(text: str) -> None:
    assert asked(text) is None


NAMES = KnownNames(frozenset({"东港", "滨江", "江北", "广州", "番禺"}), "东港冷链物流有限公司\n江东食品有限公司")
NONE, COLLEGE = RequiredDegree.ANY, RequiredDegree.COLLEGE


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("一万以上的工作", JobQuery(pay=Pay(10000))), ("8k 电工", JobQuery(("电工",), pay=Pay(8000))),
        ("30万年薪的工作", JobQuery(pay=Pay(25000))), ("有没有六千左右的普工", JobQuery(("普工",), pay=Pay(5400, 6600))),
        ("日结的普工", JobQuery(("普工",), paid_by="day")), ("日结200以上的普工", JobQuery(("普工",), pay=Pay(4350), paid_by="day")),
        ("小时工", JobQuery(paid_by="hour")), ("20块一小时的小时工", JobQuery(pay=Pay(3480), paid_by="hour")),
        ("东港有什么活", JobQuery(place="东港")), ("东港片区 包住 六千以上", JobQuery(place="东港片区", pay=Pay(6000), board="lodging")),
        ("广州番禺找工作", JobQuery(place="广州 番禺")), ("东港冷链招什么人", JobQuery(employer="东港冷链")),
        ("滨江大道 电工 招聘", JobQuery(("电工",), place="滨江大道")), ("东港 电工", JobQuery(("电工",), place="东港")),
        ("包吃住的工作", JobQuery(board="both")), ("管吃管住 普工", JobQuery(("普工",), board="both")), ("包吃的工作", JobQuery(board="meals")),
        ("双休 文员", JobQuery(("文员",), rest="weekends")), ("有没有不上夜班的工作", JobQuery(shift="no-night")),
        ("长白班 普工", JobQuery(("普工",), shift="day")), ("夜班 保洁", JobQuery(("保洁",), shift="night")),
        ("三年经验 电工", JobQuery(("电工",), years=3)), ("没经验的工作", JobQuery(years=0)), ("干了5年电工 找工作", JobQuery(("电工",), years=5)),
        ("应届 大专 招聘", JobQuery(degree=Degrees(NONE, COLLEGE), years=0)),
    ],
)  # fmt: skip
def test_each_condition_is_read_out_of_the_words(text: str, query: JobQuery) -> None:
    found = job_question.asked(normalise(text), WORDS, TODAY, names=lambda: NAMES)
    assert found is not None and found.query == query


@pytest.mark.parametrize(
    "text", ["47岁 女 小学 招聘", "四十七岁女小学文化找工作", "女 47岁 小学文化 能干啥", "我今年47岁，女，小学没毕业，能做什么工作", "招聘 47岁左右 女的 小学"]
)  # fmt: skip
def test_who_somebody_is_is_no_condition_and_schooling_is_what_a_job_may_ask_for(text: str) -> None:
    found = asked(text)
    assert found is not None and found.query == JobQuery(degree=Degrees(NONE, NONE))


@pytest.mark.parametrize(
    "text", ["双休日图书馆开放吗", "宿舍区噪音扰民", "东港 停车场收费", "夜班公交噪声", "滨江大道"]
)
def test_conditions_within_other_words_are_none(text: str) -> None:
    found = job_question.asked(normalise(text), WORDS, TODAY, names=lambda: NAMES)
    assert found is None or found.is_doubtful


@given(st.text(max_size=60))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    folded = normalise(text)
    asked(text)
    found, rest = pay.asked(folded)
    assert (rest == folded) if found is None else pay.LIKELY[0] <= (found.most or found.least) <= pay.LIKELY[1]


@given(st.integers(1000, 90000))
def test_a_sum_with_its_unit_is_always_found(amount: int) -> None:
    assert pay.asked(f"月薪{amount}元以上的电工") == (Pay(amount), "的电工")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("深圳有工作没", "深圳"),  # nobody is hiring there
        ("四川招司机吗", "四川"),
        ("我是河南人，想去成都做司机", "成都"),
        ("从贵州来的，找司机", ""),
        ("老家是成都的，找司机", "成都"),  # somebody is hiring there
        ("成都大学招司机吗", ""),
    ],
)
def test_any_city_is_a_place_and_where_somebody_comes_from_is_none(text: str, place: str) -> None:
    names = known_names.of([CurrentPosting(1, "司机", place="成都-武侯区")])
    found = job_question.asked(normalise(text), WORDS, TODAY, names=lambda: names)
    assert found is not None and found.query.place == place


def test_a_province_is_all_its_cities() -> None:
    posting = CurrentPosting(1, "司机", place="成都-武侯区")
    assert match.suits(posting, JobQuery(place="四川")) and not match.suits(posting, JobQuery(place="湖南"))
