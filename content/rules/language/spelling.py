"""Slips of the finger: a character typed for another that sounds alike, or two that changed places.

Nothing is looked up in a dictionary: what is known is what the notices hold. A character is doubted only where no
notice knows it beside either of its neighbours; a remedy counts only if notices hold it, together with what stands
around it. So a question that is typed well stays as it is, also where it uses words that no notice has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from content.rules.language import pinyin, plain_text
from content.rules.language.characters import alike, nearly_alike
from content.rules.language.notice_words import NoticeWords
from content.rules.language.question_terms import GAP, LONGEST_FAMILIAR, Vocabulary

LEAST_HELD = 2  # passages that must hold each pair of a remedy
MOST_TRIED = 8  # remedies of a place that are looked at closely, the most frequent first
MOST_DOUBTED = 8  # places of a run; a run full of unknown words is no slip
MOST_MENDED = 2  # places of a run; more is guessing
KNOWN_BEHIND = 4  # characters after a verb of one, 租标准厂房, that tell that it is no slip
ASKS_AT_THE_END = "没不未否"  # 有补贴没: no slip
EVERYDAY = 0.2  # of all notices: who types a character as frequent as this at the edge of a word means it


@dataclass(frozen=True)
class SpellingFix:
    """A run with one slip mended; `around` is what is new in it with its neighbours, `held` the rarest pair's count."""

    run: str
    around: str
    held: int


def mended(text: str, known: NoticeWords, vocabulary: Vocabulary) -> str:
    """The normalised text as it was probably meant; the same text if nothing in it looks like a slip."""
    text = pinyin.read(text, known, vocabulary)
    for run in plain_text.runs_of(vocabulary.plain(text)):
        if len(run) > 2 and plain_text.is_chinese(run):
            text = text.replace(run, _mended(run, known, vocabulary))
    return text


def _mended(run: str, known: NoticeWords, vocabulary: Vocabulary) -> str:
    for _ in range(MOST_MENDED):
        doubted = _doubted(run, known, vocabulary)
        best = _familiar(run, doubted, vocabulary) or next(
            filter(None, (_best(remedies, known) for remedies in _remedies(run, doubted, known))), None
        )
        if best is None:
            break
        run = best.run
    return run


def _doubted(run: str, known: NoticeWords, vocabulary: Vocabulary) -> list[int]:
    """The places whose character is known beside neither of its neighbours."""
    pairs = plain_text.pairs(run)
    held = [count or pair in vocabulary.familiar_pairs for pair, count in zip(pairs, known.counts(pairs), strict=True)]
    last = len(run) - (run[-1] in ASKS_AT_THE_END)
    return [place for place in range(last) if not any(held[max(place - 1, 0) : place + 1])][:MOST_DOUBTED]


def _familiar(run: str, doubted: Iterable[int], vocabulary: Vocabulary) -> SpellingFix | None:
    """A word that citizens use, whether notices do or not, typed with one character that sounds alike."""
    for place in doubted:
        found = [
            (rank, first, word)
            for first in range(max(place - LONGEST_FAMILIAR + 1, 0), place + 1)
            for end in range(place + 1, min(first + LONGEST_FAMILIAR, len(run)) + 1)
            for rank, word in vocabulary.gapped.get(run[first:place] + GAP + run[place + 1 : end], ())
            if word[place - first] in alike(run[place]) + nearly_alike(run[place])
        ]
        if found:
            _, first, word = min(found)
            return SpellingFix(run[:first] + word + run[first + len(word) :], word, LEAST_HELD)
    return None


def _best(remedies: Iterable[SpellingFix], known: NoticeWords) -> SpellingFix | None:
    """The remedy that most passages hold with what stands around it."""
    tried = sorted(remedies, key=lambda remedy: -remedy.held)[:MOST_TRIED]
    found = [(known.together(plain_text.pairs(remedy.around)), remedy) for remedy in tried]
    held, best = max(found, key=lambda one: one[0], default=(0, None))
    return best if held else None


def _remedies(run: str, doubted: list[int], known: NoticeWords) -> Iterator[Iterable[SpellingFix]]:
    """For each doubted place, from left to right: two changed places, another that sounds alike, or nearly alike."""
    for place in doubted:
        if place + 1 in doubted and len(run) > 3:
            yield _swapped(run, place, known)
        if place == 0 and _stands_alone(run, known):
            continue
        if 0 < place < len(run) - 1 or known.share(run[place]) < EVERYDAY:
            yield _replaced(run, place, alike(run[place]), known)
            yield _replaced(run, place, nearly_alike(run[place]), known)


def _stands_alone(run: str, known: NoticeWords) -> bool:
    """Whether the first character may be a word by itself: notices have it, and all that follows is known as it stands."""
    behind = plain_text.pairs(run[1 : 1 + KNOWN_BEHIND])
    return len(run) > KNOWN_BEHIND and known.share(run[0]) > 0 and all(known.counts(behind))


def _swapped(run: str, place: int, known: NoticeWords) -> Iterator[SpellingFix]:
    new = run[:place] + run[place + 1] + run[place] + run[place + 2 :]
    around = new[max(place - 1, 0) : place + 3]
    held = min(known.counts(plain_text.pairs(around)))
    if held >= LEAST_HELD:
        yield SpellingFix(new, around, held)


def _replaced(run: str, place: int, others: str, known: NoticeWords) -> Iterator[SpellingFix]:
    before, after = run[:place], run[place + 1 :]
    left = {pair[1]: held for pair, held in known.links(before[-1:], others).items()}
    right = {pair[0]: held for pair, held in known.links(others, after[:1]).items()}
    for other in left if before else right:
        held = min(left.get(other, 0) if before else right[other], right.get(other, 0) if after else left[other])
        if held >= LEAST_HELD:
            yield SpellingFix(before + other + after, _around(before + other + after, place), held)


def _around(run: str, place: int) -> str:
    """Three characters: the neighbours on both sides, at an edge two on one side."""
    first = min(max(place - 1, 0), len(run) - 3)
    return run[first : first + 3]
