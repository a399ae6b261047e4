"""Looking for work: postings that fit what a citizen wants, and what to ask less of when none does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from weakref import WeakKeyDictionary

from sqlalchemy import Select

from content.rules.jobs.posting_figures import Wanted
from content.services.answers import notice_search
from content.services.answers.notice_search import Result
from content.services.office import Office
from content.store.notices import imports, notices, postings
from content.store.tables import Posting

SUGGESTED = 30  # places and employers offered to choose from

_KNOWN: WeakKeyDictionary[Office, tuple[tuple[int, date], tuple[list[str], list[str]]]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Found:
    """A page of postings, and how many there are in all."""

    rows: Sequence[Result]
    total: int


def find(office: Office, wanted: Wanted, *, limit: int = 20, offset: int = 0, today: date | None = None) -> Found:
    """What fits, the best and newest first."""
    query = postings.matching(_standing(office, today), wanted)
    with office.store.read() as session:
        total = postings.count(session, query)
        rows = postings.page(session, query, wanted, limit=limit, offset=offset) if offset < total else []
        return Found([notice_search.result(office, notices.card(row)) for row in rows], total)


def without(office: Office, wanted: Wanted, *, today: date | None = None) -> dict[str, int]:
    """How many would fit without one of the conditions, by its name; only those that help, the most helpful first."""
    standing, asked = _standing(office, today), Wanted()
    counts: dict[str, int] = {}
    with office.store.read() as session:
        for name in (field.name for field in fields(wanted)):
            if getattr(wanted, name) != getattr(asked, name):
                looser = replace(wanted, **{name: getattr(asked, name)})
                counts[name] = postings.count(session, postings.matching(standing, looser))
    return {name: count for name, count in sorted(counts.items(), key=lambda pair: -pair[1]) if count}


def suggestions(office: Office, *, today: date | None = None) -> tuple[list[str], list[str]]:
    """The places and the employers of most postings; counted anew after an import, and each day."""
    standing, day = _standing(office, today), today or office.clock.today()
    with office.store.read() as session:
        last = imports.last_receipt(session, ("posting",))
        key = (last.id if last else 0, day)
        known = _KNOWN.get(office)
        if known is None or known[0] != key:
            places, employers = (
                postings.most_common(session, standing, column, limit=SUGGESTED)
                for column in (Posting.area, Posting.employer)
            )
            known = _KNOWN[office] = key, (places, employers)
    return known[1]


def _standing(office: Office, today: date | None) -> Select[tuple[Posting]]:
    day = today or office.clock.today()
    return notices.open_to_citizens("posting", today=day, posting_days=office.settings.posting_days)
