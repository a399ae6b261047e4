"""A push that the administrator must confirm is a state of its own; an event that nobody knows lets the clock look."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.emulator import Options, Running, running
from bot.wechat.channel import WeChatChannel
from content.rules.errors import Conflict, Unanswered
from content.rules.publishing.publication import PublicationState
from content.services.alarms import alarm_watch
from content.services.office import Office
from content.services.publishing import JobContext, manual_outcome, outcome, platform_events, run
from content.services.publishing.manual_outcome import ManualWord
from content.services.publishing.withdrawal import withdraw_published
from content.store.articles import publications
from content.store.tables import Article, Publication
from tests import world
from tests.factories import approved_article
from tests.fakes.channel import After, FakeChannel
from tests.services.alarm_world import alarms, entries

P = PublicationState
NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def emulator() -> Iterator[Running]:
    credentials = {name.removeprefix("wechat_"): value for name, value in world.WECHAT.items()}
    settings = {"mass_delay": 0.0, "mass_confirmation": True}
    with running(Options(**credentials, bind="127.0.0.1:0", settings=settings)) as platform:
        yield platform


@pytest.fixture
def own(emulator: Running, tmp_path: Path) -> Iterator[Office]:
    office = Office(world.settings(tmp_path / "home", wechat_api_url=emulator.url, submit_gap=0.0))
    world.furnish(office)
    yield office
    office.close()


def step(office: Office, channel: WeChatChannel | FakeChannel, now: datetime) -> tuple[str, str]:
    """Everything that is due then; how the publication and its article stand."""
    with office.store.write() as session:
        fence = publications.lead(session, "clock", holder="test", now=now)
    run(JobContext(office, channel, fence, "test", lambda: now))
    with office.store.read() as session:
        return session.get_one(Publication, 1).state, session.get_one(Article, 1).state


@pytest.mark.parametrize(
    ("do", "ends"), [("confirm", ("published", "published")), ("refuse", ("refused", "refused"))]
)  # fmt: skip
def test_a_push_waits_for_the_administrator(emulator: Running, own: Office, do: str, ends: tuple[str, str]) -> None:
    channel = WeChatChannel(own)
    approved_article(own, due_at=NOW, delivery="mass")
    assert step(own, channel, NOW) == ("submitted", "publishing")
    assert step(own, channel, NOW + timedelta(seconds=25)) == ("submitted", "publishing")
    assert step(own, channel, NOW + timedelta(seconds=120)) == ("confirming", "waiting")
    alarm_watch.watch(own, NOW + timedelta(seconds=120))
    assert [kind for kind, _ in alarms(own)] == ["waiting"]
    [job] = emulator.door.look("mass_jobs")["mass_jobs"]
    emulator.door.act("mass", msg_id=job["msg_id"], do=do)
    emulator.door.act("settle")
    assert step(own, channel, NOW + timedelta(minutes=20)) == ends
    alarm_watch.watch(own, NOW + timedelta(minutes=20))
    assert "waiting" not in [kind for kind, _ in alarms(own)]
    assert len(entries(own, "article.published")) == (do == "confirm")


def test_an_event_of_a_job_that_nobody_knows_lets_an_unknown_one_be_looked_at_at_once(office: Office) -> None:
    now = office.clock.now()
    approved_article(office, due_at=now)
    channel = FakeChannel(now=lambda: now, faults=[None, None, After(Unanswered("没有回音"))])
    assert step(office, channel, now)[0] == "unknown"
    with office.store.write() as session:
        session.get_one(Publication, 1).next_try_at = now + timedelta(hours=1)
    info = {"publish_id": "4711", "publish_status": "0", "article_id": "A1"}
    platform_events.receive(office, kind="PUBLISHJOBFINISH", job_id="4711", data={"PublishEventInfo": info}, at=now)
    assert step(office, channel, office.clock.now()) == ("published", "published")


def out(emulator: Running) -> list[tuple[str, bool]]:
    """Title and whether it is deleted, of everything that went out there."""
    whole = emulator.door.look("published")["published"]
    return sorted((item["title"], bool(item["is_deleted"])) for each in whole for item in each["items"])


def test_a_pushed_article_can_be_withdrawn_and_its_neighbour_stays(emulator: Running, own: Office) -> None:
    emulator.door.act("options", mass_confirmation=False)
    channel = WeChatChannel(own)
    for title in ("第一篇", "第二篇"):
        approved_article(own, title=title, due_at=NOW, delivery="mass")
    step(own, channel, NOW)
    emulator.door.act("settle")
    assert step(own, channel, NOW + timedelta(seconds=70)) == ("published", "published")
    for _ in range(2):  # a second time, as after a kill in between, is refused in words
        with contextlib.suppress(Conflict):
            withdraw_published(own, channel, 2, username="zhaominghua", note="数据有误")
    assert out(emulator) == [("第一篇", False), ("第二篇", True)]
    with own.store.read() as session:
        assert [session.get_one(Article, number).state for number in (1, 2)] == ["published", "withdrawn"]
    assert len(entries(own, "article.withdrawn")) == 1


def test_an_article_that_a_person_published_is_found_by_its_address_and_withdrawn(
    emulator: Running, own: Office
) -> None:
    channel = WeChatChannel(own)
    approved_article(own, due_at=NOW, delivery="draft")
    step(own, channel, NOW)
    with own.store.read() as session:
        media_id = session.get_one(Publication, 1).media_id
    emulator.door.act("publish_draft", media_id=media_id)
    [whole] = emulator.door.look("published")["published"]
    manual_outcome.published(own, 1, ManualWord("zhaominghua", "看到了"), url=whole["items"][0]["url"])
    withdraw_published(own, channel, 1, username="zhaominghua", note="数据有误")
    assert [deleted for _, deleted in out(emulator)] == [True]


def test_an_article_of_which_nothing_is_known_is_not_called_withdrawn(office: Office) -> None:
    now = office.clock.now()
    approved_article(office, due_at=now, delivery="mass")
    step(office, FakeChannel(), now)
    step(office, FakeChannel(), now)
    with office.store.write() as session:
        publication = publications.load(session, 1)
        outcome.published(office, session, publication, at=now, urls={}, now=now)
        session.get_one(Publication, 1).msg_id = ""
    with pytest.raises(Conflict, match="gongkai reconcile"):
        withdraw_published(office, FakeChannel(), 1, username="zhaominghua", note="数据有误")


def test_nobody_may_say_that_a_push_is_off_while_it_can_still_be_confirmed(emulator: Running, own: Office) -> None:
    channel, before = WeChatChannel(own), NOW - timedelta(minutes=40)
    approved_article(own, due_at=before, delivery="mass")
    step(own, channel, before)
    assert step(own, channel, before + timedelta(minutes=3)) == ("confirming", "waiting")
    with own.store.write() as session:
        session.get_one(Publication, 1).called_at = own.clock.now() - timedelta(minutes=29)
    for say in (manual_outcome.not_published, manual_outcome.again):
        with pytest.raises(Conflict, match="30 分钟内有效"):
            say(own, 1, ManualWord("zhaominghua", "没有发出"))
    with own.store.write() as session:
        session.get_one(Publication, 1).called_at = own.clock.now() - timedelta(minutes=32)
    manual_outcome.not_published(own, 1, ManualWord("zhaominghua", "没有发出"))
    with own.store.read() as session:
        assert session.get_one(Article, 1).state == "draft"
