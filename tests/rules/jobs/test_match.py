"""Work that is asked for: sums, schooling, what else is said, what suits, and what is let go of when nothing does."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rules.jobs import degrees, match, pay
from content.rules.jobs.match import RELAXED, CurrentPosting, Wanted, suiting, suits
from content.rules.jobs.pay import Pay
from content.rules.jobs.posting_figures import RequiredDegree
from content.rules.language.plain_text import normalise
from content.rules.language.question_terms import Vocabulary

TODAY = date(2026, 11, 22)
WORDS = Vocabulary(removed=("请问", "有没有", "的", "吗", "我想", "哪些", "了"), light=("招聘", "职位", "岗位"))


def wanted(text: str) -> Wanted | None:
    return match.wanted(normalise(text), WORDS, TODAY)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("5000以上", Pay(5000)), ("8千以上", Pay(8000)), ("八千以上", Pay(8000)), ("八千五以上", Pay(8500)), ("一万二以上", Pay(12000)),
        ("月薪6000-8000", Pay(6000, 8000)), ("6-8千", Pay(6000, 8000)), ("6千-8千", Pay(6000, 8000)), ("8千-12000", Pay(8000, 12000)),
        ("6000到8000", Pay(6000, 8000)), ("6000~8000元", Pay(6000, 8000)), ("5k以上", Pay(5000)), ("1.2万", Pay(12000)),
        ("电工5000", Pay(5000)), ("不低于5000", Pay(5000)), ("5000元以下", Pay(0, 5000)), ("6000左右", Pay(5400, 6600)),
        ("年薪12万以上", Pay(10000)), ("日结200元", Pay(4350)), ("30元/小时", Pay(5220)), ("200元一天", Pay(4350)), ("12万以上", Pay(10000)),
        ("月薪过万", Pay(10000)), ("工资能上万的", Pay(10000)),
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
    ("text", "least", "most"),
    [("大专", 0, 3), ("本科学历", 0, 4), ("中专", 0, 2), ("高中毕业", 0, 2), ("初中", 0, 1), ("研究生", 0, 5), ("大专以上", 3, 6),
     ("本科及以上", 4, 6), ("不要学历", 0, 0), ("学历不限", 0, 0), ("没有学历", 0, 0), ("无学历要求", 0, 0)],
)  # fmt: skip
def test_schooling_is_what_the_citizen_has_unless_it_says_above(text: str, least: int, most: int) -> None:
    found, rest = degrees.asked(text)
    assert found == degrees.Degrees(RequiredDegree(least), RequiredDegree(most)) and rest == ""


@pytest.mark.parametrize("text", ["高中数学老师", "专科医院", "博士后", "初中部", "高中线上学习", "小学入学", "电工"])
def test_schools_and_their_people_are_no_degree(text: str) -> None:
    assert degrees.asked(text) == (None, text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("电工 5000以上 大专", Wanted(("电工",), pay=Pay(5000), degree=degrees.Degrees(RequiredDegree.ANY, RequiredDegree.COLLEGE))),
        ("8千以上的会计", Wanted(("会计",), pay=Pay(8000))),
        ("不要学历的普工", Wanted(("普工",), degree=degrees.Degrees(RequiredDegree.ANY, RequiredDegree.ANY), of_jobs=True)),
        ("某某公司招聘", Wanted(employer="某某公司", of_jobs=True)),
        ("江南区 焊工 月薪6000-8000", Wanted(("焊工",), place="江南区", pay=Pay(6000, 8000), of_jobs=True)),
        ("江南区焊工6000", Wanted(("焊工",), place="江南区", pay=Pay(6000))),
        ("有没有电工的工作", Wanted(("电工",), of_jobs=True)), ("找个文员的工作", Wanted(("文员",), of_jobs=True)),
        ("临江电子有限公司还招人吗", Wanted(employer="临江电子有限公司", of_jobs=True)), ("招普工吗", Wanted(("普工",), of_jobs=True)),
        ("有没有电工的活", Wanted(("电工",), of_jobs=True)), ("找个电工的活儿干", Wanted(("电工",), of_jobs=True)),
        ("附近有活干吗", Wanted(of_jobs=True)), ("有哪些岗位", Wanted(of_jobs=True)),
    ],
)  # fmt: skip
def test_what_is_wanted_is_read_out_of_the_words(text: str, meant: Wanted) -> None:
    assert wanted(text) == meant


@pytest.mark.parametrize(
    "text",
    ["公租房怎么申请", "罚款5000元", "招商政策", "幼儿园招生", "拖欠工资怎么办", "园区2025年预算", "最低工资标准", "招聘公告", "老年人的活动", "困难群众的生活", "噪音对生活干扰", "就业补贴5000元", "工作总结",
     "电工", "我在这里住了十年邻居家的狗天天叫物业不管找了社区也没用现在房租涨到5000以上请问归谁管"],
)  # fmt: skip
def test_other_questions_are_not_about_work(text: str) -> None:
    assert wanted(text) is None


FITTER = CurrentPosting(
    1, "维修电工", "临江电子有限公司", "江南片区\n临江路18号", "维修电工 三班倒", 6000, 8000, 3, date(2026, 11, 1)
)
NIGHT = CurrentPosting(2, "夜班电工", "江东食品有限公司", "江东片区", "夜班电工", 4500, 5500, 2, date(2026, 10, 1))
TALK = CurrentPosting(3, "高压电工", "临江电子有限公司", "江南片区", "高压电工", None, None, None, date(2026, 9, 1))
CLERK = CurrentPosting(4, "文员", "临江重工", "江东片区", "文员 协助电工领料", 4000, 5000, 3, date(2026, 11, 20))
ALL = [FITTER, NIGHT, TALK, CLERK]


def ids(wish: Wanted | None) -> tuple[list[int], tuple[str, ...]]:
    assert wish
    found = suiting(ALL, wish)
    return [vacancy.id for vacancy in found.vacancies], found.without


def test_what_suits_comes_best_first() -> None:
    assert ids(wanted("电工的工作")) == ([1, 2, 3, 4], ()), "the title counts more than a mention"
    assert ids(wanted("电工 5000以上 大专")) == ([1, 2], ()), "pay that begins below comes later; 面议 is no sum"
    assert ids(wanted("电工 高中")) == ([2, 3], ()), "who asks for nothing takes everybody"
    assert ids(wanted("江南区 电工 7000以上")) == ([1], ())
    assert ids(wanted("临江电子有限公司招聘")) == ([1, 3], ())


def test_when_nothing_suits_as_little_as_can_be_is_let_go_of() -> None:
    assert ids(wanted("电工 9000以上")) == ([1, 2, 3], ("pay",))
    assert ids(wanted("江东区 电工 7000以上")) == ([2], ("pay",)), "pay goes before place"
    assert ids(wanted("江北区 电工 大专")) == ([1, 2, 3], ("place",))
    assert ids(wanted("江北区 电工 9000以上")) == ([1, 2, 3], ("pay", "place"))
    assert ids(wanted("江东食品有限公司招电工 初中")) == ([2], ("degree",))
    assert ids(wanted("土星公司招聘")) == ([], ()), "something must be left that was asked for"
    assert ids(wanted("驯兽师 5000以上")) == ([], ()), "the trade is never let go of"


def test_a_word_that_is_only_mentioned_counts_only_if_it_is_about_jobs() -> None:
    assert ids(wanted("领料的工作"))[0] == [4] and ids(wanted("领料 3000以上"))[0] == []


def test_nearly_the_same_trade_is_found_and_another_is_not() -> None:
    welder, server = CurrentPosting(1, "焊工"), CurrentPosting(2, "业务员")
    assert [v.id for v in suiting([welder, server], Wanted(("电焊工",))).vacancies] == [1]
    assert suiting([server], Wanted(("服务员",), of_jobs=True)).vacancies == ()
    assert suiting([CurrentPosting(3, "做饭阿姨")], Wanted(("厨师",)), [("厨师", "做饭")]).vacancies


NUMBERS = st.one_of(st.none(), st.integers(0, 30000))
VACANCIES = st.builds(CurrentPosting, st.integers(1, 99), title=st.sampled_from(["电工", "焊工", ""]), place=st.sampled_from(["江南", "江东"]),
                      pay_low=NUMBERS, pay_high=NUMBERS, schooling=st.one_of(st.none(), st.integers(0, 6)))  # fmt: skip
WISHES = st.builds(Wanted, words=st.sampled_from([(), ("电工",)]), place=st.sampled_from(["", "江南区"]),
                   pay=st.one_of(st.none(), st.builds(Pay, st.integers(0, 20000))),
                   degree=st.one_of(st.none(), st.sampled_from([degrees.asked("大专")[0], degrees.asked("本科以上")[0]])))  # fmt: skip


@given(st.lists(VACANCIES, max_size=8), WISHES)
def test_what_is_found_suits_all_that_was_not_let_go_of(those: list[CurrentPosting], wish: Wanted) -> None:
    found = suiting(those, wish)
    left = Wanted(
        **{name: getattr(wish, name) for name in ("words", "place", "pay", "degree") if name not in found.without}
    )
    assert all(suits(vacancy, left) for vacancy in found.vacancies)
    assert set(found.without) <= set(RELAXED)
    if not found.without and found.vacancies:
        assert all(suits(vacancy, wish) for vacancy in found.vacancies)
    if found.without:
        assert not any(suits(vacancy, wish) and wish.words[0] in vacancy.title for vacancy in those if wish.words)


@given(st.text(max_size=60))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    folded = normalise(text)
    wish = wanted(text)
    assert wish is None or suiting(ALL, wish) is not None
    assert pay.asked(folded)[0] is None or (pay.asked(folded)[0] or Pay(0)).least >= 0


@given(st.integers(1000, 90000))
def test_a_sum_with_its_unit_is_always_found(amount: int) -> None:
    assert pay.asked(f"月薪{amount}元以上的电工") == (Pay(amount), "的电工") or amount >= pay.A_YEARS
