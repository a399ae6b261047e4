"""A year of 1,400 posts: each figure's list has exactly as many lines as the figure says, whatever is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.services.figures import counting, tally_lines
from content.services.figures.count_filter import CountFilter
from content.services.office import Office
from content.store import people
from tests import world
from tests.services import ledger_entries

POSTS = 1400
DELIVERIES = ("publish", "mass", "publish", "draft", "hand")
CATEGORIES = ("通知公告", "招聘", "")
DEPARTMENTS = ("党政办公室", "规划建设局", "", "财政金融局")


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office with the posts of 2025, every ninetieth of them withdrawn since."""
    office = Office(world.settings(tmp_path_factory.mktemp("year") / "home"))
    world.furnish(office)
    with office.store.write() as session:
        codes = {name: row.code for name in CATEGORIES if (row := people.keep_category(session, name))}
        codes |= {name: row.code for name in DEPARTMENTS if (row := people.keep_department(session, name))}
    days = [date(2025, 1, 1) + timedelta(days=number * 7 % 365) for number in range(POSTS)]
    ledger_entries.all_published(
        office,
        (
            {
                "published_on": day.isoformat(), "published_at": f"{day}T09:00:00+08:00",
                "delivery": DELIVERIES[number % 5], "category": codes.get(CATEGORIES[number % 3], ""),
                "department": codes.get(DEPARTMENTS[number % 4], ""),
            }
            for number, day in enumerate(days)
        ),
    )  # fmt: skip
    for number in range(0, POSTS, 90):
        ledger_entries.withdrawn(office, number + 1, published_on=days[number].isoformat())
    yield office
    office.close()


def test_all_of_them_are_counted_and_listed(year: Office) -> None:
    wanted = CountFilter.of_year(2025)
    assert counting.read(year, wanted, world.NOON).total == len(tally_lines.lines(year, wanted)) == POSTS


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    first=st.dates(date(2025, 1, 1), date(2025, 12, 31)),
    days=st.integers(0, 364),
    channel=st.sampled_from(["wechat", ""]),
    delivery=st.sampled_from(["", *DELIVERIES]),
    category=st.sampled_from(["", "通知公告", "招聘", "未分类"]),
    department=st.sampled_from(["", "党政办公室", "规划建设局", "未填部门"]),
    withdrawn=st.booleans(),
)
def test_each_figure_has_as_many_lines(year: Office, first: date, days: int, **more: str | bool) -> None:
    wanted = CountFilter(first, min(first + timedelta(days=days), date(2025, 12, 31)), **more)  # type: ignore[arg-type]
    found, rows = counting.read(year, wanted, world.NOON), tally_lines.lines(year, wanted)
    assert len(rows) == found.total == sum(month.items for month in found.by_month)
    for name, number in found.by_category.items():
        assert sum(row.category == name for row in rows) == number
    for name, number in found.by_department.items():
        assert sum(row.department == name for row in rows) == number
    for name, number in found.by_delivery.items():
        assert sum(row.delivery == tally_lines.DELIVERY_WORDS[name] for row in rows) == number
