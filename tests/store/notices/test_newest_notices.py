"""The newest notices, page by page: what is no longer in force comes after all that is, and nothing comes twice."""

from __future__ import annotations

from datetime import date

import pytest

from content.services.office import Office
from content.store.notices import notices
from content.store.tables import Disclosure
from tests import world

TODAY = date(2026, 11, 22)
STATUSES = ("有效", "废止", "有效", "失效", "有效", "有效", "废止")


@pytest.fixture
def shelf(office: Office) -> Office:
    """Seven disclosures of seven days, three no longer in force, and one without a day."""
    with office.store.write() as session:
        session.add_all(
            Disclosure(key=f"d{number}", title=f"第{number}号", fields="{}", fingerprint="0" * 64, status=status,
                       published_on=date(2026, 1, number), first_seen_at=world.NOON, changed_at=world.NOON)
            for number, status in enumerate(STATUSES, start=1)
        )  # fmt: skip
        session.add(Disclosure(key="undated", title="没有日期", fields="{}", fingerprint="0" * 64,
                               first_seen_at=world.NOON, changed_at=world.NOON))  # fmt: skip
    return office


def keys(office: Office, limit: int, offset: int) -> list[str]:
    """The keys of one page."""
    with office.store.read() as session:
        found = notices.newest(session, "disclosure", today=TODAY, posting_days=0, limit=limit, offset=offset)
        return [notice.key for notice in found]


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 8, 20])
def test_pages_of_any_size_tell_the_same_order(shelf: Office, size: int) -> None:
    told = [key for offset in range(0, 12, size) for key in keys(shelf, size, offset)]
    assert told == ["d6", "d5", "d3", "d1", "undated", "d7", "d4", "d2"]


def test_a_card_tells_what_a_list_shows_without_another_question(shelf: Office) -> None:
    with shelf.store.read() as session:
        found = notices.newest(session, "disclosure", today=TODAY, posting_days=0, limit=8, offset=0)
    assert [notices.card(notice)["title"] for notice in found][:2] == ["第6号", "第5号"]
