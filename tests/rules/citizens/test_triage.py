"""Which kind of message it is: as the file of words means it, and as citizens write."""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import reference
from config.triage import LIKE, NAME, OTHER, TriageTable, made
from content.rules.citizens.message_classifier import MessageClassifier, features_of
from content.rules.citizens.triage import CERTAIN, LIKELY, LONGEST, MessageKind, classify, disagreements, likely
from content.rules.citizens.triage_phrases import APART, Lexicon, matches, spelt, uncovered

UNSEEN = Path(__file__).parent / "messages" / "unseen.toml"
LEAST_RECALL, MOST_FALSE = 0.95, 0.02


@functools.cache
def table() -> TriageTable:
    read, faults = made(reference.table(NAME))
    assert not faults
    return read


def kind(text: str) -> MessageKind | None:
    found = classify(text, table())
    return found.kind if found else None


def kind_by_all(text: str) -> MessageKind | None:
    found = classify(text, table()) or likely(text, table())
    return found.kind if found else None


def name(text: str) -> str:
    found = classify(text, table())
    return found.matter.name if found else ""


def test_the_files_own_examples_come_out_as_it_says() -> None:
    assert disagreements(table()) == []
    assert all(matter.yes and matter.no for matter in table().matters)


def examples() -> dict[str, list[str]]:
    read: dict[str, list[str]] = reference.table("messages")
    return read


def unseen() -> dict[str, list[str]]:
    return tomllib.loads(UNSEEN.read_text(encoding="utf-8"))


def test_the_words_know_most_of_the_examples() -> None:
    meant = [(text, wanted) for wanted, texts in examples().items() if wanted != OTHER for text in texts]
    missed = [(text, wanted, name(text)) for text, wanted in meant if kind_by_all(text) != wanted]
    wrong = [(text, name(text)) for text in examples()[OTHER] if kind(text) is not None]
    assert len(missed) <= (1 - LEAST_RECALL) * len(meant), missed
    assert len(wrong) <= 2 * MOST_FALSE * len(examples()[OTHER]), wrong


def test_no_danger_among_the_examples_is_missed_and_nothing_harmless_is_taken_for_one() -> None:
    assert [text for text in examples()["danger"] if kind(text) != MessageKind.DANGER] == []
    assert [text for text in examples()[OTHER] if kind(text) == MessageKind.DANGER] == []


def test_the_examples_are_many_and_half_of_them_is_harmless() -> None:
    everything = sum(len(texts) for texts in examples().values())
    assert everything >= 1500 and abs(len(examples()[OTHER]) / everything - 0.5) < 0.05


@pytest.mark.parametrize("fold", range(5))
def test_what_the_other_examples_teach_tells_a_story_from_a_question(fold: int) -> None:
    """Each fifth is told by the other four: what a message is like, and no word that was chosen for it."""
    taught = {
        kind: [text for place, text in enumerate(texts) if place % 5 != fold] for kind, texts in examples().items()
    }
    asked = {
        kind: [text for place, text in enumerate(texts) if place % 5 == fold] for kind, texts in examples().items()
    }
    known = MessageClassifier(taught, LIKE)
    stories = [known.score("complaint", text) for text in (*asked["complaint"], *asked["danger"])]
    questions = [known.score("complaint", text) for text in asked[OTHER]]
    assert sum(score >= LIKELY["complaint"] for score in stories) >= 0.8 * len(
        stories
    )  # short ones, such as 120, are told by words
    assert sum(score >= LIKELY["complaint"] for score in questions) <= 0.05 * len(questions)
    assert sum(score >= CERTAIN["complaint"] for score in questions) <= 0.01 * len(questions)


