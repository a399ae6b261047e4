"""The year's count: what is counted, where it is shown, and what mends it."""

from __future__ import annotations

import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest

from config.settings import Settings
from content.services.citizens import question_log
from content.services.figures import yearly_tally
from content.services.office import Office
from content.store import people
from content.store.figures import tally
from content.store.redis import keys
from content.store.tables import LedgerEntry, Question
from tests import world
from tests.fixtures import redis_users
from tests.services import ledger_entries as entries

NOTHING = {
    "year": 2026,
    "as_of": "2026-11-22T12:00:00+08:00",
    "definition": "articles whose publication the platform confirmed, counted on the day of publication; "
    "withdrawn ones stay counted and are listed apart",
    "articles": 0,
    "withdrawn": 0,
    "by_channel": {"wechat": 0, "portal": 0},
    "by_delivery": {"publish": 0, "mass": 0, "draft": 0, "hand": 0},
    "by_month": [0] * 12,
    "by_category": {},
    "by_department": {},
    "questions": {"asked": 0, "answered": 0, "unanswered": 0},
    "days_without_publication": [],
}


def test_before_the_first_publication_there_is_nothing_to_count_and_no_empty_day(office: Office) -> None:
    figures = yearly_tally.read(office, 2026, world.NOON)
    assert figures == NOTHING
    assert list(figures) == list(NOTHING)


def test_a_year_is_counted_by_channel_delivery_month_category_and_department(office: Office) -> None:
    with office.store.write() as session:
        budget, party = people.category(session, "财政预决算"), people.department(session, "党政办公室")
        assert budget is not None and party is not None
        codes = {"category": budget.code, "department": party.code}
    entries.published(office, 1, published_on="2026-11-19", **codes)
    entries.published(office, 2, published_on="2026-11-19", delivery="mass", position=2)
    entries.published(office, 3, published_on="2026-11-21", delivery="draft", **codes)
    entries.published(office, 4, published_on="2026-10-31", delivery="hand")
    entries.published(office, 5, published_on="2025-12-31")
    entries.withdrawn(office, 2, published_on="2026-11-19")
    entries.withdrawn(office, 9, published_on="")
    entries.on_portal(office, 1, published_on="2026-02-01", category="x")
    entries.something_else(office)
    figures = yearly_tally.read(office, 2026, world.NOON)
    quiet = [*entries.days(date(2026, 1, 1), date(2026, 11, 21))]
    for day in ("2026-11-19", "2026-11-21", "2026-10-31"):
        quiet.remove(day)
    assert figures == {
        **NOTHING,
        "articles": 4,
        "withdrawn": 1,
        "by_channel": {"wechat": 4, "portal": 1},
        "by_delivery": {"publish": 1, "mass": 1, "draft": 1, "hand": 1},
        "by_month": [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 3, 0],
        "by_category": {"财政预决算": 2, "未分类": 2},
        "by_department": {"党政办公室": 2, "未填部门": 2},
        "days_without_publication": quiet,
    }


def test_empty_days_begin_with_the_first_publication_and_end_yesterday(office: Office) -> None:
    entries.published(office, 1, published_on="2026-11-18")
    entries.published(office, 2, published_on="2026-11-20")
    assert yearly_tally.read(office, 2026, world.NOON)["days_without_publication"] == ["2026-11-19", "2026-11-21"]
    after_midnight = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)  # already the 23rd in the office
    assert "2026-11-22" in yearly_tally.read(office, 2026, after_midnight)["days_without_publication"]


def test_a_past_year_ends_with_its_last_day_and_a_coming_year_is_empty(office: Office) -> None:
    entries.published(office, 1, published_on="2025-12-29")
    assert yearly_tally.read(office, 2025, world.NOON)["days_without_publication"] == ["2025-12-30", "2025-12-31"]
    assert yearly_tally.read(office, 2027, world.NOON)["days_without_publication"] == []
    assert yearly_tally.read(office, 2024, world.NOON)["days_without_publication"] == []


def test_names_are_the_present_ones(office: Office) -> None:
    with office.store.write() as session:
        row = people.keep_department(session, "营商环境科")
        assert row is not None
        code = row.code
    entries.published(office, department=code)
    assert yearly_tally.read(office, 2026, world.NOON)["by_department"] == {"营商环境科": 1}
    with office.store.write() as session:
        row = people.department(session, code)
        assert row is not None
        row.name = "营商环境与经济运行局"
    assert yearly_tally.read(office, 2026, world.NOON)["by_department"] == {"营商环境与经济运行局": 1}


def test_emptying_redis_changes_no_figure(office: Office) -> None:
    entries.published(office)
    _ask(office, answered=True)
    before = yearly_tally.read(office, 2026, world.NOON)
    office.redis.client.flushdb()
    assert yearly_tally.read(office, 2026, world.NOON) == before
    office.redis.client.flushdb()
    yearly_tally.rebuild(office)
    assert yearly_tally.read(office, 2026, world.NOON) == before
    assert before["articles"] == before["questions"]["asked"] == 1


def test_the_figures_come_from_redis(office: Office) -> None:
    entries.published(office)
    yearly_tally.catch_up(office)
    generation = tally.current(office.redis.client)
    assert generation is not None
    for what in ("channel|wechat", "day|2026-11-22", "delivery|publish", "category|", "department|"):
        office.redis.client.hincrby(generation.key, f"2026|{what}", 41)
    assert yearly_tally.read(office, 2026, world.NOON)["articles"] == 42


