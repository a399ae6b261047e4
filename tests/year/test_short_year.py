"""Ten days of the simulated year, and what its reckoning would say if something were wrong."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from tests import world
from tests.year.plan import draw
from tests.year.reckoning import Reckoning, days, entries, once
from tests.year.run import play
from tests.year.staff import Out

NOON = datetime(2026, 1, 2, 12, tzinfo=world.ZONE)
OUT = Out(7, "http://mp.example/s/7", NOON, "published", "api", "园区简报")
ENTRY = (7, {"published_on": "2026-01-02", "delivery": "publish", "url": OUT.url})


def test_ten_days_of_faults_and_kills_lose_nothing_double_nothing_and_count_right(tmp_path: Path) -> None:
    found = play(tmp_path / "year", seed=2026, days=10, articles=40, kills=4, quiet=True)
    assert not found.wrong, f"{found.wrong}\n{found}"


def test_a_seed_draws_the_same_year_every_time_and_another_seed_another() -> None:
    year = draw(3, days=365, articles=1400, kills=48)
    assert year == draw(3, days=365, articles=1400, kills=48) != draw(4, days=365, articles=1400, kills=48)
    assert year.posts == 1400 and {post.delivery for day in year.days for post in day.posts} == {
        "publish",
        "mass",
        "draft",
    }


def test_a_lost_a_doubled_and_an_unknown_article_are_told() -> None:
    found = Reckoning()
    once(found, {7, 8}, [OUT, OUT], {7: "published", 8: "unknown"})
    assert [wrong.split(":")[0] for wrong in found.wrong] == [
        "out exactly once", "lost", "doubled", "not known as published",
    ]  # fmt: skip


def test_an_entry_of_another_day_delivery_or_address_is_told() -> None:
    right, wrong = Reckoning(), Reckoning()
    entries(right, [ENTRY], [OUT])
    entries(wrong, [(7, {"published_on": "2026-01-03", "delivery": "mass", "url": "http://mp.example/s/8"})], [OUT])
    assert (len(right.wrong), len(wrong.wrong)) == (0, 3)


def test_a_day_without_a_post_is_told() -> None:
    found = Reckoning()
    days(found, [OUT], NOON.date().replace(day=1), NOON.date())
    assert "2026-01-01" in found.wrong[0]
