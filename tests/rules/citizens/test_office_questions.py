"""Questions about the office itself: its departments, its days, how an application stands, how to advertise a job."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.directory import Directory, DirectoryEntry, OfficeLeader
from config.holidays import HolidayTable
from content.rules.citizens import (
    department_question,
    firm_penalty_question,
    job_advert_question,
    office_days,
    progress_question,
    several_questions,
)
from content.rules.citizens.office_days import OfficeDayQuestion
from content.rules.figures.holiday_calendar import WorkCalendar

TODAY = date(2026, 9, 1)
CALENDAR = WorkCalendar(HolidayTable((), Path("/nowhere")))
TOWN = Directory(
    (
        DirectoryEntry("规划建设局", ("规建局",), duties=("路灯", "施工许可")),
        DirectoryEntry("人力资源和社会保障局", ("人社局",), duties=("失业金", "稳岗补贴")),
        DirectoryEntry("综合服务中心", ("办事大厅",)),
    ),
    (OfficeLeader("张三", "管委会主任"), OfficeLeader("李四", "副主任")),
)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("规划建设局电话", "规划建设局"), ("规建局在哪", "规划建设局"), ("请问人社局怎么联系", "人力资源和社会保障局"), ("办事大厅几点开门", "综合服务中心"),
        ("人社局电话给我一个", "人力资源和社会保障局"), ("你们规划建设局是干什么的", "规划建设局"),
    ],
)  # fmt: skip
def test_a_department_is_asked_for_in_many_words(asked: str, name: str) -> None:
    found = department_question.department(asked, TOWN)
    assert found and found.name == name


@pytest.mark.parametrize(
    "asked", ["规划建设局处罚了谁", "规划建设局2026年预算", "服务区", "财政局电话", "人社局招聘公告"]
)
def test_what_a_department_did_is_a_search(asked: str) -> None:
    assert department_question.department(asked, TOWN) is None


@pytest.mark.parametrize(
    ("asked", "name"), [("路灯归谁管", "规划建设局"), ("稳岗补贴找哪个部门", "人力资源和社会保障局"), ("谁管路灯啊", "规划建设局"), ("路灯坏了归哪个部门管", "规划建设局")]
)  # fmt: skip
def test_who_sees_to_a_matter_is_found_by_duties(asked: str, name: str) -> None:
    found = department_question.in_charge(asked, TOWN)
    assert found and found.name == name


def test_only_the_matter_itself_comes_before_a_complaint() -> None:
    assert department_question.asks_only_who("谁管路灯啊", TOWN)
    assert not department_question.asks_only_who("路灯坏了归谁管", TOWN)


@pytest.mark.parametrize(
    ("asked", "names"),
    [("主任是谁", ["张三", "李四"]), ("领导名单", ["张三", "李四"]), ("张主任电话", ["张三"]), ("王主任是哪个", []), ("书记是谁", [])],
)  # fmt: skip
def test_leaders_are_those_of_the_directory_and_nobody_else(asked: str, names: list[str]) -> None:
    found = department_question.leaders(asked, TOWN)
    assert found is not None and [leader.name for leader in found.found] == names


@pytest.mark.parametrize("asked", ["找领导", "我要见领导", "领导干部学习", "主任医师招聘"])
def test_who_wants_a_leader_or_reads_of_one_asks_for_no_list(asked: str) -> None:
    assert department_question.leaders(asked, TOWN) is None


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("今天上班吗", OfficeDayQuestion(TODAY)), ("明天你们开门不", OfficeDayQuestion(date(2026, 9, 2))), ("周六办事吗", OfficeDayQuestion(date(2026, 9, 5))),
        ("下周一办公吗", OfficeDayQuestion(date(2026, 9, 7))), ("10月8号上班吗", OfficeDayQuestion(date(2026, 10, 8))), ("国庆放几天假", OfficeDayQuestion(holiday="国庆")),
        ("过年期间还上班吗", OfficeDayQuestion(holiday="春节")), ("放假安排", OfficeDayQuestion()), ("现在有人吗", OfficeDayQuestion(TODAY, now=True)),
        ("今天你们办公室有人吗", OfficeDayQuestion(TODAY)),
    ],
)  # fmt: skip
def test_a_day_of_the_office_is_asked_for_in_many_words(asked: str, meant: OfficeDayQuestion) -> None:
    assert office_days.asked(asked, TODAY) == meant


@pytest.mark.parametrize(
    "asked", ["今天停水吗", "国庆高速免费吗", "周末接驳车有吗", "今天的公告", "上班", "星期一招聘会几点"]
)
def test_other_matters_of_a_day_are_searches(asked: str) -> None:
    assert office_days.asked(asked, TODAY) is None


def test_a_holiday_is_told_with_its_make_up_days() -> None:
    span = office_days.holiday("国庆", CALENDAR, TODAY)
    assert span is not None and span.first == date(2026, 10, 1)
    assert all(day.weekday() > 4 and CALENDAR.day(day).works for day in span.work)
    assert office_days.next_working_day(span.last, CALENDAR) == date(2026, 10, 8)


def test_where_the_notice_is_not_known_the_law_says_what_is_sure() -> None:
    assert office_days.by_law(date(2027, 1, 1)) == "元旦" and office_days.by_law(date(2027, 1, 2)) == ""
    assert office_days.first_by_law("元旦", date(2026, 12, 1)) == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("minutes", "within"), [(8 * 60, False), (9 * 60, True), (12 * 60 + 30, False), (17 * 60, True)]
)
def test_whether_somebody_is_there_now_is_told_by_the_hours(minutes: int, within: bool) -> None:
    assert office_days.is_within("工作日 9:00—12:00，14:00—17:30", minutes) is within
    assert office_days.is_within("工作日", minutes) is None


@pytest.mark.parametrize(
    "asked",
    ["公租房申请批下来没有", "我交的材料怎么还没消息", "稳岗补贴我们公司审核过了吗", "查申请进度", "营业执照办好了没", "上个月报的补贴到哪一步了",
     "我申请的信息公开办到哪了"],
)  # fmt: skip
def test_how_an_application_stands_is_asked(asked: str) -> None:
    assert progress_question.is_one(asked)


@pytest.mark.parametrize(("text", "number"), [
    ("我的申请2026-0012办好了吗", "2026-0012"), ("2026-01-02 交的申请", ""), ("电话 0591-87654321", ""), ("编号 12026-00123", ""),
])  # fmt: skip
def test_the_number_of_a_receipt_is_seen(text: str, number: str) -> None:
    assert progress_question.receipt_number(text) == number


@pytest.mark.parametrize(
    "asked",
    ["我交了材料到哪领证", "东港路工程进度", "审批要多久", "公租房怎么申请", "申请公租房要什么材料", "补贴标准"],
)
def test_how_to_apply_is_another_question(asked: str) -> None:
    assert not progress_question.is_one(asked)


@pytest.mark.parametrize(
    "asked",
    [
        "我开了个小厂,想在你们这发个招聘,怎么弄",
        "招聘信息怎么发布",
        "我们公司想招几个工人,能帮忙吗",
        "我们店想招个服务员",
        "我有个修车铺,缺个学徒",
    ],
)
def test_an_employer_asks_how_to_advertise(asked: str) -> None:
    assert job_advert_question.is_one(asked)


@pytest.mark.parametrize(
    "asked",
    [
        "有没有厂招人",
        "招聘信息",
        "发布招聘骗押金投诉",
        "想找个包住的厂",
        "饭店招服务员",
        "我们这缺水三天了",
        "我们公司招了两个应届生,能领什么补贴",
    ],
)
def test_who_looks_for_work_does_not(asked: str) -> None:
    assert not job_advert_question.is_one(asked)


def test_the_text_of_a_posting_is_seen() -> None:
    whole = "湘味小馆，招服务员两名，四千五包吃住，地址东港路8号，电话0591-85512345"
    assert job_advert_question.is_posting(whole, asked_for=False)
    assert job_advert_question.is_posting("服务员2名，月薪4500", asked_for=True)
    assert not job_advert_question.is_posting("服务员 4500", asked_for=False)
    assert job_advert_question.asked_after("只要35岁以下男的可以写吗") == ("not_allowed",)
    assert job_advert_question.asked_after("要多久能发出来,收钱吗") == ("when", "fee")


@given(st.text(max_size=60))
def test_any_text_is_held_against_all_of_them(text: str) -> None:
    department_question.department(text, TOWN)
    department_question.in_charge(text, TOWN)
    department_question.leaders(text, TOWN)
    office_days.asked(text, TODAY)
    progress_question.is_one(text)
    job_advert_question.is_one(text)


@pytest.mark.parametrize(
    ("message", "questions"),
    [
        ("孩子上幼儿园要带啥，还有接驳车几点", ["孩子上幼儿园要带啥", "接驳车几点"]),
        ("医保和暖气费怎么交", ["医保怎么交", "暖气费怎么交"]),
        ("路灯坏了，另外想问公租房怎么申请", ["路灯坏了", "公租房怎么申请"]),
        ("公租房怎么申请，要带什么材料，多少钱一个月", ["公租房怎么申请，要带什么材料，多少钱一个月"]),
        ("我是外地户口，在这打工，孩子想上小学怎么报名", ["我是外地户口，在这打工，孩子想上小学怎么报名"]),
        ("还有没有公租房", ["还有没有公租房"]),
    ],
)
def test_a_message_is_cut_into_its_questions(message: str, questions: list[str]) -> None:
    assert [part.text for part in several_questions.parts(message)] == questions


@given(st.text(max_size=2000))
def test_any_message_has_a_few_questions(message: str) -> None:
    assert 1 <= len(several_questions.parts(message)) <= several_questions.MOST


@pytest.mark.parametrize(
    ("asked", "firm"),
    [("绿源被罚了吗", "绿源"), ("丰禾食品受过处罚没有", "丰禾食品"), ("哪些厂被罚了", ""), ("我被罚款了怎么办", "")],
)
def test_one_firm_is_asked_about_or_none(asked: str, firm: str) -> None:
    assert firm_penalty_question.firm(asked) == firm
