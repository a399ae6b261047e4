"""What citizens hear: every route of the router, lists and numbers, and words that fit."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.dialogue import command_words, turn
from bot.dialogue.reply_text import MAX_BYTES, is_html, lines, link, plain, tap, untagged
from bot.dialogue.router import MENU, consult
from bot.wechat.messages import Text
from config import reference
from content.services.office import Office
from tests import world
from tests.bot.citizen import Citizen
from tests.bot.platform_side import CITIZEN, message, read


def test_a_question_finds_the_right_item_with_number_title_and_link(citizen: Citizen) -> None:
    answer = citizen.says("公租房怎么申请")
    assert '1. <a href="http://127.0.0.1:8000/d/2">园区公共租赁住房申请指南</a> 2026-03-02' in answer
    assert answer.count('<a href="http') <= 3


def test_what_is_repealed_is_marked_and_comes_last(citizen: Citizen) -> None:
    answer = citizen.says("公租房")
    assert answer.index("/d/2") < answer.index("/d/3")
    [number] = re.findall(r"(\d)\. .*旧办法.*（废止）", answer)
    assert "已废止" in citizen.says(number)


def test_a_job_that_has_expired_is_not_offered(citizen: Citizen) -> None:
    answer = citizen.says("电工")
    assert "维修电工" in answer and "6000-8000元/月" in answer and "夜班电工" not in answer


def test_more_goes_on_three_at_a_time_and_numbers_count_on(listed: Citizen) -> None:
    second = listed.says("更多")
    assert all(f"\n{number}. " in second for number in (4, 5, 6)) and "\n3. " not in second
    third = listed.says("下一页")
    assert "\n7. " in third
    assert "安全生产检查通报" in listed.says("7")
    while "就这些了" not in (last := listed.says("更多")):
        assert "\n1. " not in last
    assert "/search?q=" in last


def test_more_of_the_newest_goes_on_too(citizen: Citizen) -> None:
    assert "园区公共租赁住房申请指南" in citizen.says("公开")
    assert "\n4. " in citizen.says("更多")
    assert "\n10. " not in citizen.says("更多") and "旧办法" in citizen.says("更多")
    assert "/disclosures" in citizen.says("更多")


@pytest.mark.parametrize("number", ["1", "１", "①", "第1条", "一", "1.", "看1", " 1 ", "1。"])
def test_a_number_opens_that_item_however_it_is_written(listed: Citizen, number: str) -> None:
    answer = listed.says(number)
    assert "安全生产检查通报" in answer and "打开全文" in answer and "1. " not in answer


def test_a_posting_opens_with_what_one_needs_to_know(citizen: Citizen) -> None:
    citizen.says("维修电工")
    answer = citizen.says("1")
    for fact in ("临江精密制造有限公司", "6000-8000元/月", "临江路18号", "3人", "2026-12-31", "0512-5555 0118", "/j/1"):
        assert fact in answer


@pytest.mark.parametrize("number", ["0", "4", "99"])
def test_a_number_that_is_not_in_the_list_is_told_so(listed: Citizen, number: str) -> None:
    assert "1 到 3" in listed.says(number)


def test_numbers_and_more_without_a_list_ask_for_a_question_first(citizen: Citizen) -> None:
    assert "请先提问" in citizen.says("2")
    assert "请先提问" in citizen.says("更多")


def test_a_list_is_remembered_for_a_while_only(listed: Citizen, told: Office) -> None:
    [key] = told.redis.client.scan_iter("gongkai:talk:*")
    assert 600 < told.redis.client.ttl(key) <= 7200
    told.redis.client.delete(key)
    assert "请先提问" in listed.says("1")


def test_each_citizen_has_a_list_of_their_own(listed: Citizen) -> None:
    other = Citizen(listed.client, sender="oAnother")
    assert "请先提问" in other.says("1")
    other.says("维修电工")
    assert "安全生产" in listed.says("1") and "电工" in other.says("1")


@pytest.mark.parametrize("word", ["帮助", "？", "help", "怎么用？"])
def test_help_is_given(citizen: Citizen, word: str) -> None:
    assert citizen.says(word) == reference.phrase("help", base="http://127.0.0.1:8000", office="本单位")


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("您好！", "hello"), ("你好，请问一下", "hello"), ("怎么办呢", "hello"), ("谢谢~", "thanks"), ("谢谢你啊！", "thanks"),
        ("好的呀", "fine"), ("知道了", "fine"), ("不用了。", "fine"), ("再见", "goodbye"),
    ],
)  # fmt: skip
def test_politeness_is_returned_and_no_question_for_staff(citizen: Citizen, told: Office, word: str, said: str) -> None:
    assert citizen.says(word)[:5] == reference.phrase(said, disclosures="", postings="", help="")[:5]
    assert consult(told, word, told.clock.now()).question is None


@pytest.mark.parametrize("text", ["最近有什么政策", "最新政策", "近期的通知", "有没有新的消息呀", "最近"])
def test_who_asks_for_nothing_but_the_newest_gets_it(citizen: Citizen, text: str) -> None:
    assert citizen.says(text).startswith("最新公开的信息")


@pytest.mark.parametrize("text", ["今天有什么新闻", "今天有新政策吗"])
def test_of_a_day_without_news_the_newest_is_told(citizen: Citizen, text: str) -> None:
    assert "没有公开新的信息。最近公开的是" in citizen.says(text)


@pytest.mark.parametrize("text", ["工资没发怎么办", "老板不发工资了", "被辞退了有补偿吗"])
def test_who_is_not_paid_learns_whom_to_call(citizen: Citizen, text: str) -> None:
    assert "12333" in citizen.says(text)


def test_an_employers_telephone_is_not_the_offices(citizen: Citizen) -> None:
    assert "联系电话还没有登在这里" not in citizen.says("老板的电话")


@pytest.mark.parametrize("text", ["你是机器人吗", "您是真人吗？", "你是谁呀"])
def test_who_answers_says_so(citizen: Citizen, text: str) -> None:
    assert "自动回复" in citizen.says(text) and "人工" in citizen.says(text)


@pytest.mark.parametrize(
    ("text", "guide"),
    [
        ("几点开门", "办公时间"),
        ("怎么去你们那", "地址"),
        ("你们上班时间和地址电话", "办公时间"),
        ("地址和电话", "地址"),
        ("天河区政府在哪里办公 上班时间", "地址"),
    ],
)
def test_what_is_asked_of_the_office_itself_is_a_guide(citizen: Citizen, text: str, guide: str) -> None:
    assert f"{guide}还没有登在这里" in citizen.says(text)


def test_the_newest_postings_are_listed(citizen: Citizen) -> None:
    answer = citizen.says("招聘")
    assert "维修电工" in answer and "夜班电工" not in answer


def test_following_the_account_greets_and_explains(citizen: Citizen) -> None:
    greeting = citizen.does("subscribe")
    assert "欢迎关注本单位" in greeting and "weixin://bizmsgmenu" in greeting
    assert citizen.does("subscribe", "<EventKey>qrscene_hall</EventKey><Ticket>t</Ticket>") == greeting
    assert "欢迎回来" in citizen.does("SCAN", "<EventKey>hall</EventKey>")


def test_every_button_of_the_menu_is_answered(citizen: Citizen) -> None:
    buttons = [sub for top in reference.menu() for sub in top.get("sub_button", [top])]
    keys = {button["key"] for button in buttons if button["type"] == "click"}
    assert keys == set(MENU)
    for key in keys:
        assert citizen.does("CLICK", f"<EventKey>{key}</EventKey>")
    assert citizen.does("click", "<EventKey>an old key</EventKey>").startswith("怎么用")


def test_the_menu_keeps_the_limits_of_the_platform() -> None:
    menu = reference.menu()
    assert 1 <= len(menu) <= 3
    for top in menu:
        assert len(top["name"].encode()) <= 16 and 1 <= len(top["sub_button"]) <= 5
        for sub in top["sub_button"]:
            assert len(sub["name"].encode()) <= 60 and len(sub["name"]) <= 8
            assert len(sub.get("key", "").encode()) <= 128 and len(sub.get("url", "").encode()) <= 900


@pytest.mark.parametrize(
    "kind", ["voice", "image", "video", "shortvideo", "location", "link", "file", "something_new"]
)  # fmt: skip
def test_what_is_no_text_gets_a_helpful_sentence(citizen: Citizen, kind: str) -> None:
    answer = read(citizen.sends(message(f"<MsgType>{kind}</MsgType><MsgId>77{len(kind)}</MsgId>")))
    assert answer["Content"]


def test_a_voice_message_that_was_written_down_is_a_question(citizen: Citizen) -> None:
    heard = "<MsgType>voice</MsgType><MediaId>m</MediaId><Recognition>维修电工。</Recognition><MsgId>9</MsgId>"
    assert "维修电工" in read(citizen.sends(message(heard)))["Content"]


@pytest.mark.parametrize("name", ["VIEW", "LOCATION", "TEMPLATESENDJOBFINISH", "kf_create_session", "card_pay_order",
                                  "pic_weixin", "subscribe_msg_popup_event", "tomorrows_event"])  # fmt: skip
def test_events_that_ask_nothing_are_passed_over(citizen: Citizen, name: str) -> None:
    assert citizen.does(name, "<EventKey>x</EventKey>") == ""


def test_nothing_found_says_so_kindly(citizen: Citizen) -> None:
    answer = citizen.says("xylophone")
    assert "没找到和“xylophone”有关" in answer and "记下来" in answer


@pytest.mark.parametrize("said", ["！！！", "　", "…", "\u200b\u202e", "-"])
def test_what_has_no_word_is_asked_for_words(citizen: Citizen, said: str) -> None:
    assert "几个字" in citizen.says(said)


@pytest.mark.parametrize(
    "said",
    ["'; DROP TABLE disclosure; --", "&lt;script&gt;alert(1)&lt;/script&gt;", "title:公租房 AND (", "*:*", "公" * 2000,
     "\u202e房租公", "\"公租房", "公租房 ]]&gt; &lt;FuncFlag&gt;1", "/search?q=", "{office}", "%s %(x)s"],
)  # fmt: skip
def test_odd_questions_get_a_sensible_answer(citizen: Citizen, said: str) -> None:
    answer = read(
        citizen.sends(message(f"<MsgType>text</MsgType><Content>{said}</Content><MsgId>{hash(said)}</MsgId>"))
    )
    assert answer["ToUserName"] == CITIZEN and 0 < len(answer["Content"].encode()) <= MAX_BYTES
    assert "FuncFlag" not in answer


def test_a_reply_to_the_command_line_comes_with_its_ranking(told: Office) -> None:
    turn = consult(told, "公租房", world.NOON)
    assert isinstance(turn.reply, Text) and turn.results[0].key == "d2" and len(turn.results) <= 10
    assert consult(told, "招聘", world.NOON).results[0].key == "p1"
    assert consult(told, "帮助", world.NOON).results == ()


def test_a_link_cannot_be_broken_out_of() -> None:
    assert link('https://a.cn/"><b', "<a>b</a>\n") == '<a href="https://a.cn/%22%3E%3Cb">＜a＞b＜/a＞</a>'
    assert "weixin://bizmsgmenu?msgmenucontent=%E6%9B%B4%E5%A4%9A" in tap("tap_more")


def test_lines_are_kept_whole() -> None:
    assert lines(["一" * 300, "二" * 299, "三"]) == "一" * 300 + "\n" + "二" * 299
    assert len(lines(["一" * 3000]).encode()) <= MAX_BYTES
    assert lines(["一", "二"]) == "一\n二"


@given(st.lists(st.text(max_size=900), max_size=6))
def test_lines_always_fit(parts: list[str]) -> None:
    assert len(lines(plain(part, 2000) for part in parts).encode()) <= MAX_BYTES


@given(st.text())
def test_folding_is_stable_and_short(said: str) -> None:
    folded = turn.fold(said)
    assert len(folded) <= turn.MAX_QUESTION
    assert turn.fold(folded) == folded or len(folded) == turn.MAX_QUESTION
    assert command_words.number(folded) is None or 0 <= (command_words.number(folded) or 0) <= 999


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80))
def test_anything_at_all_is_answered(told: Office, said: str) -> None:
    reply = consult(told, said, world.NOON).reply
    assert isinstance(reply, Text) and 0 < len(reply.content.encode("utf-8")) <= MAX_BYTES


def test_html_is_told_from_text() -> None:
    assert is_html("<p>甲</p>") and not is_html("甲 < 乙，乙 > 丙") and not is_html("<甲>")
    assert untagged("<p>甲&amp;乙<script>x</script></p>") == "甲&乙" and untagged("甲 < 乙") == "甲 < 乙"
