"""What a citizen has to be told with the next reply: answers to letters, and new items that they wished to hear of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from content.rules import wording
from content.rules.letters import Told
from content.rules.wishes import TOLD_AT_ONCE, fits
from content.services import answering
from content.services.answering import Result
from content.services.office import Office
from content.store import letters, notices, wishes
from content.store.index_query import vocabulary
from content.store.tables import Disclosure, LetterMessage, Posting, Wish

KIND_WORDS = {"disclosure": "公开 通知 公告", "posting": "招聘 岗位 职位 工作"}
FACTS = ("category", "department", "employer", "area", "degree")


@dataclass(frozen=True)
class Waiting:
    """What is to be told, oldest first. `through`: the last notice of each kind that the wishes were held against."""

    asker: str = ""
    answers: tuple[LetterMessage, ...] = ()
    items: tuple[Result, ...] = ()
    through: Mapping[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether there is anything to tell or to note."""
        return bool(self.answers or self.through)


def find(office: Office, asker: str, now: datetime) -> Waiting:
    """What waits for an asker; for nearly everybody nothing, which costs nothing."""
    if asker not in office.board.seen().awaiting:
        return Waiting()
    with office.store.read() as session:
        answers = tuple(letters.unread(session, asker, now))
        items, through = _news(office, session, wishes.of(session, asker), now)
        return Waiting(asker, answers, items, through)


def told(office: Office, waiting: Waiting, at: datetime) -> None:
    """This was told: it is not told again."""
    with office.store.write() as session:
        for answer in waiting.answers:
            letters.settle(session, answer.id, Told.READ, before=[Told.WAITING, Told.SENDING], at=at)
        for kind, number in waiting.through.items():
            wishes.move_on(session, waiting.asker, kind, number)
    if waiting.answers:
        office.board.changed()


def _news(
    office: Office, session: Session, mine: list[Wish], now: datetime
) -> tuple[tuple[Result, ...], dict[str, int]]:
    """New items that fit a wish, at most so many as one reply tells, and how far that looked."""
    found: list[Result] = []
    through: dict[str, int] = {}
    for kind in wishes.KINDS if mine else ():
        start = min(getattr(wish, kind) for wish in mine)
        rows = wishes.after(session, kind, start, today=office.clock.day(now),
                            posting_days=office.settings.posting_days)  # fmt: skip
        for row in rows:
            text = _text(kind, row)
            if any(row.id > getattr(wish, kind) and fits(wish.words, text, vocabulary().synonyms) for wish in mine):
                if len(found) == TOLD_AT_ONCE:
                    break
                found.append(answering.result(office, notices.card(row)))
            through[kind] = row.id
    return tuple(found), through


def _text(kind: str, row: Disclosure | Posting) -> str:
    fields = json.loads(row.fields)
    return wording.normalise(" ".join([row.title, *(str(fields.get(name) or "") for name in FACTS), KIND_WORDS[kind]]))
