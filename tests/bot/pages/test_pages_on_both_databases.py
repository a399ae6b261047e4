"""The citizens' pages on SQLite and on PostgreSQL: the same lists, the same counts, the same order."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from bot.app import create_app
from content.services.notices.notice_import import import_file
from content.services.office import Office
from content.services.setup import prepare
from tests import world
from tests.notices import DISCLOSURES, POSTINGS

ITEMS = re.compile(r'<p class="title">(?:<span class="kind">[^<]*</span>)?<a href="/([dj]/\d+)"')


def counted(page: str, argument: str) -> list[tuple[str, str]]:
    """The choices of a filter with their counts."""
    return re.findall(rf'href="/disclosures\?{argument}=[^"]*"[^>]*>([^<]+) <span class="count">(\d+)<', page)


@pytest.fixture
def either(store_url: str, tmp_path: Path) -> Iterator[FlaskClient]:
    """The pages of the small world on each kind of database."""
    clock = tmp_path / "clock"
    clock.write_text(world.NOON.isoformat())
    office = Office(world.settings(tmp_path / "home", database_url=store_url, test_clock=str(clock)))
    world.name_departments(office.home)
    prepare(office)
    for kind, rows in (("disclosure", [*DISCLOSURES, {"key": "undated", "title": "没有日期"}]), ("posting", POSTINGS)):
        file = tmp_path / f"{kind}.jsonl"
        file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
        import_file(office, kind, file)
    yield create_app(office).test_client()
    office.close()


@pytest.mark.parametrize(
    ("path", "items"),
    [
        ("/disclosures", ["d/2", "d/10", "d/9", "d/8", "d/7", "d/6", "d/5", "d/4", "d/1", "d/3", "d/11"]),
        ("/disclosures?category=yjgl&year=2026", ["d/10", "d/9", "d/8", "d/7", "d/6", "d/5", "d/4"]),
        ("/disclosures?category=未分类", ["d/11"]),
        ("/disclosures?category=%00x&year=2026", []),
        ("/jobs", ["j/1"]),
        ("/jobs?q=ＤＩＡＮ电工", []),
        ("/jobs?q=電工&place=临江路&pay=8000&degree=2&employer=精密", ["j/1"]),
        ("/jobs?q=%25&employer=_", []),
        ("/disclosures?department=czj", ["d/1"]),
        ("/disclosures?department=未注明部门&year=2019", ["d/3"]),
        ("/", ["j/1", "d/2", "d/10", "d/9", "d/8", "d/7", "d/6", "d/5", "d/4", "d/1"]),
    ],
)
def test_lists_are_the_same(either: FlaskClient, path: str, items: list[str]) -> None:
    assert ITEMS.findall(either.get(path).text) == items


def test_counts_and_single_pages_are_the_same(either: FlaskClient) -> None:
    page = either.get("/disclosures").text
    assert counted(page, "year") == [("2026年", "8"), ("2025年", "1"), ("2019年", "1")]
    assert ("未分类", "1") in counted(page, "category") and "11 条，新的在前" in page
    assert counted(page, "department") == [("财政金融局", "1"), ("社会事务局", "1"), ("未注明部门", "9")]
    assert (
        'href="/d/2">现在请看' in either.get("/d/3").text
        and 'href="/d/3">园区住房补贴旧办法' in either.get("/d/2").text
    )
    for path in (
        "/j/1",
        "/j/2",
        "/articles?month=2026-11&category=tzgg",
        "/sitemap.xml",
        "/feeds/articles.xml",
        "/feeds/jobs.xml",
    ):
        assert either.get(path).status_code == 200, path
