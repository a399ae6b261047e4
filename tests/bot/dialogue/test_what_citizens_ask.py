"""Sixty questions of all kinds to the demo world's office, answered as a kind clerk would; and slips of each title.

A question that the office has nothing on is told so, however many notices share a word with it.
"""

from __future__ import annotations

import random

import pytest

from bot.demo import demo_data as demo
from bot.dialogue import router
from bot.dialogue.answers.cards import in_words
from bot.dialogue.turn import Turn
from content.rules.language.characters import TABLES, alike
from content.rules.language.plain_text import is_chinese, runs
from content.services.answers import notice_search
from content.services.office import Office

ANSWERED = {
    "公租房怎么申请": "lj-2026-ms-001",
    "公租房要什么条件": "lj-2026-ms-001",
    "人才公寓怎么租": "lj-2025-gb-014",
    "人才公寓一个月多少钱": "lj-2025-jd-007",
    "厂房租金能减多少": "lj-2026-jd-003",
    "标准厂房租金补贴怎么领": "lj-2026-jd-003",
    "房子拆迁赔多少钱": "lj-2026-zd-008",
    "柳林片征地补偿": "lj-2026-zd-006",
    "社保补贴怎么申请": "lj-2026-ms-006",
    "灵活就业社保补贴": "lj-2026-ms-006",
    "失业金怎么领": "lj-2026-ms-007",
    "失业了能领多少钱": "lj-2026-ms-007",
    "医保什么时候交": "lj-2026-ms-011",
    "小孩上学要什么材料": "lj-2026-ms-004",
    "外地户口孩子能在这里上学吗": "lj-2026-ms-004",
    "幼儿园什么时候报名": "lj-2026-ms-005",
    "學校招生報名": "lj-2026-ms-005",  # in traditional characters
    "有电工的工作吗": "job-07-3",
    "招文员吗": "job-11-3",
    "护士招聘": "job-16-1",
    "有没有包吃住的普工": "job-20-3",
    "想做保洁": "job-15-1",
    "应届毕业生有什么岗位": "lj-2026-zk-006",
    "去年的预算": "lj-2025-cz-001",
    "2026年预算": "lj-2026-cz-001",
    "2025年决算": "lj-2026-cz-009",
    "三公经费": "lj-2026-cz-002",
    "政府信息公开年报": "lj-2026-gk-002",
    "政府采购意向": "lj-2026-cg-002",
    "东港路工程谁中标了": "lj-2026-cg-010",
    "行政处罚公示": "lj-2026-cf-003",
    "临园管发〔2026〕12号": "lj-2026-gf-012",
    "接驳车几点": "lj-2026-ms-010",
    "厂车线路": "lj-2026-ms-010",
    "什么时候停水": "lj-2026-tz-029",
    "冬天什么时候供暖": "lj-2026-ms-012",
    "晚上有臭味没人管": "lj-2026-hy-002",  # a complaint
    "半夜厂里排放臭气，投诉": "lj-2026-hy-002",
    "学校门口堵车": "lj-2026-hy-003",
    "货车可以停路边吗": "lj-2026-gf-017",
    "防汛应急预案": "lj-2026-yj-005",
    "应急避难场所在哪": "lj-2026-yj-009",
    "环评公示": "lj-2026-hb-004",
    "招聘公告": "lj-2026-zk-002",
    "公祖房怎么申请": "lj-2026-ms-001",  # a slip
    "应急避难厂所": "lj-2026-yj-009",
    "shiye jin zenme ling": "lj-2026-ms-007",  # pinyin
    "youeryuan baoming": "lj-2026-ms-005",
}
NOT_ANSWERED = [
    "你是谁", "讲个笑话", "世界杯谁赢了", "股票能买吗", "我爱你", "asdfghjkl", "哈哈哈哈", "1+1等于几", "量子纠缠蒸馏塔",
    "彩票中奖号码", "帮我写一首诗", "借钱不还怎么办", "火星移民", "减肥药哪里买", "nihao", "护照怎么办", "结婚证怎么办",
    "公积金提取", "women", "a", "的", "？？？", "😀", "SELECT * FROM notice;", "title:(a AND b) +c -d ^2 ~", "\u202e\u200b\u200f",
]  # fmt: skip


def asked(office: Office, text: str) -> Turn:
    """One question by itself."""
    return router.consult(office, text, office.clock.now())


def offered(turn: Turn) -> list[str]:
    """The keys of the best three that the reply links to; none if it links to none of them."""
    said = in_words(turn.reply)
    return [result.key for result in turn.results[:3] if f'{result.url}"' in said]


@pytest.mark.parametrize(("question", "key"), ANSWERED.items())
def test_what_the_office_has_is_among_the_first_three(park: Office, question: str, key: str) -> None:
    assert key in [result.key for result in asked(park, question).results[:3]]


