"""Numbers of documents in all spellings: 渝府办〔2025〕13号, 渝府办[2025]13, （2025）第13号, 2025年第13号."""

from __future__ import annotations

import re
from dataclasses import dataclass

from content.rules.language import plain_text

_NUMBER = re.compile(
    r"(?P<issuer>[\u4e00-\u9fff]{0,16})\s?(?P<open>[〔\[({【<〈《「])?\s?(?P<year>(?<!\d)(?:19|20)\d\d)\s?"
    r"(?P<close>[〕\])】}>〉》」年])?\s?第?\s?(?P<number>\d{1,5})(?!\d)\s?(?P<end>号)?"
)

_POLITE = re.compile(r"^(?:请问|请|帮我|给我|我要|我想|想|要|查找|查询|查|找|看|关于|发|一下|有没有|有)+")


@dataclass(frozen=True)
class DocumentNumber:
    """One number: who issued it (as far as is said), of which year, which one."""

    issuer: str
    year: int
    number: int

    def is_meant_by(self, asked: DocumentNumber) -> bool:
        """Whether it is the one asked for; 某市渝府办 and 府办 both mean 渝府办, and no issuer means any."""
        same = (self.year, self.number) == (asked.year, asked.number)
        return same and (self.issuer.endswith(asked.issuer) or asked.issuer.endswith(self.issuer or "\0"))

    def __str__(self) -> str:
        return f"{self.issuer}〔{self.year}〕{self.number}号"


def numbers(text: str) -> list[DocumentNumber]:
    """The numbers in a text, in order."""
    return [found for found, _ in _found(plain_text.normalise(text))]


def asked(folded: str) -> tuple[DocumentNumber | None, str]:
    """The first number in a folded question, and the question without it."""
    for number, span in _found(folded) if "20" in folded or "19" in folded else ():
        return number, " ".join(f"{folded[: span[0]]} {folded[span[1] :]}".split())
    return None, folded


def _found(folded: str) -> list[tuple[DocumentNumber, tuple[int, int]]]:
    return [
        (DocumentNumber(_POLITE.sub("", found["issuer"]), int(found["year"]), int(found["number"])), found.span())
        for found in _NUMBER.finditer(folded)
        if found["end"] or (found["open"] and found["close"])
    ]