def test_counters_that_lost_a_part_are_built_anew(office: Office) -> None:
    for number in range(3):
        entries.published(office, number)
    whole = yearly_tally.read(office, 2026, world.NOON)
    generation = tally.current(office.redis.client)
    assert generation is not None
    for name in (*generation.counts, "through"):
        key = tally.current(office.redis.client)
        assert key is not None
        office.redis.client.hdel(key.key, name)
        assert yearly_tally.read(office, 2026, world.NOON) == whole, name


def test_counters_of_another_ledger_are_built_anew(office: Office, settings: Settings) -> None:
    entries.published(office, 1)
    yearly_tally.catch_up(office)
    restored = Office(settings.model_copy(update={"database_url": f"sqlite:///{settings.home / 'restored.db'}"}))
    world.furnish(restored)
    for number in range(4):
        entries.published(restored, number, delivery="mass")
    assert yearly_tally.read(restored, 2026, world.NOON)["by_delivery"]["mass"] == 4
    assert yearly_tally.read(office, 2026, world.NOON)["by_delivery"] == {
        "publish": 1,
        "mass": 0,
        "draft": 0,
        "hand": 0,
    }
    restored.close()


def test_processes_that_fold_at_once_count_once(office: Office) -> None:
    start = threading.Barrier(4)

    def work(number: int) -> None:
        mine = Office(office.settings)
        start.wait()
        for step in range(10):
            entries.published(mine, number * 100 + step)
            yearly_tally.catch_up(mine)
            if step == 5:
                yearly_tally.rebuild(mine)
        mine.close()

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(work, range(4)))
    assert yearly_tally.read(office, 2026, world.NOON)["articles"] == 40
    generation = tally.current(office.redis.client)
    assert generation is not None
    assert set(office.redis.client.keys("gongkai:tally:*")) == {keys.TALLY, generation.key}
    assert office.redis.client.ttl(generation.key) == -1


def test_only_who_goes_on_from_where_the_counters_stand_may_fold(office: Office) -> None:
    entries.published(office)
    yearly_tally.catch_up(office)
    client = office.redis.client
    generation = tally.current(client)
    assert generation is not None
    to = tally.LedgerPoint(99, "f" * 64)
    assert tally.fold(client, generation.key, {"2026|x|": 1}, after=generation.through, to=to)
    assert not tally.fold(client, generation.key, {"2026|x|": 1}, after=generation.through, to=to)
    assert not tally.fold(client, "gongkai:tally:gone", {"2026|x|": 1}, after=generation.through, to=to)
    assert not client.exists("gongkai:tally:gone")


def test_a_rebuild_is_signed_in_the_ledger(office: Office) -> None:
    entries.published(office)
    through = yearly_tally.rebuild(office)
    with office.store.read() as session:
        entry = session.get_one(LedgerEntry, through + 1)
        assert (entry.kind, entry.data) == ("tally.rebuilt", f'{{"through":{through}}}')


def test_questions_are_counted_once_and_a_lost_one_is_mended(office: Office) -> None:
    _ask(office, answered=True)
    _ask(office, answered=False)
    _ask(office, answered=True, on=date(2025, 1, 1))
    tally.set_questions(office.redis.client, 2026, asked=1, answered=1)  # the other two were lost on the way
    expected = {"asked": 2, "answered": 1, "unanswered": 1}
    assert yearly_tally.read(office, 2026, world.NOON)["questions"] == expected
    assert tally.questions(office.redis.client, 2026) == (2, 1)
    asked = question_log.pack(mark="d", text="问", asker="a", answered=True, offered=[], kind="text", at=world.NOON)
    office.redis.client.rpush(keys.QUESTIONS, asked)
    assert question_log.bring_in(office) == 1
    assert tally.questions(office.redis.client, 2026) == (3, 2)


@pytest.mark.parametrize("redis_url", [""], ids=["own-server"])
def test_the_count_survives_a_killed_redis(office: Office) -> None:
    entries.published(office, 1)
    yearly_tally.catch_up(office)
    os.kill(redis_users.server(office.home), signal.SIGKILL)
    entries.published(office, 2)
    figures = redis_users.patiently(lambda: yearly_tally.read(office, 2026, world.NOON))
    assert figures["articles"] == 2


def test_both_databases_count_alike(office: Office) -> None:
    for number in range(3):
        entries.published(office, number, published_on=f"2026-11-{20 + number}")
        yearly_tally.catch_up(office)
    entries.withdrawn(office)
    _ask(office, answered=True)
    figures = yearly_tally.read(office, 2026, world.NOON)
    assert (figures["articles"], figures["withdrawn"], figures["by_month"][10]) == (3, 1, 3)
    assert figures["questions"] == {"asked": 1, "answered": 1, "unanswered": 0}
    assert figures == yearly_tally.recount(office, 2026, world.NOON)
    office.close()


def test_without_redis_the_ledger_gives_the_same_figures(office: Office) -> None:
    entries.published(office)
    entries.on_portal(office)
    _ask(office, answered=False)
    assert yearly_tally.recount(office, 2026, world.NOON) == yearly_tally.read(office, 2026, world.NOON)


def _ask(office: Office, *, answered: bool, on: date = date(2026, 11, 22)) -> None:
    with office.store.write() as session:
        session.add(Question(asked_at=world.NOON, asked_on=on, asker="", text="社保怎么办", answered=answered))