def test_strangers_stories_get_an_answer_of_their_kind() -> None:
    """Written without a look at words or examples, and held against them once: 49 of 50 complaints, 15 of 18 dangers."""
    told = unseen()
    stories = [text for text in told["complaint"] if kind_by_all(text) == MessageKind.COMPLAINT]
    assert len(stories) >= 0.93 * len(told["complaint"])
    helped = [text for text in told["danger"] if _names_an_emergency_number(text)]
    assert len(helped) >= 0.8 * len(told["danger"])
    elsewhere = [text for text in told["elsewhere"] if kind_by_all(text) == MessageKind.ELSEWHERE]
    assert len(elsewhere) >= 0.8 * len(told["elsewhere"])


def test_strangers_questions_stay_questions() -> None:
    harmless = unseen()["none"]
    assert [text for text in harmless if kind(text) == MessageKind.DANGER] == []
    assert [text for text in harmless if likely(text, table(), certain=True)] == []
    taken = [text for text in harmless if classify(text, table()) is None and likely(text, table())]
    assert len(taken) <= 0.06 * len(harmless), taken  # only where nothing is found for them


def _names_an_emergency_number(text: str) -> bool:
    found = classify(text, table()) or likely(text, table())
    return found is not None and bool({"110", "119", "120", "12356"} & {one.number for one in found.numbers})


@pytest.mark.parametrize(
    "text",
    ["着火了", "著火了", "着 火 了", "【着火了】", "着火了🔥🔥🔥", "[大哭]着火了！！！", "着\u200b火了", "ＳＯＳ", "着火啦啦啦啦", "那个，请问一下，就是，着火了", "去年没事，今年又着火了"],
)  # fmt: skip
def test_danger_is_heard_however_it_is_typed(text: str) -> None:
    assert kind(text) == MessageKind.DANGER


@pytest.mark.parametrize(
    "text",
    ["没有着火", "去年着火了怎么申请补助", "万一着火了怎么办", "怕着火", "火锅店招聘", "消防处罚", "火灾保险公告", "找消防员的工作", "差点着火", "着火点是什么意思", "楼道里充电，哪天烧起来怎么办", "昨晚打架被打伤，已经报了警，医药费谁出", "食堂食物中毒的事处理得怎么样了", "电梯老是往下掉，出人命谁负责", "打架子鼓", "救命恩人"],
)  # fmt: skip
def test_what_did_not_happen_or_only_looks_alike_is_no_danger(text: str) -> None:
    assert kind(text) != MessageKind.DANGER


@pytest.mark.parametrize(
    ("text", "matter"),
    [("拖欠公资", "欠薪"), ("工资拖欠", "欠薪"), ("工资呢，到现在也没给", "欠薪"), ("我要举报，老板三个月没给我们发工资", "欠薪"), ("煤气谢漏", "漏气"),
     ("厂里欠薪，我要跳楼", "想不开"), ("妈的，物业不管漏水", "租房物业"), ("滚，路灯坏了也不修", "路灯道路")],
)  # fmt: skip
def test_order_fillers_slips_and_anger_do_no_harm_and_the_gravest_kind_counts(text: str, matter: str) -> None:
    assert name(text) == matter


@pytest.mark.parametrize(
    "text", ["有没有欠薪的处罚公告", "工伤认定办法在哪看", "欠薪案件有几起", "噪音处罚决定书", "消防检查", "违建名单"]
)
def test_a_question_about_documents_stays_a_search(text: str) -> None:
    assert classify(text, table()) is None


@pytest.mark.parametrize(
    "text",
    ["电工 不拖欠工资的", "物业公司招人吗", "垃圾车司机 招聘", "想找个不吵的厂上班", "快递员", "持有驾照优先的岗位"],
)
def test_a_search_for_work_stays_one(text: str) -> None:
    assert classify(text, table()) is None


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("前几天我家遭了水灾，粮食全泡了，丈夫又没活干，街道能不能救济一下", "遇难求助"),
        ("上个月厨房着火烧没了，老人在住院，交不起房租，政府能帮帮我们吗", "遇难求助"),
        ("厂里停产了，我们能领点啥", "失业待遇"),
        ("单位把我优化了 失业的钱在哪领", "失业待遇"),
        ("我跑滴滴的，自己咋交社保", "个人参保"),
        ("没单位，个人想交养老", "个人参保"),
        ("管委会一年接待花了多少钱", "三公经费"),
        ("劳务介绍进厂让先交五百服务费，交完找不着人", "求职被骗"),
        ("楼下餐馆的油烟直往屋里钻，臭死了", "污染"),
        ("昨天在小店吃完全家拉肚子进医院了，找谁", "消费"),
        ("总包拖着工程款不给，工人堵我家门要钱", "工程款"),
        ("昨晚打架被打伤，已经报了警，医药费谁出", "受伤索赔"),
    ],
)
def test_who_asks_what_to_get_is_told_of_that_and_not_of_what_went_wrong(text: str, matter: str) -> None:
    assert name(text) == matter


