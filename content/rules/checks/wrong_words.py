"""Wrong words, from the office's list: what is wrong, what is right, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from config.wrong_words import WrongWord
from content.rules.checks.finding import CheckFinding, Passage, Rule, Severity

CHOICE = "或者"  # between right words of which one is to be chosen


def find(passages: Sequence[Passage], words: Sequence[WrongWord]) -> Iterator[CheckFinding]:
    """Each wrong word of the list at each of its places."""
    any_of_them = re.compile("|".join(re.escape(word.wrong) for word in words) or r"(?!)")
    for passage in passages:
        if any_of_them.search(passage.text):
            yield from _in_passage(passage, words)


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
