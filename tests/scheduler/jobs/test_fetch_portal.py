"""The portal's feed, over real HTTP: its items count once each under their own channel; one that fails is an alarm."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config.settings import Settings
from content.services.alarms import alarm_watch
from content.services.figures import yearly_tally
from content.services.notices import notice_import
from content.services.office import Office
from content.services.setup import prepare
from content.store.tables import LedgerEntry
from scheduler import timetable
from scheduler.runner import by_hand
from scheduler.runner.clock import ClockProcess, every_due_job
from scheduler.runner.job_runs import RunOutcome
from tests.fakes.channel import FakeChannel
from tests.fixtures import site as sites
from tests.fixtures.site import Site
from tests.scheduler.clocks import Silent, runs
from tests.services.alarm_world import alarms, at, entries

PATH = "/rss.xml"


@pytest.fixture
def site() -> Iterator[Site]:
    with sites.running() as site:
        yield site


@pytest.fixture
def office(settings: Settings, site: Site) -> Iterator[Office]:
    office = Office(settings.model_copy(update={"portal_feed": site.url + PATH}))
    prepare(office)
    yield office
    office.close()


def feed(*items: tuple[str, str, str]) -> str:
    """An RSS feed of (key, title, day)."""
    parts = (
        f"<item><guid>{key}</guid><title>{title}</title><link>/{key}.html</link><category>园区要闻</category>"
        f"<pubDate>{day}</pubDate></item>"
        for key, title, day in items
    )
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{"".join(parts)}</channel></rss>'


ONE, TWO = ("1", "园区召开会议", "2026-11-20"), ("2", "关于停水的通知", "2026-11-21")


def fetch(office: Office) -> RunOutcome:
    """What `gongkai job run fetch_portal` does."""
    job = timetable.find("fetch_portal")
    assert job
    return by_hand.run(ClockProcess(office, FakeChannel(), Silent()), job, at(10))


def counted(office: Office) -> int:
    """The portal's items of the year, as the tally has them."""
    yearly_tally.catch_up(office)
    channels: dict[str, int] = yearly_tally.read(office, 2026, at(10))["by_channel"]
    return channels["portal"]


def titles(office: Office) -> list[str]:
    """The ledger's portal items."""
    return [data(entry)["title"] for entry in entries(office, "portal.published")]


def data(entry: LedgerEntry) -> dict[str, Any]:
    """What an entry says."""
    found: dict[str, Any] = json.loads(entry.data)
    return found


def test_its_items_are_counted_once_each_however_often_they_are_seen(office: Office, site: Site) -> None:
    site.put(PATH, feed(ONE))
    assert fetch(office) == RunOutcome("ok", "1 new, 0 changed")
    site.put(PATH, feed(TWO, ONE))
    assert fetch(office) == RunOutcome("ok", "1 new, 0 changed")
    site.put(PATH, feed(("1", "园区召开会议（更新）", "2026-11-20")))
    assert fetch(office) == RunOutcome("ok", "0 new, 1 changed")
    assert titles(office) == ["园区召开会议", "关于停水的通知"] and counted(office) == 2
    [first, _] = entries(office, "portal.published")
    assert data(first)["url"] == site.url + "/1.html" and data(first)["published_on"] == "2026-11-20"
    assert first.actor == "clock"


def test_nothing_new_writes_nothing(office: Office, site: Site) -> None:
    site.put(PATH, feed(ONE))
    fetch(office)
    before = len(entries(office, "notices.imported"))
    assert fetch(office) == RunOutcome("ok", "")
    assert len(entries(office, "notices.imported")) == before == 1


def test_an_unchanged_feed_is_not_sent_again(office: Office, site: Site) -> None:
    site.put(PATH, feed(ONE), etag='"v1"', Last_Modified="Fri, 20 Nov 2026 01:00:00 GMT")
    fetch(office)
    fetch(office)
    (_, first), (_, second) = site.visits
    assert "if-none-match" not in first
    assert (second["if-none-match"], second["if-modified-since"]) == ('"v1"', "Fri, 20 Nov 2026 01:00:00 GMT")
    site.put(PATH, feed(TWO, ONE), etag='"v2"')
    assert fetch(office) == RunOutcome("ok", "1 new, 0 changed")


def test_what_could_not_be_taken_in_is_asked_for_again(office: Office, site: Site) -> None:
    site.put(PATH, "<rss><item>", etag='"v1"')
    assert fetch(office).outcome == "failed"
    site.put(PATH, feed(ONE), etag='"v1"')
    assert fetch(office) == RunOutcome("ok", "1 new, 0 changed")


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ({"body": "gone", "status": 404}, "取不到：对方网站回答 404。请核对网址。"),
        ({"body": "<rss><item>"}, "不是完整的 XML（第 1 行附近有错），没有读进来。请让网站的维护人员修好。"),
        ({"body": "<rss><item/><item/></rss>"}, "里面 2 条一条也没读懂：这一条没有编号也没有网址，没有读进来。"),
        ({"status": 302, "Location": PATH}, "取不到：对方网站转来转去，超过 5 次。"),
    ],
)
def test_one_that_fails_is_an_alarm_until_it_works_again(office: Office, site: Site, page: Any, why: str) -> None:
    site.put(PATH, **page)
    ClockProcess(office, FakeChannel(), Silent()).once(at(10), every_due_job)
    [run] = [run for run in runs(office) if run.job == "fetch_portal"]
    assert (run.outcome, run.note) == ("failed", f"GONGKAI_PORTAL_FEED（门户网站的订阅源）{why}")
    alarm_watch.watch(office, at(10, 1))
    assert ("job_failed", "fetch_portal 2026-11-22 09:50") in alarms(office)
    site.put(PATH, feed(ONE))
    ClockProcess(office, FakeChannel(), Silent()).once(at(11), every_due_job)
    alarm_watch.watch(office, at(11))
    assert "job_failed" not in {kind for kind, _ in alarms(office)}
    assert titles(office) == ["园区召开会议"]


def test_an_item_that_cannot_be_read_is_told_and_the_others_count(office: Office, site: Site) -> None:
    site.put(PATH, feed(ONE).replace("</channel>", "<item><title>没有网址</title></item></channel>"))
    assert fetch(office) == RunOutcome("ok", "1 new, 0 changed, 1 not read: 这一条没有编号也没有网址，没有读进来。")
    assert titles(office) == ["园区召开会议"]


def test_an_item_that_a_file_brought_under_its_own_key_does_not_count_twice(
    office: Office, site: Site, tmp_path: Path
) -> None:
    file = tmp_path / "portal.jsonl"
    url = f"{site.url}/1.html"
    file.write_text(
        f'{{"key":"MH-1","title":"园区召开会议","url":"{url}","published_on":"2026-11-20"}}', encoding="utf-8"
    )
    notice_import.import_file(office, "portal", file)
    site.put(PATH, feed(ONE, TWO))
    assert fetch(office) == RunOutcome("ok", "1 new, 0 changed")
    assert titles(office) == ["园区召开会议", "关于停水的通知"]


def test_without_the_setting_there_is_no_such_job(settings: Settings) -> None:
    assert "fetch_portal" not in [job.name for job in timetable.wanted(settings)]
    with_feed = settings.model_copy(update={"portal_feed": "https://www.linjiang.gov.cn/rss.xml"})
    assert "fetch_portal" in [job.name for job in timetable.wanted(with_feed)]
