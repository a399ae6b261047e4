"""What a citizen has to be told with the next reply: answers to letters, and new items that they wished to hear of."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.orm import Session

from content.rules import notice_kinds
from content.rules.citizens.letters import AnswerState
from content.rules.citizens.subscriptions import fits
from content.rules.language import plain_text
from content.rules.language.query import vocabulary
from content.services.answers import notice_search
from content.services.answers.notice_search import Result
from content.services.citizens.subscriptions import query_of
from content.services.jobs import job_search
from content.services.office import Office
from content.store.citizens import letters, news, subscriptions
from content.store.notices import notices
from content.store.tables import Disclosure, LetterMessage, NewsDelivery, Posting, Subscription

TOLD_AT_ONCE = 3  # items with one reply
FACTS = ("category", "department", "employer", "area", "degree")


@dataclass(frozen=True)
class WaitingNews:
    """What is to be told, oldest first. `through`: the last notice of each kind that the wishes were held against.

    `cursors`: the wishes as they were then; `lost`: tellings that came to nothing, whose items are told again here;
    `telling`: the row under which all this was taken.
    """

    asker: str = ""
    answers: tuple[LetterMessage, ...] = ()
    items: tuple[Result, ...] = ()
    through: Mapping[str, int] = field(default_factory=dict)
    cursors: tuple[tuple[int, ...], ...] = ()
    lost: tuple[int, ...] = ()
    telling: int = 0

    def __bool__(self) -> bool:
        """Whether there is anything to tell or to note."""
        return bool(self.answers or self.items or self.through)


def find(office: Office, asker: str, now: datetime, *, delivery: str = "", most: int = TOLD_AT_ONCE) -> WaitingNews:
    """What waits for an asker; for nearly everybody nothing, which costs nothing.

    A repeat of the message (`delivery`) that took news already finds just these.
    """
    if asker not in office.board.seen().awaiting:
        return WaitingNews()
    with office.store.read() as session:
        return _find(office, session, asker, now=now, delivery=delivery, most=most)


def take(office: Office, found: WaitingNews, now: datetime, *, delivery: str = "") -> WaitingNews | None:
    """Takes what is about to be told, so that no other message tells it too; None if another was faster.

    The row stands before anything is said: after a crash the platform's repeat of the message finds it, or, when that
    does not come, the citizen's next message.
    """
    if found.telling or not (found.answers or found.items):
        return found
    with office.store.write() as session:
        return take_in(session, found, now, delivery=delivery)


def take_in(session: Session, found: WaitingNews, now: datetime, *, delivery: str = "") -> WaitingNews | None:
    """The same within a transaction that does more."""
    news.lock(session, found.asker)
    under_way = news.under_way(session, found.asker, delivery=delivery, now=now)
    free = {answer.id for answer in letters.unread(session, found.asker, now)} - _answers(under_way.busy)
    if (
        _cursors(subscriptions.of(session, found.asker)) != found.cursors
        or not free >= {answer.id for answer in found.answers}
        or not {row.id for row in under_way.lost} >= set(found.lost)
    ):
        return None
    for number in found.lost:
        news.settle(
            session, number, AnswerState.READ, before=[AnswerState.SENDING, AnswerState.WAITING], why="told later"
        )
    for kind, number in found.through.items():
        subscriptions.move_on(session, found.asker, kind, number)
    row = news.add(session, found.asker, delivery=delivery, answers=[answer.id for answer in found.answers],
                       items=[item.ref for item in found.items], at=now)  # fmt: skip
    return replace(found, telling=row.id)


def told(office: Office, waiting: WaitingNews, at: datetime) -> None:
    """This was told: it is not told again."""
    with office.store.write() as session:
        if waiting.telling:
            news.settle(session, waiting.telling, AnswerState.READ, before=[AnswerState.SENDING])
        for answer in waiting.answers:
            letters.settle(
                session, answer.id, AnswerState.READ, before=[AnswerState.WAITING, AnswerState.SENDING], at=at
            )
        for kind, number in waiting.through.items():
            subscriptions.move_on(session, waiting.asker, kind, number)
    if waiting.answers:
        office.board.changed()


def items_only(found: WaitingNews) -> WaitingNews:
    """Without the answers to letters, which go their own way."""
    return replace(found, answers=())


def _find(office: Office, session: Session, asker: str, *, now: datetime, delivery: str, most: int) -> WaitingNews:
    under_way = news.under_way(session, asker, delivery=delivery, now=now)
    unread = letters.unread(session, asker, now)
    if under_way.mine:
        mine = set(json.loads(under_way.mine.answers))
        items = _standing(office, session, [under_way.mine], now)
        return WaitingNews(
            asker, tuple(answer for answer in unread if answer.id in mine), items, telling=under_way.mine.id
        )
    busy = _answers(under_way.busy)
    answers = tuple(answer for answer in unread if answer.id not in busy)
    mine_wishes = subscriptions.of(session, asker)
    lost = under_way.lost[:most]
    again = _standing(office, session, lost, now)
    fresh, through = (
        _news(office, session, mine_wishes, now=now, most=most - len(again)) if len(again) < most else ((), {})
    )
    return WaitingNews(asker, answers, (*again, *fresh), through, _cursors(mine_wishes), tuple(row.id for row in lost))


def _news(
    office: Office, session: Session, mine: list[Subscription], *, now: datetime, most: int
) -> tuple[tuple[Result, ...], dict[str, int]]:
    """New items that fit a wish, at most so many, and how far that looked."""
    found: list[Result] = []
    through: dict[str, int] = {}
    for kind in notice_kinds.FOUND if mine else ():
        start = min(getattr(wish, kind) for wish in mine)
        rows = subscriptions.after(session, kind, start, today=office.clock.day(now),
                            posting_days=office.settings.posting_days)  # fmt: skip
        for row in rows:
            if any(row.id > getattr(wish, kind) and _fits(office, wish, kind, row, now=now) for wish in mine):
                if len(found) >= most:
                    break
                found.append(notice_search.result(office, notices.card(row)))
            through[kind] = row.id
    return tuple(found), through


def _fits(office: Office, wish: Subscription, kind: str, row: Disclosure | Posting, *, now: datetime) -> bool:
    """Whether an item is what a wish is for: a job that has all that is asked for, or a text with the words of a topic."""
    query = query_of(office, wish.words, office.clock.day(now))
    if query is None or query.conditions == ["words"]:
        return fits(wish.words, _text(kind, row), vocabulary().synonyms)
    return kind == "posting" and job_search.has_all(office, query, row.id)


def _standing(office: Office, session: Session, rows: Sequence[NewsDelivery], now: datetime) -> tuple[Result, ...]:
    """The items of tellings that citizens may still see."""
    refs = [ref for row in rows for ref in json.loads(row.items)]
    found = []
    for kind in notice_kinds.FOUND:
        ids = [int(ref.partition(":")[2]) for ref in refs if ref.startswith(f"{kind}:")]
        found += subscriptions.standing(session, kind, ids, today=office.clock.day(now),
                                 posting_days=office.settings.posting_days)  # fmt: skip
    return tuple(notice_search.result(office, notices.card(row)) for row in found)


def _answers(rows: Sequence[NewsDelivery]) -> set[int]:
    return {number for row in rows for number in json.loads(row.answers)}


def _cursors(mine: Sequence[Subscription]) -> tuple[tuple[int, ...], ...]:
    return tuple((wish.id, *(getattr(wish, kind) for kind in notice_kinds.FOUND)) for wish in mine)


def _text(kind: str, row: Disclosure | Posting) -> str:
    fields = json.loads(row.fields)
    return plain_text.normalise(
        " ".join([row.title, *(str(fields.get(name) or "") for name in FACTS), notice_kinds.CALLED[kind]])
    )
