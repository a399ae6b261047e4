"""Mobile numbers of people. What the office itself publishes as its telephone, landlines and hotlines are none."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from content.rules.checks.digit_runs import DigitRun, PlainText, may_hold_a_number, starred
from content.rules.checks.finding import CheckFinding, Passage, Rule, Severity

RULE = Rule(
    "personal.mobile", Severity.ERROR, "完整的手机号",
    "个人信息保护法第二十五条：没有本人单独同意，不得公开个人信息；通报过的泄露里手机号最多。",
    "打上星号（138****1234），或者换成办公电话。本人同意公开的（如招聘联系人），写明理由后留下；"
    "单位自己公布的号码，写进部门名录就不再提示。",
)  # fmt: skip
OF_A_CONTACT = replace(RULE, severity=Severity.QUERY)  # called a telephone: often published on purpose
_NUMBER = re.compile(
    r"(?<![0-9])(?<![0-9]\.)(?<![0-9]-)((?:\(?(?:\+|00)?86\)?[ -]?)?"
    r"1[3-9](?:\d{9}|\d[ -]\d{4}[ -]?\d{4}|\d[ -]?\d{4}[ -]\d{4}|\d[ -]\d{8}|\d{2}[ -]\d{3}[ -]\d{4}|\d{2}[ -]\d{4}[ -]\d{3}"
    r"|\d[ -]\d{3}[ -]\d{5}|\d[ -]\d{5}[ -]\d{3}|(?: \d){9}))(?![0-9])(?!\.[0-9])"
)
_CALLED = re.compile(r"电\s*话|手\s*机|联\s*系|拨打|致电|来电|咨询|热线|微信|移动|号码|[Tt][Ee][Ll]|[Mm]obile|[Pp]hone")
_OTHER = re.compile(
    r"订单|运单|快递|单号|编号|编码|流水|条码|批号|批次|QQ|qq|序号|文号|案号|备案|注册号|许可证|合同|发票|凭证|代码|账号|帐号|卡号|金额|学号|工号|考号|户号|表号|准考证"
)
_UNIT = re.compile(r"\s*(?:\.\d|元|万|亿|千瓦|平方|公顷|亩|吨|千克|公斤|公里|米|立方|度|%|％|‰)")
_AMOUNT = re.compile(r"元|金额|预算|支出|收入|面积|产量|产值|数量|用电|合计")
_MONEY = re.compile(r"[¥￥$]\s*$")
_CODE = re.compile(r"[0-9][A-Za-z]+$|[A-Za-z]+[0-9]+[A-Za-z]*$")


def find(passages: Sequence[Passage], published: Collection[str]) -> Iterator[CheckFinding]:
    """Mobile numbers written out in full, but those `published`: digits alone."""
    for passage in passages:
        if not may_hold_a_number(passage.text):
            continue
        for run in PlainText(passage.text).find(_NUMBER):
            digits = re.sub(r"\D", "", run.digits)[-11:]
            if digits not in published and not _is_something_else(passage, run):
                masks = starred(passage.text[run.start : run.end], head=sum(map(str.isdigit, run.digits)) - 8, tail=4)
                rule = OF_A_CONTACT if _CALLED.search(_near(passage, run)) else RULE
                yield CheckFinding(rule, passage, f"{digits[:3]}****{digits[-4:]}", digits, run.start, masks)


def _is_something_else(passage: Passage, run: DigitRun) -> bool:
    if _UNIT.match(run.after) or _MONEY.search(run.before) or _CODE.search(run.before):
        return True
    if _AMOUNT.search(passage.label) and not _CALLED.search(passage.label):
        return True
    near = _near(passage, run)
    called, other = _last(_CALLED, near), _last(_OTHER, near)
    return other > called


def _near(passage: Passage, run: DigitRun) -> str:
    return run.before[-16:] if run.before.strip() else passage.label


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((found.start() for found in pattern.finditer(text)), default=-1)
