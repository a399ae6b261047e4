"""Citizens read what was passed, whatever the database says."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from content.services.alarms import lifecycle
from content.services.office import Office
from content.store.articles import articles
from tests import factories


@pytest.mark.parametrize(
    "change", ["html = '<p>假的</p>'", "title = '假的'", "html = '<p>假的</p>', sha256 = :fitting"]
)
def test_an_article_that_was_altered_in_the_database_is_not_shown_and_rings_an_alarm(
    client: FlaskClient, told: Office, change: str
) -> None:
    number, picture, _ = factories.publish(told)
    with told.store.read() as session:
        revision = articles.present(session, articles.find(session, number))
        revision.html = "<p>假的</p>"
        fitting = articles.seal(revision)
        session.expunge_all()
    with told.store.write() as session:
        session.execute(text(f"UPDATE revision SET {change} WHERE article_id = :number"),
                        {"number": number, **({"fitting": fitting} if ":fitting" in change else {})})  # fmt: skip
    answer = client.get(f"/a/{number}")
    assert answer.status_code == 404 and "和审核通过的不一样" in answer.text and "假的" not in answer.text
    assert client.get(f"/files/{number}/{picture}").status_code == 404
    assert [each.kind for each in lifecycle.listing(told) if each.subject == f"article:{number}"] == ["ledger_broken"]
