"""Whatever enters the ledger, and whatever happens to Redis in between: the figures equal a plain recount."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from content.services.figures import yearly_tally
from content.services.office import Office
from content.services.setup import prepare
from tests import world
from tests.services import ledger_entries as entries

TODAY = date(2026, 11, 22)
days = some.dates(date(2025, 12, 28), date(2026, 1, 6)).map(date.isoformat)
codes = some.sampled_from(["", "budget", "jobs|today", "未知"])
publications = some.fixed_dictionaries(
    {
        "channel": some.sampled_from(["wechat", "wechat", "other"]),
        "delivery": some.sampled_from(["publish", "mass", "draft", "hand"]),
        "category": codes,
        "department": codes,
        "published_on": days,
    }
)
portal = some.fixed_dictionaries({"category": codes, "department": codes, "published_on": days})
events = some.one_of(
    some.tuples(some.just("published"), publications),
    some.tuples(some.just("on_portal"), portal),
    some.tuples(some.just("withdrawn"), some.one_of(days, some.just(""))),
    some.tuples(some.sampled_from(["else", "catch_up", "rebuild", "empty", "read"]), some.none()),
)


@pytest.fixture(scope="module")
def fresh_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Office]]:
    """Makes offices with empty stores, all on one Redis, which it empties."""
    home = tmp_path_factory.mktemp("home")
    first = Office(world.settings(home))
    prepare(first)
    first.store.close()
    kept = first.redis  # so that the server stays up from example to example

    def make() -> Office:
        kept.client.flushall()
        database = Path(shutil.copy(home / "gongkai.db", home / f"{uuid4().hex}.db"))
        return Office(world.settings(home, database_url=f"sqlite:///{database}"))

    yield make
    first.close()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sequence=some.lists(events, max_size=25))
def test_the_figures_equal_a_plain_recount(fresh_office: Callable[[], Office], sequence: list[tuple[str, Any]]) -> None:
    office = fresh_office()
    try:
        for number, (what, data) in enumerate(sequence):
            _happen(office, number, what, data)
        for year in (2025, 2026, 2027):
            expected = _recounted(sequence, year)
            assert {name: yearly_tally.read(office, year, world.NOON)[name] for name in expected} == expected
            assert yearly_tally.recount(office, year, world.NOON) == yearly_tally.read(office, year, world.NOON)
    finally:
        office.close()


def _happen(office: Office, number: int, what: str, data: Any) -> None:
    happenings: dict[str, Callable[[], Any]] = {
        "published": lambda: entries.published(office, number, **data),
        "on_portal": lambda: entries.on_portal(office, number, **data),
        "withdrawn": lambda: entries.withdrawn(office, number, published_on=data),
        "else": lambda: entries.something_else(office),
        "catch_up": lambda: yearly_tally.catch_up(office),
        "rebuild": lambda: yearly_tally.rebuild(office),
        "empty": lambda: office.redis.client.flushdb(),
        "read": lambda: yearly_tally.read(office, 2026, world.NOON),
    }
    happenings[what]()


def _recounted(sequence: list[tuple[str, Any]], year: int) -> dict[str, Any]:
    """The same, by someone who has never seen a counter."""
    published = [data for what, data in sequence if what == "published"]
    articles = [data for data in published if data["channel"] == "wechat"]
    here = [data for data in articles if data["published_on"].startswith(str(year))]
    channels = Counter(data["channel"] for data in published if data["published_on"].startswith(str(year)))
    items = [data for what, data in sequence if what == "on_portal" and data["published_on"].startswith(str(year))]
    down = [day for what, day in sequence if what == "withdrawn" and day.startswith(str(year))]
    taken = {data["published_on"] for data in articles}
    quiet = []
    if taken:
        day = max(date.fromisoformat(min(taken)), date(year, 1, 1))
        while day < TODAY and day.year == year:
            quiet += [day.isoformat()] if day.isoformat() not in taken else []
            day += timedelta(days=1)
    return {
        "articles": len(here),
        "withdrawn": len(down),
        "by_channel": {"wechat": 0, **channels, "portal": len(items)},
        "by_delivery": {
            name: sum(data["delivery"] == name for data in here) for name in ("publish", "mass", "draft", "hand")
        },
        "by_month": [sum(int(data["published_on"][5:7]) == month for data in here) for month in range(1, 13)],
        "by_category": dict(Counter(data["category"] or "未分类" for data in here)),
        "by_department": dict(Counter(data["department"] or "未填部门" for data in here)),
        "days_without_publication": quiet,
    }
