"""A push that the administrator must confirm is a state of its own; an event that nobody knows lets the clock look."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.emulator import Options, Running, running
from bot.wechat.channel import WeChatChannel
from content.rules.errors import Unanswered
from content.rules.publication import PublicationState
from content.services import results, watching
from content.services.office import Office
from content.services.opening import prepare
from content.services.publishing import Press, run
from content.store import publications
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
    prepare(office)
    world.add_people(office)
    yield office
    office.close()


def step(office: Office, channel: WeChatChannel | FakeChannel, now: datetime) -> tuple[str, str]:
    """Everything that is due then; how the publication and its article stand."""
    with office.store.write() as session:
        fence = publications.lead(session, "clock", holder="test", now=now)
    run(Press(office, channel, fence, "test", lambda: now))
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
    watching.watch(own, NOW + timedelta(seconds=120))
    assert [kind for kind, _ in alarms(own)] == ["waiting"]
    [job] = emulator.door.look("mass_jobs")["mass_jobs"]
    emulator.door.act("mass", msg_id=job["msg_id"], do=do)
    emulator.door.act("settle")
    assert step(own, channel, NOW + timedelta(minutes=20)) == ends
    watching.watch(own, NOW + timedelta(minutes=20))
    assert "waiting" not in [kind for kind, _ in alarms(own)]
    assert len(entries(own, "article.published")) == (do == "confirm")


def test_an_event_of_a_job_that_nobody_knows_lets_an_unknown_one_be_looked_at_at_once(office: Office) -> None:
    object.__setattr__(office.settings, "submit_gap", 0.0)
    now = office.clock.now()
    approved_article(office, due_at=now)
    channel = FakeChannel(now=lambda: now, faults=[None, None, After(Unanswered("没有回音"))])
    assert step(office, channel, now)[0] == "unknown"
    with office.store.write() as session:
        session.get_one(Publication, 1).next_try_at = now + timedelta(hours=1)
    info = {"publish_id": "4711", "publish_status": "0", "article_id": "A1"}
    results.receive(office, kind="PUBLISHJOBFINISH", job_id="4711", data={"PublishEventInfo": info}, at=now)
    assert step(office, channel, office.clock.now()) == ("published", "published")
