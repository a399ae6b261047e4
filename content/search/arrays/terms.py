"""Many texts cut into terms at once, as numbers: the same terms into which plain_text cuts them one by one."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from content.rules.language import plain_text
from content.search.arrays.mapped import Array
from content.search.arrays.posting_lists import key

BETWEEN = "\0"  # two texts: no blank, no part of a word
UNKNOWN, APART, CHINESE, WORD = range(4)  # kinds of characters
KNOWN_WORDS = 65_536

_KINDS = np.zeros(0x110000, np.uint8)  # of each code point, found out when it is first met


class TermBatch(NamedTuple):
    """The terms of some texts: the key of each and the number of its text, in no order; and how many texts there are."""

    keys: Array
    texts: Array
    total: int


def cut(texts: Sequence[str], *, singles: bool = False, numbers: bool = True) -> TermBatch:
    """The terms of folded texts. `singles`: each Chinese character too. `numbers`: those of documents too."""
    whole = BETWEEN.join(texts)
    points = np.frombuffer(whole.encode("utf-32-le"), np.uint32).astype(np.uint64)
    owners = np.repeat(np.arange(len(texts)), [len(text) + 1 for text in texts])
    kinds = _kinds(points)
    chinese, word = kinds == CHINESE, kinds == WORD
    before, after = _shifted(chinese, 1), _shifted(chinese, -1)
    first = np.flatnonzero(chinese & after)
    single = np.flatnonzero(chinese if singles else chinese & ~before & ~after)
    begin = np.flatnonzero(word & ~_shifted(word, 1))
    words = list(map(_word_key, plain_text.WORD.findall(whole)))
    found = _numbered(whole) if numbers else {}
    keys = [
        points[first] << np.uint64(21) | points[first + 1],
        points[single],
        _whole(words),
        _whole([*found.values()]),
    ]
    places = np.concatenate([first, single, begin, np.array([*found], np.intp)])
    return TermBatch(np.concatenate(keys), owners[places], len(texts))


def _numbered(text: str) -> dict[int, int]:
    """The key of each document's number by where it stands."""
    if "号" not in text:
        return {}
    spelt = plain_text.DOCUMENT_NUMBER.finditer(text)
    return {found.start(): key(plain_text.document_number(*found.groups())) for found in spelt}


@functools.lru_cache(KNOWN_WORDS)
def _word_key(word: str) -> int:
    return key(plain_text.shortened(word))


def _kinds(points: Array) -> Array:
    kinds = _KINDS[points]
    if not kinds.all():
        for point in np.unique(points[kinds == UNKNOWN]).tolist():
            _KINDS[point] = _kind(chr(point))
        kinds = _KINDS[points]
    return kinds


def _kind(character: str) -> int:
    if plain_text.CHINESE.match(character):
        return CHINESE
    return WORD if plain_text.WORD.match(character) else APART


def _shifted(flags: Array, by: int) -> Array:
    """What stands before each place (`by` 1), or after it (-1)."""
    moved = np.zeros_like(flags)
    if by > 0:
        moved[1:] = flags[:-1]
    else:
        moved[:-1] = flags[1:]
    return moved


def _whole(numbers: list[int]) -> Array:
    return np.array(numbers, np.uint64)
