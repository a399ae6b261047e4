"""Guides, document numbers, dates, work, places and cards, as a citizen meets them."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.dialogue import router
from bot.dialogue.answers.cards import in_words
from bot.dialogue.reply_text import MAX_BYTES, gaps
from bot.dialogue.router import consult, take
from bot.dialogue.turn import ListedItem, Recall, Scene
from bot.wechat.messages import Message, News, Nothing, Text
from config import reference
from content.services.citizens import taught_answers
from content.services.notices.notice_import import import_file
from content.services.office import Office
from tests import world
from tests.bot.citizen import Citizen
from tests.bot.platform_side import message, read

BUDGETS = [
    {"key": f"b{year}", "title": f"临江工业园区{year}年部门预算公开", "published_on": f"{year}-02-10", "body": "收支预算总表。"}
    for year in (2024, 2025, 2026)
] + [
    {"key": f"f{year}", "title": f"临江工业园区{year}年度部门决算公开", "published_on": f"{year + 1}-09-10", "body": "收支决算总表。"}
    for year in (2023, 2024, 2025)
]  # fmt: skip
PAPERS = [
    {"key": "n13", "title": "人才公寓管理办法", "document_no": "渝府办〔2025〕13号", "published_on": "2025-05-01", "body": "人才公寓怎么住。"},
    {"key": "n14", "title": "关于人才公寓租金的通知", "document_no": "渝府办〔2025〕14号", "published_on": "2025-06-01", "body": "执行渝府办〔2025〕13号。"},
    {"key": "m13", "title": "停车收费标准", "document_no": "渝财〔2025〕13号", "published_on": "2025-07-01", "body": "每小时五元。"},
    {"key": "pic", "title": "滨江公园导览图", "document_no": "渝建〔2026〕7号", "published_on": "2026-11-18", "body": "公园导览。",
     "attachments": [{"name": "导览图.jpg", "url": "https://www.linjiang.example.cn/map.jpg"}]},
]  # fmt: skip
JOBS: list[dict[str, Any]] = [
    {"key": "w1", "title": "电焊工", "employer": "临江重工有限公司", "salary": "6000-8000元/月", "area": "江南片区", "degree": "不限",
     "published_on": "2026-11-20", "lat": 29.56, "lng": 106.55},
    {"key": "w2", "title": "会计", "employer": "江东食品有限公司", "salary": "8千-1万/月", "area": "江东片区", "degree": "大专",
     "published_on": "2026-11-10", "lat": 29.60, "lng": 106.60},
    {"key": "w3", "title": "出纳会计", "employer": "临江重工有限公司", "salary": "面议", "area": "江南片区", "degree": "本科",
     "published_on": "2026-08-10"},
    {"key": "w4", "title": "普工", "employer": "江东食品有限公司", "salary": "200元/天", "area": "江东片区", "published_on": "2026-11-12",
     "lat": 31.2, "lng": 121.4},
]  # fmt: skip


@pytest.fixture
def rich(told: Office, citizen: Citizen, tmp_path: Path) -> Citizen:
    """A citizen of an office that has budgets of many years, numbered papers and jobs with places."""
    for kind, rows in (("disclosure", [*BUDGETS, *PAPERS]), ("posting", JOBS)):
        file = tmp_path / f"rich {kind}.jsonl"
        file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
        import_file(told, kind, file)
    return citizen


def titles(answer: str) -> list[str]:
    return re.findall(r'^\d\. <a href="[^"]+">([^<]+)</a>', answer, re.MULTILINE)


def test_a_guide_answers_with_what_the_office_has_written(citizen: Citizen, told: Office) -> None:
    assert "还没有登在这里" in citizen.says("你们在哪里？") and "msgmenucontent=%E4%BA%BA%E5%B7%A5" in citizen.says(
        "电话多少"
    )
    (told.home / "office.toml").write_text('address = "临江路1号<b>"\nphone = "0512-5555 0100"\n')
    answer = citizen.says("请问你们的地址")
    assert "地址：临江路1号＜b＞\n" in answer and "0512-5555 0100" in answer and "邮编" not in answer
    assert "第二十九条" in citizen.says("怎么申请公开") and "/apply" in citizen.says("依申请公开")


def test_each_part_of_a_question_about_the_office_is_answered(citizen: Citizen, told: Office) -> None:
    (told.home / "office.toml").write_text(
        'address = "临江路1号"\nphone = "0512-5555 0100"\nhours = "工作日 8:30—12:00"\n'
    )
    answer = citizen.says("你们几点上班，礼拜六开不开门，地址在哪")
    assert "8:30" in answer and "周六" in answer and answer.count("地址：临江路1号") == 1
    assert "0512-5555 0100" in citizen.says("眼睛看不清，不会弄这个，有没有电话可以打")
    assert "转给工作人员" in citizen.says("能不能加你们微信") and "公租房" not in citizen.says("能不能加你们微信")


def test_the_offices_own_guides_are_said_and_a_broken_file_harms_nobody(citizen: Citizen, told: Office) -> None:
    file = told.home / "guides.toml"
    file.write_text('[[guide]]\nname = "食堂"\nwords = ["食堂"]\nanswer = "{office}的食堂在一楼，{help}"\n')
    assert citizen.says("食堂在哪") != "" and citizen.says("食堂").startswith("本单位的食堂在一楼")
    file.write_text("[[guide")
    assert "还没有登在这里" in citizen.says("地址")


def test_an_answer_follows_the_files_that_the_operator_edits(citizen: Citizen, told: Office) -> None:
    assert "还没有登在这里" in citizen.says("地址")
    (told.home / "office.toml").write_text('address = "临江路1号"\n')
    assert "临江路1号" in citizen.says("地址")
    (told.home / "guides.toml").write_text('[[guide]]\nname = "地址"\nwords = ["地址"]\nanswer = "已经搬家。"\n')
    assert citizen.says("地址") == "已经搬家。"


def test_what_staff_taught_comes_before_the_file(citizen: Citizen, told: Office) -> None:
    taught_answers.answer(told, "你们地址在哪里", text="新址：临江路2号。", username="sunhao")
    assert citizen.says("你们地址在哪里") == "新址：临江路2号。"


@pytest.mark.parametrize(
    "said", ["渝府办〔2025〕13号", "渝府办[2025]13号", "渝府办（2025）第13号", "请问渝府办【2025】013号", "渝府办2025年13号", "府办〔2025〕13号文件"]
)  # fmt: skip
def test_a_document_is_opened_by_its_number_however_it_is_written(rich: Citizen, said: str) -> None:
    answer = rich.says(said)
    assert answer.startswith("人才公寓管理办法\n文号：渝府办〔2025〕13号") and "打开全文" in answer
    assert "人才公寓" in rich.says("更多"), "what cites it comes next"


def test_a_number_of_two_issuers_is_a_list_and_an_unknown_one_is_told_so(rich: Citizen) -> None:
    assert set(titles(rich.says("（2025）第13号"))) == {"人才公寓管理办法", "停车收费标准"}
    assert rich.says("渝财[2025]13号").startswith("停车收费标准")
    answer = rich.says("渝府办〔2025〕99号")
    assert "没有找到文号是渝府办〔2025〕99号的文件" in answer


def test_a_year_is_that_of_the_title_and_then_that_of_the_day(rich: Citizen) -> None:
    assert titles(rich.says("去年预算"))[0] == "临江工业园区2025年部门预算公开"
    assert titles(rich.says("2024年决算"))[0] == "临江工业园区2024年度部门决算公开"
    assert not any("2025" in title or "2023" in title for title in titles(rich.says("2024年决算")))
    assert titles(rich.says("２０２５年的人才公寓"))[0] in ("人才公寓管理办法", "关于人才公寓租金的通知")
    answer = rich.says("2020年决算")
    assert answer.startswith("没有看到标明2020年的。") and "决算公开" in titles(answer)[0]


def test_days_weeks_and_months_are_those_of_publication(rich: Citizen) -> None:
    answer = rich.says("本周的公告")
    assert answer.startswith("11月16日至11月22日公开的信息：") and titles(answer) == ["滨江公园导览图"]
    assert "11月22日没有公开新的信息。最近公开的是：\n1. " in rich.says("今天的公告")
    assert titles(rich.says("2025年5月的通知")) == ["人才公寓管理办法"]
    assert titles(rich.says("本月招聘")) == ["电焊工", "普工", "会计"]
    answer = rich.says("3月份的招聘")
    assert answer.startswith("2026年3月没有发布新的招聘。") and titles(answer)[0] == "电焊工"


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("焊工 5000以上", ["电焊工"]), ("8千以上的会计", ["会计"]), ("会计 大专", ["会计"]), ("会计 本科", ["出纳会计", "会计"]), ("不要学历的普工", ["普工"]),
        ("江南区 焊工 月薪6000-8000", ["电焊工"]), ("江东食品有限公司招聘", ["普工", "会计"]), ("临江重工还招人吗", ["电焊工", "出纳会计"]),
        ("有没有会计的工作", ["会计", "出纳会计"]), ("日结180以上的普工", ["普工"]),
    ],
)  # fmt: skip
def test_work_is_found_by_all_that_is_said_of_it(rich: Citizen, said: str, found: list[str]) -> None:
    assert sorted(titles(rich.says(said))) == sorted(found)


def test_the_reply_says_how_it_was_understood_and_what_was_let_go_of(rich: Citizen) -> None:
    assert rich.says("江东 会计 8000以上").startswith("按：会计 · 江东 · 8000元以上\n符合的有 1 个")
    answer = rich.says("会计 20000以上")
    assert answer.startswith("按：会计 · 20000元以上\n没有20000元以上的，工资放宽一些：") and len(titles(answer)) == 2
    assert "没有江北区的，放宽到别的地方：" in rich.says("江北区 焊工 5000以上")
    answer = rich.says("驯兽师招聘")
    assert "没有这样的招聘" in answer and "msgmenucontent=%E8%AE%A2%E9%98%85%20%E9%A9%AF%E5%85%BD%E5%B8%88" in answer


def test_a_condition_is_let_go_of_by_a_tap(rich: Citizen) -> None:
    answer = rich.says("江南区 焊工 20000以上")
    assert f"msgmenucontent={quote('不限工资')}" in answer and f"msgmenucontent={quote('不限地点')}" in answer
    assert rich.says("不限工资").startswith("按：焊工 · 江南区\n符合的有 1 个")
    assert rich.says("不限地点").startswith("按：焊工\n符合的有 1 个")
    assert rich.says("不限单位").startswith("按：焊工\n"), "what is not set can be let go of as well"


def test_without_a_list_of_jobs_such_words_are_a_question(citizen: Citizen) -> None:
    assert titles(citizen.says("不限地点")) == ["维修电工"]
    assert citizen.says("不限学历").startswith(("按：不要求学历", "抱歉", "有过"))


def test_what_has_expired_is_told_so(citizen: Citizen) -> None:
    assert "\n有过这样的招聘，已经过期了" in citizen.says("江东食品有限公司招聘")
    assert "这里没有“土星公司”的招聘" in citizen.says("土星公司招聘")


def test_the_examples_that_the_office_gives_are_understood(told: Office) -> None:
    examples = re.findall(r"^· (\S.*)$", reference.phrase("how_to_find_work", **gaps()), re.MULTILINE)
    assert len(examples) == 3
    for example in examples:
        assert Scene(told, Message("text"), example, recall=None, now=world.NOON).job is not None, example


def test_a_list_of_jobs_goes_on_and_ends_at_its_page(rich: Citizen) -> None:
    assert "订阅 会计" in rich.says("会计 5000以上 本科")
    assert "出纳会计" not in rich.says("1") and "单位：" in rich.says("1")
    assert "/jobs?q=%E4%BC%9A%E8%AE%A1&amp;pay=5000" in rich.says("更多").replace("&pay", "&amp;pay")


@pytest.mark.parametrize(
    "said",
    ["月薪4000-5000的工作", "最近一周的招聘", "5000元以下的工作", "大专以上的工作", "不要学历的工作", "江东区 3000-9000的工作 本月", "会计 30000以上",
     "有没有会计的工作", "临江重工还招人吗"],
)  # fmt: skip
def test_the_list_of_the_chat_is_the_list_of_the_page_that_it_ends_with(
    rich: Citizen, client: FlaskClient, said: str
) -> None:
    found, answer = titles(rich.says(said)), rich.says("更多")
    while titles(answer):
        found, answer = [*found, *titles(answer)], rich.says("更多")
    [address] = re.findall(r'href="http://127\.0\.0\.1:8000(/jobs\?[^"]+)"', answer)
    page = client.get(html.unescape(address)).text
    assert re.findall(r'<p class="title"><a href="/j/\d+"[^>]*>([^<]+)</a>', page) == found != []


JOB_PIECES = st.sampled_from([
    "电工", "焊工", "会计", "普工", "5000以上", "月薪4000-6000", "8千", "5000元以下", "日结180", "大专", "大专以上", "不要学历", "江南区", "江东",
    "江东食品有限公司", "临江重工", "本月", "最近一周", "3月份", "的工作", "招聘", "夜班", "双休", "包住",
])  # fmt: skip


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(JOB_PIECES, min_size=1, max_size=5, unique=True).map(" ".join))
def test_any_list_of_jobs_is_that_of_the_page_in_the_same_order(
    rich: Citizen, told: Office, client: FlaskClient, said: str
) -> None:
    turn = take(told, Message("text", fields={"Content": said}), now=world.NOON)
    if turn.recall and turn.recall.source == "jobs":
        page = client.get(f"/jobs?{turn.recall.text}").text
        ids = [item.id for item in (*turn.recall.shown, *turn.recall.rest)]
        assert [int(number) for number in re.findall(r'<p class="title"><a href="/j/(\d+)"', page)] == ids


def test_an_expired_job_is_not_offered_to_a_wish(rich: Citizen) -> None:
    assert "夜班电工" not in rich.says("电工 3000以上")


def located(lat: str, lng: str) -> str:
    inner = f"<MsgType>location</MsgType><Location_X>{lat}</Location_X><Location_Y>{lng}</Location_Y><Scale>16</Scale>"
    return message(f"{inner}<Label>某路</Label><MsgId>{abs(hash((lat, lng)))}</MsgId>")


def test_a_location_brings_the_nearest_work_with_its_distance(rich: Citizen) -> None:
    answer = read(rich.sends(located("29.561", "106.551")))["Content"]
    assert titles(answer) == ["电焊工", "会计"] and "约 100 米" in answer and "公里" in answer
    assert "单位：临江重工有限公司" in rich.says("1")


@pytest.mark.parametrize(
    ("lat", "lng"), [("45.0", "90.0"), ("", ""), ("nan", "0"), ("91", "0"), ("x", "1"), ("1e400", "1")]
)
def test_a_location_without_work_nearby_gets_a_sentence(rich: Citizen, lat: str, lng: str) -> None:
    assert "没有查到您附近的招聘" in read(rich.sends(located(lat, lng)))["Content"]


@pytest.mark.parametrize("said", ["附近的工作", "附近有什么招聘", "附近有没有工作", "离家近的厂", "周边的企业"])
def test_who_asks_for_work_nearby_is_told_how_to_send_a_place(rich: Citizen, said: str) -> None:
    assert "选“位置”" in rich.says(said)


def test_one_exact_hit_with_a_picture_is_a_card(rich: Citizen, told: Office) -> None:
    card = read(rich.sends(message("<MsgType>text</MsgType><Content>渝建〔2026〕7号</Content><MsgId>515151</MsgId>")))
    assert (card["ArticleCount"], card["Title"], card["PicUrl"]) == (
        "1", "滨江公园导览图", "https://www.linjiang.example.cn/map.jpg",
    )  # fmt: skip
    assert "渝建〔2026〕7号" in card["Description"] and card["Url"].startswith("http://127.0.0.1:8000/d/")
    assert "滨江公园导览图" in rich.says("1")
    assert isinstance(consult(told, "渝建〔2026〕7号", world.NOON).reply, News)


PIECES = st.sampled_from([
    "电工", "会计", "招聘", "工作", "5000以上", "8千", "月薪6000-8000", "大专", "不要学历", "江南区", "公司", "去年", "2024年", "3月份", "上周", "今天", "预算",
    "决算", "公告", "渝府办〔2025〕13号", "地址", "电话", "附近", "的", " ", "，", "订阅", "退订", "人工", "更多", "2", "？", "😀", "\u202e", "<a>", "' OR 1=1",
    "99999999999999999999", "九千万", "13月32日", "0000年", "〔", "〕", "{office}", "%s",
])  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, max_size=9).map("".join))
def test_whatever_is_put_together_is_answered_within_the_limits(rich: Citizen, told: Office, said: str) -> None:
    turn = consult(told, said, world.NOON)
    if isinstance(turn.reply, News):
        assert len(turn.reply.cards) == 1
        return
    assert isinstance(turn.reply, Text) and 0 < len(turn.reply.content.encode()) <= MAX_BYTES
    assert turn.reply.content.count("<a ") == turn.reply.content.count("</a>")


KINDS = st.sampled_from(
    ["text", "voice", "image", "video", "location", "link", "file", "event", "device_text", "new", ""]
)
NAMES = [
    "Content",
    "Recognition",
    "Location_X",
    "Location_Y",
    "EventKey",
    "SubscribeMsgPopupEvent",
    "SubscribeMsgSentEvent",
]
VALUES = st.one_of(PIECES, st.text(max_size=12), st.floats().map(str), st.just({"List": {"TemplateId": "T", "ErrorCode": "x"}}),
                   st.just({"List": [{"SubscribeStatusString": "accept"}, "x", {}]}))  # fmt: skip
EVENTS = ["", "subscribe", "click", "unsubscribe", "subscribe_msg_popup_event", "subscribe_msg_sent_event", "location"]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(KINDS, st.dictionaries(st.sampled_from(NAMES), VALUES), st.sampled_from(EVENTS), st.booleans())
def test_any_message_of_any_kind_has_one_answer(
    told: Office, kind: str, fields: dict[str, Any], event: str, known: bool
) -> None:
    recall = (
        Recall("jobs", "q=x", (ListedItem("posting", 1), ListedItem("disclosure", 99)), (ListedItem("posting", 2),))
        if known
        else None
    )
    sent = Message(kind, sender="oFuzz", event=event, fields=fields)
    turn = take(told, sent, now=world.NOON, recall=recall, asker="fuzz")
    if kind in ("event", "", "device_text"):
        assert isinstance(turn.reply, Nothing | Text | News)
        return
    assert isinstance(turn.reply, Text | News)
    assert 0 < len(in_words(turn.reply).encode()) <= MAX_BYTES


def test_a_card_can_be_said_in_words(rich: Citizen, told: Office) -> None:
    words = in_words(consult(told, "渝建〔2026〕7号", world.NOON).reply)
    assert words.startswith('<a href="http://127.0.0.1:8000/d/') and "渝建〔2026〕7号" in words
    assert in_words(Nothing()) == ""


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, max_size=9).map("".join))
def test_one_route_answers_and_only_one(told: Office, said: str) -> None:
    for routes in (router.EVENTS, router.MESSAGES):
        assert [fits.__name__ for fits, _ in routes].index("anything") == len(routes) - 1
    assert consult(told, said, world.NOON) == consult(told, said, world.NOON)
