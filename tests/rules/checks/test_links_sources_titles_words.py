"""Links by their form, sources of reposts, titles like one that is out, and words that are easily written wrong; measured."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from config import reference, wrong_words
from config.wrong_words import WrongWord
from content.rules.checks import link_forms, repost_source, similar_titles, spoken_days
from content.rules.checks import wrong_words as rules
from content.rules.checks.finding import BODY, TITLE, Passage, Severity
from content.rules.checks.link_forms import Link

WORDS, FAULTS = wrong_words.made(reference.table("wrong_words"))
CANNOT_BE_OPENED = [
    "http://localhost/a",
    "http://192.168.1.5/oa",
    "http://10.1.2.3",
    "http：//www.a.gov.cn",
    "file:///C:/a.doc",
    "http://oa/123",
    "http://www..gov.cn",
    "https://a b.cn",
    "http://intranet.local/x",
    "C:\\\\a.doc",
    "http://www.临江",
    "ftp://a.cn/x",
    "https://t.cn/A6xyz",
    "https://www.taobao.com/x",
    "http://bit.ly/x",
]
FINE = [
    "https://www.gov.cn/x",
    "http://linjiang.gov.cn/art/1.html",
    "https://mp.weixin.qq.com/s/abc",
    "mailto:a@b.cn",
    "tel:12345",
    "http://www.news.cn/a",
    "https://rsj.fujian.gov.cn",
    "http://127.0.0.1:8000/d/3",
]
CLAIMS = [
    "我们提供全国最好的服务。",
    "园区办事速度全国第一",
    "采用世界最先进的设备",
    "引进最先进的检测仪器",
    "这里的环境独一无二",
    "国内最权威的专家团队",
]
NO_CLAIMS = [
    "全国第一批智慧园区试点名单公布",
    "总量位居全国第一",
    "最先进入现场的是消防员",
    "办事前最好先打电话",
    "全省第一季度通报会",
    "全市第一人民医院周末门诊",
    "宣传中不得使用“全国最好”等用语",
    "排名全省第一",
    "全国最低生活保障标准",
    "全国第一次经济普查",
]
WITHOUT_SOURCE = [
    "（本报记者 张三）今天，园区召开会议。",
    "转载：园区新规",
    "原标题：某地出台新规",
    "据媒体报道，近日气温下降",
    "据悉，近期将有大雨",
    "摘自网络",
    "本报讯 11月22日，",
    "转载自新华网。据报道，降温明显",
]
WITH_SOURCE = [
    "新华社北京11月22日电 会议召开。",
    "来源：临江日报",
    "未经授权不得转载",
    "转自《临江日报》：园区新规",
    "据人民网报道，气温下降",
    "园区今天召开会议。",
    "本号文章欢迎转载",
    "转载请注明来源",
]
OUT = [
    (1, "人才公寓空出18套，满足条件就能住"),
    (2, "每日要点（11月28日）"),
    (3, "关于做好2026年稳岗补贴申报的通知"),
    (4, "园区停水通知"),
    (5, "第12期园区简报"),
    (6, "关于清明节放假的通知"),
    (7, "11月空气质量月报"),
]
ALIKE = [
    "人才公寓空出18套，满足条件就可以住",
    "关于做好2026年稳岗补贴申报工作的通知",
    "园区停水通知",
    "关于清明节放假通知",
]
OTHERS = [
    "每日要点（11月29日）",
    "第13期园区简报",
    "关于做好2027年稳岗补贴申报的通知",
    "人才公寓空出6套，满足条件就能住",
    "12月空气质量月报",
    "园区停电通知",
    "关于端午节放假的通知",
    "道路施工绕行提示",
]


def found_in_link(url: str) -> list[str]:
    links = [Link(url, Passage(BODY, url))]
    return [each.rule.name for each in link_forms.find(links, own={"127.0.0.1"}, gone={"https://own/d/3": "撤下了。"})]


@pytest.mark.parametrize("url", CANNOT_BE_OPENED)
def test_a_link_that_nobody_can_open_or_that_leads_away_is_found(url: str) -> None:
    assert found_in_link(url)


@pytest.mark.parametrize("url", FINE)
def test_links_to_government_sites_and_to_our_own_are_left_alone(url: str) -> None:
    assert not found_in_link(url)


def test_a_link_to_what_was_taken_down_is_found() -> None:
    assert found_in_link("https://own/d/3") == ["link.gone"]


def test_addresses_in_the_words_are_links_too() -> None:
    told = [Passage(BODY, "详见http://192.168.1.5/a，或www.taobao.com/x。官网https://www.gov.cn/x。")]
    assert [link.url for link in link_forms.written_in(told)] == [
        "http://192.168.1.5/a",
        "www.taobao.com/x",
        "https://www.gov.cn/x",
    ]


@pytest.mark.parametrize("text", WITHOUT_SOURCE)
def test_a_repost_without_its_source_is_found(text: str) -> None:
    assert list(repost_source.find([Passage(BODY, text)], source_url=""))
    assert not list(repost_source.find([Passage(BODY, text)], source_url="https://www.gov.cn/x"))


@pytest.mark.parametrize("text", WITH_SOURCE)
def test_a_repost_that_names_its_source_is_left_alone(text: str) -> None:
    assert not list(repost_source.find([Passage(BODY, text)], source_url=""))


def test_claims_that_nobody_can_prove_are_asked_about_and_ranks_are_not() -> None:
    def found(text: str) -> list[str]:
        return [each.words for each in rules.claims([Passage(BODY, text)])]

    assert [text for text in CLAIMS if len(found(text)) != 1] == []
    assert [text for text in NO_CLAIMS if found(text)] == []


@pytest.mark.parametrize("title", ALIKE)
def test_a_title_like_one_that_is_out_is_asked_about(title: str) -> None:
    [found] = similar_titles.find(title, OUT)
    assert found.rule.severity is Severity.QUERY and "稿件" in found.detail


@pytest.mark.parametrize("title", OTHERS)
def test_a_title_of_a_series_or_of_something_else_is_not(title: str) -> None:
    assert not list(similar_titles.find(title, OUT))


@pytest.mark.parametrize(
    ("title", "body", "found"),
    [
        ("12月9日（周三）停水", "请储水。", []),
        ("12月9日（周四）停水", "请储水。", ["这一天是 2026年12月9日 周三。"]),
        ("停水通知", "2026年12月12日 星期天停水。", ["这一天是 2026年12月12日 周六。"]),
        ("元旦办理安排", "1月1日（周五）不办公。", []),
        ("明天停水", "12月5日8时起停水。", []),
        ("明天停水", "12月8日8时起停水。", ["12月4日 周五 发布，标题里的“明天”就是 12月5日 周六；文中写的是 12月8日 周二。"]),
        ("下周二起受理", "12月7日至12月11日受理。", []),
        ("下周一起受理", "12月14日起受理。", ["12月4日 周五 发布，标题里的“下周一”就是 12月7日 周一；文中写的是 12月14日 周一。"]),
        ("明天停水", "请储水。", []),
        ("周二停水", "12月8日8时起停水。", []),
        ("周二停水", "12月9日8时起停水。", ["12月4日 周五 发布，标题里的“周二”就是 12月8日 周二；文中写的是 12月9日 周三。"]),
        ("每周一次的课，周一至周五都开", "12月9日起开课。", []),
    ],
)  # fmt: skip
def test_days_that_do_not_fit_are_asked_about(title: str, body: str, found: list[str]) -> None:
    told = [Passage(TITLE, title), Passage(BODY, body)]
    findings = list(spoken_days.find(told, out_on=date(2026, 12, 4), today=date(2026, 12, 1)))
    assert [each.detail for each in findings] == found
    assert all(each.rule.severity is Severity.QUERY for each in findings)


def test_every_word_of_the_list_is_found_and_its_right_form_is_not() -> None:
    assert not FAULTS and len(WORDS) > 150
    for word in WORDS:
        assert list(rules.find([Passage(BODY, f"我们{word.wrong}。")], [word])), word
        assert not [
            each for each in rules.find([Passage(BODY, word.right)], WORDS) if each.rule.severity is Severity.ERROR
        ], word
        for longer in word.but:
            assert not list(rules.find([Passage(BODY, f"了{longer}等")], [word])), (word, longer)


def test_the_list_is_the_offices_and_a_fault_in_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "wrong_words.toml").write_text(
        '[[group]]\nwhy = "方言"\nlevel = "query"\n[group.words]\n"阿拉" = "我们"\n', encoding="utf-8"
    )
    file = wrong_words.wrong_words_file(tmp_path)
    assert file.read() == (WrongWord("阿拉", "我们", "方言", "query"),)
    (tmp_path / "wrong_words.toml").write_text(
        '[[group]]\nlevel = "bad"\n[group.words]\n"的" = "得"\n', encoding="utf-8"
    )
    assert len(file.read()) > 150 and len(file.faults) == 3


@pytest.mark.parametrize(
    ("text", "found"), [("2026年11月31日截止", ["11月31日"]), ("2027年2月29日前", ["2月29日"]), ("2028年2月29日前", [])]
)
def test_a_day_that_no_calendar_has_is_found(text: str, found: list[str]) -> None:
    told = spoken_days.find([Passage("正文", text)], out_on=None, today=date(2026, 12, 1))
    assert [each.words.partition("年")[2] for each in told if each.rule == spoken_days.NO_DAY] == found
