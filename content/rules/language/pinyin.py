"""Pinyin that was left as letters: gongzufang zenme shenqing is read as 公租房怎么申请, as far as the notices know the words.

Only what the notices hold is read, and a word needs two characters at least: `women` or `app` stay what they are
unless a notice has such a word.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from content.rules.language import plain_text
from content.rules.language.characters import read_as
from content.rules.language.notice_words import NoticeWords
from content.rules.language.question_terms import Vocabulary

LETTERS = re.compile("(?<![a-z0-9])[a-z]+(?:[ '][a-z]+)*(?![a-z0-9])")
MOST_LETTERS = 60
LONGEST = 6  # letters of a syllable: zhuang
MOST_SYLLABLES = 16
MOST_CUTS = 4  # ways to cut the same letters into syllables: xi an, xian
BREAKS = (-2.0, 4.0)  # what a new word is worth: long words are tried first, then short ones
LEAST_HELD = 2  # passages
FAMILIAR = 4.0  # what each character of a word is worth that citizens use, whether notices do or not
UNREAD = -6.0  # what a syllable costs that stays as it is


@dataclass(frozen=True)
class PinyinReading:
    """A reading so far: its worth and its words."""

    worth: float
    words: tuple[str, ...]

    def then(self, word: str, worth: float) -> PinyinReading:
        """The same with a further word."""
        return PinyinReading(self.worth + worth, (*self.words, word))

    def longer(self, character: str, worth: float) -> PinyinReading:
        """The same with its last word gone on."""
        return PinyinReading(self.worth + worth, (*self.words[:-1], self.words[-1] + character))


def read(text: str, known: NoticeWords, vocabulary: Vocabulary) -> str:
    """The normalised text with pinyin and initials read, as far as that makes words; the rest of it as it is."""
    return LETTERS.sub(lambda found: _read(found[0], known, vocabulary), text)


def _read(letters: str, known: NoticeWords, vocabulary: Vocabulary) -> str:
    """The words with their initials spelt out, and what stands between them read."""
    words = re.split("[ ']", letters)
    if len(letters) > MOST_LETTERS or any(known.counts(words)):
        return letters
    initials = dict(vocabulary.initials)
    found: list[str] = []
    for are_initials, group in groupby(words, key=initials.__contains__):
        some = list(group)
        found += [initials[word] for word in some] if are_initials else _spelt(some, known, vocabulary)
    return " ".join(found)


def _spelt(words: list[str], known: NoticeWords, vocabulary: Vocabulary) -> Sequence[str]:
    """What the letters of all words together stand for; the words themselves if that is nothing known."""
    for syllables in cuts(words):
        for new_word in BREAKS:
            if found := _words(syllables, new_word, known, vocabulary):
                return found
    return words


def cuts(words: Sequence[str]) -> Iterator[list[str]]:
    """The ways to cut the letters of all words into syllables, the fewest first."""
    ways: list[list[str]] = [[]]
    for word in words:
        ways = sorted((way + more for way in ways for more in _cut(word)), key=len)[:MOST_CUTS]
    yield from (way for way in ways if 1 < len(way) <= MOST_SYLLABLES)


def _cut(word: str) -> list[list[str]]:
    ends: list[list[list[str]]] = [[[]]]
    for end in range(1, len(word) + 1):
        found = [
            [*way, word[first:end]]
            for first in range(max(0, end - LONGEST), end)
            if read_as(word[first:end])
            for way in ends[first]
        ]
        ends.append(sorted(found, key=len)[:MOST_CUTS])
    return ends[-1]


def _words(syllables: list[str], new_word: float, known: NoticeWords, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The likeliest words that are read so, syllables of no known word as they are; none if there is no word."""
    words = _likeliest(syllables, new_word, known, vocabulary).words
    strange = [word for word in words if len(word) > 2 and not word.isascii() and word not in vocabulary.familiar]
    if 4 * sum(word.isascii() for word in words) > len(syllables) or not all(
        known.together(plain_text.pairs(word)) for word in strange
    ):
        return ()
    return words


def _likeliest(syllables: list[str], new_word: float, known: NoticeWords, vocabulary: Vocabulary) -> PinyinReading:
    """The worthiest path through the characters that each syllable may stand for."""
    held = [read_as(syllable) for syllable in syllables]
    best = [PinyinReading(0.0, ())]  # whose last word ends before this place
    ending: dict[str, PinyinReading] = {}  # the best whose last word ends with this character, and may go on
    for place, syllable in enumerate(syllables):
        went_on: dict[str, PinyinReading] = {}
        for pair, worth in _links(held[place - 1], held[place], known) if place else ():
            paths = [best[place - 1].then(pair, new_word + worth)]
            paths += [ending[pair[0]].longer(pair[1], worth)] if pair[0] in ending else []
            for path in paths:
                went_on[pair[1]] = max(went_on.get(pair[1], path), path, key=_worth)
        whole = [best[place + 1 - len(word)].then(word, new_word + FAMILIAR * len(word))
                 for word in vocabulary.familiar if _is_read(word, held[: place + 1])]  # fmt: skip
        best.append(max((best[place].then(syllable, UNREAD), *went_on.values(), *whole), key=_worth))
        ending = went_on
    return best[-1]


def _is_read(word: str, held: list[str]) -> bool:
    """Whether the last syllables may stand for the word."""
    last = held[-len(word) :]
    return len(last) == len(word) and all(one in some for one, some in zip(word, last, strict=True))


def _links(firsts: str, seconds: str, known: NoticeWords) -> Iterator[tuple[str, float]]:
    """The pairs that the notices hold, and what each is worth."""
    for pair, count in known.links(firsts, seconds).items():
        if count >= LEAST_HELD:
            yield pair, math.log1p(count)


def _worth(path: PinyinReading) -> float:
    return path.worth
