"""The numbers that Word puts before paragraphs: they are not in the text, yet 一、（二）③ are what people cite."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

from content.intake import symbols

DIGITS = "零一二三四五六七八九"
LEGAL = "零壹贰叁肆伍陆柒捌玖"
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
         (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


OFF = {"0", "false", "off", "none"}
TELLING = frozenset("☑☒☐□✓✔✕✖✗✘✅❌☎✉★☆※")  # bullets that say more than that here is a point


@dataclass(frozen=True)
class Label:
    """What stands before a paragraph. `plain`: a bullet, or `1.` as an HTML list would write it."""

    level: int
    text: str
    number: int
    bullet: bool

    @property
    def plain(self) -> bool:
        """Whether an HTML list shows the same."""
        return self.bullet or self.text == f"{self.number}."


class Numbering:
    """Counts the numbered paragraphs of one document, in order."""

    def __init__(self, document: Document) -> None:
        self._levels: dict[str, dict[int, Any]] = {}  # abstractNumId → level → <w:lvl>
        self._lists: dict[str, str] = {}  # numId → abstractNumId
        self._overrides: dict[str, dict[int, int]] = {}  # numId → level → first number
        self._own_levels: dict[str, dict[int, Any]] = {}  # numId → level → the <w:lvl> that stands for the usual one
        self._counts: dict[str, dict[int, int]] = {}
        self._styles = {style.style_id: style for style in document.styles}
        self._load(document)

    def label(self, paragraph: Any) -> Label | None:
        """The label of the next paragraph, or None. Paragraphs must come in the order of the document."""
        number_id, level = self._reference(paragraph)
        abstract = self._lists.get(number_id)
        levels = self._levels.get(abstract or "", {}) | self._own_levels.get(number_id, {})
        if abstract is None or level not in levels:
            return None
        counts = self._counts.setdefault(abstract, {})
        first = self._overrides.get(number_id, {}).pop(level, None)
        start = _value(levels[level], "w:start", "1")
        counts[level] = first if first is not None else counts.get(level, int(start) - 1) + 1
        for deeper in [key for key in counts if key > level and _begins_anew(levels.get(key), level)]:
            del counts[deeper]
        return self._say(levels, counts, level)

    def _say(self, levels: dict[int, Any], counts: dict[int, int], level: int) -> Label | None:
        kind = _value(levels[level], "w:numFmt", "decimal")
        pattern = _value(levels[level], "w:lvlText", f"%{level + 1}.")
        if kind == "none" or not pattern:
            return None
        if kind == "bullet":
            sign = _bullet(levels[level], pattern)
            return Label(level, sign, counts[level], bullet=not sign)
        legal = levels[level].find(qn("w:isLgl"))
        in_figures = legal is not None and legal.get(qn("w:val"), "1") not in OFF  # 正规形式编号

        def number(found: re.Match[str]) -> str:
            at = int(found.group(1)) - 1
            written = _value(levels[at], "w:numFmt", "decimal") if at in levels else "decimal"
            return spell(counts.get(at, 1), "decimal" if in_figures and written != "decimalZero" else written)

        return Label(level, re.sub(r"%(\d)", number, pattern), counts[level], bullet=False)

    def _load(self, document: Document) -> None:
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):  # a document without lists has no such part
            return
        for abstract in root.iterchildren(qn("w:abstractNum")):
            levels = {int(lvl.get(qn("w:ilvl"))): lvl for lvl in abstract.iterchildren(qn("w:lvl"))}
            self._levels[abstract.get(qn("w:abstractNumId"))] = levels
        named = {_value(each, "w:styleLink", ""): each.get(qn("w:abstractNumId")) for each in
                 root.iterchildren(qn("w:abstractNum")) if each.find(qn("w:styleLink")) is not None}  # fmt: skip
        for abstract in root.iterchildren(qn("w:abstractNum")):  # a list that a style keeps
            if target := named.get(_value(abstract, "w:numStyleLink", "")):
                self._levels[abstract.get(qn("w:abstractNumId"))] = self._levels[target]
        for num in root.iterchildren(qn("w:num")):
            number_id = num.get(qn("w:numId"))
            self._lists[number_id] = _value(num, "w:abstractNumId", "")
            own = (override.find(qn("w:lvl")) for override in num.iterchildren(qn("w:lvlOverride")))
            self._own_levels[number_id] = {int(lvl.get(qn("w:ilvl"))): lvl for lvl in own if lvl is not None}
            self._overrides[number_id] = {
                int(override.get(qn("w:ilvl"))): int(_value(override, "w:startOverride", "1"))
                for override in num.iterchildren(qn("w:lvlOverride"))
                if override.find(qn("w:startOverride")) is not None
            }

    def _reference(self, paragraph: Any) -> tuple[str, int]:
        for properties in self._properties(paragraph):
            found = properties.find(qn("w:numPr")) if properties is not None else None
            number_id = _value(found, "w:numId", "0") if found is not None else ""
            if found is not None and (number_id == "0" or number_id in self._lists):
                return number_id, int(
                    _value(found, "w:ilvl", "0")
                )  # a list that is not in the file: its style's counts
        return "0", 0

    def _properties(self, paragraph: Any) -> list[Any]:
        found = [paragraph.find(qn("w:pPr"))]
        style = self._styles.get(style_id(paragraph))
        while style is not None and len(found) < 12:
            found.append(style.element.find(qn("w:pPr")))
            style = getattr(style, "base_style", None)
        return found


def _bullet(level: Any, pattern: str) -> str:
    """The sign before a point where it says something (☑, ✔, □); nothing for a mere dot, square or arrow."""
    fonts = level.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    font = (
        next((fonts.get(qn(name)) for name in ("w:ascii", "w:hAnsi") if fonts.get(qn(name))), "")
        if fonts is not None
        else ""
    )
    signs, lost = symbols.text(font, pattern.strip())
    is_telling = any(sign in TELLING or sign.isalnum() for sign in signs) and signs not in ("o", "O")
    return signs if is_telling and not lost else ""


def style_id(paragraph: Any) -> str:
    """The id of a paragraph's style, or an empty string."""
    properties = paragraph.find(qn("w:pPr"))
    return _value(properties, "w:pStyle", "") if properties is not None else ""


def spell(number: int, kind: str) -> str:
    """A number as Word's `numFmt` writes it; a format that is not known is written in digits."""
    return _SPELLINGS.get(kind, str)(number)


def _value(element: Any, name: str, default: str) -> str:
    child = element.find(qn(name))
    return default if child is None else str(child.get(qn("w:val"), default))


def _begins_anew(deeper: Any, level: int) -> bool:
    """Whether a deeper level counts from its start again after this one (ECMA-376 17.9.10): with 0 never."""
    return deeper is None or level < int(_value(deeper, "w:lvlRestart", str(level + 1)))


def _chinese(number: int) -> str:
    if not 0 < number < 10_000:
        return str(number)
    text, gap = "", False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + unit
        gap = not digit
    return text.removeprefix("一") if 10 <= number < 20 else text


def _legal(number: int) -> str:
    table = str.maketrans(DIGITS + "十百千", LEGAL + "拾佰仟")
    return ("一" if 10 <= number < 20 else "").translate(table) + _chinese(number).translate(table)


def _letters(number: int) -> str:
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    text = ""
    for value, letters in ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)]


_SPELLINGS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "ideographDigital": lambda number: "".join(DIGITS[int(digit)] for digit in str(number)).replace("零", "〇"),
    "chineseLegalSimplified": _legal,
    "ideographTraditional": _cycle(STEMS),
    "ideographZodiac": _cycle(BRANCHES),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
}
