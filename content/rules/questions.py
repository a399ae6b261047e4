"""What a question asks for: its terms with their weights, without question words and politeness, with synonyms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from content.rules import wording

LIGHT = 0.5  # weight of words that letters use whatever they are about
SYNONYM = 0.5  # weight of a term that stands in a synonym only
NUMBER = 4.0  # weight of a document's number, which names one document among all


@dataclass(frozen=True)
class Vocabulary:
    """Words that need care. `removed`, `light`, `kept` as in config/data/wording.toml; `synonyms` are groups.

    `initials`: letters and the word that they stand for.
    """

    removed: tuple[str, ...] = ()
    light: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    synonyms: tuple[tuple[str, ...], ...] = ()
    initials: tuple[tuple[str, str], ...] = ()

    def core(self, text: str) -> str:
        """The normalised text without question words and without what letters say anyway."""
        return _without(self._heavy_noise, text)

    def plain(self, text: str) -> str:
        """The normalised text without question words."""
        return _without(self._noise, text)

    def others(self, text: str) -> Iterator[tuple[str, ...]]:
        """For each group of synonyms of which a word stands in the normalised text: the words that do not."""
        for words, pattern in self._groups:
            if pattern.search(text):
                yield tuple(word for word in words if word not in text)

    @cached_property
    def familiar(self) -> frozenset[str]:
        """All these words of two or more characters: what citizens say, whether a notice says it or not."""
        words = (*self.removed, *self.light, *self.kept, *(word for group in self.synonyms for word in group))
        spelt = (*words, *(word for _, word in self.initials))
        return frozenset(word for word in spelt if len(word) > 1 and wording.is_chinese(word))

    @cached_property
    def _noise(self) -> re.Pattern[str]:
        return _pattern(self.kept, self.removed)

    @cached_property
    def _heavy_noise(self) -> re.Pattern[str]:
        return _pattern(self.kept, (*self.removed, *self.light))

    @cached_property
    def _groups(self) -> tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]:
        folded = (tuple(wording.normalise(word) for word in group) for group in self.synonyms)
        return tuple((words, re.compile(_any_of(words))) for words in folded)


def weighted_terms(text: str, vocabulary: Vocabulary, most: int) -> tuple[dict[str, float], dict[str, float]]:
    """The pairs and the single characters of a question, each with its weight; words and numbers are among both.

    A long text is cut after `most` of each. A text of nothing but noise is taken as it is.
    """
    folded = wording.normalise(text)
    plain = vocabulary.plain(folded)
    if not wording.runs(plain):
        plain = folded
    core = vocabulary.core(folded)
    pairs = _weighed(wording.terms(plain), wording.terms(core), most)
    singles = _weighed(wording.singles(plain), wording.singles(core), most)
    pairs |= dict.fromkeys(wording.document_numbers(folded), NUMBER)
    for words in vocabulary.others(folded):
        _add(pairs, [term for word in words for term in wording.terms(word)])
        _add(singles, [term for word in words for term in wording.singles(word)])
    return pairs, singles


def _weighed(terms: list[str], core: Iterable[str], most: int) -> dict[str, float]:
    heavy, weights = set(core), dict[str, float]()
    for term in terms:
        if term in weights or len(weights) < most:
            weights[term] = weights.get(term, 0.0) + (1.0 if term in heavy or not heavy else LIGHT)
    return weights


def _add(weights: dict[str, float], terms: list[str]) -> None:
    for term in terms:
        weights.setdefault(term, SYNONYM)


def _without(noise: re.Pattern[str], text: str) -> str:
    return noise.sub(lambda found: found[1] or " ", text)


def _pattern(kept: Iterable[str], noise: Iterable[str]) -> re.Pattern[str]:
    kept = {*kept} - {*noise}
    return re.compile(f"({_any_of(kept)})|{_any_of(noise)}")


def _any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; of none it fits nowhere."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) or "(?!)"


SHORT = 10  # pairs; a question of so few says what it wants, a letter says much else besides
LEAST, LEAST_OF_A_LETTER = 0.34, 0.15  # 97 in 100 right answers hold more


def fits(asked: str, text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text holds enough of what is asked to be offered; the order alone cannot tell poor from none."""
    question, folded = wording.normalise(asked), wording.normalise(text)
    wanted = {*wording.terms(vocabulary.core(question))} or {*wording.terms(question)}
    others = {term for words in vocabulary.others(question) for word in words for term in wording.terms(word)}
    found = sum(term in folded for term in wanted | others)
    return found >= (LEAST if len(wanted) <= SHORT else LEAST_OF_A_LETTER) * len(wanted)
