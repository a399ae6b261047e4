"""更正、撤下的请求: what was asked about articles that are out, what was answered, and what waits for an answer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from content.rules.alarms import AlarmKind
from content.rules.publishing.article_states import ArticleState
from content.store import people
from content.store.alarms import alarms
from content.store.figures import ledger
from content.store.tables import Alarm, Article

ASKED = "article.correction_asked"


@dataclass(frozen=True)
class CorrectionStep:
    """A request, or, where it `answers`, what somebody said to one."""

    at: datetime
    who: str
    text: str
    revision: int
    answers: bool


def steps(session: Session, article_id: int) -> list[CorrectionStep]:
    """What was asked of an article, and what was answered."""
    entries = [entry for entry in ledger.about(session, f"article:{article_id}") if entry.kind == ASKED]
    if not entries:
        return []
    names = {person.username: person.name for person in people.everyone(session)}
    asked = [(entry, json.loads(entry.data)) for entry in entries]
    rows = alarms.occasions(session, AlarmKind.CORRECTION, f"article:{article_id}")
    said = [
        CorrectionStep(entry.at, names.get(entry.actor, entry.actor), data["note"], data["revision"], False)
        for entry, data in asked
    ]
    return said + [_answer(row, row.closed_at, asked[-1][1]["revision"]) for row in rows if row.closed_at]


def _answer(row: Alarm, at: datetime, revision: int) -> CorrectionStep:
    who, colon, text = row.closed_why.partition("：")
    return CorrectionStep(at, who if colon else "系统", text if colon else row.closed_why, revision, True)


def standing(session: Session, article_id: int | None = None) -> list[Alarm]:
    """Requests that wait for an answer, of one article or of all, oldest first."""
    return [row for row in alarms.standing(session, (AlarmKind.CORRECTION,))
            if article_id is None or about(row) == article_id]  # fmt: skip


def about(alarm: Alarm) -> int:
    """The article that a request speaks of."""
    return int(alarm.subject.partition("#")[0].removeprefix("article:"))


def is_over(session: Session, alarm: Alarm) -> bool:
    """Whether the article is out no more."""
    article = session.get(Article, about(alarm))
    return article is None or article.state != ArticleState.PUBLISHED
