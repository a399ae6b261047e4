"""What could not come along, in words: each kind once, with the places where it was met."""

from __future__ import annotations

MOST_PLACES = 4  # that a sentence names; the others are only counted


class Notes:
    """Gathers sentences for author and reviewers; none of them may quote what was hidden."""

    def __init__(self) -> None:
        self._places: dict[str, dict[str, None]] = {}

    def add(self, sentence: str, place: str = "") -> None:
        """Notes a kind of loss, met at a place such as `第 3 段`."""
        places = self._places.setdefault(sentence, {})
        if place:
            places.setdefault(place)

    def sentences(self) -> tuple[str, ...]:
        """One sentence for each kind, its places first."""
        return tuple(f"{_named(list(places))}{sentence}" for sentence, places in self._places.items())


def _named(places: list[str]) -> str:
    if not places:
        return ""
    more = f"等 {len(places)} 处" if len(places) > MOST_PLACES else ""
    return f"{'、'.join(places[:MOST_PLACES])}{more}："
