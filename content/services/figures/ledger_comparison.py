"""Tables and files held against the ledger: what is approved, out or signed must be what the ledger says, byte for byte."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.rules.figures.counted_publications import PUBLISHED
from content.rules.publishing.article_states import Action, ArticleState
from content.services.articles import approval
from content.services.office import Office
from content.store import people
from content.store.articles import articles
from content.store.figures import counted, ledger, report_entries
from content.store.tables import Article, Person, Review, Revision

REPORT_SIGNED = "report.signed"
ON_ITS_WAY = (ArticleState.SCHEDULED, ArticleState.PUBLISHING, ArticleState.WAITING, ArticleState.UNKNOWN)


def faults(office: Office) -> list[str]:
    """One sentence for each article whose rows or files are not what the ledger says; empty if all are."""
    with office.store.read() as session:
        out = {entry.subject: json.loads(entry.data) for entry in ledger.since(session, 0, PUBLISHED)}
        return [*_of_published(office, session, out), *_of_approved(office, session, out), *_of_passed(session), *_of_signed(session),
                *_of_counted(session), *_of_people(session)]  # fmt: skip


def _of_published(office: Office, session: Session, out: dict[str, dict[str, Any]]) -> Iterator[str]:
    for subject, data in out.items():
        number = int(subject.removeprefix("article:"))
        revision = _revision(session, number, data["revision"])
        if revision is None:
            yield f"稿件 {number}《{data['title']}》台账上已发布，数据库里却没有这一稿。"
        elif articles.seal(revision) != data["sha256"]:
            yield f"稿件 {number}《{data['title']}》的内容与台账上发布的不符。"
        elif approval.damaged_files(office, revision):
            yield f"稿件 {number}《{data['title']}》有图片或附件的文件不见了，或者与发布的不一样。"


def _of_approved(office: Office, session: Session, out: dict[str, dict[str, Any]]) -> Iterator[str]:
    states = (*ON_ITS_WAY, ArticleState.PUBLISHED)
    for article in session.scalars(select(Article).where(Article.state.in_(states)).order_by(Article.id)):
        revision = _revision(session, article.id, article.revision_number)
        if revision is None:
            yield f"稿件 {article.id} 现在的一稿不在数据库里。"
        elif article.state == ArticleState.PUBLISHED:
            if f"article:{article.id}" not in out:
                yield f"稿件 {article.id}《{revision.title}》标为已发布，台账里却没有发布的记录。"
        elif fault := approval.fault(office, session, revision):
            yield f"稿件 {article.id}《{revision.title}》：{fault}。"


def _of_passed(session: Session) -> Iterator[str]:
    """The passes that people see beside an article, against those of the ledger."""
    query = (
        select(Review.article_id, Review.step, Person.username, Review.sha256)
        .join(Person, Person.id == Review.person_id)
        .where(Review.action == Action.PASS)
    )
    shown = Counter((f"article:{number}", step, name, digest) for number, step, name, digest in session.execute(query))
    entered = Counter[tuple[str, int, str, str]]()
    for entry in ledger.since(session, 0, "article.passed"):
        data = json.loads(entry.data)
        entered[entry.subject, data["step"], entry.actor, data["sha256"]] += 1
    for subject in sorted({each[0] for each in (shown - entered)}):
        yield f"稿件 {subject.removeprefix('article:')} 的审核记录里有台账上没有的通过：有人改过审核记录，或者台账被截过。"
    for subject in sorted({each[0] for each in (entered - shown)}):
        yield f"稿件 {subject.removeprefix('article:')} 台账上的一次通过，审核记录里没有或者写的是别人。"


def _of_signed(session: Session) -> Iterator[str]:
    """Signed annual reports: each signature's figures, and each entry's signature."""
    sealed = [(entry.subject, json.loads(entry.data)["sha256"]) for entry in ledger.since(session, 0, REPORT_SIGNED)]
    kept = {(f"report:{row.year}", row.sha256): row for row in report_entries.signatures(session)}
    for subject, digest in sealed:
        row = kept.pop((subject, digest), None)
        year = subject.removeprefix("report:")
        if row is None:
            yield f"{year} 年度报告台账上已签发，数据库里却没有签发的数字。"
        elif hashlib.sha256(row.figures.encode()).hexdigest() != digest:
            yield f"{year} 年度报告签发的数字与台账不符。"
    yield from (f"{row.year} 年度报告标为已签发，台账里却没有签发的记录。" for row in kept.values())


def _of_counted(session: Session) -> Iterator[str]:
    """The rows that SQL counts, against the entries they were read out of."""
    strays = counted.strays(session)
    if strays:
        yield f"统计用的行与台账不符（台账第 {strays[0]} 条等 {len(strays)} 处）。请运行 gongkai tally rebuild 重新计数。"


def _of_people(session: Session) -> Iterator[str]:
    """People's rows against their seals."""
    for person in people.altered(session):
        yield f"账号 {person.username} 在数据库里{people.ALTERED}。请执行：{people.restoring(person)}"


def _revision(session: Session, article_id: int, number: int) -> Revision | None:
    query = select(Revision).where(Revision.article_id == article_id, Revision.number == number)
    return session.scalars(query).first()
