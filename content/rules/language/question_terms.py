"""What a question asks for: its terms with their weights, without question words and politeness, with synonyms."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from content.rules.language import plain_text

LONGEST = 500  # characters of a question that are looked at; what a letter wants stands before that
LIGHT = 0.5  # weight of words that letters use whatever they are about
SYNONYM = 0.5  # weight of a term that stands in a synonym only
NUMBER = 4.0  # weight of a document's number, which names one document among all
GAP = "\0"
LONGEST_FAMILIAR = 8  # characters of a word that is looked for with a gap


@dataclass(frozen=True)
class Vocabulary:
    """Words that need care. `removed`, `light`, `kept` as in config/data/question_words.toml; `synonyms` are groups.

    `initials`: letters and the word that they stand for.
    """

    removed: tuple[str, ...] = ()
    light: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    synonyms: tuple[tuple[str, ...], ...] = ()
    initials: tuple[tuple[str, str], ...] = ()
    common: tuple[str, ...] = ()  # words that stand in any title
    kinds: tuple[str, ...] = ()  # words that tell what kind of thing it is, and not which

    def core(self, text: str) -> str:
        """The normalised text without question words and without what letters say anyway."""
        return self._core(text)

    def plain(self, text: str) -> str:
        """The normalised text without question words."""
        return self._plain(text)

    def groups_in(self, text: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
        """For each group of synonyms of which a word stands in the normalised text: those that do, and the others."""
        groups = {number for word in self._any_synonym.findall(text) for number in self._groups_with[word]}
        for number in sorted(groups):
            said = tuple(word for word in self._groups[number] if word in text)
            yield said, tuple(word for word in self._groups[number] if word not in said)

    def others(self, text: str) -> Iterator[tuple[str, ...]]:
        """The other words of each such group."""
        return (others for _, others in self.groups_in(text))

    @cached_property
    def familiar(self) -> dict[str, None]:
        """All these words of two or more characters, in order: what citizens say, whether a notice says it or not."""
        words = (*self.removed, *self.light, *self.kept, *(word for group in self.synonyms for word in group))
        spelt = (*words, *(word for _, word in self.initials))
        return dict.fromkeys(word for word in spelt if len(word) > 1 and plain_text.is_chinese(word))

    @cached_property
    def gapped(self) -> dict[str, list[tuple[int, str]]]:
        """Those of three characters and more, and their places, by what is left of each without one character."""
        found: dict[str, list[tuple[int, str]]] = {}
        for rank, word in enumerate(self.familiar):
            for nth in range(len(word) if 2 < len(word) <= LONGEST_FAMILIAR else 0):
                found.setdefault(word[:nth] + GAP + word[nth + 1 :], []).append((rank, word))
        return found

    @cached_property
    def idle(self) -> frozenset[str]:
        """Words that stand in any title, or tell what kind of thing it is and not which."""
        return frozenset((*self.common, *self.kinds))

    @cached_property
    def common_pairs(self) -> frozenset[str]:
        """The pairs of characters in words that stand in any title."""
        return frozenset(pair for word in self.common for pair in plain_text.pairs(word))

    @cached_property
    def familiar_pairs(self) -> frozenset[str]:
        """The pairs of characters in them."""
        return frozenset(pair for word in self.familiar for pair in plain_text.pairs(word))

    def bare(self, word: str) -> str:
        """A word as it stands in the pieces of a question, which have no question words: 罚 of 罚了."""
        return "".join(plain_text.runs_of(self.core(word))) or word

    @cached_property
    def _plain(self) -> Callable[[str], str]:
        return _remover(self.kept, self.removed)

    @cached_property
    def _core(self) -> Callable[[str], str]:
        return _remover(self.kept, (*self.removed, *self.light))

    @cached_property
    def wanted(self) -> Callable[[str], QuestionTerms]:
        """What a question wants; made once for the texts of a moment."""
        return functools.lru_cache(plain_text.MOMENT)(functools.partial(_wanted, vocabulary=self))

    @cached_property
    def _groups(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(plain_text.normalise(word) for word in group) for group in self.synonyms)

    @cached_property
    def _any_synonym(self) -> re.Pattern[str]:
        words = {word for group in self._groups for word in group}
        return re.compile(f"{_begins(words)}(?=({_any_of(words)}))")  # the longest word at each place

    @cached_property
    def _groups_with(self) -> dict[str, set[int]]:
        """For each word the groups that have it, or a word within it."""
        return {
            whole: {number for number, group in enumerate(self._groups) if any(word in whole for word in group)}
            for words in self._groups
            for whole in words
        }


@dataclass(frozen=True)
class SearchTerms:
    """The terms of a question with their weights: `pairs` for passages, `terms` (pairs and characters) for wholes.

    `said`: the pairs that stand in the question itself, not only in a synonym.
    """

    pairs: dict[str, float]
    terms: dict[str, float]
    said: frozenset[str]


def question(text: str, vocabulary: Vocabulary) -> SearchTerms | None:
    """What the text asks for; None if there is nothing to look for."""
    pairs, singles, said = weighted_terms(text, vocabulary)
    terms = dict(pairs)
    for term, weight in singles.items():
        terms[term] = terms.get(term, 0.0) + weight  # words and numbers are among both, and count for both
    return SearchTerms(pairs, terms, said) if terms else None


def weighted_terms(text: str, vocabulary: Vocabulary) -> tuple[dict[str, float], dict[str, float], frozenset[str]]:
    """The pairs and the single characters of a question, each with its weight; words and numbers are among both.

    Third, the pairs that stand in the question itself: synonyms bring more. A text of nothing but noise is taken as it is.
    """
    folded = plain_text.normalise(text[:LONGEST])
    plain = plain_text.runs_of(vocabulary.plain(folded)) or plain_text.runs_of(folded)
    core = plain_text.runs_of(vocabulary.core(folded))
    pairs = _weighed(plain_text.terms_of(plain), plain_text.terms_of(core))
    singles = _weighed(plain_text.singles_of(plain), plain_text.singles_of(core))
    pairs |= dict.fromkeys(plain_text.document_numbers(folded), NUMBER)
    said = frozenset(pairs)
    for words in vocabulary.others(folded):
        _add(pairs, [term for word in words for term in _terms(word)])
        _add(singles, [term for word in words for term in plain_text.singles_of(plain_text.runs_of(word))])
    return pairs, singles, said


@functools.cache  # of the vocabulary's words only
def _terms(word: str) -> tuple[str, ...]:
    """The terms of a normalised word."""
    return tuple(plain_text.terms_of(plain_text.runs_of(word)))


def _weighed(terms: list[str], core: Iterable[str]) -> dict[str, float]:
    heavy, weights = set(core), dict[str, float]()
    for term in terms:
        weights[term] = weights.get(term, 0.0) + (1.0 if term in heavy or not heavy else LIGHT)
    return weights


def _add(weights: dict[str, float], terms: list[str]) -> None:
    for term in terms:
        weights.setdefault(term, SYNONYM)


def _remover(kept: Iterable[str], noise: Iterable[str]) -> Callable[[str], str]:
    """Takes noise out of a text."""
    noise = {*noise}
    kept = {*kept} - noise
    pattern = re.compile(f"{_begins(kept | noise)}(?:({_any_of(kept)})|{_any_of(noise)})")
    return functools.lru_cache(plain_text.MOMENT)(lambda text: pattern.sub(lambda found: found[1] or " ", text))


def _begins(words: Iterable[str]) -> str:
    """A look at the next character, which spares a look at each of the words: 20 times faster."""
    first = "".join(sorted({re.escape(word[0]) for word in words if word}))
    return f"(?=[{first}])" if first else ""


def _any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; of none it fits nowhere."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) or "(?!)"


# How much of a question a notice must hold to be offered; 97 in 100 right answers do. docs/ranking.md has the trial.
LEAST, LEAST_OF_A_LETTER = 0.4, 0.33  # of its characters; a letter says much besides
TOUCHED = 0.2  # … that a notice must hold to be what may be meant
SHORT = 11  # characters; what is longer is a letter
_COUNT = re.compile("[一二两三四五六七八九十几0-9]+[个年月天日人名元万]")  # 八个 of eight people
WORD = 2  # characters that a number or a Latin word counts for


@dataclass(frozen=True)
class QuestionTerms:
    """What a question wants: its pieces without question words, and for words in them the terms of each synonym.

    `idle`: words that stand in any title.
    """

    pieces: tuple[str, ...]
    synonyms: tuple[tuple[tuple[str, ...], tuple[frozenset[str], ...]], ...]
    idle: frozenset[str] = frozenset()

    @cached_property
    def terms(self) -> list[str]:
        """All terms that can make a text fit."""
        others = (term for _, words in self.synonyms for terms in words for term in terms)
        return list(dict.fromkeys([*plain_text.terms_of(self.pieces), *others]))

    @cached_property
    def telling(self) -> list[str]:
        """The terms that tell of what a title is: one character stands in any title, and so does a count or an idle word."""
        idle = self.idle - {term for _, words in self.synonyms for terms in words if len(terms) > 1 for term in terms}
        if idle.issuperset(term for term in plain_text.terms_of(self.pieces) if len(term) > 1):
            idle = frozenset()  # nothing else is asked
        return [term for term in self.terms if len(term) > 1 and term not in idle and not _COUNT.fullmatch(term)]

    def in_title(self, title: str) -> tuple[frozenset[str], float]:
        """The telling terms that a folded title says, and how much of the question these are; asked of one title many times."""
        if title not in self._titles:
            said = frozenset([term for term in self.telling if term in title])
            self._titles[title] = said, self.share(said)
        return self._titles[title]

    def is_met_by(self, held: Collection[str]) -> bool:
        """Whether a text that holds these terms says enough of it; the order alone cannot tell poor from none."""
        covered = self._said_by(held)
        return covered > 0 and covered >= self._least

    def share(self, held: Collection[str]) -> float:
        """How much of it a text says that holds these terms, from 0 to 1."""
        return self._said_by(held) / self.size if self.size else 0.0

    def _said_by(self, held: Collection[str]) -> int:
        """How much of it a text says that holds these terms, in characters."""
        met = (words for words, others in self.synonyms if any(terms.issubset(held) for terms in others))
        said = {word for words in met for word in words}
        covered = sum([_covered(piece, pairs, held=held, said=said) for piece, pairs in self._chinese])
        return covered + sum([_word(word) for word in self._words if word in held])

    @cached_property
    def _titles(self) -> dict[str, tuple[frozenset[str], float]]:
        """The titles that were asked for; as many as were ranked for one question of a moment."""
        return {}

    @cached_property
    def _chinese(self) -> list[tuple[str, list[str]]]:
        """The pieces of Chinese with their pairs."""
        return [(piece, plain_text.pairs(piece)) for piece in self.pieces if plain_text.is_chinese(piece)]

    @cached_property
    def _words(self) -> list[str]:
        return [piece for piece in self.pieces if not plain_text.is_chinese(piece)]

    @cached_property
    def _least(self) -> float:
        return (LEAST if self.size <= SHORT else LEAST_OF_A_LETTER) * self.size

    @cached_property
    def size(self) -> int:
        """How many characters it has; a number or a Latin word counts for two."""
        return sum(len(piece) for piece, _ in self._chinese) + sum(map(_word, self._words))


def wanted(asked: str, vocabulary: Vocabulary) -> QuestionTerms:
    """What a question wants, without question words and without what letters say anyway."""
    return vocabulary.wanted(asked)


def _wanted(asked: str, vocabulary: Vocabulary) -> QuestionTerms:
    question = plain_text.normalise(asked[:LONGEST])
    pieces = plain_text.runs_of(vocabulary.core(question)) or plain_text.runs_of(question)
    synonyms = (
        (tuple(map(vocabulary.bare, said)), tuple(frozenset(_terms(word)) for word in others))
        for said, others in vocabulary.groups_in(question)
    )
    return QuestionTerms(tuple(pieces), tuple(synonyms), vocabulary.idle)


def _word(piece: str) -> int:
    """What a number or a Latin word counts for; a single letter or digit tells nothing."""
    return WORD if len(piece) > 1 else 0


def _covered(piece: str, pairs: Sequence[str], *, held: Collection[str], said: Collection[str]) -> int:
    """How many characters of a piece of Chinese stand in a term that is held, or in a word that is said otherwise."""
    covered = int(piece in held)  # a bit for each character
    for place, pair in enumerate(pairs):
        if pair in held:
            covered |= 0b11 << place
    for word in said:
        for found in re.finditer(re.escape(word), piece):
            covered |= (1 << found.end()) - (1 << found.start())
    return covered.bit_count()
