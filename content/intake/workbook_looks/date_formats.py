"""Days and times as a sheet shows them: 2026年11月30日, 11月30日 9:30, 星期一, 二〇二六年十一月三十日.

Sources: ECMA-376 part 1, 18.8.30 (formats that have only a number, by language) and 18.8.31 (codes).
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from content.intake.workbook_looks import chinese_numbers

WEEKDAYS = "一二三四五六日"
# Formats that a file names by number alone, as Chinese Excel and WPS show them.
BY_NUMBER = {
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 22: "yyyy/m/d h:mm",
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'), **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"',
    **dict.fromkeys((34, 55), '上午/下午h"时"mm"分"'), **dict.fromkeys((35, 56), '上午/下午h"时"mm"分"ss"秒"'),
}  # fmt: skip
SYSTEM = {"F800": 'yyyy"年"m"月"d"日"', "X-SYSDATE": 'yyyy"年"m"月"d"日"', "F400": "h:mm:ss", "X-SYSTIME": "h:mm:ss"}
CHINESE = frozenset({"804", "404", "C04", "1004", "ZH-CN", "ZH-TW", "ZH-HK"})

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_.|\*.|\[\$[^\]-]*-?(?P<language>[^\]]*)\]|\[DBNum(?P<spelled>[123])\]'
    r"|\[(?P<elapsed>h+|m+|s+)\]|\[[^\]]*\]|(?P<half>AM/PM|A/P|上午/下午)|(?P<fraction>\.0+)"
    r"|(?P<letters>y+|e+|b+|m+|d+|h+|s+|a{3,4})|(?P<other>[a-z@#?])|(?P<plain>.)",
    re.IGNORECASE | re.DOTALL,
)
_FIRST = re.compile(r'(?:"[^"]*"?|[\\!].|\[[^\]]*\]|[^;"\\!\[])*', re.DOTALL)
_CODES = re.compile(r"y|e(?![+-])|m|d|h|s|aaa|AM/PM|上午/下午|\[\$-(?:[Ff][48]00|x-sys)", re.IGNORECASE)
_WORDS = re.compile(r'"[^"]*"?|[\\!_*].|\[(?!\$-|h+\]|m+\]|s+\])[^\]]*\]|General|G/通用格式', re.IGNORECASE | re.DOTALL)


def is_day(code: str) -> bool:
    """Whether a format shows a number as a day or a time."""
    return bool(_CODES.search(_WORDS.sub("", _FIRST.match(code)[0])))  # type: ignore[index]


def shown(value: date | time | timedelta, code: str) -> str | None:
    """A moment as the format shows it; None if the format is not known here."""
    code = _FIRST.match(code)[0]  # type: ignore[index]
    tokens = [
        (found.lastgroup or "", found[found.lastgroup] if found.lastgroup else "") for found in _TOKEN.finditer(code)
    ]
    language = next((text.upper() for kind, text in tokens if kind == "language"), "")
    if language.removeprefix("-") in SYSTEM and "[$-" in code:
        return shown(value, SYSTEM[language.removeprefix("-")])
    if any(kind == "other" for kind, _ in tokens):
        return None
    return _Moment(value, tokens, language in CHINESE).text()


class _Moment:
    """Writes one moment by the tokens of a format."""

    def __init__(self, value: date | time | timedelta, tokens: list[tuple[str, str]], is_chinese: bool) -> None:
        self.day = value if isinstance(value, date) else date(1900, 1, 1)
        self.passed = value if isinstance(value, timedelta) else _since_midnight(value)
        self.tokens = tokens
        self.is_chinese = is_chinese
        self.spelled = next((text for kind, text in tokens if kind == "spelled"), "")
        self.has_halves = any(kind == "half" for kind, _ in tokens)

    def text(self) -> str:
        """Everything that is shown."""
        return "".join(self._token(at) for at in range(len(self.tokens))).strip()

    def _token(self, at: int) -> str:
        kind, text = self.tokens[at]
        if kind in ("quoted", "escaped", "plain"):
            return text
        if kind == "half":
            late = self.passed.seconds >= 12 * 3600
            return text.split("/")[late]
        if kind == "elapsed":
            seconds = int(self.passed.total_seconds())
            return f"{seconds // {'h': 3600, 'm': 60, 's': 1}[text[0].lower()]:0{len(text)}}"
        if kind == "fraction":
            return f".{self.passed.microseconds:06}"[: len(text)]
        if kind != "letters":
            return ""
        letters = text.lower()
        letters = letters.replace("m", "n") if letters[0] == "m" and self._are_minutes(at) else letters
        return self._year(letters) if letters[0] in "yeb" else self._named(letters) or self._number(letters)

    def _are_minutes(self, at: int) -> bool:
        """Whether an m means minutes: right after hours, or right before seconds."""
        times = [
            (place, text[0].lower()) for place, (kind, text) in enumerate(self.tokens) if kind in ("letters", "elapsed")
        ]
        before = next((sign for place, sign in reversed(times) if place < at), "")
        after = next((sign for place, sign in times if place > at), "")
        return before == "h" or after == "s"

    def _year(self, letters: str) -> str:
        digits = f"{self.day.year:04}" if len(letters) > 2 or letters[0] == "e" else f"{self.day.year % 100:02}"
        return chinese_numbers.one_by_one(digits, self.spelled) if self.spelled else digits

    def _named(self, letters: str) -> str:
        """The name of a weekday or month, nothing for what is written as a number."""
        weekday = WEEKDAYS[self.day.weekday()]
        if letters[0] == "a":
            return weekday if len(letters) == 3 else f"星期{weekday}"
        if len(letters) < 3 or letters[0] not in "md":
            return ""
        if self.is_chinese and letters[0] == "d":
            return f"{'周' if len(letters) == 3 else '星期'}{weekday}"
        if self.is_chinese:
            return f"{chinese_numbers.of_a_day(self.day.month, '1') if len(letters) > 3 else self.day.month}月"
        name = f"{self.day:{'%A' if letters[0] == 'd' else '%B'}}"
        return name[:1] if len(letters) == 5 else name if len(letters) == 4 else name[:3]

    def _number(self, letters: str) -> str:
        hours, rest = divmod(self.passed.seconds, 3600)
        hours = (hours - 1) % 12 + 1 if self.has_halves else hours
        number = {"m": self.day.month, "d": self.day.day, "h": hours, "n": rest // 60, "s": rest % 60}[letters[0]]
        return chinese_numbers.of_a_day(number, self.spelled) if self.spelled else f"{number:0{min(len(letters), 2)}}"


def _since_midnight(value: date | time) -> timedelta:
    if not isinstance(value, datetime | time):
        return timedelta()
    return timedelta(hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond)
