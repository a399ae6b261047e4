"""Personal data in what is about to go out: warnings to author and reviewers, never refusals.

Practice: phone as 138****1234, ID number as its first two and last three digits with stars between; personal privacy
is de-identified before publication, except where the law demands disclosure (2018 政务公开工作要点).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_AREA = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])"  # provinces, GB/T 2260

_DIGITS = r"(?<![0-9A-Za-z.])({})(?![0-9A-Za-z])"
_GAP = r"[ \-]{0,3}"  # people write 3701 0119 9001 0112 34, and Word breaks lines at any blank
_ID = re.compile(_DIGITS.format(r"[1-8](?:" + _GAP + r"\d){16}" + _GAP + r"[\dXx]"))
_PHONE = re.compile(_DIGITS.format(r"(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}"))
_CARD = re.compile(_DIGITS.format(r"[3-6]\d{3}(?:[ -]?\d{4}){2,3}(?:[ -]?\d{1,3})?"))
SHOWN = 3  # of each kind; the others are only counted
_BLANKS = re.compile(r"[ -]")


@dataclass(frozen=True)
class PersonalData:
    """Something personal that is written out in full."""

    kind: str  # 身份证号, 手机号 or 银行卡号
    shown: str  # masked, so that the warning does not repeat it


def sentences(where: str, text: str) -> list[str]:
    """What to tell author and reviewers of the personal data in a text: one sentence for each kind."""
    kinds: dict[str, list[str]] = {}
    for finding in screen(text):
        kinds.setdefault(finding.kind, []).append(finding.shown)
    return [
        f"{where}里有 {len(shown)} 个完整的{kind}（{'、'.join(shown[:SHOWN])}{'等' if len(shown) > SHOWN else ''}）。"
        "除非依法必须公开，请打上星号再发。"
        for kind, shown in kinds.items()
    ]


def screen(text: str) -> list[PersonalData]:
    """The ID numbers, bank cards and mobile numbers in a text, each once, in that order."""
    text = _ZERO_WIDTH.sub("", text).translate(_HALF_WIDTH)
    found: dict[PersonalData, None] = {}
    for finding in (*_ids(text), *_cards(text), *_phones(text)):
        found.setdefault(finding)
    return list(found)


def is_id_number(number: str) -> bool:
    """Whether this is a resident ID number: area, date of birth and check digit (GB 11643-1999)."""
    if not re.fullmatch(_AREA + r"\d{15}[\dXx]", number):
        return False
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _ID_WEIGHTS, strict=False))
    return _ID_CHECKS[total % 11] == number[17].upper()


def is_luhn(number: str) -> bool:
    """Whether the last digit checks the others (ISO/IEC 7812-1, annex B)."""
    doubled = (int(digit) * 2 for digit in number[-2::-2])
    return (sum(int(digit) for digit in number[-1::-2]) + sum(d - 9 if d > 9 else d for d in doubled)) % 10 == 0


_HALF_WIDTH = str.maketrans(
    "０１２３４５６７８９Ｘｘ－\u3000\u00a0\u2002\u2003\u2009\t‐‑‒–—·", "0123456789Xx-" + " " * 6 + "-" * 6
)
_ZERO_WIDTH = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")


def _ids(text: str) -> Iterator[PersonalData]:
    for found in _ID.finditer(text):
        number = _BLANKS.sub("", found.group(1))
        if is_id_number(number):
            yield PersonalData("身份证号", number[:2] + "*" * 13 + number[-3:])


def _cards(text: str) -> Iterator[PersonalData]:
    for found in _CARD.finditer(text):
        number = _BLANKS.sub("", found.group(1))
        if 13 <= len(number) <= 19 and is_luhn(number) and not is_id_number(number):
            yield PersonalData("银行卡号", number[:4] + "*" * (len(number) - 8) + number[-4:])


def _phones(text: str) -> Iterator[PersonalData]:
    for found in _PHONE.finditer(text):
        number = _BLANKS.sub("", found.group(1))[-11:]
        yield PersonalData("手机号", number[:3] + "****" + number[-4:])