@pytest.mark.parametrize(
    "text",
    ["厂房现在着火了，上个月也着过，快来救救我们", "昨天下午着火，今天又烧起来了快来人", "着火了！没地方躲"],
)
def test_a_danger_of_now_stays_one_though_help_is_asked_for(text: str) -> None:
    assert kind(text) == MessageKind.DANGER


@pytest.mark.parametrize("text", ["厂子倒闭了，欠我们的工资能领回来吗", "被辞退了没给补偿，能领多少赔偿"])
def test_who_is_owed_wages_is_not_sent_to_the_unemployment_office(text: str) -> None:
    assert kind(text) == MessageKind.COMPLAINT


@pytest.mark.parametrize(
    "text",
    [
        "您好，不好意思打扰了，我母亲今年八十二岁，邻居会讲些政策但讲不清，想问高龄津贴每月多少，在哪里办",
        "领导辛苦了，感谢百忙之中看信，我想请问人才公寓申请需要准备哪些材料、什么时候截止、到哪个窗口交",
    ],
)
def test_a_courteous_question_is_no_small_talk(text: str) -> None:
    assert kind(text) is None


def test_danger_names_a_number_first_and_nothing_is_listed_under_it() -> None:
    dangers = [matter for matter in table().matters if matter.kind == MessageKind.DANGER]
    assert len(dangers) >= 12
    for matter in dangers:
        assert "本号不是" in matter.answer and matter.numbers and not matter.search and not matter.hand_over
        assert all(hotline.number in matter.answer for hotline in matter.numbers)
        assert len(matter.answer) < 130
    found = classify("着火了", table())
    assert (
        found and found.for_staff and not found.hand_over and found.said == "着火" and found.numbers[0].number == "119"
    )


def test_a_complaint_may_be_handed_over_and_says_where_else_to_turn() -> None:
    for matter in table().matters:
        if matter.kind == MessageKind.COMPLAINT:
            assert matter.hand_over and matter.numbers
        elif matter.kind == MessageKind.ELSEWHERE:
            assert matter.numbers and matter.hand_over == bool(matter.like)


def test_numbers_out_of_service_are_not_named() -> None:
    """12369 was switched off by April 2024, 12305 at the beginning of 2025; both are 12345 now."""
    assert {"12369", "12305"}.isdisjoint(hotline.number for hotline in table().hotlines)
    assert all(hotline.checked.year >= 2026 and hotline.source for hotline in table().hotlines)


@pytest.mark.parametrize(
    "text", ["", " ", "？", "。。。", "1", "[招聘]", "【公租房】", "人工", "更多", "公租房", "你好 公租房怎么申请"]
)
def test_what_others_answer_is_left_to_them(text: str) -> None:
    assert classify(text, table()) is None


@given(st.text(max_size=LONGEST + 50))
def test_any_text_has_one_kind_or_none(text: str) -> None:
    for found in (classify(text, table()), likely(text, table())):
        assert found is None or found.matter in table().matters


@given(st.text(max_size=LONGEST + 50))
def test_no_more_than_the_beginning_of_a_message_is_weighed(text: str) -> None:
    assert 1 <= len(features_of(text)) <= 2 * 400 + 5


