"""Without the right to make a draft there is no draft: nobody is sent to look for one, and nothing goes out twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.wechat.errcodes import row
from content.rules.errors import Conflict, Refused
from content.services.ports import PublishedArticle, PublishedItem
from content.services.publishing import manual_outcome
from content.services.publishing.manual_outcome import ManualWord
from tests.factories import approved_article
from tests.services.publishing.rehearsal import Rehearsal

NO_RIGHT = Refused(row(48001).words, 48001, row(48001).fault)
CHIEF = ManualWord("zhaominghua", "在公众平台上手工发的")
TITLE = "园区召开安全生产会议"


def put_out_by_hand(rehearsal: Rehearsal, title: str = TITLE, *, ago: float = 0) -> None:
    listed = (PublishedArticle(1, title, "http://mp.weixin.qq.com/s/by-hand", "", deleted=False),)
    rehearsal.channel.out.append(PublishedItem("hand", rehearsal.now - timedelta(seconds=ago), listed))


@pytest.mark.parametrize("calls_before", [0, 1], ids=["upload", "draft"])
def test_nobody_is_told_to_publish_a_draft_that_is_not_there(rehearsal: Rehearsal, calls_before: int) -> None:
    article = approved_article(rehearsal.office)
    rehearsal.channel.faults = [*[None] * calls_before, NO_RIGHT]
    rehearsal.run()
    reason = rehearsal.publication().reason
    assert "草稿没有建成" in reason and "queue settle" in reason
    assert rehearsal.article(article).state == "publishing"
    rehearsal.run_until_settled()
    assert rehearsal.article(article).state == "published"


def test_a_draft_that_is_there_is_to_be_published(rehearsal: Rehearsal) -> None:
    approved_article(rehearsal.office)
    rehearsal.channel.faults = [None, None, NO_RIGHT]
    rehearsal.run()
    assert "草稿箱" in rehearsal.publication().reason


def test_what_a_person_published_by_hand_meanwhile_is_counted_and_not_sent_again(rehearsal: Rehearsal) -> None:
    article = approved_article(rehearsal.office)
    rehearsal.channel.faults = [None, NO_RIGHT]
    rehearsal.run()
    rehearsal.now += timedelta(minutes=5)
    put_out_by_hand(rehearsal)
    rehearsal.run_until_settled()
    assert rehearsal.article(article).state == "published"
    assert (rehearsal.publication().delivery, rehearsal.publication().articles[0].url) == (
        "hand", "http://mp.weixin.qq.com/s/by-hand")  # fmt: skip
    assert (len(rehearsal.channel.out), rehearsal.channel.calls.count("submit")) == (1, 0)


@pytest.mark.parametrize(("title", "ago"), [("另一篇", 0), (TITLE, 86400)])
def test_another_article_is_not_taken_for_it(rehearsal: Rehearsal, title: str, ago: float) -> None:
    article = approved_article(rehearsal.office)
    put_out_by_hand(rehearsal, title, ago=ago)
    rehearsal.channel.faults = [None, NO_RIGHT]
    rehearsal.run()
    rehearsal.run_until_settled()
    assert rehearsal.article(article).state == "published"
    assert rehearsal.channel.calls.count("submit") == 1


def test_a_person_may_say_that_she_published_it(rehearsal: Rehearsal) -> None:
    article = approved_article(rehearsal.office)
    with pytest.raises(Conflict):
        manual_outcome.published(rehearsal.office, article, CHIEF, url="http://mp.weixin.qq.com/s/by-hand")
    rehearsal.channel.faults = [None, NO_RIGHT]
    rehearsal.run()
    manual_outcome.published(rehearsal.office, article, CHIEF, url="http://mp.weixin.qq.com/s/by-hand")
    rehearsal.run_until_settled()
    assert rehearsal.publication().delivery == "hand"
    assert rehearsal.channel.calls.count("submit") == 0
