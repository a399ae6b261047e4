"""A person's word on what could not be settled by looking."""

from __future__ import annotations

import pytest

from content.rules.errors import BadInput, Conflict, NotAllowed, Unanswered
from content.services.office import Office
from content.services.publishing import manual_outcome
from content.services.publishing.manual_outcome import ManualWord
from tests.factories import approved_article
from tests.services.publishing.rehearsal import Rehearsal

CHIEF = ManualWord("zhaominghua", "已登录公众平台查看")


@pytest.fixture
def unknown(office: Office) -> tuple[Rehearsal, int]:
    """An article of which nobody knows whether it is out."""
    rehearsal = Rehearsal(office)
    article = approved_article(office)
    rehearsal.channel.faults = [None, None, Unanswered("没有回音")]
    rehearsal.run()
    rehearsal.channel.waiting.clear()
    rehearsal.run_until_settled(days=10)
    assert rehearsal.article(article).state == "unknown"
    return rehearsal, article


def test_what_a_person_found_published_is_counted_with_its_address(unknown: tuple[Rehearsal, int]) -> None:
    rehearsal, article = unknown
    manual_outcome.published(rehearsal.office, article, CHIEF, url="http://mp.weixin.qq.com/s/found")
    assert rehearsal.article(article).state == "published"
    assert rehearsal.publication().articles[0].url == "http://mp.weixin.qq.com/s/found"
    assert [entry.actor for entry in rehearsal.entries("article.published")] == ["zhaominghua"]
    assert len(rehearsal.entries("publication.settled")) == 1


def test_an_address_that_is_counted_already_is_not_counted_again(unknown: tuple[Rehearsal, int]) -> None:
    rehearsal, article = unknown
    other = approved_article(rehearsal.office, title="另一篇")
    rehearsal.run()
    rehearsal.run_until_settled()
    taken = rehearsal.publication().articles[0].url
    assert rehearsal.article(other).state == "published" and taken
    with pytest.raises(Conflict, match="已经作为另一篇"):
        manual_outcome.published(rehearsal.office, article, CHIEF, url=taken)
    assert len(rehearsal.entries("article.published")) == 1


def test_what_did_not_go_out_becomes_a_draft_again_and_is_not_sent(unknown: tuple[Rehearsal, int]) -> None:
    rehearsal, article = unknown
    manual_outcome.not_published(rehearsal.office, article, CHIEF)
    rehearsal.run(after=3600)
    assert rehearsal.article(article).state == "draft"
    assert rehearsal.channel.calls.count("submit") == 1


def test_what_shall_go_out_again_goes_out_once(unknown: tuple[Rehearsal, int]) -> None:
    rehearsal, article = unknown
    manual_outcome.again(rehearsal.office, article, CHIEF)
    rehearsal.context = rehearsal.new_context()
    rehearsal.now = rehearsal.office.clock.now()
    rehearsal.run_until_settled()
    assert rehearsal.article(article).state == "published"
    assert len(rehearsal.channel.out) == 1 == len(rehearsal.entries("article.published"))


def test_only_those_who_may_settle_and_only_with_a_note(unknown: tuple[Rehearsal, int]) -> None:
    rehearsal, article = unknown
    with pytest.raises(NotAllowed, match="终审"):
        manual_outcome.again(rehearsal.office, article, ManualWord("linxiaoyu", "看过"))
    with pytest.raises(BadInput, match="--note"):
        manual_outcome.again(rehearsal.office, article, ManualWord("zhaominghua", "  "))
    assert rehearsal.article(article).state == "unknown"


def test_what_is_not_in_doubt_is_not_settled(office: Office) -> None:
    article = approved_article(office)
    with pytest.raises(Conflict, match="没有待核实"):
        manual_outcome.published(office, article, CHIEF, url="http://mp.weixin.qq.com/s/x")
