"""The six sections' text drafted from the figures: it says what the registers know and nothing else.

What only people can tell (meetings, problems, plans) is a line in square brackets; a report with such a line is not signed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from content.rules.figures.annual_report import form
from content.rules.figures.annual_report.form import Format
from content.rules.figures.annual_report.report import AnnualReport

Sections = tuple[tuple[str, ...], ...]  # six, each its paragraphs
GAP = re.compile(r"【请填写：[^】]*】")
MOST_NAMED = 5  # categories that are named with their numbers


@dataclass(frozen=True)
class YearsWork:
    """What the office did in the year beside the form: published items by channel, by category, questions answered.

    `fees` is what applicants paid for processing, in yuan; None where no register says.
    """

    articles: int = 0
    portal_items: int = 0
    categories: Mapping[str, int] = field(default_factory=dict)
    asked: int = 0
    answered: int = 0
    fees: int | float | None = None


def draft(report: AnnualReport, work: YearsWork) -> Sections:
    """Six sections from the figures."""
    return (
        tuple(_overview(report, work)),
        tuple(_active(report)),
        tuple(_requests(report)),
        tuple(_cases(report)),
        (gap("存在的主要问题"), gap("改进的措施")),
        tuple(_other(work)),
    )


def gap(what: str) -> str:
    """A line for what only people can tell."""
    return f"【请填写：{what}】"


def gaps(sections: Sections) -> list[str]:
    """What is still to be told, section by section."""
    return [found for section in sections for paragraph in section for found in GAP.findall(paragraph)]


def _overview(report: AnnualReport, work: YearsWork) -> Iterator[str]:
    published = [f"通过{words}公开政府信息 {count} 条" for words, count in
                 (("微信公众号", work.articles), ("门户网站", work.portal_items)) if count]  # fmt: skip
    told = f"全年{'，'.join(published)}。" if published else gap("主动公开的数量和渠道")
    yield f"（一）主动公开情况。{told}"
    if work.categories:
        named = sorted(work.categories.items(), key=lambda item: (-item[1], item[0]))[:MOST_NAMED]
        yield "微信公众号发布较多的栏目有：" + "、".join(f"{name} {count} 条" for name, count in named) + "。"
    new, total = (_total(report, row) for row in (form.NEW, form.TOTAL))
    yield "（二）依申请公开情况。" + (f"全年新收政府信息公开申请 {new} 件，办结 {total} 件。"
                             if new is not None and total is not None else gap("申请的收到和办理"))  # fmt: skip
    yield "（三）政府信息管理情况。" + gap("信息公开的审核、动态调整等制度和做法")
    asked = f"群众在微信公众号上提问 {work.asked} 次，得到答复 {work.answered} 次。" if work.asked else ""
    yield "（四）政府信息公开平台建设情况。" + (asked or gap("网站、公众号等平台的建设"))
    yield "（五）监督保障情况。" + gap("机构、人员、培训、考核等")


def _active(report: AnnualReport) -> Iterator[str]:
    documents = f"t2.{form.DOCUMENTS[report.format]}.0"
    made = report.value(documents)
    if made is not None:
        yield f"本年{'制发' if report.format is Format.OF_2021 else '新制作'}{form.DOCUMENTS[report.format]} {made} 件。"


def _requests(report: AnnualReport) -> Iterator[str]:
    new, carried, total, out = (
        _total(report, row) for row in (form.NEW, form.CARRIED_IN, form.TOTAL, form.CARRIED_OUT)
    )
    if new is None or total is None:
        return
    parts = [f"本年新收政府信息公开申请 {new} 件"]
    parts += [f"上年结转 {carried} 件"] if carried else []
    parts.append(f"办结 {total} 件")
    outcomes = list(_outcomes(report))
    yield "，".join(parts) + (f"。其中，{'，'.join(outcomes)}" if outcomes else "") + "。"
    if out:
        yield f"结转下年度继续办理 {out} 件。"


def _outcomes(report: AnnualReport) -> Iterator[str]:
    for group, words in form.GROUPS.items():
        cells = [f"t3.{row.name}.6" for row in report.request_rows if row.group == group]
        count = report.sum(cells) if report.known(cells) else 0
        if count:
            yield f"{words} {count} 件"


def _cases(report: AnnualReport) -> Iterator[str]:
    review, direct, after = (report.value(f"t4.{name}.4") for name in form.CASES)
    if review is None or direct is None or after is None:
        return
    if not review and not direct and not after:
        yield "本年度没有因政府信息公开被申请行政复议、提起行政诉讼。"
    else:
        yield f"因政府信息公开被申请行政复议 {review} 件，被提起行政诉讼 {direct + after} 件。"


def _other(work: YearsWork) -> Iterator[str]:
    if work.fees is None:
        yield "没有其他需要报告的事项。"
    elif work.fees:
        yield f"本年度收取信息处理费 {work.fees} 元。"
    else:
        yield "本年度没有收取信息处理费。没有其他需要报告的事项。"


def _total(report: AnnualReport, row: str) -> int | float | None:
    return report.value(f"t3.{row}.{len(form.APPLICANTS) - 1}")


def paragraphs(sections: Sections) -> Sequence[str]:
    """The report's text as a check reads it: each section's heading and paragraphs, one a line."""
    return [line for heading, section in zip(headings(), sections, strict=True) for line in (heading, *section)]


def headings() -> tuple[str, ...]:
    """一、总体情况 and so on."""
    return tuple(f"{number}、{name}" for number, name in zip("一二三四五六", form.SECTIONS, strict=True))
