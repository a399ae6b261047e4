"""The passage of an item that most likely answers, where none surely does: by the words that tell one passage from the others.

A word counts in the passage itself, less in the heading above it and in the sentences beside it; what only this passage says counts
more than what they all say. It must hold what is asked, a sum or a day, if that is asked.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from content.rules.follow_ups import aspects, figures_asked, own_words, passage_traits
from content.rules.follow_ups.passage_pieces import CONTACT, PassagePiece, pieces_of, quoted
from content.rules.language import plain_text
from content.rules.language.answering_sentence import READ, Aspect, Sentence

IN_HEADING, GOES_ON, BESIDE, IN_PARTS = (
    0.7,
    0.6,
    0.2,
    0.6,
)  # what a word counts for that stands there; … that stands there in pairs
MOST_OF_A_WORD = 6  # characters of a word that count
MORE_NAMES = 0.5  # … for each further name of the same thing
HALF = 0.5  # of the pairs of a word, from which on it is partly said
HOLDS, CALLS = 1.5, 1.5  # for what is asked; … for a heading that calls it
LEAST = 2.0  # of all that counts, for a passage to be quoted
OF_SIZE_AND_TIME = {"contact", "sum", "date", "duration", "telephone", "age", "points", "rate", "share", "temperature", "heads", "times", "area"}  # fmt: skip


@dataclass(frozen=True)
class _Word:
    """A word of the question with what else it is called, and how rare it is in the item."""

    names: tuple[str, ...]
    pairs: tuple[str, ...]
    weight: float

    def said(self, text: str) -> float:
        """How many characters of it a text says; where it says several of its names, a little more."""
        met = [min(len(name), MOST_OF_A_WORD) for name in self.names if name in text]
        if met:
            return max(met) + MORE_NAMES * (len(met) - 1)
        share = sum(pair in text for pair in self.pairs) / len(self.pairs) if len(self.pairs) > 1 else 0.0
        return IN_PARTS * share * min(len(self.pairs) + 1, MOST_OF_A_WORD) if share >= HALF else 0.0


def find(
    body: str,
    question: str,
    also: Sequence[str] = (),
    *,
    title: str = "",
    least: float = LEAST,
    strictly: bool = False,
    published_on: date | None,
    today: date,
) -> Sentence | None:
    """The best of all passages for a folded question; None if none says enough of it.

    `also`: words besides its own that count, synonyms; `least`: how much it has to say; `strictly`: it says of what it is asked.
    """
    asked = aspects.read(question)
    pieces = list(pieces_of(body[:READ]))
    words = _words(question, also, title, pieces)
    groups = passage_traits.groups(f"{question} {title}")
    names_figures = figures_asked.NAMED.search(question) is not None
    best, most, told = -1, 0.0, 0.0
    for at, piece in enumerate(pieces):
        if passage_traits.is_preamble(piece.folded) or (
            CONTACT.search(piece.folded) and not _asks_for_a_contact(asked)
        ):
            continue
        if passage_traits.is_row(piece.folded) or passage_traits.is_of_the_opposite(question, piece.folded):
            continue
        said = sum(word.weight * _said(word, pieces, at) for word in words)
        figures = figures_asked.worth(question, piece.folded) if names_figures else 0.0
        is_of_it = not strictly or all(needs.search(f"{piece.heading} {piece.folded}") for needs in asked.matters)
        if said + max(figures, 0.0) < least or not _holds(asked, piece) or not is_of_it:
            continue
        worth = said + figures + _fits(asked, piece)
        is_under_it = piece.nth == 0 and piece.heading.endswith("?") and any(word.said(piece.heading) for word in words)
        worth += CALLS if is_under_it else 0.0
        worth += passage_traits.OF_THE_SAME if passage_traits.is_of_the_same(question, piece.folded) else 0.0
        worth -= passage_traits.is_duty(piece.folded, question)
        worth -= 1.0 if passage_traits.groups(f"{piece.heading} {piece.folded}") - groups else 0.0
        if worth > most:
            best, most, told = at, worth, said
    if best < 0:
        return None
    shown = [name for word in words for name in word.names]
    aspect = _aspect(asked, pieces[best])
    return quoted(body, pieces, best, aspect=aspect, words=shown, published_on=published_on, today=today, worth=told)


def under(body: str, word: str, *, published_on: date | None, today: date) -> Sentence | None:
    """The first passage under a heading that has a word; None if no heading has it."""
    pieces = list(pieces_of(body[:READ]))
    first = next((at for at, piece in enumerate(pieces) if piece.nth == 0 and word in piece.heading), None)
    if first is None:
        return None
    return quoted(body, pieces, first, aspect=None, words=[word], published_on=published_on, today=today)


def _words(question: str, also: Sequence[str], title: str, pieces: Sequence[PassagePiece]) -> list[_Word]:
    """The words of a question that some passage says, each with its weight; what the title says tells no passage from another."""
    written = own_words.in_writing(question)
    own = [(word, *own_words.called(word)) for word in own_words.of(question)]
    asked = [(word,) for word in (*own_words.named_in_asking(question), *own_words.whole(question))]
    named = [
        names
        for names in (*own, *written, *((word,) for word in also), *asked)
        if not any(name in title for name in names)
    ]
    found: dict[tuple[str, ...], _Word] = {}
    for names in named:
        word = _Word(tuple(dict.fromkeys(names)), tuple(plain_text.pairs(names[0])), 1.0)
        headings = {one for piece in pieces for one in (piece.heading, piece.section) if one}
        said = [word.said(one) for one in (*headings, *(piece.folded for piece in pieces))]
        places = sum(1 for one in said if one and one >= max(said))
        if places:
            rare = math.log(1 + len(pieces) / places) / math.log(1 + len(pieces))
            found[word.names] = _Word(word.names, word.pairs, rare)
    return list(found.values())


def _said(word: _Word, pieces: Sequence[PassagePiece], at: int) -> float:
    piece = pieces[at]
    if own := word.said(piece.folded):
        return own
    if above := word.said(f"{piece.heading} {piece.section}"):
        return IN_HEADING * above
    before = word.said(pieces[at - 1].folded) if at and pieces[at - 1].heading == piece.heading else 0.0
    after = word.said(pieces[at + 1].folded) if at + 1 < len(pieces) and pieces[at + 1].nth else 0.0
    return max((GOES_ON if passage_traits.goes_on(piece.folded) else BESIDE) * before, BESIDE * after)


def _holds(asked: aspects.ShortQuestion, piece: PassagePiece) -> bool:
    """Whether it holds a sum, a day or a number that is asked; how something is done may be said in any words."""
    of_size = [aspect for aspect in asked.aspects if aspect.name in OF_SIZE_AND_TIME]
    return not of_size or any(aspect.holds.search(piece.folded) for aspect in of_size)


def _fits(asked: aspects.ShortQuestion, piece: PassagePiece) -> float:
    worth = 0.0
    for aspect in asked.aspects:
        worth += HOLDS if aspect.holds.search(piece.folded) else 0.0
        worth += (
            CALLS
            if any(passage_traits.is_label_of(aspect, one) for one in (piece.heading, piece.label) if one)
            else 0.0
        )
    return worth + sum(HOLDS for needs in asked.matters if needs.search(piece.folded))


def _aspect(asked: aspects.ShortQuestion, piece: PassagePiece) -> Aspect | None:
    return next((aspect for aspect in asked.aspects if aspect.holds.search(piece.folded)), None)


def _asks_for_a_contact(asked: aspects.ShortQuestion) -> bool:
    return any(aspect.name in ("telephone", "contact", "place") for aspect in asked.aspects)
