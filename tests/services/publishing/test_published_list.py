"""The platform's published list is read page by page in one place, and every page counts against the day's allowance."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from content.rules.publishing.publication import PublicationState
from content.services import reconciliation
from content.services.office import Office
from content.services.ports import PublishedArticle, PublishedItem
from content.services.publishing import JobContext, manual_outcome, withdrawal
from content.services.publishing.manual_outcome import ManualWord
from tests import world
from tests.factories import approved_article
from tests.fakes.channel import FakeChannel
from tests.house.source import ROOT, tracked
from tests.services.alarm_world import under_way


def channel(items: int) -> FakeChannel:
    """A platform that has published so many, one a minute, the newest at noon."""
    start = world.NOON - timedelta(minutes=items)
    return FakeChannel(out=[
        PublishedItem(f"a{n}", start + timedelta(minutes=n), (PublishedArticle(1, f"第{n}篇", f"http://x/{n}", "", deleted=False),))
        for n in range(items)
    ])  # fmt: skip


def counted(office: Office) -> int:
    """How many calls are counted."""
    client = office.redis.client
    return sum(int(client.get(key) or 0) for key in client.scan_iter("*:calls:batchget:*"))  # type: ignore[arg-type]


@pytest.mark.parametrize(("items", "calls"), [(0, 1), (19, 1), (20, 2), (45, 2)])
def test_the_newest_items_are_two_pages_at_most_and_each_is_counted(office: Office, items: int, calls: int) -> None:
    platform = channel(items)
    found = JobContext(office, platform, 1, "test", lambda: world.NOON).listing.newest(world.NOON)
    assert [item.article_id for item in found] == [f"a{n}" for n in range(items)][::-1][:40]
    assert platform.calls.count("published") == calls == counted(office)


def test_pages_that_are_read_to_compare_or_to_withdraw_are_counted_too(office: Office) -> None:
    platform = channel(65)
    reconciliation.reconcile(office, platform, first=world.NOON.date(), last=world.NOON.date(),
                             now=world.NOON + timedelta(days=1))  # fmt: skip
    assert platform.calls.count("published") == 4 == counted(office)
    article = under_way(office, approved_article(office, delivery="draft"), PublicationState.HANDED)
    manual_outcome.published(office, 1, ManualWord("zhaominghua", "已核对"), url="http://x/40")
    withdrawal.withdraw_published(office, platform, article, username="zhaominghua", note="内容有误")
    assert platform.calls.count("published") == 6 == counted(office)


def test_only_the_published_list_pages_through_the_platform(office: Office) -> None:
    by = {str(path) for path in tracked("content/services/**.py")
          if re.search(r"channel\.published\(", (ROOT / path).read_text(encoding="utf-8"))}  # fmt: skip
    assert by == {"content/services/publishing/published_list.py"}
