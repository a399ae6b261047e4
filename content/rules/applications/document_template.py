"""Documents of an application (文书): what their templates may hold, what is wrong with one, and filling one in.

The law that each ground rests on: 政府信息公开条例 arts 14 to 16, 30, 35 to 39; 国办函〔2020〕109号 for fees.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from content.rules.applications.steps import Step
from content.rules.figures.annual_report import form

GAP = re.compile(r"\{([^{}\n]*)\}")
NOTE = "说明"
SPARE_NOTE = re.compile(rf"(?:^|(?<=。))\{{\s*{NOTE}\s*\}}$")  # a sentence of its own, which may be missing
EVERYWHERE = ("申请人", "编号", "收到日期", "渠道", "申请内容", "说明", "单位", "受理机构", "地址", "电话", "查询网址", "今天",
              "办理日期", "答复期限")  # fmt: skip
TERM = ("天数",)
FEE = ("金额", "收费方式")
OUTCOME = ("结果", "依据", "获取方式", "载体", "救济途径")
STEPS = {  # the step that a document tells of
    "correction": Step.ASK_CORRECTION, "consult": Step.CONSULT, "extension": Step.EXTEND, "fee": Step.ASK_FEE,
    "reasons": Step.ASK_REASONS, "delay": Step.DELAY,
}  # fmt: skip
ANSWERS = {f"answer-{group}": group for group in form.GROUPS}
NEEDED = {"correction": ("申请人", "说明"), "consult": ("申请内容",), "extension": ("申请人", "天数"), "fee": ("申请人", "金额"),
          "reasons": ("申请人",), "delay": ("申请人", "天数"), "receipt": ("申请人", "编号")}  # fmt: skip
BLANK = "＿＿＿＿"  # to be filled in by hand
_REGULATION = "根据《中华人民共和国政府信息公开条例》"
GROUNDS = {
    "g": "属于可以公开的政府信息。根据《中华人民共和国政府信息公开条例》第三十六条第（二）项的规定",
    "p": f"{_REGULATION}第三十七条的规定", "d1": f"{_REGULATION}第十四条的规定", "d2": f"{_REGULATION}第十四条的规定",
    "d3": f"{_REGULATION}第十四条的规定", "d4": f"{_REGULATION}第十五条的规定", "d5": f"{_REGULATION}第十六条第一款的规定",
    "d6": f"{_REGULATION}第十六条第二款的规定", "d7": f"{_REGULATION}第十六条第二款的规定",
    "d8": f"{_REGULATION}第三十六条第（七）项的规定", "u1": f"{_REGULATION}第三十六条第（四）项、第（五）项的规定",
    "u2": f"{_REGULATION}第三十八条的规定", "u3": f"{_REGULATION}第三十条的规定", "n1": f"{_REGULATION}第三十九条第一款的规定",
    "n2": f"{_REGULATION}第三十六条第（六）项的规定", "n3": f"{_REGULATION}第三十九条第二款的规定",
    "n4": f"{_REGULATION}第三十五条的规定", "n5": f"{_REGULATION}第三十六条的规定", "o1": f"{_REGULATION}第三十条的规定",
    "o2": "根据《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）的规定", "o3": f"{_REGULATION}的规定",
    "o": f"{_REGULATION}的规定",
}  # fmt: skip
REASONS = {  # what an answer says of an outcome, as a part of its sentence
    "g": "予以公开", "p": "部分公开", "d1": "属于国家秘密", "d2": "属于法律、行政法规禁止公开的信息",
    "d3": "公开后可能危及国家安全、公共安全、经济安全、社会稳定", "d4": "涉及商业秘密、个人隐私等，公开会对第三方合法权益造成损害",
    "d5": "属于行政机关内部事务信息", "d6": "属于行政机关履行职责中形成的过程性信息", "d7": "属于行政执法案卷信息",
    "d8": "属于行政查询事项", "u1": "本机关不掌握您（单位）申请的信息", "u2": "没有现成的信息，需要本机关另行制作、加工",
    "u3": "申请的内容经补正后仍不明确", "n1": "信访、投诉、举报等活动", "n2": "重复申请",
    "n3": "要求提供政府公报、报刊、书籍等公开出版物", "n4": "无正当理由大量、反复申请", "n5": "要求本机关确认或者重新出具已经获取的信息",
    "o1": "您（单位）无正当理由逾期没有补正", "o2": "您（单位）逾期没有按收费通知缴纳费用", "o3": "您（单位）的申请按其他情形处理",
    "o": "您（单位）的申请按其他情形处理",
}  # fmt: skip
_REMEDY = (
    "如对本答复不服，可以自收到之日起六十日内向{review}申请行政复议，或者自收到之日起六个月内向{court}提起行政诉讼。"
)
_REVIEW_FIRST = "如对本答复不服，可以自收到之日起六十日内向{review}申请行政复议；对复议决定仍不服的，可以自收到复议决定书之日起十五日内向{court}提起行政诉讼。"


RIGHT = ">"  # before a line that stands at the right


@dataclass(frozen=True)
class DocumentLine:
    """A paragraph; `right`: it stands at the right, as signatures do."""

    text: str
    right: bool = False


@dataclass(frozen=True)
class FilledDocument:
    """A document as it will be printed. `blanks`: what is left to fill in by hand."""

    title: str
    lines: tuple[DocumentLine, ...]
    blanks: tuple[str, ...]


def gaps(kind: str) -> tuple[str, ...]:
    """What may stand in braces in a template of this kind."""
    more = OUTCOME if kind in ANSWERS else FEE if kind == "fee" else TERM if kind in STEPS else ()
    return (*EVERYWHERE, *more)


def faults(kind: str, text: str) -> list[str]:
    """What is wrong with a template, each with its line; empty if it can be used."""
    found, known = [], gaps(kind)
    lines = text.strip().split("\n")
    if len([line for line in lines if line.strip()]) < 2:
        return ["至少要有标题和一段正文。"]
    for number, line in enumerate(lines, start=1):
        found += [f"第 {number} 行有不认识的“{{{name}}}”。" for name in GAP.findall(line) if name.strip() not in known]
        if re.search(r"[{}]", GAP.sub("", line)):
            found.append(f"第 {number} 行的花括号不成对。")
    missing = [name for name in NEEDED.get(kind, ("申请人", "编号")) if f"{{{name}}}" not in text]
    found += [f"缺了“{{{name}}}”，发出去的文书会少这一项。" for name in missing]
    if any("不认识" in one for one in found):
        found.append("可以用的是：" + "、".join(f"{{{name}}}" for name in known) + "。")
    return found


def fill(text: str, values: Mapping[str, str]) -> FilledDocument:
    """A template without faults, filled in; what has no value, or holds a blank, is named.

    An empty 说明 takes its line along, unless the line before announces it.
    """
    blanks: list[str] = []

    def value(found: re.Match[str]) -> str:
        given = values.get(found[1].strip(), "") or BLANK
        blanks.extend([found[1].strip()] if BLANK in given else [])
        return given

    lines = [line.strip() for line in text.strip().split("\n") if line.strip()]
    if not values.get(NOTE):
        lines = [
            line if before.endswith("：") else SPARE_NOTE.sub("", line)
            for before, line in zip(["", *lines], lines, strict=False)
        ]
    paragraphs = [
        DocumentLine(part.strip(), line.startswith(RIGHT))
        for line in lines[1:]
        for part in GAP.sub(value, line.removeprefix(RIGHT)).split("\n")
        if part.strip(" 。，")
    ]
    return FilledDocument(GAP.sub(value, lines[0]), tuple(paragraphs), tuple(dict.fromkeys(blanks)))


def remedy(outcome: str, *, review: str, court: str) -> str:
    """What may be done against an answer; against a refusal the review comes first (行政复议法 art. 23)."""
    words = _REVIEW_FIRST if outcome.startswith("d") else _REMEDY
    return words.format(review=review or BLANK, court=court or BLANK)
