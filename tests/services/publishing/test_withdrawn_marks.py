"""An article withdrawn carries the same marks, whichever way it went."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from content.rules.errors import BadInput
from content.services import reconciliation
from content.services.articles import reviews
from content.services.office import Office
from content.services.publishing import withdrawal
from content.store.articles import articles
from content.store.figures import ledger
from tests import world
from tests.factories import approved_article
from tests.fakes.channel import FakeChannel
from tests.services.alarm_world import difference, published

CHIEF, NOTE = "zhaominghua", "内容有误，已核对"


def before_it_is_out(office: Office, note: str = NOTE) -> None:
    """Given up while it waits for its time."""
    reviews.withdraw(office, approved_article(office), username=CHIEF, note=note)


def on_the_platform(office: Office, note: str = NOTE) -> None:
    """Deleted on the platform by us."""
    published(office, world.NOON)
    withdrawal.withdraw_published(office, FakeChannel(), 1, username=CHIEF, note=note)


def signed(office: Office, note: str = NOTE) -> None:
    """Deleted on the platform by hand; somebody signs that it is so."""
    reconciliation.resolve(office, difference(office), verdict="withdrawn", username=CHIEF, note=note)


def marks(office: Office) -> dict[str, Any]:
    """All that tells of the withdrawal of article 1."""
    with office.store.read() as session:
        article = articles.find(session, 1)
        [entry] = ledger.since(session, 0, "article.withdrawn")
        last = article.reviews[-1]
        return {
            "article": (article.state, article.reason, article.withdrawn_why, article.withdrawn_by is not None,
                        article.withdrawn_at == article.changed_at == entry.at == last.at),
            "review": (last.action, last.person.username, last.role, last.note, last.sha256 == article.revision.sha256),
            "ledger": (entry.actor, entry.role, entry.subject, sorted(json.loads(entry.data))),
        }  # fmt: skip


@pytest.mark.parametrize("way", [before_it_is_out, on_the_platform, signed])
def test_every_way_leaves_the_same_marks(office: Office, way: Callable[[Office], None]) -> None:
    way(office)
    found = marks(office)
    why = found["article"][1]
    assert NOTE in why
    assert found == {
        "article": ("withdrawn", why, why, True, True),
        "review": ("withdraw", CHIEF, "chief", why, True),
        "ledger": (CHIEF, "chief", "article:1", ["note", "published_on", "revision", "sha256"]),
    }


@pytest.mark.parametrize("way", [before_it_is_out, on_the_platform, signed])
def test_a_note_that_no_row_can_hold_is_refused_before_anything_is_done(
    office: Office, way: Callable[[Office, str], None]
) -> None:
    with pytest.raises(BadInput, match="太长"):
        way(office, "字" * 1025)
    with office.store.read() as session:
        assert articles.find(session, 1).state != "withdrawn"
        assert list(ledger.since(session, 0, "article.withdrawn")) == []
        assert "withdraw" not in [attempt.step for attempt in articles.attempts_of(session, 1)]
