"""每日要点: one article a day made of what was newly disclosed and posted, handed to the reviewers.

Its author is the robot `gongkai`, who has no role: it may pass nothing, and nobody can log in as it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.intake.articles.documents import from_text
from content.render import digest as rendering
from content.render.digest import DigestEntry, Section
from content.rules import notice_kinds, passwords
from content.rules.alarms import chinese
from content.rules.checks.finding import Severity
from content.services import articles as article_services
from content.services.answers import notice_search
from content.services.articles import FaultyPost, PostForm, reviews
from content.services.articles.drafts import write_new
from content.services.articles.submission_form import Draft, keep, take
from content.services.office import Office
from content.services.people import staff
from content.store.articles import articles
from content.store.notices import notices
from content.store.people import Actor
from content.store.tables import Article, Disclosure, Posting

CATEGORY = "每日要点"
KEY = "digest-"
MOST = (10, 8, 6, 4, 2)  # entries of a section; fewer are tried when the platform would not take so long a body
OVERLAP = timedelta(hours=1)  # an import may have been under way when the last digest was made
LINK = re.compile(r"/([dj])/(\d+)")


@dataclass(frozen=True)
class _News:
    """What is new of one kind: how many, and the newest of them."""

    kind: str
    count: int
    newest: list[Disclosure | Posting]


def prepare(office: Office, now: datetime) -> str:
    """Makes the digest of this day unless there is one or nothing is new; a sentence on what was done."""
    day = office.clock.day(now)
    with office.store.read() as session:
        known = articles.by_key(session, f"{KEY}{day}")
        news = [] if known else _news(office, session, day)
    if known:
        return f"{chinese(day)}的每日要点已经有了，是稿件 {known.id}。"
    if not any(each.count for each in news):
        return "上次以来没有新的信息公开和招聘信息，今天不出每日要点。"
    post, draft = _draft(office, news, day)
    keep(office, draft)
    stopping = sum(finding.rule.severity is not Severity.QUERY for finding in draft.findings)
    with office.store.write() as session:
        robot = staff.keep_robot(session, office.clock.now())
        if robot is None:
            return f"账号 {passwords.ROBOT} 已经停用，不再准备每日要点。"
        queued = write_new(office, session, post, draft, writer=Actor(robot, role=""))
        if stopping:
            articles.find(session, queued.id).reason = f"检查有 {stopping} 处要改，没有送审。"
        else:
            reviews.hand_in(office, session, queued.id, username=passwords.ROBOT)
    if stopping:
        return f"每日要点做好了，是稿件 {queued.id}；检查有 {stopping} 处要改，没有送审，请编辑改好以后送审。"
    counts = "，".join(f"{notice_kinds.TITLES[each.kind]} {each.count} 条" for each in news if each.count)
    return f"每日要点已经送审，是稿件 {queued.id}：{counts}。"


def _news(office: Office, session: Session, day: date) -> list[_News]:
    last = _last(session)
    since = last.created_at - OVERLAP if last else None
    told = _told(session, last) if last else {}
    found = []
    for kind in notice_kinds.FOUND:
        count, newest = notices.new_since(session, kind, since, but=told.get(notice_search.PAGES[kind], set()), today=day,
                                          posting_days=office.settings.posting_days, limit=MOST[0])  # fmt: skip
        found.append(_News(kind, count, newest))
    return found


def _last(session: Session) -> Article | None:
    query = select(Article).where(Article.key.startswith(KEY, autoescape=True)).order_by(Article.key.desc())
    return session.scalars(query).first()


def _told(session: Session, last: Article) -> dict[str, set[int]]:
    """The numbers of the items that any wording of the last digest tells of, by the letter of their pages."""
    told: dict[str, set[int]] = {}
    for revision in last.revisions:
        for letter, number in LINK.findall(revision.html):
            told.setdefault(letter, set()).add(int(number))
    return told


def _draft(office: Office, news: list[_News], day: date) -> tuple[PostForm, Draft]:
    """The longest digest that fits. Raises Faulty when even the shortest does not."""
    for most in MOST:
        sections = [_section(office, each, most) for each in news if each.count]
        post = article_services.PostForm(
            title=f"{CATEGORY}（{chinese(day)}）",
            body=from_text(rendering.digest(sections), "html"),
            digest="；".join(f"{section.heading} {section.count} 条" for section in sections) + "。",
            category=CATEGORY,
            key=f"{KEY}{day}",
        )
        try:
            return post, take(office, post)
        except FaultyPost:
            if most == MOST[-1]:
                raise
    raise AssertionError("MOST is empty")


def _section(office: Office, news: _News, most: int) -> Section:
    entries = tuple(
        DigestEntry(notice.title, _facts(office, notice), notice_search.page(office, news.kind, notice.id))
        for notice in news.newest[:most]
    )
    more = f"{office.settings.base_url}/{'jobs' if news.kind == 'posting' else 'disclosures'}"
    return Section(notice_kinds.TITLES[news.kind], news.count, entries, more)


def _facts(office: Office, notice: Disclosure | Posting) -> tuple[str, ...]:
    """What a reader wants to know before she opens the page, as far as it is known."""
    if isinstance(notice, Posting):
        until = notices.last_day(notice, office.settings.posting_days)
        facts = [notice.employer, notice.salary, notice.area, f"截止 {chinese(until)}" if until else ""]
    else:
        facts = [notice.department.name if notice.department else "", notice.document_no,
                 str(notice.published_on or "")]  # fmt: skip
    return tuple(fact for fact in facts if fact.strip())
