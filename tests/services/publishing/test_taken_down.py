"""What the platform says is deleted (5) or banned (6) was out: it counts, with its evidence, and a person has to sign for it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.emulator import Options, Running, running
from bot.wechat.channel import WeChatChannel
from content.rules.publishing.comparison import GONE
from content.services import reconciliation
from content.services.alarms import alarm_watch
from content.services.figures import yearly_tally
from content.services.office import Office
from content.services.ports import Channel, JobResult, JobStatus
from content.services.publishing import JobContext, platform_events, run
from content.store.articles import publications
from content.store.tables import Publication
from tests import world
from tests.factories import approved_article
from tests.fakes.channel import FakeChannel
from tests.services.alarm_world import alarms, entries

NOW = datetime.now(UTC).replace(hour=4, minute=0)  # the emulator's statistics end with its own yesterday
THEN = NOW - timedelta(days=1)


@pytest.fixture
def emulator() -> Iterator[Running]:
    credentials = {name.removeprefix("wechat_"): value for name, value in world.WECHAT.items()}
    with running(Options(**credentials, bind="127.0.0.1:0", settings={"publish_delay": 0.0})) as platform:
        platform.door.act("time", now=THEN.isoformat())
        yield platform


@pytest.fixture
def own(emulator: Running, tmp_path: Path) -> Iterator[Office]:
    """An office that publishes on the emulator."""
    office = Office(world.settings(tmp_path / "home", wechat_api_url=emulator.url, submit_gap=0.0))
    world.furnish(office)
    yield office
    office.close()


class Steps:
    """The clock's steps, one at a time."""

    def __init__(self, office: Office, channel: Channel) -> None:
        self.office, self.channel, self.now = office, channel, THEN
        with office.store.write() as session:
            self.fence = publications.lead(session, "clock", holder="test", now=THEN)

    def run(self, *, after: float = 0) -> None:
        """Everything that is due so many seconds later."""
        self.now += timedelta(seconds=after)
        now = self.now
        run(JobContext(self.office, self.channel, self.fence, "test", lambda: now))

    def publication(self) -> Publication:
        """The only one."""
        with self.office.store.read() as session:
            [found] = publications.in_states(session, list(publications.PublicationState))
            return publications.load(session, found.id)


def differences(office: Office) -> list[dict[str, Any]]:
    """The ledger's entries of what was found."""
    return [json.loads(entry.data) for entry in entries(office, "difference.found")]


def counts_once_and_is_told(office: Office, article: int) -> None:
    """It is published, in the ledger and the tally; the difference is open, and an alarm says so."""
    assert [entry.subject for entry in entries(office, "article.published")] == [f"article:{article}"]
    assert yearly_tally.read(office, THEN.year, NOW)["articles"] == 1
    [found] = differences(office)
    assert (found["article"], found["difference"], found["why"]) == (article, "different", GONE)
    alarm_watch.watch(office, NOW)
    assert [(kind, subject) for kind, subject in alarms(office) if kind == "difference"] == [
        ("difference", "difference:1")
    ]


@pytest.mark.parametrize("do", ["delete", "ban"])
def test_one_that_is_taken_down_before_we_first_look(emulator: Running, own: Office, do: str) -> None:
    article, steps = approved_article(own, due_at=THEN), Steps(own, WeChatChannel(own))
    steps.run()
    emulator.door.act("settle")
    [whole] = emulator.door.look("published")["published"]
    emulator.door.act("article", do=do, article_id=whole["article_id"], index=0)
    steps.run(after=60)
    assert steps.publication().state == "published"
    assert steps.publication().articles[0].url == whole["items"][0]["url"]
    emulator.door.act("time", now=NOW.isoformat())
    found = reconciliation.reconcile(own, steps.channel, first=THEN.date(), last=THEN.date(), now=NOW)
    assert [row["why"] for row in found["different"]] == [GONE] and found["matched"] == 0
    counts_once_and_is_told(own, article)
    reconciliation.resolve(own, 1, verdict="withdrawn", username="hejing", note="平台通知：内容违规")
    figures = yearly_tally.read(own, THEN.year, NOW)
    assert (figures["articles"], figures["withdrawn"]) == (1, 1)
    alarm_watch.watch(own, NOW)
    assert alarms(own) == []


def test_one_that_is_banned_after_it_was_found_published(emulator: Running, own: Office) -> None:
    article, steps = approved_article(own, due_at=THEN), Steps(own, WeChatChannel(own))
    steps.run()
    emulator.door.act("settle")
    steps.run(after=60)
    assert steps.publication().state == "published" and differences(own) == []
    [whole] = emulator.door.look("published")["published"]
    emulator.door.act("article", do="ban", article_id=whole["article_id"], index=0)
    emulator.door.act("time", now=NOW.isoformat())
    for _ in range(2):
        reconciliation.reconcile(own, steps.channel, first=THEN.date(), last=THEN.date(), now=NOW)
    counts_once_and_is_told(own, article)


class Forgetful(FakeChannel):
    """A platform whose list leaves out what is gone."""

    def _submit(self, media_id: str) -> Any:
        submitted = super()._submit(media_id)
        self.out.clear()
        job = self.jobs[submitted.publish_id]
        self.jobs[submitted.publish_id] = replace(job, status=JobStatus.REMOVED, platform_status=6, urls={})
        return submitted

    def _push(self, media_id: str, client_msg_id: str) -> Any:
        sent = super()._push(media_id, client_msg_id)
        self.jobs[sent.msg_id] = JobResult(JobStatus.REMOVED, -1)
        return sent


@pytest.mark.parametrize("delivery", ["publish", "mass"])
def test_only_the_job_knows_that_it_was_out(office: Office, delivery: str) -> None:
    article, steps = approved_article(office, due_at=THEN, delivery=delivery), Steps(office, Forgetful())
    for after in (0, 60, 300, 900, 3600, 4 * 3600):
        steps.run(after=after)
    assert steps.publication().state == "published"
    assert steps.publication().published_at == THEN, "the moment it was sent is the nearest that anybody knows"
    counts_once_and_is_told(office, article)


@pytest.mark.parametrize("status", [5, 6])
def test_an_event_that_it_is_gone_lets_the_clock_look_at_once(emulator: Running, own: Office, status: int) -> None:
    article, steps = approved_article(own, due_at=THEN), Steps(own, WeChatChannel(own))
    steps.run()
    emulator.door.act("settle")
    [whole] = emulator.door.look("published")["published"]
    emulator.door.act("article", do="delete", article_id=whole["article_id"], index=0)
    job = steps.publication().publish_id
    data = {"PublishEventInfo": {"publish_id": job, "publish_status": str(status)}}
    with own.store.write() as session:
        session.get_one(Publication, 1).next_try_at = THEN + timedelta(hours=6)
    platform_events.receive(own, kind="PUBLISHJOBFINISH", job_id=job, data=data, at=THEN)
    steps.now = own.clock.now()
    steps.run()
    assert steps.publication().state == "published"
    counts_once_and_is_told(own, article)
