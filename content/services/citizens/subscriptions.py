"""Subscriptions: a citizen says once what to hear of, and hears of each new item that fits with a later message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from content.rules import notice_kinds
from content.rules.citizens import subscriptions as rules
from content.rules.errors import Conflict
from content.rules.jobs import job_wording, match, trades
from content.rules.jobs.job_query import JobQuery
from content.rules.language import plain_text
from content.services.jobs import job_search
from content.services.office import Office
from content.store.citizens import news, subscriptions
from content.store.disk import sealing
from content.store.tables import Subscription


@dataclass(frozen=True)
class SubscriptionTerms:
    """What a citizen wants to hear of: `words` as they are kept, and for work the `query` that they say."""

    words: str
    query: JobQuery | None = None


def understood(office: Office, text: str, today: date) -> SubscriptionTerms | None:
    """What the words of a wish mean; None if they say nothing to hold an item against.

    Conditions of a job, and trades or titles that are known, make it a query; everything else is a topic.
    """
    query = query_of(office, text, today)
    if query is not None and query.conditions != ["words"]:
        words = said(office, query, today)
        return SubscriptionTerms(words, query) if words else None
    words = rules.words(" ".join(query.words) if query else text)
    return SubscriptionTerms(words) if words else None


def said(office: Office, query: JobQuery, today: date) -> str:
    """The words of a wish for such work; empty if no words say it, or nothing in particular is wanted."""
    lasting = match.without(query, ["dates"])
    words = " ".join(job_wording.conditions(lasting, today).values())
    if not lasting.is_open and len(words) <= rules.LONGEST and query_of(office, words, today) == lasting:
        return words
    fewer = JobQuery(lasting.words, lasting.place)
    words = " ".join(filter(None, [*fewer.words, fewer.place]))
    return words if not fewer.is_open and words and query_of(office, words, today) == fewer else ""


def query_of(office: Office, text: str, today: date) -> JobQuery | None:
    """The work that the words of a wish ask for; None for a topic."""
    asked = job_search.asked(office, plain_text.normalise(f"{text} 招聘"), today)
    if asked is None or asked.query.is_open:
        return None
    known = office.postings.names().titles | trades.known().words
    words = {one for word in asked.query.words for one in word.split("|")}
    return asked.query if asked.query.conditions != ["words"] or words <= known else None


def wish(office: Office, *, asker: str, openid: str, words: str, at: datetime) -> None:
    """Keeps a wish (of `content.rules.citizens.subscriptions.words`) for what comes from now on; one that stands is kept as it is.

    Raises Conflict when there are too many.
    """
    with office.store.write() as session:
        news.lock(session, asker)
        mine = subscriptions.of(session, asker)
        if any(known.words == words for known in mine):
            return
        if len(mine) >= rules.MOST:
            raise Conflict(f"最多订阅 {rules.MOST} 项。")
        cursors = {kind: subscriptions.newest(session, kind) for kind in notice_kinds.FOUND}
        sealed = sealing.seal(office.home, openid)
        session.add(Subscription(asker=asker, openid=sealed, words=words, created_at=at, **cursors))
    office.board.changed()


def mine(office: Office, asker: str) -> list[str]:
    """What an asker subscribed to, oldest first."""
    with office.store.read() as session:
        return [known.words for known in subscriptions.of(session, asker)]


def end(office: Office, *, asker: str, words: str, at: datetime) -> list[str]:
    """Ends the wish with these words, or all if there are none; what was ended."""
    with office.store.write() as session:
        ended = [known for known in subscriptions.of(session, asker) if words in ("", known.words)]
        for known in ended:
            subscriptions.end(session, known, at)
    office.board.changed()
    return [known.words for known in ended]
