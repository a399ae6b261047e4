"""Fields of Word: what their result is when Word does not store it, and where they lead.

Source: ECMA-376 part 1, 17.16 (fields and hyperlinks), and the EQ field of earlier versions of Word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from content.intake import symbols

SILENT = frozenset(
    {"TC", "XE", "RD", "TA", "SET", "ASK", "PRIVATE", "BOOKMARK", "ADVANCE"}
)  # nothing is shown for them
OFF = {"0", "false", "off", "none"}
TICKED, EMPTY = "☑", "□"

_HYPERLINK = re.compile(r'^\s*HYPERLINK\s+(?:"([^"]*)"|(\S+))', re.IGNORECASE)
_SYMBOL = re.compile(r'^\s*SYMBOL\s+(0x[0-9A-Fa-f]+|\d+)(?:.*?\\f\s+(?:"([^"]*)"|(\S+)))?', re.IGNORECASE)
_BUTTON = re.compile(r"^\s*(?:MACROBUTTON|GOTOBUTTON)\s+\S+\s*(.*)$", re.IGNORECASE | re.DOTALL)


@dataclass
class Field:
    """A field that was begun and is not ended yet. `form` is the data of an old form field."""

    form: Any = None
    code: str = ""
    in_result: bool = False
    seen: bool = False  # whether its result showed something
    pieces: list[Any] = field(default_factory=list)

    @property
    def name(self) -> str:
        """HYPERLINK, EQ, …"""
        words = self.code.split(maxsplit=1)
        return re.split(r"[\\\"(]", words[0])[0].upper() if words else ""

    @property
    def link(self) -> str:
        """The address that a HYPERLINK leads to; empty for another field or a place in the document."""
        found = _HYPERLINK.match(self.code)
        target = (found.group(1) or found.group(2) or "") if found else ""
        return "" if target.startswith("\\") else target


def shown(ended: Field) -> str | None:
    """What a field without a stored result shows; None if that is not known."""
    name = ended.name
    if ended.form is not None and (box := _form(ended.form)) is not None:
        return box
    if name in SILENT or ended.seen or not name:
        return ""
    if name == "EQ":
        return equation(ended.code)
    if name == "SYMBOL" and (found := _SYMBOL.match(ended.code)):
        code = int(found.group(1), 0)
        font = found.group(2) or found.group(3) or ""
        return symbols.sign(font, code) or chr(code)
    if found := _BUTTON.match(ended.code):
        return found.group(1).strip()
    return "" if ended.in_result else None


def _form(form: Any) -> str | None:
    """The sign of a check box, or the chosen entry of a list; None for a text field."""
    box = form.find(qn("w:checkBox"))
    if box is not None:
        state = box.find(qn("w:checked"))
        state = state if state is not None else box.find(qn("w:default"))
        ticked = state is not None and state.get(qn("w:val"), "1") not in OFF
        return TICKED if ticked else EMPTY
    entries = form.find(qn("w:ddList"))
    if entries is None:
        return None
    listed = [entry.get(qn("w:val"), "") for entry in entries.iterchildren(qn("w:listEntry"))]
    chosen = entries.find(qn("w:result"))
    chosen = chosen if chosen is not None else entries.find(qn("w:default"))
    at = int(chosen.get(qn("w:val"), "0")) if chosen is not None else 0
    return str(listed[at]) if at < len(listed) else ""


def equation(code: str) -> str:
    """An EQ field in a line of text: circled numbers ①, pinyin in brackets, fractions a/b."""
    return _Equation(code.strip()[2:]).text().strip()


class _Equation:
    def __init__(self, code: str) -> None:
        self.code = re.sub(r'\\\*\s*(?:"[^"]*"|\S+)', "", code)
        self.at = 0

    def text(self, ends: str = "") -> str:
        """Everything until one of `ends`, with what stands for switches."""
        found = ""
        while self.at < len(self.code) and self.code[self.at] not in ends:
            sign = self.code[self.at]
            self.at += 1
            if sign == "\\" and self.at < len(self.code):
                found += self._switch() if re.match("[A-Za-z]", self.code[self.at]) else self._literal()
            elif sign == "(":
                found += f"({self.text(')')})"
                self.at += 1
            else:
                found += sign
        return found

    def _literal(self) -> str:
        self.at += 1
        return self.code[self.at - 1]

    def _switch(self) -> str:
        head = re.compile(r"([A-Za-z]+)\s*(?:\\[A-Za-z]{2}\s*(?:\\.|-?\d+)?\s*)*").match(self.code, self.at)
        assert head is not None  # the caller saw a letter
        self.at = head.end()
        options = self.code[head.start() : head.end()]
        if self.at >= len(self.code) or self.code[self.at] != "(":
            return ""
        parts, raw = [], []
        while self.at < len(self.code) and self.code[self.at] != ")":
            self.at += 1
            start = self.at
            parts.append(self.text(",;)").strip())
            raw.append(self.code[start : self.at])
        self.at += 1
        return _switched(head.group(1).lower(), options.lower(), parts, raw)


def _switched(name: str, options: str, parts: list[str], raw: list[str]) -> str:
    if name == "o" and len(parts) == 2:
        if re.search(r"\\s\s*\\up", raw[0], re.IGNORECASE):
            return f"{parts[1]}（{parts[0]}）"
        return enclosed(parts[0], parts[1])
    if name == "f" and len(parts) == 2:
        return f"{_grouped(parts[0])}/{_grouped(parts[1])}"
    if name == "r":
        return f"√({parts[-1]})"
    if name == "d":
        return ""
    if name == "b":
        left, right = _brackets(options)
        return f"{left}{','.join(parts)}{right}"
    if name == "i":
        return f"∫({','.join(parts)})"
    return " ".join(parts) if name == "a" else ",".join(parts) if name == "l" else "".join(parts)


def _brackets(options: str) -> tuple[str, str]:
    both, left, right = (re.search(rf"\\{name}\s*\\(.)", options) for name in ("bc", "lc", "rc"))
    if left or right:
        return left.group(1) if left else "", right.group(1) if right else ""
    sign = both.group(1) if both else "("
    return sign, {"(": ")", "[": "]", "{": "}", "<": ">"}.get(sign, sign)


def _grouped(text: str) -> str:
    return text if len(text) <= 1 or text.isalnum() else f"({text})"


def enclosed(around: str, inside: str) -> str:
    """带圈字符: a number, letter or character within a ring; in brackets where Unicode has no such sign."""
    if around not in "○〇◯⃝O" or not around:
        return f"{inside}" if not around.strip() else f"[{inside}]" if around in "□☐" else f"{around}{inside}"
    if inside.isdecimal() and 0 < int(inside) <= 50:
        number = int(inside)
        return chr((0x2460 + number - 1) if number <= 20 else (0x3251 - 21 + number) if number <= 35
                   else (0x32B1 - 36 + number))  # fmt: skip
    if len(inside) == 1 and inside in "一二三四五六七八九十":
        return chr(0x3280 + "一二三四五六七八九十".index(inside))
    if len(inside) == 1 and inside.isascii() and inside.isalpha():
        return chr(0x24B6 + ord(inside) - 65 if inside.isupper() else 0x24D0 + ord(inside) - 97)
    return f"（{inside}）"
