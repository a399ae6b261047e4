"""What a report says in words against what its tables show: 全部办结, 未收到申请, 未发生行政复议."""

from __future__ import annotations

import re
from collections.abc import Iterator

from content.rules.figures.annual_report import form
from content.rules.figures.annual_report.prose import OTHER_TIMES, excerpt, sentences
from content.rules.figures.annual_report.report import AnnualReport, ReportFinding, query

RULE = "narrative.claim"
ALL_DONE = re.compile(r"(?:全部|均已?|都已?|100%|百分之百)(?:已)?(?:依法|按时|按期|及时|在?法定(?:期限|时限)内|在?规定(?:期限|时限)内)*"
                      r"(?:予以|进行了?|作出|给予)?(?:办结|答复|办理完毕|回复)|(?:办结|答复|按时答复|按期办结)率(?:均?为|达到?|均?达)?100%")  # fmt: skip
NOT = r"(?:未|没有|尚未)(?:收到|接到|受理|发生|产生|出现|引发|引起|涉及|有)"
NO_REQUESTS = re.compile(rf"(?:{NOT}[^,，、\d因就对由于]{{0,12}}?|无)(?:政府信息公开申请|信息公开申请|依申请公开)"
                         r"(?!人|引|导致|产生|信息|收|费|工作|的?(?:行政|投诉|举报|复议|诉讼))")  # fmt: skip
NO_CASES = re.compile(rf"(?:(?:{NOT}|(?:未|没有)[被因])[^,，\d]{{0,20}}?|无[^,，、\d]{{0,6}}?)(?:行政复议|行政诉讼)")
FAULT = re.compile(r"不予|纠正|败诉|超期|逾期|无正当理由|无法")


def findings(report: AnnualReport) -> Iterator[ReportFinding]:
    """Claims that the tables do not bear out."""
    for sentence in sentences(report.narrative):
        yield from _all_done(report, sentence)
        yield from _nothing_received(report, sentence)
        yield from _no_cases(report, sentence)


def _all_done(report: AnnualReport, sentence: str) -> Iterator[ReportFinding]:
    """全部办结 while some are carried over. A sentence that itself says how many were done, as many as the table, is plain."""
    out, total = f"t3.{form.CARRIED_OUT}.6", report.value(f"t3.{form.TOTAL}.6")
    left = report.value(out) or 0
    if (
        left <= 0
        or "申请" not in sentence
        or not ALL_DONE.search(sentence)
        or "结转" in sentence.replace("上年结转", "")
    ):
        return
    if total is not None and re.search(rf"(?:办结|答复|办理)(?:申请)?(?:共|共计)?{total}[件宗份]", sentence):
        return
    yield query(RULE, [out], f"正文“{excerpt(sentence)}”，而表三四（结转下年度继续办理）还有 {left} 件，请核对说法。")


def _nothing_received(report: AnnualReport, sentence: str) -> Iterator[ReportFinding]:
    cell = f"t3.{form.NEW}.6"
    new = report.value(cell) or 0
    found = NO_REQUESTS.search(sentence)
    if new > 0 and found and not FAULT.search(found[0]) and not OTHER_TIMES.search(sentence):
        yield query(RULE, [cell], f"正文“{excerpt(sentence)}”，而表三一（本年新收）有 {new} 件，请核对说法。")


def _no_cases(report: AnnualReport, sentence: str) -> Iterator[ReportFinding]:
    found = NO_CASES.search(sentence)
    if not found or FAULT.search(sentence) or OTHER_TIMES.search(sentence):
        return
    after = sentence[found.start() :]
    reviewed, sued = "行政复议" in after, "行政诉讼" in after
    cells = [name for name, told in (("t4.review.4", reviewed), ("t4.suit_direct.4", sued), ("t4.suit_after.4", sued))
             if told and (report.value(name) or 0) > 0]  # fmt: skip
    if cells:
        shown = "、".join(f"{form.label(cell, report.format)} {report.value(cell)} 件" for cell in cells)
        yield query(RULE, cells, f"正文“{excerpt(sentence)}”，而{shown}，请核对说法。")