@pytest.mark.parametrize("question", NOT_ANSWERED)
def test_what_the_office_does_not_have_is_not_made_up(park: Office, question: str) -> None:
    assert offered(asked(park, question)) == []


DOCUMENT_FIRST = {  # on a matter that others see to the office has a notice of its own; and what is said of those others
    "公司把我们一批人裁了，能领什么补助": ("lj-2026-ms-007", "12333"),
    "孩子从老家转来这边上初中，手续咋办": ("lj-2026-ms-004", "教育部门"),
    "厂里缴失业保险三年了，把我裁了能领啥": ("lj-2026-ms-007", "12333"),
    "单位一年公车花了多少钱": ("lj-2026-cz-009", "申请公开"),
}


@pytest.mark.parametrize(("question", "key", "others"), [(one, *told) for one, told in DOCUMENT_FIRST.items()])
def test_a_notice_on_the_very_matter_comes_before_those_who_see_to_it(
    park: Office, question: str, key: str, others: str
) -> None:
    said = in_words(asked(park, question).reply)
    [number] = [result.id for result in notice_search.newest(park, "disclosure", limit=200) if result.key == key]
    assert 0 < said.find(f"/d/{number}") < said.find(others)


@pytest.mark.parametrize(
    "complaint", ["房东把门锁换了，押金不退", "厂子关门了，欠的工资找谁要", "楼下饭馆油烟熏得睡不着"]
)
def test_a_complaint_keeps_its_answer_first(park: Office, complaint: str) -> None:
    before = in_words(asked(park, complaint).reply).partition("/d/")[0]
    assert "12345" in before or "12333" in before


@pytest.mark.parametrize("said", ["你是不是机器人啊", "你会唱歌吗", "那你会不会下棋", "给我找你们书记"])
def test_who_asks_for_no_job_is_offered_none(park: Office, said: str) -> None:
    assert "/j/" not in in_words(asked(park, said).reply)


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("8月公开了些什么东西", "2026年8月"),
        ("7月发布的文件有哪些", "2026年7月"),
        ("今年以来出台了哪些新政策", "2026年"),
    ],
)
def test_whatever_came_out_in_a_span_is_listed_the_newest_first(park: Office, question: str, days: str) -> None:
    turn = asked(park, question)
    published = [str(result.published_on) for result in turn.results]
    assert f"{days}公开的信息" in in_words(turn.reply)
    assert published == sorted(published, reverse=True) and published


def test_a_reply_says_what_it_understood(park: Office) -> None:
    assert "您是不是想问“公租房怎么申请”" in str(asked(park, "公祖房怎么申请").reply)
    assert "您是不是想问“幼儿园报名”" in str(asked(park, "youeryuan baoming").reply).replace(" ", "")
    assert "您是不是想问" not in str(asked(park, "公租房怎么申请").reply)
    assert "您是不是想问" not in str(asked(park, "公租房怎麼申請").reply)  # that is no slip


def test_questions_typed_well_are_not_mended(park: Office) -> None:
    mended = [question for question in ANSWERED if notice_search.find(park, question).mended]
    assert {*mended} == {"公祖房怎么申请", "应急避难厂所", "shiye jin zenme ling", "youeryuan baoming"}
    assert not [row["title"] for row in demo.rows(demo.DISCLOSURES) if notice_search.find(park, row["title"]).mended]


def test_titles_in_traditional_characters_find_their_notice(park: Office) -> None:
    simple = (TABLES / "simplified.txt").read_text(encoding="utf-8").split()
    traditional = dict(zip(simple[1], simple[0], strict=True))
    titles = {row["key"]: row["title"] for row in demo.rows(demo.DISCLOSURES)}
    typed = {key: "".join(traditional.get(one, one) for one in title) for key, title in titles.items()}
    assert sum(typed[key] != titles[key] for key in titles) == len(titles)
    assert [key for key in titles if _ranked(park, typed[key]) != _ranked(park, titles[key])] == []


def test_titles_with_one_character_that_sounds_alike_find_their_notice(park: Office) -> None:
    chosen = random.Random(4)
    titles = {row["key"]: row["title"] for row in demo.rows(demo.DISCLOSURES) if row.get("status") == "有效"}
    lost = [key for key, title in titles.items() if key not in _ranked(park, _slipped(title, chosen))[:3]]
    assert len(lost) <= len(titles) // 50


def _ranked(office: Office, text: str) -> list[str]:
    return [result.key for result in notice_search.rank(office, text, 10)]


def _slipped(title: str, chosen: random.Random) -> str:
    """The title with one Chinese character for another of the same sound."""
    places = [place for place, one in enumerate(title) if runs(one) and is_chinese(one) and alike(one)]
    place = chosen.choice(places)
    return title[:place] + chosen.choice(alike(title[place])) + title[place + 1 :]
