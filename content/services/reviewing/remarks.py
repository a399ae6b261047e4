"""意见和询问: what a reviewer says at a place of the wording, and what an author answers; all of it in the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from content.rules import notes
from content.rules.errors import Conflict, NotAllowed
from content.rules.people import entitled
from content.rules.publishing import remark_places
from content.rules.publishing.article_states import STATE_WORDS, ArticleState
from content.rules.publishing.remark_places import RemarkPlace
from content.rules.publishing.three_reviews import STEPS
from content.services.office import Office
from content.services.people import review_staff
from content.store import people
from content.store.articles import articles, remarks
from content.store.figures import ledger
from content.store.tables import Article, Person, Remark, Revision

OPEN_IN = frozenset(ArticleState) - {ArticleState.DRAFT, ArticleState.REFUSED, ArticleState.WITHDRAWN}


@dataclass(frozen=True)
class PlacedRemark:
    """A remark or a question as people read it; `revision` is the number of the wording it speaks of."""

    id: int
    is_question: bool
    place: RemarkPlace
    text: str
    revision: int
    who: str
    at: datetime
    answer: str
    answered_by: str
    answered_at: datetime | None

    @property
    def said(self) -> str:
        """It with its place, as the reason of a return holds it: 第 2 段“…”：…."""
        return f"{self.place.words}：{self.text}"

    @property
    def waits(self) -> bool:
        """Whether it is a question without an answer."""
        return self.is_question and self.answered_at is None


@dataclass(frozen=True)
class OpenQuestion:
    """A question that waits for one of an article's authors."""

    article: int
    title: str
    text: str
    who: str
    at: datetime


def remark(
    office: Office, article_id: int, *, username: str, text: str, paragraph: int = 0, question: bool = False,
    sha256: str = "",
) -> int:  # fmt: skip
    """Keeps a remark, or a question to the author, about the present wording; its number.

    With a `sha256` only if that is the present wording's. Raises NotAllowed, BadInput, Conflict, NotFound.
    """
    text = notes.note(text, needed="请写明要问什么。" if question else "请写明意见。", longest=900)
    with office.store.write() as session:
        article, person = articles.lock(session, article_id), people.find(session, username)
        revision = articles.present(session, article)
        role = _check(office, session, article, person)
        if sha256 and sha256 != revision.sha256:
            raise Conflict(f"刚刚改过，现在是第 {revision.number} 稿。请看过新的一稿再写意见。")
        place = remark_places.place(revision.html, paragraph)
        now = office.clock.now()
        row = Remark(article_id=article_id, revision_id=revision.id, is_question=question, paragraph=place.number,
                     quote=place.quote, text=text, person_id=person.id, at=now)  # fmt: skip
        session.add(row)
        session.flush()
        told = {"revision": revision.number, "sha256": revision.sha256, "place": place.words, "note": text}
        ledger.append(session, kind="article.asked" if question else "article.remarked", actor=username, role=role,
                      subject=f"article:{article_id}", at=now, **({"question": row.id} if question else {}),
                      **told)  # fmt: skip
        return row.id


def answer(office: Office, article_id: int, number: int, *, username: str, text: str) -> None:
    """An author answers a question, once. Raises NotAllowed with who may, BadInput, Conflict, NotFound."""
    text = notes.note(text, needed="请写明答复。", longest=900)
    with office.store.write() as session:
        article, person = articles.lock(session, article_id), people.find(session, username)
        row = remarks.find(session, article_id, number)
        if username not in articles.authors(session, article):
            raise NotAllowed(f"这是问作者的。能答复的是：{_author_names(session, article)}。")
        if not row.is_question or row.answered_at:
            raise Conflict("这一条已经答复过了。")
        row.answer, row.answered_by, row.answered_at = text, person.id, office.clock.now()
        ledger.append(session, kind="article.answered", actor=username, subject=f"article:{article_id}",
                      at=row.answered_at, question=row.id, revision=article.revision_number, note=text)  # fmt: skip


def of_article(session: Session, article_id: int) -> list[PlacedRemark]:
    """Everything that was remarked or asked about an article, the newest first."""
    return [_read(row) for row in reversed(remarks.about(session, article_id))]


def summary(session: Session, revision: Revision, person: Person) -> str:
    """What one person remarked on a wording, on one line: 第 2 段“…”：…；第 5 段“…”：…; empty if nothing."""
    return "；".join(f"{RemarkPlace(row.paragraph, row.quote).words}：{row.text}"
                    for row in remarks.of_wording(session, revision, person))  # fmt: skip


def questions_to(office: Office, username: str) -> list[OpenQuestion]:
    """The questions that wait for this person: about articles that they wrote or revised."""
    with office.store.read() as session:
        return [
            OpenQuestion(article.id, title, row.text, row.person.name, row.at)
            for row, article, title in remarks.open_questions(session)
            if username in articles.authors(session, article)
        ]


def _check(office: Office, session: Session, article: Article, person: Person) -> str:
    """The role in which this person remarks. Raises NotAllowed, Conflict."""
    state = ArticleState(article.state)
    if state not in OPEN_IN:
        raise Conflict(f"现在是“{STATE_WORDS[state]}”，不在审核中，不能写意见。")
    if person.username in articles.authors(session, article):
        raise NotAllowed("自己写过或改过的稿件，直接修改就行，不用写意见。")
    reviewer = review_staff.on(office, session, office.clock.today()).reviewer(person.username)
    held = {role for away in reviewer.stands_in for role in away.roles} | reviewer.roles
    return entitled(held, *STEPS, what="写审核意见")


def _author_names(session: Session, article: Article) -> str:
    authors = articles.authors(session, article)
    return "、".join(each.name for each in people.everyone(session) if each.username in authors)


def _read(row: Remark) -> PlacedRemark:
    return PlacedRemark(
        row.id,
        row.is_question,
        RemarkPlace(row.paragraph, row.quote),
        row.text,
        row.revision.number,
        row.person.name,
        row.at,
        row.answer,
        row.answerer.name if row.answerer else "",
        row.answered_at,
    )
