"""A title like one that is out already: the same words in another order or with a word more. Series by number or day are none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from content.rules.checks.finding import TITLE, CheckFinding, Passage, Rule, Severity

ALIKE = 0.8  # of the pairs of letters that two titles share
SHORTEST = 4  # letters of a title that says enough to be compared
RULE = Rule("title.similar", Severity.QUERY, "和已经发过的标题很像", "重复发布会被检查记为内容重复，群众也分不清哪一篇有效。",
            "核对是不是同一件事；不是，就在标题里写出不同的地方。")  # fmt: skip
_NUMBERS = re.compile(
    r"[0-9０-９]+|[一二三四五六七八九十]+(?=[月日期季次批号届周])|第[一二三四五六七八九十百]+|[上下][半]?[年月周]"
)
_SIGNS = re.compile(r"[^\w]|_")


def find(title: str, published: Iterable[tuple[int, str]]) -> Iterator[CheckFinding]:
    """The published titles (number, title) that this one is like; the nearest first, three at most."""
    own = _letters(title)
    if len(own) < SHORTEST:
        return
    pairs, numbers = _pairs(own), _NUMBERS.findall(title)
    near = [
        (share, number, other)
        for number, other in published
        if (share := _share(pairs, _letters(other))) >= ALIKE and _NUMBERS.findall(other) == numbers
    ]
    for _, number, other in sorted(near, key=lambda each: (-each[0], -each[1]))[:3]:
        yield CheckFinding(
            RULE, Passage(TITLE, title), other, f"{number} {other}", detail=f"稿件 {number}《{other}》。"
        )


def _letters(title: str) -> str:
    return _SIGNS.sub("", _NUMBERS.sub("", title)).lower()


def _pairs(text: str) -> Counter[str]:
    return Counter(text[place : place + 2] for place in range(len(text) - 1))


def _share(pairs: Counter[str], other: str) -> float:
    """Twice the pairs in common over all pairs (Dice)."""
    theirs = _pairs(other)
    total = pairs.total() + theirs.total()
    return 2 * (pairs & theirs).total() / total if total else 0.0
