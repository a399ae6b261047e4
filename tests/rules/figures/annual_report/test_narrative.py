"""The text against the tables: asked about, never an error, and silent on what agrees."""

from __future__ import annotations

import pytest

from content.rules.figures.annual_report import checks
from content.rules.figures.annual_report.form import Format
from tests.rules.figures.annual_report.made_up import report

# received 30 + 4 carried in = 28 handled (12 given, 3 in part, 5 refused, 6 not to be had, 2 not dealt with) + 6 carried out
CELLS = {"t3.new.0": 26, "t3.new.1": 4, "t3.new.6": 30, "t3.in.0": 4, "t3.in.6": 4, "t3.g.0": 10, "t3.g.1": 2, "t3.g.6": 12,
         "t3.p.0": 3, "t3.p.6": 3, "t3.d4.0": 5, "t3.d4.6": 5, "t3.u1.0": 4, "t3.u1.1": 2, "t3.u1.6": 6, "t3.n2.0": 2,
         "t3.n2.6": 2, "t3.total.0": 24, "t3.total.1": 4, "t3.total.6": 28, "t3.out.0": 6, "t3.out.6": 6,
         "t4.review.0": 3, "t4.review.1": 1, "t4.review.4": 4, "t4.suit_direct.0": 1, "t4.suit_direct.4": 1,
         "t4.suit_after.0": 2, "t4.suit_after.4": 2, "t2.行政规范性文件.0": 7, "t2.行政规范性文件.2": 41,
         "t2.行政许可.0": 310}  # fmt: skip


def asked(text: str, shape: Format = Format.OF_2021) -> list[str]:
    """The rules that a text brings up."""
    found = checks.check(report(shape, cells=CELLS, narrative=text))
    assert all(finding.level == "query" for finding in found), found
    return [finding.rule for finding in found]


@pytest.mark.parametrize("text", [
    "全年共收到政府信息公开申请30件，上年结转4件，办结28件，结转下年度继续办理6件。",
    "2024年，本机关受理信息公开申请 34 件（含上年结转4件），均在法定期限内答复28件。",
    "收到自然人政府信息公开申请26件。",
    "办结申请28件。其中，予以公开12件（42.86%），部分公开3件，不予公开5件（占17.9%），无法提供6件，不予处理2件。",
    "予以公开和部分公开15件，占申请办结总数的一半以上；不予公开5件。",
    "因政府信息公开申请被提起行政复议4件、行政诉讼3件。",
    "全年制发行政规范性文件7件，现行有效规范性文件41件。",
    "办理行政许可310件。",
    "规范性文件备案率100%，清理行政规范性文件45件，废止1件。",
    "解读政策文件12篇，其中图解6篇、视频3个、文字3篇。",
    "全县公开政府信息3914条，其中门户网站2437条、政务微信1477条。",
    "全年公开信息1230余条，其中微信1000余条，门户200余条。",
    "收到建议提案60件，办结60件，办结率100%。",
    "去年收到政府信息公开申请18件，同比增长12件。",
    "2024年召开会议12次，其中专题会议3次。",
    "申请人无正当理由逾期不补正的，不再处理。本单位未收到行政复议被纠正的决定。",
    "未收取依申请公开信息处理费，没有依申请公开收费的投诉。",
    "未发生因依申请公开引起的投诉，推进无障碍浏览、依申请公开等功能建设。",
    "未经行政复议直接提起行政诉讼1件，尚未审结行政复议0件。",
    "我单位主动公开规章制度19条，接待群众8人次。",
    "全年制作公报54件，上年留存4件，印发52件，结转下年度6件。其中甲类18件、乙类7件。",
    "全年制作公报179件，上年留存12件，印发180件，留存11件。其中甲类141件、乙类38件。",
    "全年制作公报179件，印发180件。其中甲类141件、乙类38件。",
])  # fmt: skip
def test_what_agrees_or_counts_something_else_is_passed_over(text: str) -> None:
    assert asked(text) == []


@pytest.mark.parametrize(("text", "rule"), [
    ("全年共收到政府信息公开申请17件。", "narrative.figure"),
    ("今年新收到31件政府信息公开申请，均已登记。", "narrative.figure"),
    ("收到公开申请，上年结转申请5件。", "narrative.figure"),
    ("政府信息公开申请结转下年度继续办理3件。", "narrative.figure"),
    ("全年办结政府信息公开申请27件。", "narrative.figure"),
    ("对收到的申请，予以公开11件、部分公开3件。", "narrative.figure"),
    ("申请办理情况：予以公开12件（占40%）。", "narrative.figure"),
    ("因信息公开发生行政复议5件。", "narrative.figure"),
    ("涉及政府信息公开行政诉讼案件9件。", "narrative.figure"),
    ("全年制发行政规范性文件19件。", "narrative.figure"),
    ("全年作出行政许可决定9487件。", "narrative.figure"),
    ("全年公开政府信息3914条，其中门户网站2437条、政务微信1000条。", "narrative.sum"),
    ("主动公开信息2160条。其中：概况类139条、动态类1500条、目录类500条。", "narrative.sum"),
    ("全年制作公报179件，留存11件，其中甲类6件、乙类4件。", "narrative.sum"),
    ("全年制作公报20件，留存6件。其中甲类18件、乙类7件。", "narrative.sum"),
    ("召开发布会20场，分别是新闻发布会15场、通气会8场。", "narrative.sum"),
    ("收到的申请全部按期办结。", "narrative.claim"),
    ("所有申请均在法定期限内予以答复。", "narrative.claim"),
    ("政府信息公开申请办结率达100%。", "narrative.claim"),
    ("2024年，未收到政府信息公开申请。", "narrative.claim"),
    ("本年度未发生行政复议和行政诉讼案件。", "narrative.claim"),
    ("没有因政府信息公开引起的行政诉讼。", "narrative.claim"),
    ("全年无政府信息公开申请。", "narrative.claim"),
    ("未发生复议，无行政诉讼。", "narrative.claim"),
    ("未被提起行政诉讼。", "narrative.claim"),
])  # fmt: skip
def test_what_does_not_agree_is_asked_about(text: str, rule: str) -> None:
    assert asked(text) == [rule]


def test_claims_are_fair_where_the_tables_are_empty() -> None:
    text = "未收到政府信息公开申请，未发生行政复议、行政诉讼。收到的申请全部按期办结。"
    assert checks.check(report(narrative=text)) == []


def test_the_question_quotes_the_sentence_and_gives_both_figures() -> None:
    [found] = checks.check(report(cells=CELLS, narrative="全年共收到政府信息公开申请１７件。"))
    assert found.cells == ("t3.new.6",)
    assert found.message.startswith("正文“全年共收到政府信息公开申请17件”里的申请数量是 17，表里是：一（本年新收） 30")
