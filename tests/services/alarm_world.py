"""An office whose day the tests move, with posts in every state that matters to alarms."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from sqlalchemy import select

from content.rules.publishing.comparison import DifferenceKind
from content.rules.publishing.publication import PublicationState
from content.services.office import ACCOUNT, Office
from content.services.publishing import outcome
from content.store.articles import publications
from content.store.figures import ledger
from content.store.tables import Alarm, Article, Difference, LedgerEntry, Publication
from tests import world
from tests.factories import approved_article

DAY = world.NOON.date()  # 2026-11-22


def at(hour: int, minute: int = 0, *, days: int = 0) -> datetime:
    """An instant of the office's day (Asia/Shanghai), `days` after the 22nd of November."""
    local = datetime.combine(DAY + timedelta(days=days), time(hour, minute), UTC)
    return local - timedelta(hours=8)


def reserve_article(office: Office, title: str) -> int:
    """An approved reserve article as the third pass leaves it; its id."""
    number = approved_article(office, title=title)
    with office.store.write() as session:
        article = session.get_one(Article, number)
        article.reserve, article.due_at = True, None
    return number


def published(office: Office, when: datetime, title: str = "已发布的") -> int:
    """An article that the platform has published at that time; its publication."""
    number = under_way(office, approved_article(office, title=title, due_at=when), PublicationState.SUBMITTED)
    with office.store.write() as session:
        outcome.published(office, session, session.get_one(Publication, number), at=when,
                           urls={1: f"http://mp.weixin.qq.com/s/{number}"}, now=when)  # fmt: skip
    return number


def under_way(office: Office, article_id: int, state: PublicationState, **values: object) -> int:
    """Gives an article an open publication in some state; its id."""
    with office.store.write() as session:
        article = session.get_one(Article, article_id)
        due_at = article.due_at or world.NOON
        publication = publications.prepare(session, [article], delivery="publish", due_at=due_at, now=due_at)  # type: ignore[arg-type]
        session.flush()
        publication.state = state
        for name, value in values.items():
            setattr(publication, name, value)
        return publication.id


def alarms(office: Office, *, closed: bool = False) -> list[tuple[str, str]]:
    """Kind and subject of the open alarms (or the closed ones), oldest first."""
    with office.store.read() as session:
        rows = session.scalars(select(Alarm).order_by(Alarm.id))
        return [(alarm.kind, alarm.subject) for alarm in rows if bool(alarm.closed_at) is closed]


def last_alarm(office: Office) -> Alarm:
    """The alarm raised last."""
    with office.store.read() as session:
        return session.scalars(select(Alarm).order_by(Alarm.id.desc())).first() or Alarm()


def entries(office: Office, kind: str) -> list[LedgerEntry]:
    """The ledger's entries of a kind."""
    with office.store.read() as session:
        return list(ledger.since(session, 0, kind))


def difference(office: Office) -> int:
    """A difference over an article that is out: the platform no longer has it."""
    published(office, world.NOON)
    with office.store.write() as session:
        row = Difference(account=ACCOUNT, kind=DifferenceKind.DIFFERENT, fingerprint="f", article_id=1, on_day=world.NOON.date(),
                         title="已发布的", url="", why="平台上已经没有了", evidence="{}", found_at=world.NOON,
                         seen_at=world.NOON)  # fmt: skip
        session.add(row)
        session.flush()
        return row.id
