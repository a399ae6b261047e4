"""What citizens ask in their own words leads to the right item of a small office."""

from __future__ import annotations

import json
import random
from datetime import date
from pathlib import Path

import pytest

from content.services.answers import notice_search
from content.services.notices import notice_import
from content.services.office import Office

TEXTS = {
    "rent": (
        "标准厂房租金补贴实施细则",
        "承租园区标准厂房的企业，按季度申报租金补贴，由招商合作局审核后拨付。",
        "临园办〔2026〕13号",
    ),
    "rent_old": ("标准厂房租金补贴办法", "租金补贴按年度申报。", "临园办〔2024〕13号"),
    "budget": ("2026年部门预算公开", "收入支出总表及编制说明。", ""),
    "accounts": ("2025年度部门决算公开", "2026年公开。决算数比预算数减少，预算执行率百分之九十八。", ""),
    "housing": ("公共租赁住房申请指南", "家庭收入符合条件的，可到社会事务局申请，三十日内答复。", ""),
    "water": ("计划停水通告", "因管网改造，八月六日临江大道停水八小时，请储水备用。", ""),
    "school": ("随迁子女入学指南", "随迁子女凭居住证和务工证明入学，七月报名。", ""),
    "noise": ("噪声投诉办理情况通报", "收到噪声投诉十二件，均已办结。", ""),
}
JOBS = {"electrician": ("维修电工", "负责厂区设备维修，持证上岗。"), "driver": ("叉车司机", "仓库装卸，两班倒。")}


@pytest.fixture
def stocked(office: Office, tmp_path: Path) -> Office:
    """An office with eight disclosures and two postings."""
    texts = [
        {"key": key, "title": title, "body": body, "document_no": number}
        for key, (title, body, number) in TEXTS.items()
    ]
    texts[1]["status"] = "废止"
    jobs = [
        {"key": key, "title": title, "description": text, "employer": "临江机械有限公司"}
        for key, (title, text) in JOBS.items()
    ]
    for kind, rows in (("disclosure", texts), ("posting", jobs)):
        file = tmp_path / f"{kind}.jsonl"
        file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
        notice_import.import_file(office, kind, file)
    return office


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("请问厂房的租金补贴怎么领？", "rent"),
        ("公租房怎么申请", "housing"),  # a synonym
        ("孩子上学要办什么", "school"),  # two synonyms
        ("什么时候停水啊", "water"),
        ("ＴＩＮＧ 停水", "water"),
        ("2026年预算", "budget"),  # the other names both words, this one's title says it
        ("临园办（2026）第13号", "rent"),
        ("临园办[2024]13号", "rent_old"),
        ("有没有电工的活", "electrician"),
        ("想找一份开叉车的工作", "driver"),
        ("临江机械招电工吗", "electrician"),
        ("投诉噪声的结果", "noise"),
    ],
)
def test_a_question_leads_to_its_item(stocked: Office, question: str, key: str) -> None:
    found = [result.key for result in notice_search.rank(stocked, question, 3)]
    assert key in found[:1] or (key == "rent_old" and found[-1] == key)


@pytest.mark.parametrize("question", ["世界杯谁赢了", "今晚吃啥", "hello", "你是谁", "讲个笑话吧"])
def test_small_talk_finds_nothing(stocked: Office, question: str) -> None:
    assert notice_search.rank(stocked, question) == []


@pytest.mark.parametrize("question", ["您好青山道路改造在哪办", "帮我看看青山道路改造能补办吗", "道路改造咋整"])
def test_words_that_no_notice_has_do_not_hide_what_every_notice_has(
    office: Office, tmp_path: Path, question: str
) -> None:
    rows = [{"key": str(number), "title": f"青山第{number}批道路改造公告"} for number in range(300)]
    file = tmp_path / "roads.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    notice_import.import_file(office, "disclosure", file)
    found = notice_search.rank(office, question, 3)
    assert len(found) == 3 and notice_search.fits(office, question, found)


