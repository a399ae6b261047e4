"""An article goes out when and how the ledger says it was to; whatever the tables claim."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from content.services.figures import ledger_audit
from content.services.office import Office
from content.services.planning import rescheduling
from content.store.articles import articles, publications
from content.store.tables import Article
from tests import world
from tests.factories import approved_article
from tests.services.publishing.rehearsal import Rehearsal, alarms, refused

EMBARGO = world.NOON + timedelta(days=3)


def altered(office: Office, number: int, **values: Any) -> None:
    """What somebody with the database file can do."""
    with office.store.write() as session:
        session.execute(update(Article).where(Article.id == number).values(**values))


def test_an_article_whose_time_was_brought_forward_does_not_go_out(rehearsal: Rehearsal) -> None:
    number = approved_article(rehearsal.office, due_at=EMBARGO)
    altered(rehearsal.office, number, due_at=world.NOON)
    assert any("发布时间" in fault for fault in ledger_audit.verify(rehearsal.office).faults)
    rehearsal.run()
    assert refused(rehearsal, number) and "发布时间" in rehearsal.article(number).reason


def test_a_publication_that_was_written_into_the_table_does_not_go_out_early(rehearsal: Rehearsal) -> None:
    number = approved_article(rehearsal.office, due_at=EMBARGO)
    with rehearsal.office.store.write() as session:
        article = articles.find(session, number)
        publications.prepare(session, [article], delivery="publish", due_at=world.NOON, now=world.NOON)
    rehearsal.run()
    assert refused(rehearsal, number)


@pytest.mark.parametrize(("approved", "written"), [(None, "mass"), ("publish", "mass"), ("mass", "publish")])
def test_another_delivery_than_the_approved_one_does_not_go_out(
    rehearsal: Rehearsal, approved: str | None, written: str
) -> None:
    number = approved_article(rehearsal.office, delivery=approved)
    altered(rehearsal.office, number, delivery=written)
    rehearsal.run()
    assert refused(rehearsal, number) and "发布方式" in rehearsal.article(number).reason


def test_a_publication_of_another_delivery_does_not_go_out(rehearsal: Rehearsal) -> None:
    number = approved_article(rehearsal.office)
    with rehearsal.office.store.write() as session:
        article = articles.find(session, number)
        publications.prepare(session, [article], delivery="mass", due_at=world.NOON, now=world.NOON)
    rehearsal.run()
    assert refused(rehearsal, number)


def test_what_the_chief_moved_goes_out_at_its_new_time(rehearsal: Rehearsal) -> None:
    number = approved_article(rehearsal.office, due_at=EMBARGO)
    rescheduling.move(rehearsal.office, number, world.NOON + timedelta(hours=1), username="zhaominghua")
    rehearsal.run(after=3601)
    rehearsal.run(after=25)
    assert rehearsal.article(number).state == "published"
    assert alarms(rehearsal.office) == []
