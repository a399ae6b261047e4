"""The text of a report as sentences to look for figures in: plain figures, no blanks, what is in brackets set apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from content.rules.figures.annual_report.cell_values import squeezed

ENDS = re.compile(r"[。;；!！?？]")
BRACKETS = re.compile(r"\([^()]*\)")
FIGURE = re.compile(
    r"(?<![\d.〔\[第])(\d[\d,]{0,15})(余|多)?(件次|人次|件|宗|条|篇|次|个|份|起|项|场|期|家|人|部)(?![\d号])"
)
OTHER_TIMES = re.compile(
    r"同比|环比|增长|增加|减少|下降|上升|较上年|较去年|比上年|比去年|去年|上年同期|历年|近年|累计以来"
)
LONGEST = 1_000  # characters of a sentence that are looked at
MOST = 3_000  # sentences that are looked at; a report has some hundreds
EXCERPT = 60  # characters of a sentence that a finding quotes


@dataclass(frozen=True)
class Figure:
    """A figure with its unit, where it stands, and whether it is rounded (1230余条)."""

    value: int
    unit: str
    start: int
    end: int
    rounded: bool


def sentences(narrative: str) -> list[str]:
    """The sentences of a text, squeezed; headings and lines without an end stand alone."""
    lines = (squeezed(line) for line in narrative.splitlines())
    parts = (part[:LONGEST] for line in lines for part in ENDS.split(line) if part)
    return list(islice(parts, MOST))


def figures(sentence: str) -> Iterator[Figure]:
    """The figures with units in a squeezed sentence. 去年12件, 增长3件 are not this year's, and are left out."""
    for found in FIGURE.finditer(sentence):
        before = re.split(r"[,，、:：]", sentence[: found.start()])[-1]
        if OTHER_TIMES.search(before):
            continue
        about = sentence[max(0, found.start() - 1) : found.start()] in ("约", "近", "超")
        yield Figure(int(found[1].replace(",", "")), found[3], found.start(), found.end(), bool(found[2]) or about)


def without_brackets(sentence: str) -> str:
    """A squeezed sentence without what stands in brackets."""
    shorter = BRACKETS.sub("", sentence)
    while shorter != sentence:
        sentence, shorter = shorter, BRACKETS.sub("", shorter)
    return sentence


def excerpt(sentence: str) -> str:
    """A sentence as a finding quotes it."""
    return sentence if len(sentence) <= EXCERPT else f"{sentence[:EXCERPT]}…"
