"""Words that stand in many titles of an office, and so tell none from another: the name of its district."""

from __future__ import annotations

import functools
from collections import Counter

from content.rules.language import plain_text
from content.services.office import Office
from content.store.notices import notices

MANY = 0.12  # of the titles
LEAST_TITLES = 20  # fewer tell nothing
LOOKED_AT = 2000  # the newest titles


def of(office: Office) -> frozenset[str]:
    """The pairs of characters that stand in many titles of the disclosures, as the index has them now."""
    return _of(office, office.index.stamp())


@functools.lru_cache(8)
def _of(office: Office, _stamp: tuple[int, int] | None) -> frozenset[str]:
    with office.store.read() as session:
        titles = [plain_text.normalise(title) for title in notices.titles(session, LOOKED_AT)]
    if len(titles) < LEAST_TITLES:
        return frozenset()
    counts = Counter(pair for title in titles for pair in {*plain_text.terms(title)})
    return frozenset(pair for pair, count in counts.items() if count >= MANY * len(titles))
