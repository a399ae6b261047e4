"""每日要点: what is new since the last one, as an article for the reviewers; never twice for a day; on both databases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from config.settings import Settings
from content.rules.errors import BadInput, NotAllowed
from content.rules.people import Role
from content.rules.publishing.markup import words
from content.services import articles as article_services
from content.services.articles import daily_digest, reviews
from content.services.notices import notice_import
from content.services.office import Office
from content.services.people import staff
from content.store import people
from content.store.articles import articles
from content.store.tables import Article
from tests import world
from tests.services.alarm_world import at, entries


class Morning:
    """An office whose time the test moves; `file` is its test clock."""

    def __init__(self, office: Office, folder: Path) -> None:
        self.office, self.folder = office, folder
        self.file = Path(office.settings.test_clock)

    def prepare(self, when: datetime) -> str:
        """The digest at that time; the sentence that tells of it."""
        self.file.write_text(when.isoformat())
        return daily_digest.prepare(self.office, when)

    def learn(self, kind: str, *rows: dict[str, Any], when: datetime, complete: bool = False) -> None:
        """Imports rows at that time."""
        self.file.write_text(when.isoformat())
        path = self.folder / "rows.jsonl"
        path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
        receipt = notice_import.import_file(self.office, kind, path, complete=complete)
        assert not receipt.refused

    def article(self, day: str) -> Article | None:
        """The digest of that day."""
        with self.office.store.read() as session:
            article = articles.by_key(session, f"digest-{day}")
            if article:
                assert article.revision and article.category and article.author
            return article

    def text(self, day: str) -> str:
        """Its words."""
        article = self.article(day)
        assert article
        return words(article.revision.html)


@pytest.fixture
def morning(settings: Settings, tmp_path: Path) -> Iterator[Morning]:
    clock = tmp_path / "clock"
    clock.write_text(at(7).isoformat())
    changes = {"test_clock": str(clock), "public_url": "https://gk.example.gov.cn"}
    office = Office(settings.model_copy(update=changes))
    world.furnish(office)
    yield Morning(office, tmp_path)
    office.close()


def disclosure(number: int, **more: Any) -> dict[str, Any]:
    """A row."""
    return {"key": f"d{number}", "title": f"通告第{number}号", "department": "应急管理局", "document_no": f"临应急〔2026〕{number}号",
            "published_on": f"2026-11-{number % 28 + 1:02}", **more}  # fmt: skip


def posting(number: int, **more: Any) -> dict[str, Any]:
    """A row."""
    return {"key": f"p{number}", "title": f"钳工{number}", "employer": "临江重工", "salary": "7000元/月", "area": "南桥片区",
            "valid_until": "2026-12-31", "published_on": "2026-11-20", **more}  # fmt: skip


def test_new_disclosures_and_postings_become_an_article_under_review(morning: Morning) -> None:
    morning.learn("disclosure", disclosure(1), disclosure(2), when=at(6))
    morning.learn("posting", posting(1), when=at(6))
    said = morning.prepare(at(7, 30))
    article = morning.article("2026-11-22")
    assert article and (article.state, article.key, article.reserve) == ("reviewing", "digest-2026-11-22", False)
    assert article.revision.title == "每日要点（11月22日）" and article.category and article.category.name == "每日要点"
    assert said == f"每日要点已经送审，是稿件 {article.id}：信息公开 2 条，招聘信息 1 条。"
    text = morning.text("2026-11-22")
    for part in ("目录", "通告第2号", "应急管理局 · 临应急〔2026〕2号 · 2026-11-03", "钳工1",
                 "临江重工 · 7000元/月 · 南桥片区 · 截止 12月31日", "https://gk.example.gov.cn/d/1",
                 "https://gk.example.gov.cn/j/1"):  # fmt: skip
        assert part in text
    assert "<a " not in article.revision.html
    assert text.index("通告第2号") < text.index("通告第1号")  # the newest first
    assert [entry.actor for entry in entries(morning.office, "article.submitted")] == ["gongkai"]


def test_a_day_has_one_digest_however_often_it_is_prepared(morning: Morning) -> None:
    morning.learn("disclosure", disclosure(1), when=at(6))
    morning.prepare(at(7, 30))
    morning.learn("disclosure", disclosure(2), when=at(8))
    assert "已经有了" in morning.prepare(at(9))
    assert [row["key"] for row in article_services.listing(morning.office)] == ["digest-2026-11-22"]


def test_the_next_digest_tells_of_what_came_since_and_leaves_nothing_out(morning: Morning) -> None:
    morning.learn("disclosure", disclosure(1), when=at(7, 29))
    morning.prepare(at(7, 30))
    morning.learn("disclosure", disclosure(1), disclosure(2), when=at(7, 31))
    morning.learn("posting", posting(1), when=at(7, 29))  # an import that was under way at half past seven
    morning.prepare(at(7, 30, days=1))
    text = morning.text("2026-11-23")
    assert "通告第2号" in text and "钳工1" in text and "通告第1号" not in text


def test_nothing_new_makes_no_digest(morning: Morning) -> None:
    assert "没有新的" in morning.prepare(at(7, 30))
    morning.learn("disclosure", disclosure(1), when=at(8))
    morning.prepare(at(7, 30, days=1))
    assert "没有新的" in morning.prepare(at(7, 30, days=2))
    assert len(article_services.listing(morning.office)) == 1


def test_what_is_withdrawn_repealed_or_expired_is_no_news(morning: Morning) -> None:
    morning.learn("disclosure", disclosure(1), when=at(6))
    morning.learn("disclosure", disclosure(2, status="废止"), when=at(6), complete=True)
    morning.learn("posting", posting(1, valid_until="2026-11-21"), when=at(6))
    assert "没有新的" in morning.prepare(at(7, 30))


def test_a_flood_is_told_by_its_newest_and_its_number(morning: Morning) -> None:
    morning.learn("disclosure", *(disclosure(number) for number in range(1, 28)), when=at(6))
    morning.learn("posting", *(posting(number, title="长" * 190 + str(number)) for number in range(300)), when=at(6))
    morning.prepare(at(7, 30))
    text = morning.text("2026-11-22")
    assert "信息公开 27 条、招聘信息 300 条" in text
    assert "还有 17 条，请看：https://gk.example.gov.cn/disclosures" in text
    assert "还有 290 条，请看：https://gk.example.gov.cn/jobs" in text
    assert "通告第27号" in text and "通告第10号" not in text


def test_hostile_titles_stay_words(morning: Morning) -> None:
    morning.learn("disclosure", disclosure(1, title="<script>alert(1)</script>&<b>粗</b>"), when=at(6))
    morning.prepare(at(7, 30))
    article = morning.article("2026-11-22")
    assert article and "<script" not in article.revision.html
    assert "<script>alert(1)</script>&<b>粗</b>" in morning.text("2026-11-22")


def test_its_author_is_a_robot_that_may_review_nothing_and_three_people_pass_it(morning: Morning) -> None:
    office = morning.office
    morning.learn("disclosure", disclosure(1), when=at(6))
    morning.prepare(at(7, 30))
    article = morning.article("2026-11-22")
    assert article
    with office.store.read() as session:
        robot = people.find(session, "gongkai")
        assert people.roles(robot) == frozenset() and not staff.is_password(robot, "")
    with pytest.raises(NotAllowed):
        reviews.pass_(office, article.id, username="gongkai")
    for reviewer in ("linxiaoyu", "zhoujianguo", "zhaominghua"):
        reviews.pass_(office, article.id, username=reviewer)
    assert article_services.show(office, article.id)["state"] == "scheduled"


def test_nobody_else_may_take_the_robot_s_name(morning: Morning) -> None:
    with pytest.raises(BadInput):
        staff.take_on(morning.office, "gongkai", name="", roles=[Role.CHIEF], password=None)


def test_an_office_that_wants_no_digest_disables_the_robot(morning: Morning) -> None:
    morning.learn("disclosure", disclosure(1), when=at(6))
    morning.prepare(at(7, 30))
    staff.leave(morning.office, "gongkai")
    morning.learn("disclosure", disclosure(2), when=at(8))
    assert "已经停用" in morning.prepare(at(7, 30, days=1))
    assert morning.article("2026-11-23") is None


def test_the_newest_digest_is_the_mark_also_over_the_turn_of_the_year(morning: Morning) -> None:
    morning.learn("disclosure", disclosure(1), when=at(6))
    for days in (0, 39, 40):  # 22 November, 31 December, 1 January
        morning.learn("posting", posting(days, valid_until="2027-12-31"), when=at(6, days=days))
        morning.prepare(at(7, 30, days=days))
    assert "钳工39" not in morning.text("2027-01-01") and "钳工40" in morning.text("2027-01-01")
