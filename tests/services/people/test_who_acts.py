"""Whoever does something is in the ledger with the role that entitles them to it, whichever others they hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from content.intake.articles.documents import from_text
from content.rules.alarms import AlarmKind
from content.rules.errors import NotAllowed
from content.rules.people import RIGHTS, Right, Role
from content.rules.publishing.publication import PublicationState
from content.services import articles as article_services
from content.services import reconciliation
from content.services.alarms import lifecycle
from content.services.articles import PostForm, reviews
from content.services.citizens import letters, taught_answers
from content.services.office import Office
from content.services.people import staff
from content.services.publishing import manual_outcome, withdrawal
from content.services.publishing.manual_outcome import ManualWord
from content.store import people
from content.store.figures import ledger
from content.store.tables import Article, LedgerEntry, Person
from tests import world
from tests.factories import approved_article
from tests.fakes.channel import FakeChannel
from tests.services.alarm_world import difference, published, under_way

BOSS = "zhengboss"
NOTE = "已核对"


@pytest.fixture
def boss(office: Office) -> Office:
    """The office, with somebody who is chief, administrator and office at once."""
    with office.store.write() as session:
        people.add(session, username=BOSS, name="郑", given=(Role.ADMIN, Role.CHIEF, Role.OFFICE), password_hash="",
                   at=world.NOON)  # fmt: skip
    return office


def last(office: Office, kind: str) -> LedgerEntry:
    """The last entry of a kind."""
    with office.store.read() as session:
        return list(ledger.since(session, 0, kind))[-1]


def _alarm(office: Office) -> None:
    lifecycle.raise_alarm(office, AlarmKind.GAP, subject="2026-11-22 10:00", message="缺稿", now=world.NOON)
    lifecycle.close(office, 1, username=BOSS, note=NOTE)


def _settled(office: Office) -> None:
    article = approved_article(office)
    under_way(office, article, PublicationState.UNKNOWN)
    manual_outcome.published(office, article, ManualWord(BOSS, NOTE), url="http://mp.weixin.qq.com/s/x")


def _resolved(office: Office) -> None:
    reconciliation.resolve(office, difference(office), verdict="withdrawn", username=BOSS, note=NOTE)


def _taken_down(office: Office) -> None:
    published(office, world.NOON)
    withdrawal.withdraw_published(office, FakeChannel(), 1, username=BOSS, note=NOTE)


def _queued(office: Office) -> None:
    article_services.add(office, PostForm(title="停水", body=from_text("一")), username=BOSS)


def _submitted(office: Office) -> None:
    _queued(office)
    reviews.submit(office, 1, username=BOSS)


def _returned(office: Office) -> None:
    approved_article(office)
    reviews.return_(office, 1, username=BOSS, note=NOTE)


def _withdrawn(office: Office) -> None:
    approved_article(office)
    reviews.withdraw(office, 1, username=BOSS, note="内容有误")


def _guide(office: Office) -> None:
    taught_answers.answer(office, "公租房怎么退租", text="请到大厅办理。", username=BOSS)


def _letter(office: Office) -> None:
    letters.hear(office, letters.CitizenMessage("a", "oCitizen", "d" * 64, world.NOON), "您好")
    letters.close(office, 1, username=BOSS)


@pytest.mark.parametrize(
    ("act", "kind", "role"),
    [
        (_alarm, "alarm.closed", Role.CHIEF),
        (_settled, "publication.settled", Role.CHIEF),
        (_resolved, "difference.resolved", Role.CHIEF),
        (_resolved, "article.withdrawn", Role.CHIEF),
        (_taken_down, "article.withdrawn", Role.CHIEF),
        (_queued, "article.queued", Role.CHIEF),
        (_submitted, "article.submitted", Role.CHIEF),
        (_returned, "article.returned", Role.CHIEF),
        (_withdrawn, "article.withdrawn", Role.CHIEF),
        (_guide, "guide.added", Role.CHIEF),
        (_letter, "letter.closed", Role.CHIEF),
    ],
)
def test_the_ledger_names_the_role_that_entitles(
    boss: Office, act: Callable[[Office], None], kind: str, role: Role
) -> None:
    act(boss)
    entry = last(boss, kind)
    assert (entry.actor, entry.role) == (BOSS, role)


def test_an_administrator_alone_settles_as_one(office: Office) -> None:
    with office.store.write() as session:
        people.add(session, username="root2", name="", given=(Role.ADMIN,), password_hash="", at=world.NOON)
    article = approved_article(office)
    under_way(office, article, PublicationState.UNKNOWN)
    manual_outcome.not_published(office, article, ManualWord("root2", NOTE))
    assert last(office, "publication.settled").role == Role.ADMIN in RIGHTS[Right.SETTLE]


def test_who_wrote_an_article_and_writes_no_more_cannot_withdraw_it(office: Office) -> None:
    number = article_services.add(office, PostForm(title="停水", body=from_text("一")), username="linxiaoyu").id
    with office.store.write() as session:
        person = people.find(session, "linxiaoyu")
        people.give_roles(session, person, [Role.ADMIN], at=world.NOON, by=None)
    with pytest.raises(NotAllowed, match="作者本人和终审"):
        reviews.withdraw(office, number, username="linxiaoyu")


def test_the_robot_that_prepares_drafts_can_take_none_back(office: Office, tmp_path: Path) -> None:
    with office.store.write() as session:
        robot = staff.keep_robot(session, world.NOON)
        assert isinstance(robot, Person)
    number = approved_article(office)
    with office.store.write() as session:
        session.get_one(Article, number).author_id = robot.id
    with pytest.raises(NotAllowed):
        reviews.withdraw(office, number, username=staff.ROBOT)
