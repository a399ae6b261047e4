"""更正、撤下的请求: whoever writes asks the chief to put right or take down what is out; it stands until somebody answers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from content.rules import notes
from content.rules.alarms import AlarmKind
from content.rules.errors import Conflict
from content.rules.people import Right
from content.rules.publishing.three_reviews import STATE_WORDS, ArticleState
from content.services.alarms import lifecycle
from content.services.office import Office
from content.store import people
from content.store.alarms import alarms
from content.store.articles import articles
from content.store.figures import ledger
from content.store.tables import Alarm, Article

ASKED = "article.correction_asked"
LONGEST = 500  # characters


@dataclass(frozen=True)
class CorrectionStep:
    """A request, or, where it `answers`, what somebody said to one."""

    at: datetime
    who: str
    text: str
    revision: int
    answers: bool


def ask(office: Office, article_id: int, *, username: str, text: str) -> None:
    """Asks for an article that is out to be put right or taken down. Raises NotAllowed, BadInput, Conflict, NotFound."""
    text = notes.note(text, needed="请写明哪里错了，要更正成什么，还是要撤下。", longest=LONGEST)
    with office.store.write() as session:
        actor = people.actor(session, username, Right.WRITE, what="请求更正、撤下")
        article, now = articles.lock(session, article_id), office.clock.now()
        if article.state != ArticleState.PUBLISHED:
            raise Conflict(f"现在是“{STATE_WORDS[ArticleState(article.state)]}”，没有发出去的直接修改或者撤下就行。")
        revision = articles.present(session, article)
        message = f"{actor.person.name}请更正或撤下《{revision.title}》：{text}"
        if lifecycle.enter(session, AlarmKind.CORRECTION, subject=f"article:{article_id}", message=message, now=now,
                           again=True) is None:  # fmt: skip
            raise Conflict("这篇已经有一条请求，还没有答复。请等终审答复，或者当面补充。")
        ledger.append(session, kind=ASKED, actor=username, role=actor.role, subject=f"article:{article_id}", at=now,
                      revision=article.revision_number, note=text)  # fmt: skip


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
