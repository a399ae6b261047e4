"""Where words stand in a text, and whether several stand near each other. All of it is linear in the text's length."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from content.rules.language import plain_text
from content.rules.language.characters import alike, nearly_alike

APART = 15  # characters between two parts of a pattern: what a story says in between
LONGEST_MENDED = 200  # characters; in a longer text a slip does not hide what it says
LEAST_MENDED = 4  # characters of a word that is read despite one slip; a shorter one may well be another word

_PAUSE = re.compile("[,.;:!?、。~…·—()\\n-]")
_MARKS = re.compile("[^\\w\\s]+")
_BLANK = re.compile(f"(?<=[{plain_text.UNSPACED},])\\s+|\\s+(?=[{plain_text.UNSPACED},])")

Spans = Mapping[str, Sequence[tuple[int, int]]]  # where each word stands: first character, one past the last


@dataclass(frozen=True)
class Match:
    """Where a pattern fits: from `start` to `end`, and where each of its parts stands."""

    start: int
    end: int
    parts: tuple[tuple[int, int], ...]


def spelt(text: str) -> str:
    """A normalised text as words are looked for in it: no emoji, each pause a comma, no blanks beside Chinese."""
    marked = _MARKS.sub(lambda found: "," if _PAUSE.search(found[0]) else "", text)
    return _BLANK.sub("", marked).strip(", ")


class Lexicon:
    """Words to be looked for, all at once."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        self._by_head: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(self.words):
            self._by_head[word[:2]].append(word)
        self._gapped: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(self.words):
            if len(word) >= LEAST_MENDED and plain_text.CHINESE.match(word):
                for nth in range(len(word)):
                    self._gapped[f"{word[:nth]}\0{word[nth + 1 :]}"].append(word)
        self._lengths = sorted({len(gapped) for gapped in self._gapped}, reverse=True)
        mendable = {word for words in self._gapped.values() for word in words}
        self._heads = {word[:2] for word in mendable}
        self._ends = {word[-2:] for word in mendable}

    def spans(self, text: str) -> Spans:
        """Where each word stands. A Latin word or a number stands only where it is whole."""
        found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for start in range(len(text)):
            for head in dict.fromkeys((text[start], text[start : start + 2])):
                for word in self._by_head.get(head, ()):
                    if text.startswith(word, start) and _is_whole(text, start, word):
                        found[word].append((start, start + len(word)))
        return found

    def mended(self, text: str) -> str:
        """The text with one slip put right: a character typed for another that sounds alike, in a known word."""
        if len(text) > LONGEST_MENDED:
            return text
        for length in self._lengths:
            for start in range(len(text) - length + 1):
                piece = text[start : start + length]
                if piece[:2] not in self._heads and piece[-2:] not in self._ends:  # one slip leaves one of them whole
                    continue
                word = next(self._meant(piece), None)
                if word is not None:
                    return text[:start] + word + text[start + length :]
        return text

    def _meant(self, piece: str) -> Iterator[str]:
        for nth, typed in enumerate(piece):
            for word in self._gapped.get(f"{piece[:nth]}\0{piece[nth + 1 :]}", ()):
                if word[nth] != typed and word[nth] in alike(typed) + nearly_alike(typed):
                    yield word


def matches(parts: Sequence[Sequence[tuple[int, int]]], *, in_order: bool) -> Iterator[Match]:
    """Where the parts of a pattern stand near each other; `parts` says where the words of each part stand."""
    parts = [sorted(spans) for spans in parts]
    for order in [tuple(range(len(parts)))] if in_order else permutations(range(len(parts))):
        yield from _chains([parts[part] for part in order])


def _chains(parts: Sequence[Sequence[tuple[int, int]]]) -> Iterator[Match]:
    """Chains of one span of each part, each beginning at most `APART` after the end of the last."""
    events = sorted((start, end, nth) for nth, spans in enumerate(parts) for start, end in spans)
    chained: dict[int, list[Match]] = defaultdict(list)  # for each part the chains that end in it and may go on
    for start, end, nth in events:
        before = [Match(start, start, ())] if nth == 0 else _near(chained[nth - 1], start)
        if before:
            last = before[-1]
            match = Match(last.start, end, (*last.parts, (start, end)))
            if nth == len(parts) - 1:
                yield match
            else:
                chained[nth] = [*_near(chained[nth], start, also_open=True), match]


def _near(chains: list[Match], start: int, *, also_open: bool = False) -> list[Match]:
    """The chains that end not long before `start`; with `also_open` those that reach beyond it too."""
    return [chain for chain in chains if start - APART <= chain.end and (also_open or chain.end <= start)]


def uncovered(text: str, words: Collection[str], spans: Spans) -> int:
    """How many characters of a text, pauses and blanks left out, stand in none of the words."""
    change = [0] * (len(text) + 1)
    for word in words:
        for start, end in spans.get(word, ()):
            change[start] += 1
            change[end] -= 1
    bare = depth = 0
    for place, character in enumerate(text):
        depth += change[place]
        bare += depth == 0 and character not in ", "
    return bare


def _is_whole(text: str, start: int, word: str) -> bool:
    end = start + len(word)
    return not (_is_latin(word[0]) and start and _is_latin(text[start - 1])) and not (
        _is_latin(word[-1]) and end < len(text) and _is_latin(text[end])
    )


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
