"""Looking for work, by chat and on the page: what suits a query, what to ask less of, and what is nearest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from weakref import WeakKeyDictionary

from content.rules.jobs import distance, job_question, match, trades, unstated
from content.rules.jobs.degrees import RequiredDegree
from content.rules.jobs.job_query import JobQuery
from content.rules.jobs.job_question import JobQuestion
from content.rules.jobs.match import CurrentPosting, JobMatches
from content.rules.language import plain_text
from content.rules.language.query import vocabulary
from content.services.answers import notice_search
from content.services.answers.notice_search import Result
from content.services.office import Office
from content.store.notices import imports, notices, postings
from content.store.tables import Posting

SUGGESTED = 30  # places and employers offered to choose from
BESIDE = 4  # postings named beside one
OF_A_TRADE = {"dates", "avoid", "degree", "years", "words", "place"}  # conditions that mean little without the trade
MOST_RELAXED = 2  # conditions; where more had to go, a word may go instead
SHORTEST_TITLE = 3  # characters of a title by which a posting is named
MOST_NEAR = 60  # postings around a place

_SUGGESTIONS: WeakKeyDictionary[Office, tuple[tuple[int, date], tuple[list[str], list[str]]]] = WeakKeyDictionary()


def asked(office: Office, text: str, today: date) -> JobQuestion | None:
    """What a folded question wants of a job; None if it is not about one."""
    return job_question.asked(text, vocabulary(), today, names=office.postings.names)


def as_typed(office: Office, query: JobQuery, today: date) -> JobQuery:
    """A form's query, with the conditions that were typed among its words: 电工 8000以上. What was chosen counts first."""
    said = asked(office, plain_text.normalise(" ".join(query.words)), today)
    if said is None:
        return query
    typed = {name: getattr(said.query, name) for name in said.query.conditions if name not in query.conditions}
    return replace(query, **{**typed, "words": said.query.words})


def search(office: Office, query: JobQuery, today: date) -> JobMatches:
    """The postings of today that suit a query, best first: the one list that the chat and the page show.

    If none suits in all, as little as possible is let go of: first a district for its city, then a word, then the trade.
    """
    those, known = _open(office, today), trades.known()
    found = match.suiting(those, query, known)
    if found.postings and not found.relaxed:
        return found
    if wider := office.postings.names().wider(query.place):
        near = match.suiting(those, replace(query, place=wider), known)
        if near.postings and "place" not in near.relaxed and not (found.postings and "place" not in found.relaxed):
            return replace(near, wider=wider)
    if found.postings and len(found.relaxed) <= MOST_RELAXED:
        return found
    fewer = _without_words(those, query)
    return fewer if fewer.postings else found


def _without_words(those: Sequence[CurrentPosting], query: JobQuery) -> JobMatches:
    """What suits but for a word that no posting bears; of trades only if something else is asked for."""
    known, terms = trades.known(), query.terms
    others = [word for word in terms if not job_question.is_like_a_trade(word.split("|")[0])]
    tries = [*((word,) for word in others), tuple(others), tuple(terms)]
    for unmet in dict.fromkeys(filter(None, tries)):
        fewer = replace(query, words=tuple(word for word in terms if word not in unmet))
        found = match.suiting([one for one in those if _is_of_such(one, unmet)], fewer, known)
        is_enough = {*fewer.conditions} - ({"dates", "avoid"} if fewer.words else OF_A_TRADE)
        if found.postings and not found.relaxed and is_enough:
            return replace(found, unmet=unmet)
    return JobMatches()


def _is_of_such(one: CurrentPosting, trade: Sequence[str]) -> bool:
    """Whether a posting may stand for a trade that nobody offers: no engineer for a cleaner."""
    if not any(job_question.is_like_a_trade(word.split("|")[0]) for word in trade):
        return True
    if any(unstated.is_of_the_schooled(word) for word in trade):
        return unstated.is_of_the_schooled(one.title)
    return not unstated.is_of_the_schooled(one.title) and (one.schooling or 0) < RequiredDegree.COLLEGE


def fewer_conditions(office: Office, query: JobQuery, today: date) -> dict[str, int]:
    """How many would suit without one of the conditions, by its name; only those that help, the most helpful first."""
    those, known = _open(office, today), trades.known()
    counts = {name: match.count(those, match.without(query, [name]), known) for name in query.conditions}
    return {name: count for name, count in sorted(counts.items(), key=lambda pair: -pair[1]) if count}


def of_employer(office: Office, one: Result, today: date) -> list[Result]:
    """A few other postings of the same employer that are open, the newest first."""
    if not one.employer:
        return []
    name = plain_text.normalise(one.employer)
    those = [each for each in _open(office, today) if each.employer == name and each.id != one.id]
    return results(office, [each.id for each in those[:BESIDE]])


def had_expired(office: Office, query: JobQuery, today: date) -> bool:
    """Whether a posting would suit that is no longer open."""
    past = [posting for posting in office.postings.all() if posting.last_day is not None and posting.last_day < today]
    return match.count(past, query, trades.known()) > 0


def closed(office: Office, text: str, today: date) -> CurrentPosting | None:
    """The posting that a folded text names by its title and that is no longer open, unless another of that title is."""
    past = [one for one in office.postings.all() if one.last_day is not None and one.last_day < today]
    named = next((one for one in past if len(title := _title(one)) >= SHORTEST_TITLE and title in text), None)
    if named is None or any(_title(one) == _title(named) for one in _open(office, today)):
        return None
    return named


def _title(posting: CurrentPosting) -> str:
    return posting.title.partition("(")[0].strip()


def has_all(office: Office, query: JobQuery, number: int) -> bool:
    """Whether the posting of that number suits a query in all."""
    those = [posting for posting in office.postings.all() if posting.id == number]
    return match.count(those, query, trades.known()) > 0


def nearest(office: Office, place: tuple[float, float], today: date) -> list[tuple[int, float]]:
    """The postings within reach of a place (latitude, longitude) with their distance in metres, the nearest first."""
    far = [
        (posting, distance.metres(place, (posting.lat, posting.lng)))
        for posting in _open(office, today)
        if posting.lat is not None and posting.lng is not None
    ]
    near = [(posting.id, metres) for posting, metres in far if metres <= distance.REACH]
    return sorted(near, key=lambda one: one[1])[:MOST_NEAR]


def results(office: Office, ids: Sequence[int]) -> list[Result]:
    """These postings as they are offered, in this order."""
    with office.store.read() as session:
        rows = {row.id: row for row in notices.standing(session, "posting", ids)}
        return [notice_search.result(office, notices.card(rows[number])) for number in ids if number in rows]


def suggestions(office: Office, today: date) -> tuple[list[str], list[str]]:
    """The places and the employers of most postings; counted anew after an import, and each day."""
    standing = notices.open_to_citizens("posting", today=today, posting_days=office.settings.posting_days)
    with office.store.read() as session:
        last = imports.last_receipt(session, ("posting",))
        key = (last.id if last else 0, today)
        known = _SUGGESTIONS.get(office)
        if known is None or known[0] != key:
            places, employers = (
                postings.most_common(session, standing, column, limit=SUGGESTED)
                for column in (Posting.area, Posting.employer)
            )
            known = _SUGGESTIONS[office] = key, (places, employers)
    return known[1]


def _open(office: Office, today: date) -> list[CurrentPosting]:
    """The newest first."""
    return [posting for posting in office.postings.all() if posting.last_day is None or posting.last_day >= today]
