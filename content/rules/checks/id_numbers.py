"""Resident ID numbers (GB 11643-1999): area, day of birth, order, check digit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from content.rules.checks.digit_runs import DigitRun, PlainText, may_hold_a_number, starred
from content.rules.checks.finding import CheckFinding, Passage, Rule, Severity

WHY = "个人信息保护法第二十五条：没有本人单独同意，不得公开个人信息；身份证号泄露会被冒用。"
FULL = Rule("personal.id_number", Severity.HARD, "完整的身份证号", WHY,
            "打上星号，只留前 2 位和后 3 位（35*************123）。")  # fmt: skip
ALIKE = Rule("personal.id_number_alike", Severity.ERROR, "像身份证号的号码", WHY + "校验位不对，可能是抄错了一位，也可能是旧的 15 位号码。",
             "核对原件。是身份证号就打上星号；不是，就写明是什么号码。")  # fmt: skip
MASKED = Rule("masked_id_number", Severity.QUERY, "打了星号的身份证号", "打了星号，还是看得出这里原来写着谁的身份证号；群众一般用不着。",
              "不是公示必须有的，删掉这一句。")  # fmt: skip
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
AREA = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])"  # provinces, GB/T 2260
OLDEST = 1880

_GAP = r"[ \-]{0,3}"  # people write 3701 0119 9001 0112 34, and Word breaks lines at any blank
_NUMBER = re.compile(r"(?<![0-9])(?<![0-9]\.)([1-8](?:" + _GAP + r"\d){16}" + _GAP + r"[\dXx])(?![0-9A-Za-z])")
_OLD = re.compile(r"(?<![0-9])([1-8]\d{14})(?![0-9A-Za-z])")
_LABEL = re.compile(r"身份证|公民身份|证件号")
_STARRED = re.compile(r"(?<![0-9*])[1-9]\d{1,9}\*{4,}[\dXx]{0,4}")
_ENDS = "，,。；;！!？\n（(）)"
_LETTERS = re.compile(r"[0-9][A-Za-z]+$")  # 91350100M…: the number is the end of a code


def find(passages: Sequence[Passage]) -> Iterator[CheckFinding]:
    """ID numbers, and numbers that are called so and are none."""
    for passage in passages:
        if not may_hold_a_number(passage.text):
            continue
        text = PlainText(passage.text)
        for run in text.find(_NUMBER):
            if _LETTERS.search(run.before):
                continue
            if is_id_number(run.digits):
                yield _finding(FULL, passage, run)
            elif _is_called_so(passage, run) and _has_day(run.digits[6:14]):
                yield _finding(ALIKE, passage, run)
        for run in text.find(_OLD):
            if _is_called_so(passage, run) and _has_day("19" + run.digits[6:12]):
                yield _finding(ALIKE, passage, run)


def masked(passages: Sequence[Passage]) -> Iterator[CheckFinding]:
    """ID numbers that were masked in running text, each with its clause; in a table it is the form of a public list."""
    for passage in passages:
        if passage.label or passage.headings or "*" not in passage.text:
            continue
        for found in _STARRED.finditer(passage.text):
            if _LABEL.search(passage.text[max(0, found.start() - 14) : found.start()]):
                start, end = _clause(passage.text, found.start(), found.end())
                shown = passage.text[start:end].strip("".join(_ENDS))
                yield CheckFinding(MASKED, passage, shown, passage.text[start:end], start, ("",) * (end - start))


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause around a place, with the one comma that would be left over without it."""
    while start and text[start - 1] not in _ENDS:
        start -= 1
    while end < len(text) and text[end] not in _ENDS:
        end += 1
    if text[end : end + 1] in ("，", ",", "；", ";"):
        end += 1
    elif start and text[start - 1] in "，,":
        start -= 1
    elif text[end : end + 1] in ("。", "！", "!"):
        end += 1
    return start, end


def is_id_number(number: str) -> bool:
    """Whether this is a resident ID number: area, date of birth and check digit."""
    if not re.fullmatch(AREA + r"\d{15}[\dXx]", number) or not _has_day(number[6:14]):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False))
    return CHECKS[total % 11] == number[17].upper()


def _has_day(digits: str) -> bool:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year >= OLDEST
    except ValueError:
        return False


def _is_called_so(passage: Passage, run: DigitRun) -> bool:
    return bool(_LABEL.search(passage.label) or _LABEL.search(run.before[-14:]))


def _finding(rule: Rule, passage: Passage, run: DigitRun) -> CheckFinding:
    masks = starred(passage.text[run.start : run.end], head=2, tail=3)
    shown = run.digits[:2] + "*" * (len(run.digits) - 5) + run.digits[-3:]
    return CheckFinding(rule, passage, shown, run.digits.upper(), run.start, masks)
