"""One suite for every channel: the fake in memory, and the real one speaking to the emulator over HTTP."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from bot.emulator import Options, Running, running
from bot.wechat.channel import WeChatChannel
from content.render.covers import square_box
from content.rules.errors import Fault, Refused
from content.services.office import Office
from content.services.ports import Channel, DraftArticle, FileBody, JobResult, JobStatus
from tests import world
from tests.factories import image
from tests.fakes.channel import FakeChannel

COVER = FileBody("cover.png", "image/png", image())
PATIENCE = 15


@pytest.fixture(scope="module")
def emulator() -> Iterator[Running]:
    """A platform of its own for this module."""
    credentials = {name.removeprefix("wechat_"): value for name, value in world.WECHAT.items()}
    with running(Options(**credentials, bind="127.0.0.1:0", settings={"publish_delay": 0.1, "mass_delay": 0.1})) as it:
        yield it


@pytest.fixture
def wechat(emulator: Running, tmp_path: Any) -> Iterator[WeChatChannel]:
    """The real channel, with a Redis for its tokens."""
    emulator.door.act("reset")
    office = Office(world.settings(tmp_path / "home", wechat_api_url=emulator.url))
    world.furnish(office)
    yield WeChatChannel(office)
    office.close()


@pytest.fixture(params=["fake", "wechat"])
def channel(request: pytest.FixtureRequest) -> Channel:
    """Each channel in turn."""
    return FakeChannel() if request.param == "fake" else request.getfixturevalue("wechat")


def an_article(channel: Channel, **changes: Any) -> DraftArticle:
    plain = DraftArticle(
        title="园区召开安全生产会议",
        author="党政办公室",
        digest="会议部署冬季安全生产工作",
        html="<p>会议部署了冬季安全生产工作。</p>",
        source_url="http://127.0.0.1:8000/a/7",
        cover_media_id=channel.upload_cover(COVER).media_id,
    )
    return replace(plain, **changes)


def settled(channel: Channel, publish_id: str) -> JobResult:
    end = time.monotonic() + PATIENCE
    while (result := channel.result(publish_id)).status is JobStatus.PENDING:
        assert time.monotonic() < end, "the job never ended"
        time.sleep(0.1)
    return result


def test_a_draft_is_published_and_listed_with_its_mark(channel: Channel) -> None:
    media_id = channel.add_draft([an_article(channel), an_article(channel, title="第二篇")])
    assert channel.draft_exists(media_id)
    submitted = channel.submit(media_id)
    result = settled(channel, submitted.publish_id)
    assert (result.status, set(result.urls)) == (JobStatus.PUBLISHED, {1, 2})
    item = channel.published(0, 20)[0]
    assert item.article_id == result.article_id
    assert [article.title for article in item.articles] == ["园区召开安全生产会议", "第二篇"]
    assert {article.position: article.url for article in item.articles} == result.urls
    assert item.articles[0].source_url == "http://127.0.0.1:8000/a/7"
    assert submitted.msg_data_id


def test_publishing_consumes_the_draft(channel: Channel) -> None:
    media_id = channel.add_draft([an_article(channel)])
    settled(channel, channel.submit(media_id).publish_id)
    assert not channel.draft_exists(media_id)
    with pytest.raises(Refused) as refusal:
        channel.submit(media_id)
    assert refusal.value.fault is Fault.GONE


def test_a_draft_with_an_unknown_cover_is_refused(channel: Channel) -> None:
    with pytest.raises(Refused) as refusal:
        channel.add_draft([an_article(channel, cover_media_id="nothing")])
    assert refusal.value.code == 40007


def test_the_square_of_a_cover_goes_along(wechat: WeChatChannel, emulator: Running) -> None:
    wechat.add_draft([an_article(wechat), an_article(wechat, cover_square=square_box(100))])
    [draft] = emulator.door.look("drafts")["drafts"]
    plain, cut = draft["articles"]
    assert plain["pic_crop_1_1"] is None
    assert (cut["pic_crop_235_1"], cut["pic_crop_1_1"]) == ("0_0_1_1", "0.574444_0_1_1")


def test_drafts_are_listed_and_deleted(channel: Channel) -> None:
    media_id = channel.add_draft([an_article(channel)])
    assert media_id in [item.media_id for item in channel.drafts(0, 20)]
    assert channel.drafts(0, 20)[0].source_urls == ("http://127.0.0.1:8000/a/7",)
    channel.delete_draft(media_id)
    channel.delete_draft(media_id)
    assert not channel.draft_exists(media_id)


def test_a_deleted_article_stays_listed_as_deleted(channel: Channel) -> None:
    media_id = channel.add_draft([an_article(channel), an_article(channel, title="第二篇")])
    article_id = settled(channel, channel.submit(media_id).publish_id).article_id
    channel.delete_published(article_id, 2)
    assert [article.deleted for article in channel.published(0, 20)[0].articles] == [False, True]


def test_a_push_is_sent_once_for_its_key(channel: Channel, request: pytest.FixtureRequest) -> None:
    if not isinstance(channel, FakeChannel):
        request.getfixturevalue("emulator").door.act("time", offset=0)
    media_id = channel.add_draft([an_article(channel)])
    sent = channel.mass_send(media_id, "gongkai-1-abc")
    if not isinstance(channel, FakeChannel):  # within a minute the platform answers 45066
        request.getfixturevalue("emulator").door.act("time", offset=61)
    again = channel.mass_send(media_id, "gongkai-1-abc")
    assert (again.msg_id, again.repeated, again.msg_data_id) == (sent.msg_id, True, "")


def test_pictures_for_bodies_get_an_address_of_the_platform(channel: Channel) -> None:
    assert channel.upload_image(FileBody("a.jpg", "image/jpeg", image("JPEG"))).startswith("http")


def test_an_unknown_job_is_refused(channel: Channel) -> None:
    with pytest.raises(Refused) as refusal:
        channel.result("987654321")
    assert refusal.value.code == 53502


def test_a_follower_can_be_told_something_and_a_stranger_not(channel: Channel, request: pytest.FixtureRequest) -> None:
    if isinstance(channel, FakeChannel):
        openid = "oFollower"
        channel.followers.add(openid)
    else:
        openid = request.getfixturevalue("emulator").door.act("follow", user="li")["openid"]
    channel.tell(openid, "工作人员回复：\n正在抢修。")
    with pytest.raises(Refused) as refusal:
        channel.tell("oNobody", "正在抢修。")
    assert (refusal.value.code, refusal.value.fault) == (40003, Fault.GONE)


def test_a_notice_goes_to_who_said_yes_once_for_each_yes(channel: Channel, request: pytest.FixtureRequest) -> None:
    data = {"thing1": {"value": "高压电工"}}
    if isinstance(channel, FakeChannel):
        openid = "oFollower"
        channel.consents[openid, "T1"] = 1
    else:
        door = request.getfixturevalue("emulator").door
        openid = door.act("follow", user="li")["openid"]
        door.act("consent", user="li", template="T1")
    assert channel.notify(openid, "T1", page="http://127.0.0.1:8000/j/1", data=data)
    with pytest.raises(Refused) as refusal:
        channel.notify(openid, "T1", page="http://127.0.0.1:8000/j/1", data=data)
    assert (refusal.value.code, refusal.value.fault) == (43101, Fault.GONE)
