"""Reconciliation against the emulator over HTTP: what was posted, deleted and retitled by hand is found and signed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.emulator import Options, Running, running
from bot.wechat.channel import WeChatChannel
from content.rules.errors import BadInput, Conflict, NotAllowed
from content.services import reconciliation
from content.services.figures import yearly_tally
from content.services.office import Office
from content.services.ports import DraftArticle, FileBody
from content.services.publishing import JobContext, run
from content.store.articles import publications
from content.store.tables import PublicationArticle
from tests import world
from tests.factories import approved_article, image

NOW = datetime.now(UTC).replace(hour=4, minute=0)  # the emulator's statistics end with its own yesterday
THEN = NOW - timedelta(days=3)
DAY = THEN.date()  # 12:00 in Shanghai, so the same day


@pytest.fixture
def emulator() -> Iterator[Running]:
    credentials = {name.removeprefix("wechat_"): value for name, value in world.WECHAT.items()}
    with running(Options(**credentials, bind="127.0.0.1:0", settings={"publish_delay": 0.0})) as platform:
        yield platform


@pytest.fixture
def published(emulator: Running, tmp_path: Path) -> Iterator[tuple[Office, WeChatChannel, list[int]]]:
    """Three articles that went out three days ago, and one that was posted by hand."""
    office = Office(world.settings(tmp_path / "home", wechat_api_url=emulator.url, submit_gap=0.0))
    world.furnish(office)
    channel = WeChatChannel(office)
    emulator.door.act("time", now=THEN.isoformat())
    articles = [approved_article(office, title=f"第{n}篇", due_at=THEN) for n in range(3)]
    with office.store.write() as session:
        fence = publications.lead(session, "clock", holder="test", now=THEN)
    times = iter([THEN, THEN + timedelta(minutes=1)])
    for now in times:
        context = JobContext(office, channel, fence, "test", lambda now=now: now)  # type: ignore[misc]
        run(context)
        emulator.door.act("settle")
    cover = channel.upload_cover(FileBody("c.png", "image/png", image()))
    by_hand = DraftArticle("手动发的一篇", "", "摘要", "<p>手动发布的正文。</p>", "", cover.media_id)
    emulator.door.act("publish_draft", media_id=channel.add_draft([by_hand]))
    emulator.door.act("time", now=NOW.isoformat())
    yield office, channel, articles
    office.close()


def look(office: Office, channel: WeChatChannel) -> dict[str, Any]:
    return reconciliation.reconcile(office, channel, first=DAY, last=DAY, now=NOW)


def whole(emulator: Running, title: str) -> str:
    items = emulator.door.look("published")["published"]
    return next(item["article_id"] for item in items if any(a["title"] == title for a in item["items"]))


def test_hand_posted_deleted_and_retitled_articles_are_found_once_and_stay_open(
    published: tuple[Office, WeChatChannel, list[int]], emulator: Running
) -> None:
    office, channel, _ = published
    emulator.door.act("article", do="delete", article_id=whole(emulator, "第1篇"), index=1)
    emulator.door.act("article", do="retitle", article_id=whole(emulator, "第2篇"), index=1, title="改过的标题")
    first = look(office, channel)
    assert first["matched"] == 1
    assert first["only_ours"] == []
    assert [row["title"] for row in first["only_theirs"]] == ["手动发的一篇"]
    assert sorted(row["title"] for row in first["different"]) == ["第1篇", "第2篇"]
    assert look(office, channel) == first


def test_what_was_posted_by_hand_counts_after_a_person_signs_it(
    published: tuple[Office, WeChatChannel, list[int]],
) -> None:
    office, channel, _ = published
    row = look(office, channel)["only_theirs"][0]
    before = yearly_tally.read(office, DAY.year, NOW)
    reconciliation.resolve(office, row["id"], verdict="count", username="hejing", note="宣传员手动发布")
    after = yearly_tally.read(office, DAY.year, NOW)
    assert after["articles"] == before["articles"] + 1
    assert after["by_delivery"]["hand"] == 1
    assert look(office, channel)["only_theirs"] == []
    assert look(office, channel)["matched"] == 4


def test_what_has_been_counted_in_the_meantime_is_not_counted_again(
    published: tuple[Office, WeChatChannel, list[int]],
) -> None:
    office, channel, _ = published
    [found] = look(office, channel)["only_theirs"]
    with office.store.write() as session:
        session.scalars(select(PublicationArticle)).first().url = found["url"]
    with pytest.raises(Conflict, match="noted"):
        reconciliation.resolve(office, found["id"], verdict="count", username="hejing", note="看过")
    reconciliation.resolve(office, found["id"], verdict="noted", username="hejing", note="就是草稿箱里的那篇")
    assert found["id"] not in [row["id"] for row in look(office, channel)["only_theirs"]]


def test_what_was_deleted_there_is_signed_as_withdrawn_and_stays_counted(
    published: tuple[Office, WeChatChannel, list[int]], emulator: Running
) -> None:
    office, channel, _ = published
    emulator.door.act("article", do="delete", article_id=whole(emulator, "第0篇"), index=1)
    row = look(office, channel)["different"][0]
    reconciliation.resolve(office, row["id"], verdict="withdrawn", username="hejing", note="内容有误，已在平台删除")
    figures = yearly_tally.read(office, DAY.year, NOW)
    assert (figures["articles"], figures["withdrawn"]) == (3, 1)
    assert look(office, channel)["different"] == []


def test_a_difference_is_signed_once_by_those_who_may_with_a_note_that_fits(
    published: tuple[Office, WeChatChannel, list[int]],
) -> None:
    office, channel, _ = published
    row = look(office, channel)["only_theirs"][0]["id"]
    with pytest.raises(NotAllowed):
        reconciliation.resolve(office, row, verdict="count", username="linxiaoyu", note="看过")
    with pytest.raises(BadInput, match="--note"):
        reconciliation.resolve(office, row, verdict="count", username="hejing", note=" ")
    with pytest.raises(BadInput, match="不能签"):
        reconciliation.resolve(office, row, verdict="withdrawn", username="hejing", note="看过")
    reconciliation.resolve(office, row, verdict="noted", username="hejing", note="测试账号发的")
    with pytest.raises(Conflict, match="签认过"):
        reconciliation.resolve(office, row, verdict="noted", username="hejing", note="再签")


def test_days_that_cannot_be_compared_are_refused_in_words(office: Office) -> None:
    from tests.fakes.channel import FakeChannel

    with pytest.raises(BadInput, match="最晚到昨天"):
        reconciliation.reconcile(office, FakeChannel(), first=NOW.date(), last=NOW.date(), now=NOW)


def test_a_draft_that_a_person_has_published_is_looked_at_at_once_and_is_no_difference(
    emulator: Running, tmp_path: Path
) -> None:
    office = Office(world.settings(tmp_path / "home", wechat_api_url=emulator.url, submit_gap=0.0))
    world.furnish(office)
    channel = WeChatChannel(office)
    emulator.door.act("time", now=THEN.isoformat())
    approved_article(office, title="交给人发布的", due_at=THEN, delivery="draft")
    with office.store.write() as session:
        fence = publications.lead(session, "clock", holder="test", now=THEN)
    run(JobContext(office, channel, fence, "test", lambda: THEN))
    [draft] = emulator.door.look("drafts")["drafts"]
    emulator.door.act("publish_draft", media_id=draft["media_id"])
    emulator.door.act("time", now=NOW.isoformat())
    assert look(office, channel)["only_theirs"] == []
    run(JobContext(office, channel, fence, "test", lambda: NOW))
    assert look(office, channel)["matched"] == 1
    office.close()
