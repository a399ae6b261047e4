"""The words of a search where they stand in a text: the passage that holds most of them, cut so that they can be marked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from content.rules.language import plain_text

PASSAGE = 90  # characters of a snippet
LOOKED_AT = 8_000  # characters of a text
FEWEST = 2  # characters of a Chinese word that is marked; single ones stand everywhere

_SENTENCE = re.compile(rf"[^。；;！!？?\n]{{0,{PASSAGE}}}[。；;！!？?\n]|[^。；;！!？?\n]{{1,{PASSAGE}}}")


class Piece(NamedTuple):
    """A part of a text, marked or not."""

    text: str
    marked: bool


def snippet(text: str, terms: Collection[str]) -> list[Piece]:
    """The first passage of the text that holds most of the folded terms, in pieces; empty for a text without words."""
    said = _worth_marking(terms)
    best = max(_passages(text[:LOOKED_AT]), key=lambda passage: _held(passage, said), default="")
    return marked(plain_text.one_line(best) + ("…" if len(best) == PASSAGE else ""), terms)


def marked(text: str, terms: Collection[str]) -> list[Piece]:
    """The text in pieces, those marked that a folded term covers."""
    covered = _covered(text, _worth_marking(terms))
    pieces = list[Piece]()
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or covered[end] != covered[start]:
            pieces.append(Piece(text[start:end], covered[start]))
            start = end
    return pieces


def _passages(text: str) -> Iterator[str]:
    """From each sentence on, as much as a snippet holds."""
    sentences = [part for part in _SENTENCE.findall(text) if part.strip()]
    for first in range(len(sentences)):
        passage = ""
        for sentence in sentences[first:]:
            passage += sentence
            if len(passage) >= PASSAGE:
                break
        yield passage[:PASSAGE]


def _worth_marking(terms: Collection[str]) -> list[str]:
    return [term for term in dict.fromkeys(terms) if len(term) >= FEWEST and "#" not in term]


def _held(passage: str, terms: list[str]) -> tuple[int, int]:
    """How many of the terms it holds, and how near its beginning."""
    folded = plain_text.fold(passage)
    places = [folded.find(term) for term in terms if term in folded]
    return len(places), -min(places, default=0)


def _covered(text: str, terms: list[str]) -> list[bool]:
    """For each character whether it belongs to a term; a character may be spelt otherwise, or by several, once folded."""
    folded, owners = "", list[int]()
    for place, character in enumerate(text):
        spelt = plain_text.fold(character)
        folded += spelt
        owners += [place] * len(spelt)
    covered = [False] * len(text)
    for term in terms:
        found = folded.find(term)
        while found >= 0:
            for place in owners[found : found + len(term)]:
                covered[place] = True
            found = folded.find(term, found + 1)
    return covered
