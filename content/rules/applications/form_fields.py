"""What an application must say (政府信息公开条例 art. 29): who, proof of identity, contact; what; in which form. No purpose is asked for.

A letter that leaves something out is an application all the same: it is taken in, and a correction is asked for (art. 30).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from content.rules.applications.receipt import ApplicantKind
from content.rules.language import plain_text

CARRIERS = ("纸质", "电子文档", "光盘")
WAYS = ("自行领取", "邮寄", "电子邮件", "当场阅读、抄录", "传真")
KIND_WORDS = {
    ApplicantKind.PERSON: "公民", ApplicantKind.BUSINESS: "商业企业", ApplicantKind.RESEARCH: "科研机构",
    ApplicantKind.WELFARE: "社会公益组织", ApplicantKind.LEGAL: "法律服务机构", ApplicantKind.OTHER: "其他组织",
}  # fmt: skip
LONGEST = {"name": 100, "identity": 60, "contact": 60, "phone": 30, "address": 200, "email": 100, "wanted": 5000}
BY_POST, BY_MAIL = "邮寄", "电子邮件"
LEAST_WANTED = 4  # characters that can name anything
MAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,64}\.[^@\s]{2,20}")


@dataclass(frozen=True)
class ApplicationForm:
    """A filled-in form. `identity`: number of the identity card or the credit code; `contact`: whom to ask for at an organisation."""

    kind: ApplicantKind
    name: str
    identity: str
    phone: str
    wanted: str
    carrier: str
    way: str
    contact: str = ""
    address: str = ""
    email: str = ""


MAY_LACK = frozenset({"identity", "phone", "wanted", "carrier", "way", "address", "email"})  # in a letter
LACKING_WORDS = {"identity": "身份证明（证件号码或者统一社会信用代码）", "phone": "联系电话", "wanted": "要什么信息",
                 "carrier": "获取信息的形式", "way": "获取信息的方式"}  # fmt: skip


def read(given: Mapping[str, str], *, by_hand: bool = False) -> tuple[ApplicationForm | None, dict[str, str]]:
    """The form as it was filled in, or what to mend: field and sentence, all at once.

    `by_hand`: copied from a letter, which may leave out all but who applies.
    """
    long = {"wanted"}
    values = {
        name: plain_text.clean(str(given.get(name) or "")).strip() for name in ApplicationForm.__dataclass_fields__
    }
    values = {name: value if name in long else plain_text.one_line(value) for name, value in values.items()}
    faults = {name: fault for name in values if (fault := _fault(name, values))}
    if by_hand:
        faults = {name: fault for name, fault in faults.items()
                  if name not in MAY_LACK or (values[name] and not (name == "wanted" and len(values[name]) < LEAST_WANTED))}  # fmt: skip
    if faults:
        return None, faults
    return ApplicationForm(**{**values, "kind": ApplicantKind(values["kind"])}), {}  # type: ignore[arg-type]


def lacking(form: ApplicationForm) -> list[str]:
    """What art. 29 asks for and the form leaves out, in words."""
    return [words for name, words in LACKING_WORDS.items() if not getattr(form, name)]


def digits(phone: str) -> str:
    """A telephone number as it is compared: its digits, without +86 before a mobile number."""
    found = re.sub(r"\D", "", plain_text.fold(phone))
    return found[2:] if len(found) == 13 and found.startswith("86") else found


def _fault(name: str, values: Mapping[str, str]) -> str:
    value = values[name]
    if len(value) > LONGEST.get(name, 100):
        return f"太长了，最多 {LONGEST.get(name, 100)} 个字。"
    return _CHECKS[name](value, values) if name in _CHECKS else ""


def _chosen(value: str, choices: tuple[str, ...]) -> str:
    return "" if value in choices else "请选一项。"


def _address(value: str, values: Mapping[str, str]) -> str:
    return "选了邮寄，请写清通信地址。" if values["way"] == BY_POST and not value else ""


def _email(value: str, values: Mapping[str, str]) -> str:
    if value and not MAIL.fullmatch(value):
        return "看着不像电子邮箱，请检查。"
    return "选了电子邮件，请写电子邮箱。" if values["way"] == BY_MAIL and not value else ""


def _identity(value: str, values: Mapping[str, str]) -> str:
    return "" if value else "请写证件号码；单位写统一社会信用代码。"


_CHECKS = {
    "kind": lambda value, values: _chosen(value, tuple(ApplicantKind)),
    "name": lambda value, values: "" if value else "请写姓名；单位写名称。",
    "identity": _identity,
    "phone": lambda value, values: "" if 7 <= len(digits(value)) <= 15 else "请写能打通的电话号码。",
    "wanted": lambda value, values: "" if len(value) >= LEAST_WANTED else "请写清要什么信息：名称、文号，或者大概时间、单位和内容。",
    "carrier": lambda value, values: _chosen(value, CARRIERS),
    "way": lambda value, values: _chosen(value, WAYS),
    "address": _address,
    "email": _email,
}  # fmt: skip
