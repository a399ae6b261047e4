"""The form of the annual report as one table: the rows, columns and printed words of both formats.

2019: 国办公开办函〔2019〕60号, report years 2019 and 2020. 2021: 国办公开办函〔2021〕30号, report years from 2021 on.
Rows and cells have names as in `report check --json`: `t3.total.6` is the last cell of （七）总计.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Format(Enum):
    """The two formats that have been in force."""

    OF_2019 = "2019"
    OF_2021 = "2021"


class Holds(Enum):
    """What a cell of table two holds."""

    COUNT = "count"
    CHANGE = "change"  # may be negative
    MONEY = "money"  # 万元, decimals allowed


@dataclass(frozen=True)
class ActiveRow:
    """A row of table two: its printed name, its columns, and what each cell holds."""

    name: str
    columns: tuple[str, ...]
    holds: tuple[Holds, ...]


@dataclass(frozen=True)
class RequestRow:
    """A row of table three: its name in JSON, its printed label, and the group whose outcomes it belongs to."""

    name: str
    label: str
    group: str = ""


COUNT, CHANGE, MONEY = Holds.COUNT, Holds.CHANGE, Holds.MONEY
_MADE_2019 = ("本年新制作数量", "本年新公开数量", "对外公开总数量")
_MADE_2021 = ("本年制发件数", "本年废止件数", "现行有效件数")
_ITEMS = ("上一年项目数量", "本年增/减", "处理决定数量")
_ITEMS_HOLD = (COUNT, CHANGE, COUNT)
RULES = "规章"
DOCUMENTS = {Format.OF_2019: "规范性文件", Format.OF_2021: "行政规范性文件"}
FEES = {Format.OF_2019: "行政事业性收费", Format.OF_2021: "行政事业性收费(万元)"}
PROCUREMENT = "政府集中采购"

ACTIVE: dict[Format, tuple[ActiveRow, ...]] = {
    Format.OF_2019: (
        ActiveRow(RULES, _MADE_2019, (COUNT,) * 3),
        ActiveRow("规范性文件", _MADE_2019, (COUNT,) * 3),
        ActiveRow("行政许可", _ITEMS, _ITEMS_HOLD),
        ActiveRow("其他对外管理服务事项", _ITEMS, _ITEMS_HOLD),
        ActiveRow("行政处罚", _ITEMS, _ITEMS_HOLD),
        ActiveRow("行政强制", _ITEMS, _ITEMS_HOLD),
        ActiveRow("行政事业性收费", _ITEMS[:2], _ITEMS_HOLD[:2]),
        ActiveRow(PROCUREMENT, ("采购项目数量", "采购总金额（万元）"), (COUNT, MONEY)),
    ),
    Format.OF_2021: (
        ActiveRow(RULES, _MADE_2021, (COUNT,) * 3),
        ActiveRow("行政规范性文件", _MADE_2021, (COUNT,) * 3),
        ActiveRow("行政许可", ("本年处理决定数量",), (COUNT,)),
        ActiveRow("行政处罚", ("本年处理决定数量",), (COUNT,)),
        ActiveRow("行政强制", ("本年处理决定数量",), (COUNT,)),
        ActiveRow("行政事业性收费(万元)", ("本年收费金额（万元）",), (MONEY,)),
    ),
}

APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
NEW, CARRIED_IN, TOTAL, CARRIED_OUT = "new", "in", "total", "out"
GROUPS = {
    "g": "予以公开", "p": "部分公开", "d": "不予公开", "u": "无法提供", "n": "不予处理", "o": "其他处理",
}  # fmt: skip
_HEAD = (
    RequestRow(NEW, "一、本年新收政府信息公开申请数量"),
    RequestRow(CARRIED_IN, "二、上年结转政府信息公开申请数量"),
)
_OUTCOMES = (
    RequestRow("g", "（一）予以公开", "g"),
    RequestRow("p", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "p"),
    RequestRow("d1", "（三）不予公开 1.属于国家秘密", "d"),
    RequestRow("d2", "（三）不予公开 2.其他法律行政法规禁止公开", "d"),
    RequestRow("d3", "（三）不予公开 3.危及“三安全一稳定”", "d"),
    RequestRow("d4", "（三）不予公开 4.保护第三方合法权益", "d"),
    RequestRow("d5", "（三）不予公开 5.属于三类内部事务信息", "d"),
    RequestRow("d6", "（三）不予公开 6.属于四类过程性信息", "d"),
    RequestRow("d7", "（三）不予公开 7.属于行政执法案卷", "d"),
    RequestRow("d8", "（三）不予公开 8.属于行政查询事项", "d"),
    RequestRow("u1", "（四）无法提供 1.本机关不掌握相关政府信息", "u"),
    RequestRow("u2", "（四）无法提供 2.没有现成信息需要另行制作", "u"),
    RequestRow("u3", "（四）无法提供 3.补正后申请内容仍不明确", "u"),
    RequestRow("n1", "（五）不予处理 1.信访举报投诉类申请", "n"),
    RequestRow("n2", "（五）不予处理 2.重复申请", "n"),
    RequestRow("n3", "（五）不予处理 3.要求提供公开出版物", "n"),
    RequestRow("n4", "（五）不予处理 4.无正当理由大量反复申请", "n"),
    RequestRow("n5", "（五）不予处理 5.要求行政机关确认或重新出具已获取信息", "n"),
)
_OTHER_IN_ONE = (RequestRow("o", "（六）其他处理", "o"),)
_OTHER_IN_THREE = (
    RequestRow("o1", "（六）其他处理 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "o"),
    RequestRow("o2", "（六）其他处理 2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "o"),
    RequestRow("o3", "（六）其他处理 3.其他", "o"),
)
_TAIL = (RequestRow(TOTAL, "（七）总计"), RequestRow(CARRIED_OUT, "四、结转下年度继续办理"))
REQUESTS: dict[Format, tuple[RequestRow, ...]] = {
    Format.OF_2019: (*_HEAD, *_OUTCOMES, *_OTHER_IN_ONE, *_TAIL),
    Format.OF_2021: (*_HEAD, *_OUTCOMES, *_OTHER_IN_THREE, *_TAIL),
}
REQUEST_ROWS = {row.name: row for rows in REQUESTS.values() for row in rows}

CASE_COLUMNS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
CASES = {"review": "行政复议", "suit_direct": "行政诉讼（未经复议直接起诉）", "suit_after": "行政诉讼（复议后起诉）"}

FIRST_REPORT_YEAR = 2019  # there is no form here for earlier years

SECTIONS = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)


def format_of_year(year: int) -> Format:
    """The format in force for a report year (2019 on; there is no form here for earlier years)."""
    return Format.OF_2019 if year <= 2020 else Format.OF_2021


def request_rows(form: Format, *, other_in_one: bool) -> tuple[RequestRow, ...]:
    """The rows of table three; `other_in_one`: （六）其他处理 stands in one row, as some reports since 2021 print it."""
    return REQUESTS[Format.OF_2019 if other_in_one else form]


def short_label(row: RequestRow) -> str:
    """A row of table three in few words: （三）1.属于国家秘密."""
    group, _, item = row.label.partition(" ")
    words = f"{group[:3]}{item}" if item else group
    return words.partition("、行政机关")[0] if item else words.partition("（区分")[0]


def label(cell: str, shape: Format) -> str:
    """A cell's name in the form's own words: `t3.total.6` → 表三“（七）总计”行“总计”列."""
    table, name, column = cell.split(".")
    if table == "t3":
        return f"表三“{REQUEST_ROWS[name].label}”行“{APPLICANTS[int(column)]}”列"
    if table == "t4":
        return f"表四“{CASES[name]}”的“{CASE_COLUMNS[int(column)]}”"
    columns = next(row.columns for row in ACTIVE[shape] if row.name == name)
    return f"表二“{name}”行“{columns[int(column)]}”"