def test_who_asks_for_a_title_gets_it_however_many_others_speak_of_it(office: Office, tmp_path: Path) -> None:
    chance = random.Random(7)
    places = ["临江", "东湖", "青山", "白沙", "和平", "新华"]
    matters = ["道路改造", "政府采购", "部门预算", "招聘教师", "养老服务", "行政处罚"]
    about = [f"{place}{matter}" for place in places for matter in matters]
    rows = [
        {"key": f"{number}", "title": f"关于{matter}的公告",
         "body": "".join(f"有关{chance.choice(places)}{chance.choice(matters)}的事项请见附件，" for _ in range(30))}
        for number, matter in enumerate(about * 6)
    ]  # fmt: skip
    file = tmp_path / "notices.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    notice_import.import_file(office, "disclosure", file)
    for matter in about:
        found = [result.title for result in notice_search.rank(office, f"请问{matter}在哪里看", 3)]
        assert f"关于{matter}的公告" in found, matter


def test_of_two_that_say_the_same_the_newer_comes_first_but_never_before_a_better_one(
    office: Office, tmp_path: Path
) -> None:
    years = [
        {"key": str(year), "title": f"{year}年信息公开工作年度报告", "published_on": f"{year + 1}-01-20"}
        for year in range(2020, 2026)
    ]
    years += [{"key": "undated", "title": "信息公开工作年度报告"}]
    years += [{"key": "new", "title": "关于报送年度报告的通知", "published_on": "2026-11-20"}]
    file = tmp_path / "years.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in years), encoding="utf-8")
    notice_import.import_file(office, "disclosure", file)
    found = [result.key for result in notice_search.rank(office, "信息公开工作年度报告", today=date(2026, 11, 22))]
    dated = [key for key in found if key.isdigit()]
    assert dated == sorted(dated, reverse=True) and len(dated) == 6
    assert found.index("new") > found.index("2025")
    assert notice_search.rank(office, "2021年信息公开工作年度报告", today=date(2026, 11, 22))[0].key == "2021"


def test_a_question_about_jobs_brings_postings_first(stocked: Office) -> None:
    kinds = [result.kind for result in notice_search.rank(stocked, "有什么工作岗位在招聘")]
    assert kinds[:2] == ["posting", "posting"]


def test_a_job_that_only_mentions_it_stands_behind_a_disclosure_on_it(office: Office, tmp_path: Path) -> None:
    rows = {
        "disclosure": [{"key": "air", "title": "第三季度环境质量状况", "body": "区域噪音达标。空气优良，水质稳定，噪音投诉见附表。"}],
        "posting": [
            {"key": "weaver", "title": "细纱挡车工", "description": "车间噪音大，噪音岗位有补贴，投诉渠道畅通。"},
            {"key": "measurer", "title": "噪音检测员", "description": "会用仪器。", "employer": "静安检测公司"},
        ],
    }  # fmt: skip
    for kind, some in rows.items():
        file = tmp_path / f"{kind}.jsonl"
        file.write_text("\n".join(json.dumps(row) for row in some), encoding="utf-8")
        notice_import.import_file(office, kind, file)
    assert notice_search.rank(office, "噪音投诉渠道")[0].key == "air"
    assert notice_search.rank(office, "噪音检测")[0].key == "measurer", "that is what the job is about"
    assert notice_search.rank(office, "静安检测公司")[0].key == "measurer", "that is who offers it"
    assert notice_search.rank(office, "岗位有补贴")[0].key == "weaver", "no disclosure says nearly as much"


def test_the_same_question_gets_the_same_answer(stocked: Office) -> None:
    first = notice_search.rank(stocked, "租金补贴")
    first.clear()  # what a caller does with its list is its own affair
    assert notice_search.rank(stocked, "租金补贴") == notice_search.rank(stocked, "租金补贴") != []


def test_scores_fall_from_first_to_last_among_what_is_in_force(stocked: Office) -> None:
    scores = [result.score for result in notice_search.rank(stocked, "公开申请指南") if result.status == "有效"]
    assert scores == sorted(scores, reverse=True) and len(scores) > 1
