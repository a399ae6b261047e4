"""What every message is held against, in memory: guides, synonyms, and the citizens for whom something may wait.

Whoever changes one of these rows touches a stamp file after the commit; the others look at its time before they answer
and read the rows anew when it has changed, or after ten seconds in case somebody died in between.
"""

from __future__ import annotations

import json
import logging
import time
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from content.rules.language import plain_text
from content.rules.language.query import vocabulary
from content.rules.language.question_terms import Vocabulary
from content.rules.language.similarity import KnownQuestions, terms
from content.store.citizens import letters
from content.store.session import Store
from content.store.tables import Subscription, Synonym, TaughtAnswer

LOOK_AGAIN = 0.005  # seconds between two looks at the stamp: many messages come within one such moment
REST = 10.0  # seconds for which what was read is good without a new stamp

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class CachedRows:
    """The rows as they were read. `guides`: id and answer of each form in `forms`."""

    guides: tuple[tuple[int, str], ...] = ()
    forms: KnownQuestions = field(default_factory=lambda: KnownQuestions([]))
    synonyms: tuple[tuple[str, str], ...] = ()
    awaiting: frozenset[str] = frozenset()  # askers with a wish or an open letter, or who have not read its answer

    def guide(self, text: str) -> tuple[int, str] | None:
        """Id and answer of the guide for a question like this; None if staff have written none."""
        place = self.forms.best(terms(text, vocabulary())) if self.guides else None
        return None if place is None else self.guides[place]

    def widened(self, text: str) -> str:
        """A question with the notices' words added for those of the citizens'."""
        folded = plain_text.normalise(text) if self.synonyms else ""
        return " ".join([text, *(same for word, same in self.synonyms if word in folded and same not in folded)])


class ConversationCache:
    """Reads the rows when they have changed. If they can't be read, what was read last holds."""

    def __init__(self, store: Store, stamp: Path) -> None:
        self._store = store
        self._stamp = stamp
        self._known: tuple[int, float, CachedRows] | None = None
        self._look_again = 0.0  # on the monotonic clock

    def seen(self) -> CachedRows:
        """The rows as they are now."""
        now, known = time.monotonic(), self._known
        if known and now < self._look_again:
            return known[2]
        stamp, self._look_again = self._time(), now + LOOK_AGAIN
        if known and known[0] == stamp and now - known[1] < REST:
            return known[2]
        try:
            with self._store.read() as session:
                seen = _read(session)
        except SQLAlchemyError as error:
            log.warning("guides and waiting news could not be read", extra={"fields": {"error": repr(error)}})
            seen = known[2] if known else CachedRows()
        self._known = (stamp, now, seen)
        return seen

    def changed(self) -> None:
        """To be called after a commit: every process reads anew."""
        self._known, self._look_again = None, 0.0
        self._stamp.parent.mkdir(parents=True, exist_ok=True)
        self._stamp.write_bytes(b"")

    def _time(self) -> int:
        try:
            return self._stamp.stat().st_mtime_ns
        except FileNotFoundError:
            return 0


def _read(session: Session) -> CachedRows:
    guides = [
        (guide.id, guide.answer, form)
        for guide in session.scalars(
            select(TaughtAnswer).where(TaughtAnswer.withdrawn_at.is_(None)).order_by(TaughtAnswer.id.desc())
        )
        for form in json.loads(guide.forms)
    ]
    words: Vocabulary = vocabulary()
    return CachedRows(
        guides=tuple((number, answer) for number, answer, _ in guides),
        forms=KnownQuestions([terms(form, words) for _, _, form in guides]),
        synonyms=tuple(
            (row.word, row.same_as) for row in session.scalars(select(Synonym).where(Synonym.withdrawn_at.is_(None)))
        ),
        awaiting=_awaiting(session),
    )


def _awaiting(session: Session) -> frozenset[str]:
    wishes = session.scalars(select(Subscription.asker).where(Subscription.ended_at.is_(None)).distinct())
    return frozenset({*wishes, *letters.askers(session)} - {""})
