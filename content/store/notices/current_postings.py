"""The postings that stand, in memory as content.rules.jobs.match holds them against queries; read anew after each import.

An import switches the search index when its rows stand, so a look at the index's stamp spares one at the database.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.rules.jobs import experience, known_names
from content.rules.jobs.known_names import KnownNames
from content.rules.jobs.match import CurrentPosting
from content.rules.language import plain_text
from content.store.notices import notices
from content.store.session import Store
from content.store.tables import ImportReceipt, Posting

COLUMNS = (
    Posting.id, Posting.title, Posting.employer, Posting.place, Posting.words, Posting.pay_low, Posting.pay_high,
    Posting.schooling, Posting.published_on, Posting.valid_until, Posting.lat, Posting.lng, Posting.salary,
)  # fmt: skip

Known = tuple[int | None, tuple[CurrentPosting, ...]]  # the number of the last import, and the postings after it


class CurrentPostings:
    """Keeps the postings that are not withdrawn. `posting_days`: how long one without an end is offered.

    `stamp` tells something else after each import; None if it cannot tell.
    """

    def __init__(self, store: Store, posting_days: int, stamp: Callable[[], object | None]) -> None:
        self._store = store
        self._posting_days = posting_days
        self._stamp = stamp
        self._seen: object | None = None
        self._known: Known | None = None
        self._names: tuple[tuple[CurrentPosting, ...], KnownNames] | None = None

    def all(self) -> tuple[CurrentPosting, ...]:
        """The postings as they are now, expired ones too, the newest first."""
        known, stamp = self._known, self._stamp()
        if known is None or stamp is None or stamp != self._seen:
            known = self._known = self._look(known)
            self._seen = stamp
        return known[1]

    def names(self) -> KnownNames:
        """The places and employers that they name."""
        those = self.all()
        if self._names is None or self._names[0] is not those:
            self._names = those, known_names.of(those)
        return self._names[1]

    def _look(self, known: Known | None) -> Known:
        with self._store.read() as session:
            newest = session.scalar(select(func.max(ImportReceipt.id)).where(ImportReceipt.kind == "posting"))
            return known if known and known[0] == newest else (newest, self._read(session))

    def _read(self, session: Session) -> tuple[CurrentPosting, ...]:
        order = (Posting.published_on.desc().nulls_last(), Posting.id.desc())
        rows = session.execute(select(*COLUMNS).where(Posting.withdrawn_at.is_(None)).order_by(*order))
        return tuple(
            CurrentPosting(
                id=row.id,
                title=plain_text.normalise(row.title),
                employer=plain_text.normalise(row.employer),
                place=row.place,
                text=row.words,
                pay_low=row.pay_low,
                pay_high=row.pay_high,
                schooling=row.schooling,
                published_on=row.published_on,
                last_day=notices.end(row.valid_until, row.published_on, self._posting_days),
                salary=plain_text.normalise(row.salary),
                years=experience.required(row.words.rpartition("\n")[2]),
                lat=row.lat,
                lng=row.lng,
            )
            for row in rows
        )
