"""Finding work by chat: the postings that suit what a citizen wants, and those nearest to where the citizen is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from content.rules.jobs import distance, match
from content.rules.jobs.match import CurrentPosting, Wanted
from content.rules.language.query import vocabulary
from content.services.answers import notice_search
from content.services.answers.notice_search import Result
from content.services.office import Office
from content.store.notices import notices

MOST = 60  # postings that one list can go on to


@dataclass(frozen=True)
class Suiting:
    """What suits, best first; `without`: the wishes (names of `Wanted`) let go of, since nothing suits in all."""

    ids: tuple[int, ...]
    without: tuple[str, ...]


def wanted(text: str, today: date) -> Wanted | None:
    """What a folded question wants of a job; None if it is not about one."""
    return match.wanted(text, vocabulary(), today)


def seek(office: Office, wish: Wanted, today: date) -> Suiting:
    """The postings of today that suit a wish."""
    found = match.suiting(_open(office, today), wish, vocabulary().synonyms)
    return Suiting(tuple(vacancy.id for vacancy in found.vacancies[:MOST]), found.without)


def nearest(office: Office, place: tuple[float, float], today: date) -> list[tuple[int, float]]:
    """The postings within reach of a place (latitude, longitude) with their distance in metres, the nearest first."""
    far = [
        (vacancy, distance.metres(place, (vacancy.lat, vacancy.lng)))
        for vacancy in _open(office, today)
        if vacancy.lat is not None and vacancy.lng is not None
    ]
    near = [(vacancy, metres) for vacancy, metres in far if metres <= distance.REACH]
    near.sort(key=lambda one: (one[1], -(one[0].published_on or date.min).toordinal(), one[0].id))
    return [(vacancy.id, metres) for vacancy, metres in near[:MOST]]


def results(office: Office, ids: Sequence[int]) -> list[Result]:
    """These postings as they are offered, in this order."""
    with office.store.read() as session:
        rows = {row.id: row for row in notices.standing(session, "posting", ids)}
        return [notice_search.result(office, notices.card(rows[number])) for number in ids if number in rows]


def _open(office: Office, today: date) -> list[CurrentPosting]:
    return [vacancy for vacancy in office.vacancies.all() if vacancy.last_day is None or vacancy.last_day >= today]
