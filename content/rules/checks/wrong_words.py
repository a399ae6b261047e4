"""Wrong words, from the office's list: what is wrong, what is right, and why; and claims that nobody can prove."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from config.wrong_words import WrongWord
from content.rules.checks.finding import CheckFinding, Passage, Rule, Severity

CHOICE = "或者"  # between right words of which one is to be chosen
CLAIM = Rule(
    "absolute",
    Severity.QUERY,
    "绝对化的说法",
    "《中华人民共和国广告法》第九条禁止“最佳”一类的用语；政务新媒体不做商业宣传、不夸大（国办发〔2018〕123号）。",
    "有依据的，写明是谁评的、什么时候评的；没有依据的，换一个说法。",
)
_AREA = r"(?:全国|全省|全市|全区|全县|全球|全世界|世界|国内|国际|业内|行业内?|同行业)"
_CLAIM = re.compile(
    rf"{_AREA}(?:范围)?内?(?:的)?最(?:好|优秀|优质|佳|强|先进|权威|顶尖|顶级|高级|一流)"
    rf"|{_AREA}(?:范围)?内?第一(?=$|[^\u4e00-\u9fffA-Za-z0-9]|的|品牌|名牌)"
    r"|(?<!率)最(?:先进|权威|顶尖|顶级)(?![入行去来场村门站展驻厂口到出补])|独一无二|绝无仅有|无与伦比|举世无双|世界顶级|国际顶级"
)
_RANK = re.compile(
    r"(?:排名?|排在|排到|位[居列于]|名列|居|列|获评?|获得|夺得|摘得|稳居|跃居|升至|升到|并列)[^，。；]{0,6}$"
)
_NOT = re.compile(r"(?:不是|并非|不说|不写|不得|禁用|禁止|杜绝|没有|未必|避免)[^，。；]{0,10}$")


def find(passages: Sequence[Passage], words: Sequence[WrongWord]) -> Iterator[CheckFinding]:
    """Each wrong word of the list at each of its places."""
    any_of_them = _any_of(tuple(word.wrong for word in words))
    for passage in passages:
        if any_of_them.search(passage.text):
            yield from _in_passage(passage, words)


@functools.lru_cache(maxsize=4)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)) or r"(?!)")


def claims(passages: Sequence[Passage]) -> Iterator[CheckFinding]:
    """Claims that nobody can prove: the best of the country. Ranks and what merely sounds alike are none."""
    for passage in passages:
        for found in _CLAIM.finditer(passage.text):
            before = passage.text[max(0, found.start() - 16) : found.start()]
            if not _RANK.search(before) and not _NOT.search(before):
                yield CheckFinding(CLAIM, passage, found.group(), found.group(), found.start())


def _in_passage(passage: Passage, words: Sequence[WrongWord]) -> Iterator[CheckFinding]:
    for word in words:
        advice = f"改成“{word.right}”。" if word.right else "请换一个说法。"
        rule = Rule("word", Severity(word.level), "用错的词", word.why, advice)
        for start in _places(passage.text, word):
            yield CheckFinding(rule, passage, word.wrong, word.wrong, start, _instead(word))


def _instead(word: WrongWord) -> tuple[str, ...]:
    """The right word for the wrong one, letter by letter; nothing where a person has to choose one."""
    if not word.right or CHOICE in word.right:
        return ()
    last = len(word.wrong) - 1
    return (*(word.right[place : place + 1] for place in range(last)), word.right[last:])


def _places(text: str, word: WrongWord) -> Iterator[int]:
    start = text.find(word.wrong)
    while start >= 0:
        if not any(_is_part_of(text, start, word.wrong, longer) for longer in word.but):
            yield start
        start = text.find(word.wrong, start + len(word.wrong))


def _is_part_of(text: str, start: int, wrong: str, longer: str) -> bool:
    """Whether the word at this place is part of a longer one that is right."""
    inside = longer.find(wrong)
    return inside >= 0 and text.startswith(longer, max(0, start - inside)) and start - inside >= 0
