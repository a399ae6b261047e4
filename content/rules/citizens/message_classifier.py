"""Which examples a message is like: naive Bayes over characters and pairs of characters, trained on messages whose kind is known.

Patterns know the words that they were given; strangers tell the same in other words. What is learned here only decides what
is said where patterns are silent. Training takes a few hundredths of a second, a message as long as it has characters.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from content.rules.citizens.triage_phrases import spelt
from content.rules.language import plain_text

LONGEST = 400  # characters that are looked at; a story has told by then what it is
SMOOTHING = 0.5  # added to each count, so that what was never seen excludes nothing
STEP = 6  # characters: messages are told apart by length too
MOST_STEPS = 8


class MessageClassifier:
    """Tells some kinds of messages from all others. `examples`: the messages of each kind."""

    def __init__(self, examples: Mapping[str, Iterable[str]], kinds: Mapping[str, Collection[str]]) -> None:
        counts = {kind: _counted(messages) for kind, messages in examples.items()}
        self._weights = {name: _weights(counts, wanted) for name, wanted in kinds.items()}

    def score(self, name: str, text: str) -> float:
        """How much a text speaks for the kinds under that name: above 0 for, below 0 against."""
        known, features = self._weights[name], features_of(text)
        return sum(known.get(feature, 0.0) for feature in features) / math.sqrt(len(features))


def features_of(text: str) -> set[str]:
    """The characters and pairs of a text, with its ends, and how long it is."""
    said = f"^{spelt(plain_text.normalise(text[:LONGEST]))}$"
    length = f"length {min(len(said) // STEP, MOST_STEPS)}"
    return {length, *said, *(said[place : place + 2] for place in range(len(said) - 1))}


def _counted(messages: Iterable[str]) -> tuple[int, Counter[str]]:
    """How many messages there are, and in how many of them each feature stands."""
    counts: Counter[str] = Counter()
    total = 0
    for message in messages:
        counts.update(features_of(message))
        total += 1
    return total, counts


def _weights(counts: Mapping[str, tuple[int, Counter[str]]], wanted: Collection[str]) -> dict[str, float]:
    """For each feature how much more often it stands in messages of the wanted kinds than in others, as a logarithm."""
    inside, outside = Counter[str](), Counter[str]()
    sizes = [0, 0]
    for kind, (total, seen) in counts.items():
        (inside if kind in wanted else outside).update(seen)
        sizes[kind not in wanted] += total
    room = 2 * SMOOTHING
    base = math.log((sizes[1] + room) / (sizes[0] + room))
    return {
        feature: math.log((inside[feature] + SMOOTHING) / (outside[feature] + SMOOTHING)) + base
        for feature in inside.keys() | outside.keys()
    }
