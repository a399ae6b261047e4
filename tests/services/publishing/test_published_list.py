"""The platform's published list is read page by page in one place, and every page counts against the day's allowance."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from content.rules.errors import Unanswered
from content.rules.publishing.publication import PublicationState
from content.services import reconciliation
from content.services.office import Office
from content.services.ports import PublishedArticle, PublishedItem
from content.services.publishing import JobContext, manual_outcome, withdrawal
from content.services.publishing.manual_outcome import ManualWord
from tests import world
from tests.factories import approved_article
from tests.fakes.channel import After, FakeChannel
from tests.house.source import ROOT, tracked
from tests.services.alarm_world import under_way
from tests.services.publishing.rehearsal import Rehearsal


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


def test_it_is_read_back_to_a_time_and_no_further_than_the_days_allowance(office: Office) -> None:
    platform = channel(130)
    listing = JobContext(office, platform, 1, "test", lambda: world.NOON).listing
    called = world.NOON - timedelta(minutes=95)
    assert listing.newest(world.NOON, back_to=called)[-1].at < called
    assert platform.calls.count("published") == 5 == counted(office)
    listing.newest(world.NOON, back_to=called)
    assert platform.calls.count("published") == 5, "what was read serves for all looks"
    listing.newest(world.NOON + timedelta(minutes=1), back_to=world.NOON - timedelta(days=9))
    assert platform.calls.count("published") == 5 + 7
    for _ in range(100):
        listing._calls.count(world.NOON)
    before = platform.calls.count("published")
    listing.newest(world.NOON + timedelta(minutes=30), back_to=called)
    assert platform.calls.count("published") == before + 2


def test_an_article_lost_behind_a_hundred_newer_ones_is_counted_within_a_minute(office: Office) -> None:
    rehearsal = Rehearsal(office)
    articles = [approved_article(office, title=f"第{number}篇") for number in range(3)]
    rehearsal.channel.faults = [None, *[None, After(Unanswered("没有回音"))] * 3]
    rehearsal.run()
    for number in range(110):
        listed = PublishedArticle(1, f"别的{number}", f"http://x/{number}", "", deleted=False)
        rehearsal.channel.out.append(PublishedItem(f"a{number}", rehearsal.now, (listed,)))
    for _ in range(6):
        rehearsal.run(after=10)
    assert [rehearsal.article(article).state for article in articles] == ["published"] * 3


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
