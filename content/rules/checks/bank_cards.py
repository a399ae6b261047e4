"""Numbers of bank cards: the last digit checks the others (ISO/IEC 7812-1, annex B). An organisation's account is no personal data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from content.rules.checks.digit_runs import DigitRun, PlainText, may_hold_a_number, starred
from content.rules.checks.finding import CheckFinding, Passage, Rule, Severity, around
from content.rules.checks.id_numbers import is_id_number

WHY = "个人信息保护法第二十五条、第二十八条：银行卡号属于金融账户信息，是敏感个人信息，不得公开。"
FULL = Rule("personal.bank_card", Severity.HARD, "完整的银行卡号", WHY, "打上星号，只留前 4 位和后 4 位。")
ALIKE = Rule("personal.account", Severity.ERROR, "像银行卡号的号码", WHY + "从上下文看不出是个人的还是单位的。",
             "个人的打上星号；单位的账号，写上户名，或者写明理由后留下。")  # fmt: skip
SIZES = range(13, 20)
UNION_PAY = "62"

_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])(?<![0-9]\.)([3-69]\d{3}(?:[ \-]?\d{4}){2,3}(?:[ \-]?\d{1,3})?|6\d{5}[ \-]\d{10,13})(?![0-9A-Za-z])"
)
_CARD = re.compile(r"卡\s*号|银行卡|储蓄卡|信用卡|借记卡|工资卡|社保卡|一卡通|存折")
_ACCOUNT = re.compile(r"开\s*户|账\s*号|帐\s*号|账\s*户|帐\s*户|户\s*名|收款|汇款|转账|打卡")
_OTHER = re.compile(
    r"(?:订单|运单|快递|物流|流水|合同|发票|单号|编号|编码|条码|条形码|批号|案号|备案|许可证|信用代码|代码|注册号|文号|序列号|凭证|票据|保单|商品|项目)[^，。；、\s]{0,8}[：:]?\s*$"
)
_BY_ORGANISATION = re.compile(
    r"(?:户\s*名|账户名称|收款单位|收款人|单位名称|开户单位)[：:\s]{0,3}[^，。；\n]{2,30}(?:公司|局|委员会|中心|政府|财政|院|学校|厂|合作社|协会|集团|办公室|基金会|处|所|户)"
)


def find(passages: Sequence[Passage]) -> Iterator[CheckFinding]:
    """Card numbers, and account numbers of which it is not clear whose they are."""
    for index, passage in enumerate(passages):
        if not may_hold_a_number(passage.text):
            continue
        for run in PlainText(passage.text).find(_NUMBER):
            rule = _rule(passages, index, run)
            if rule:
                masks = starred(passage.text[run.start : run.end], head=4, tail=4)
                shown = run.digits[:4] + "*" * (len(run.digits) - 8) + run.digits[-4:]
                yield CheckFinding(rule, passage, shown, run.digits, run.start, masks)


def is_luhn(number: str) -> bool:
    """Whether the last digit checks the others."""
    doubled = (int(digit) * 2 for digit in number[-2::-2])
    return (sum(int(digit) for digit in number[-1::-2]) + sum(d - 9 if d > 9 else d for d in doubled)) % 10 == 0


def _rule(passages: Sequence[Passage], index: int, run: DigitRun) -> Rule | None:
    if len(run.digits) not in SIZES or not is_luhn(run.digits) or is_id_number(run.digits):
        return None
    passage = passages[index]
    own = f"{passage.label}\n{run.before[-20:]}"
    near = around(passages, index)
    if _CARD.search(own):
        return FULL
    if _OTHER.search(run.before) or _OTHER.search(passage.label):
        return None
    if _BY_ORGANISATION.search(near):
        return None
    if run.digits.startswith(UNION_PAY) and len(run.digits) >= 16:
        return FULL
    return ALIKE if _ACCOUNT.search(own) or _ACCOUNT.search(near) or _CARD.search(near) else None
