"""The text of a report against its tables. The text may count in another scope, so all of this is asked, never an error."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from content.rules.figures.annual_report import form
from content.rules.figures.annual_report.prose import OTHER_TIMES, Figure, excerpt, figures, sentences, without_brackets
from content.rules.figures.annual_report.report import AnnualReport, ReportFinding, query

FIGURE_RULE, SUM_RULE = "narrative.figure", "narrative.sum"
PIECE = r"(\d[\d,]{0,15})(?:件次|件|宗|份|起)"
REQUEST = r"(?:政府)?(?:信息)?(?:依申请公开|公开申请|申请公开)"
RECEIVED = (
    re.compile(rf"(?:新?收到?|受理|接收|接到)[^,，\d]{{0,20}}?{REQUEST}[^,，\d]{{0,8}}?{PIECE}"),
    re.compile(rf"(?:新?收到?|受理|接收|接到)[^,，\d]{{0,12}}?{PIECE}[^,，\d]{{0,8}}?{REQUEST}"),
)
CARRIED_IN = re.compile(
    rf"(?:上年|上一年|去年|上年度|上一年度|\d{{4}}年度?)(?:度)?结转(?:的|至今年的?|至本年的?)?[^,，\d]{{0,8}}?{PIECE}"
)
CARRIED_OUT = re.compile(
    rf"结转(?:至|到|入)?(?:下年|下一年|次年|明年|\d{{4}}年)度?(?:继续)?(?:办理|处理)?(?:的)?{PIECE}"
)
HANDLED = re.compile(rf"(?:办结|办理完毕|答复)(?:{REQUEST}|申请)?(?:共|共计)?{PIECE}")
_NAMES = "|".join(form.GROUPS.values())
OUTCOME = re.compile(rf"((?:{_NAMES})(?:(?:和|及|与|、|或|以及)(?:{_NAMES}))*)(?:的|类|申请|共|计|为|有){{0,3}}{PIECE}"
                     rf"(?:[\(,，]?占(?:比|总数的?|办结总数的?|总量的?)?|\()?(?:(\d{{1,3}}(?:\.\d{{1,4}})?)%)?")  # fmt: skip
NO_RESULT = r"(?<!维持)(?<!纠正)(?<!审结)(?<!办结)"
REVIEWS = re.compile(rf"{NO_RESULT}行政复议(?:案件|申请|案)?(?:共|共计|数量为?)?{PIECE}")
SUITS = re.compile(rf"{NO_RESULT}行政诉讼(?:案件|案)?(?:共|共计|数量为?)?{PIECE}")
DOCUMENTS = re.compile(r"(?:行政)?规范性文件(?:共|共计)?(\d[\d,]{0,15})(?:件|份|个|部)")
LOOKED_AT = re.compile(
    r"(?:清理|梳理|审查|备案|报备|解读|评估|征求)[^,，]{0,6}$"
)  # documents of other years and offices too
RULES = re.compile(r"规章(?:共|共计)?(\d[\d,]{0,15})(?:件|部|个)")
DECISIONS = re.compile(r"(行政许可|行政处罚|行政强制)(?:决定|事项)?(?:共|共计)?(\d[\d,]{0,15})(?:件|宗|起)")


@dataclass(frozen=True)
class _Expected:
    """The figures of the tables that a figure of the text may be, by what they are, and the cells they stand in."""

    values: dict[str, int | float]
    cells: tuple[str, ...]


def findings(report: AnnualReport) -> Iterator[ReportFinding]:
    """Figures of the text that are not in the tables, and lists that do not add up."""
    told = sentences(report.narrative)
    for sentence in told:
        yield from _requests(report, sentence)
        yield from _outcomes(report, sentence)
        yield from _cases(report, sentence)
        yield from _active(report, sentence)
    yield from _lists(told)


def _requests(report: AnnualReport, sentence: str) -> Iterator[ReportFinding]:
    new, into = _cell(report, form.NEW), _cell(report, form.CARRIED_IN)
    plain = without_brackets(sentence)
    found = next((match for pattern in RECEIVED if (match := pattern.search(plain))), None)
    if found and new and not OTHER_TIMES.search(plain[: found.start(1)]):
        values = {"一（本年新收）": new[1]} | ({"一 + 二（加上年结转）": new[1] + into[1]} if into else {})
        values |= _applicants(report, plain[: found.end()])
        yield from _compare(sentence, found[1], "申请数量", _Expected(values, (new[0],)))
    for pattern, row, words in ((CARRIED_IN, into, "二（上年结转）"),
                                (CARRIED_OUT, _cell(report, form.CARRIED_OUT), "四（结转下年度）")):  # fmt: skip
        match = pattern.search(sentence)
        if match and row and "申请" in sentence:
            yield from _compare(sentence, match[1], "结转数量", _Expected({words: row[1]}, (row[0],)))
    total = _cell(report, form.TOTAL)
    match = HANDLED.search(plain)
    if match and total and re.search(REQUEST, plain):
        values = {"三（七）总计": total[1]} | ({"一（本年新收）": new[1]} if new else {})
        yield from _compare(sentence, match[1], "办结数量", _Expected(values, (total[0],)))


def _applicants(report: AnnualReport, words: str) -> dict[str, int | float]:
    """The figure of one kind of applicant, where the text speaks of it."""
    names = ((column, name) for column, name in enumerate(form.APPLICANTS[:-1]) if name in words and name != "其他")
    return {name: report.value(f"t3.{form.NEW}.{column}") or 0 for column, name in names}


def _outcomes(report: AnnualReport, sentence: str) -> Iterator[ReportFinding]:
    total = _cell(report, form.TOTAL)
    if "申请" not in sentence and len(list(OUTCOME.finditer(sentence))) < 2:
        return
    for found in OUTCOME.finditer(sentence):
        groups = [group for group, words in form.GROUPS.items() if words in found[1]]
        rows = [row.name for row in report.request_rows if row.group in groups]
        if not rows or any(row not in report.requests for row in rows):
            continue
        names = tuple(f"t3.{row}.6" for row in rows)
        counted = report.sum(names)
        yield from _compare(sentence, found[2], f"{found[1]}的数量", _Expected({found[1]: counted}, names))
        if found[3] and total and total[1] > 0:
            yield from _percentage(sentence, found, total)


def _percentage(sentence: str, found: re.Match[str], total: tuple[str, int | float]) -> Iterator[ReportFinding]:
    given, count = float(found[3]), int(found[2].replace(",", ""))
    decimals = len(found[3].partition(".")[2])
    right = 100 * count / total[1]
    if abs(right - given) > 0.6 * 10**-decimals:
        yield query(FIGURE_RULE, [total[0]], f"正文“{excerpt(sentence)}”：{found[1]} {count} 件占（七）总计 {total[1]} 件的 "
                    f"{right:.{max(decimals, 2)}f}%，正文写的是 {found[3]}%，请核对。")  # fmt: skip


def _cases(report: AnnualReport, sentence: str) -> Iterator[ReportFinding]:
    if "信息公开" not in sentence and "复议" not in sentence:
        return
    review = "t4.review.4"
    suits = ("t4.suit_direct.4", "t4.suit_after.4")
    found = REVIEWS.search(sentence)
    reviews = report.value(review)
    if found and reviews is not None:
        yield from _compare(sentence, found[1], "行政复议数量", _Expected({"表四行政复议总计": reviews}, (review,)))
    found = SUITS.search(sentence)
    direct, after = (report.value(name) for name in suits)
    if found and direct is not None and after is not None:
        values = {"表四行政诉讼总计": direct + after, "未经复议直接起诉": direct, "复议后起诉": after}
        yield from _compare(sentence, found[1], "行政诉讼数量", _Expected(values, suits))


def _active(report: AnnualReport, sentence: str) -> Iterator[ReportFinding]:
    for pattern, row in ((DOCUMENTS, form.DOCUMENTS[report.format]), (RULES, form.RULES)):
        plain = without_brackets(sentence)
        found = pattern.search(plain)
        if found and row in report.active and not LOOKED_AT.search(plain[: found.start()]):
            yield from _compare(sentence, found[1], f"{row}数量", _row(report, row))
    for found in DECISIONS.finditer(without_brackets(sentence)):
        if found[1] in report.active:
            yield from _compare(sentence, found[2], f"{found[1]}数量", _row(report, found[1]))


def _row(report: AnnualReport, row: str) -> _Expected:
    """Any cell of a row of table two may be what the text speaks of."""
    columns = next(one.columns for one in form.ACTIVE[report.format] if one.name == row)
    names = tuple(f"t2.{row}.{column}" for column in range(len(columns)))
    values = {words: value for words, name in zip(columns, names, strict=True)
              if (value := report.value(name)) is not None}  # fmt: skip
    return _Expected(values, names)


def _compare(sentence: str, told: str, what: str, expected: _Expected) -> Iterator[ReportFinding]:
    count = int(told.replace(",", ""))
    if not expected.values or count in expected.values.values():
        return
    shown = "，".join(f"{words} {value}" for words, value in expected.values.items())
    yield query(
        FIGURE_RULE,
        expected.cells,
        f"正文“{excerpt(sentence)}”里的{what}是 {count}，表里是：{shown}。请核对口径是否一致。",
    )


def _cell(report: AnnualReport, row: str) -> tuple[str, int | float] | None:
    """The total of a row of table three: its cell and its figure; None where there is none."""
    name = f"t3.{row}.{len(form.APPLICANTS) - 1}"
    value = report.value(name)
    return None if value is None else (name, value)


LISTED = re.compile(r"(其中|包括|分别是|分别为)[:：,，]?")
NEAR = 12  # characters between a whole and 其中
PART_OF = 0.75  # a list that reaches this share of its whole was probably meant to be all of it


def _lists(told: Sequence[str]) -> Iterator[ReportFinding]:
    """总数…，其中…: parts in the unit of the whole that nearly add up, or that are more than the whole."""
    before = ""
    for sentence in told:
        plain = without_brackets(sentence)
        found = LISTED.search(plain)
        if found:
            whole = _whole(plain[: found.start()], before if found.start() == 0 else "")
            told_of = list(figures(plain[found.end() :]))
            parts = [part for part in told_of if whole and part.unit == whole.unit]
            others = [
                figure for figure in figures(before + plain[: found.start()]) if whole and figure.unit == whole.unit
            ]
            is_amiss = whole and _amiss(whole, parts) and not _are_of_another(whole, others, parts)
            if whole and is_amiss and sum(part.value for part in told_of) != whole.value:
                shown = " + ".join(str(part.value) for part in parts)
                yield query(SUM_RULE, [], f"正文“{excerpt(sentence)}”：各项 {shown} = {sum(part.value for part in parts)}，"
                            f"而总数是 {whole.value}{whole.unit}，请核对。")  # fmt: skip
        before = plain


def _whole(words: str, before: str) -> Figure | None:
    """The figure just before 其中, or the last of the sentence before."""
    if before:
        return next(reversed(list(figures(before))), None)
    last = next(reversed(list(figures(words))), None)
    return last if last and len(words) - last.end <= NEAR else None


def _are_of_another(whole: Figure, others: Sequence[Figure], parts: Sequence[Figure]) -> bool:
    """Whether the parts may be those of another figure told before: 新收54件，办结52件，结转6件。其中予以公开18件、部分公开7件."""
    total = sum(part.value for part in parts)
    has_room = total > whole.value and any(total < PART_OF * other.value for other in others)
    return has_room or any(total == other.value for other in others)


def _amiss(whole: Figure, parts: Sequence[Figure]) -> bool:
    total = sum(part.value for part in parts)
    if len(parts) < 2 or whole.rounded or any(part.rounded for part in parts):
        return False
    return total != whole.value and total >= PART_OF * whole.value
