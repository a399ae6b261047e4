"""How an application comes in, and which day counts as the day of receipt: 政府信息公开条例 art. 31."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ReceiptChannel(StrEnum):
    """How an application came."""

    COUNTER = "counter"
    REGISTERED = "registered"
    POST = "post"
    WEB = "web"
    FAX = "fax"


@dataclass(frozen=True)
class ReceiptRule:
    """`confirmed`: the day of receipt is the day that both sides confirm, else the day it arrived."""

    words: str
    confirmed: bool
    day: str


RULES: dict[ReceiptChannel, ReceiptRule] = {
    ReceiptChannel.COUNTER: ReceiptRule("当面提交", False, "提交之日"),
    ReceiptChannel.REGISTERED: ReceiptRule("挂号信或快递", False, "签收之日"),
    ReceiptChannel.POST: ReceiptRule("平信", True, "收到当天与申请人确认，确认之日"),
    ReceiptChannel.WEB: ReceiptRule("互联网", True, "双方确认之日"),
    ReceiptChannel.FAX: ReceiptRule("传真", True, "双方确认之日"),
}


class ApplicantKind(StrEnum):
    """Who applies, in the order of the form's columns."""

    PERSON = "person"
    BUSINESS = "business"
    RESEARCH = "research"
    WELFARE = "welfare"
    LEGAL = "legal"
    OTHER = "other"