WORDS = [
    "着火",
    "没有",
    "招聘",
    "工资",
    "不发",
    "没",
    "公告",
    "路灯",
    "坏了",
    "楼上",
    "漏水",
    "，",
    "去年",
    "身份证",
    "怎么",
    "滚",
    "job",
    "is ",
    "[微笑]",
    "的",
    "不",
    "火",
]


@given(st.lists(st.sampled_from(WORDS), max_size=600).map("".join))
def test_any_heap_of_its_own_words_has_one_kind_or_none(text: str) -> None:
    found = classify(text, table())
    assert found is None or found.matter in table().matters


@given(st.integers(0, 2 * APART), st.sampled_from([True, False]), st.sampled_from([True, False]))
def test_parts_are_near_each_other_and_in_order_if_that_is_asked(between: int, in_order: bool, turned: bool) -> None:
    first, second = ("乙乙", "甲") if turned else ("甲", "乙乙")
    text = first + "丁" * between + second
    spans = Lexicon(["甲", "乙乙"]).spans(text)
    found = list(matches([spans["甲"], spans["乙乙"]], in_order=in_order))
    assert bool(found) == (between <= APART and not (in_order and turned))
    assert all(text[match.start : match.end] == text for match in found)


def test_text_is_spelt_without_emoji_and_with_commas_for_pauses() -> None:
    assert spelt("着 火 了!! 快来😱 help me") == "着火了,快来help me"


def test_what_no_word_covers_is_counted() -> None:
    lexicon = Lexicon(["滚", "滚蛋", "你"])
    assert uncovered("你滚蛋,吧", ["滚", "滚蛋", "你"], lexicon.spans("你滚蛋,吧")) == 1


def test_one_slip_in_a_long_word_is_put_right() -> None:
    lexicon = Lexicon(["拖欠工资", "着火"])
    assert lexicon.mended("老板拖欠公资") == "老板拖欠工资"
    assert lexicon.mended("着货") == "着货" and lexicon.mended("拖欠电资") == "拖欠电资"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("有人打电话说我医保卡异常叫我转钱到安全帐户，是不是真的", "诈骗"),
        ("一个自称民政局的说能多领补贴 要我报银行卡验证码", "诈骗"),
        ("说我养老金认证过期了 发个链接让我填卡号和密码", "诈骗"),
        ("有个人讲系教育局嘅 话可以安排学位 要我先转5000定金", "诈骗"),
        ("我妈刚刚给一个自称社保局的人转了5万块 说是养老金认证不做就停发", "钱刚被骗走"),
        ("微信上有人说是领导 让我帮忙垫付8万 转过去人就不回了", "钱刚被骗走"),
    ],
)
def test_a_swindle_is_told_by_what_the_caller_wants_before_the_matter_that_he_names(text: str, told: str) -> None:
    assert name(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "医保卡里的钱能转给家里人用吗",
        "办补贴要填银行卡号吗",
        "养老金认证过期了会停发吗",
        "社保局打电话叫我去补材料 要带什么",
        "失业金转到哪张卡",
        "厂里说转正后才交社保 合法吗",
    ],
)
def test_money_that_is_asked_about_is_no_swindle(text: str) -> None:
    assert name(text) not in ("诈骗", "钱刚被骗走")


@pytest.mark.parametrize(
    ("text", "told", "said"),
    [
        ("身份证在地铁上丢了 明天要坐高铁", "没身份证坐车", "铁路12306"),
        ("身份证不见咗 听日要搭高铁", "没身份证坐车", "铁路12306"),
        ("身份证丢了 后天考试要用", "急用身份证", "临时身份证"),
        ("身份证丢了要去哪补", "身份证户口", "派出所"),
        ("他又打我了 我躲在厕所不敢出声", "不敢出声", "12110"),
        ("我是聋哑人 要报警怎么报", "不敢出声", "12110"),
    ],
)
def test_what_presses_is_answered_first(text: str, told: str, said: str) -> None:
    found = classify(text, table())
    assert found is not None and found.matter.name == told and said in found.answer
