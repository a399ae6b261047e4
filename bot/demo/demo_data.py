"""The demo world as data: 临江工业园区, its five people, what it disclosed, who is hiring, and its posts of a year.

Dates are given so that the demo lives in any year; the day on which it is first started is `today`:
`published_days_ago`, `valid_in_days`   postings: a day so far from today (negative: before it)
`on` "MM-DD"                            a post that belongs to a season: the latest such day before today
`days_ago`, `in_days`                   a post so many days before or after today; from a weekend it moves away from today
`⟦+3⟧`, `⟦0⟧` in a post's text           a day so far from the post's own, as 11月25日
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from content.rules.people import Role

DATA = Path(__file__).parent / "data"
DISCLOSURES = DATA / "disclosures.jsonl"
OWN_FILES = ("office.toml", "directory.toml")  # what an office writes about itself

PEOPLE: dict[str, tuple[str, tuple[Role, ...]]] = {
    "linxiaoyu": ("林晓雨", (Role.EDITOR,)),
    "sunhao": ("孙浩", (Role.EDITOR,)),
    "zhoujianguo": ("周建国", (Role.REVIEWER,)),
    "zhaominghua": ("赵明华", (Role.CHIEF,)),
    "hejing": ("何静", (Role.OFFICE, Role.ADMIN)),
}
EDITORS = ("linxiaoyu", "sunhao")  # whoever of them did not write a post reviews it first
SECOND, THIRD = "zhoujianguo", "zhaominghua"

FRIDAY = 4  # date.weekday()
RELATIVE_DAY = re.compile(r"⟦([+-]?\d+)⟧")


@dataclass(frozen=True)
class DemoPost:
    """One post of the world. `at`: when it was or will be out; None: no day was asked for.

    `passes`: how many of the three reviews it has; None: not even submitted.
    """

    key: str
    title: str
    body: str  # Markdown
    digest: str
    author_name: str
    category: str
    department: str
    author: str
    reserve: bool
    at: datetime | None
    out: bool  # published before the demo begins
    passes: int | None

    @property
    def reviewers(self) -> tuple[str, ...]:
        """Those who pass it, in order."""
        first = next(person for person in EDITORS if person != self.author)
        return (first, SECOND, THIRD)[: self.passes or 0]


def posts(today: date, zone: ZoneInfo) -> list[DemoPost]:
    """All posts: those that are out by the time they went out, then the queued ones."""
    found = [_post(row, today, zone) for row in rows(DATA / "posts.jsonl")]
    out = sorted((post for post in found if post.out), key=lambda post: (post.at, post.key))
    return out + [post for post in found if not post.out]


def postings(today: date) -> str:
    """The job postings as a JSON Lines file with the days filled in."""
    return "".join(json.dumps(_posting(row, today), ensure_ascii=False) + "\n" for row in rows(DATA / "postings.jsonl"))


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a JSON Lines file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def _posting(row: dict[str, Any], today: date) -> dict[str, Any]:
    published, valid = row.pop("published_days_ago"), row.pop("valid_in_days")
    return {
        **row,
        "published_on": (today - timedelta(days=published)).isoformat(),
        "valid_until": (today + timedelta(days=valid)).isoformat(),
    }


def _post(row: dict[str, Any], today: date, zone: ZoneInfo) -> DemoPost:
    day = _day(row, today)
    at = datetime.combine(day, time.fromisoformat(row["time"]), zone).astimezone(UTC) if day else None
    return DemoPost(
        key=row["key"],
        title=row["title"],
        body=_dated(row["body"], day or today),
        digest=_dated(row["digest"], day or today),
        author_name=row["author"],
        category=row["category"],
        department=row["department"],
        author=row["by"],
        reserve=bool(row.get("reserve")),
        at=at,
        out="on" in row or "days_ago" in row,
        passes=row.get("passes", 3),
    )


def _day(row: dict[str, Any], today: date) -> date | None:
    if "on" in row:
        this_year = date.fromisoformat(f"{today.year}-{row['on']}")
        return this_year if this_year < today else this_year.replace(year=today.year - 1)
    if "days_ago" in row:
        return _workday(today - timedelta(days=row["days_ago"]), -1)
    return _workday(today + timedelta(days=row["in_days"]), +1) if "in_days" in row else None


def _workday(day: date, step: int) -> date:
    while day.weekday() > FRIDAY:
        day += timedelta(days=step)
    return day


def _dated(text: str, day: date) -> str:
    def shown(match: re.Match[str]) -> str:
        that = day + timedelta(days=int(match[1]))
        return f"{that.month}月{that.day}日"

    return RELATIVE_DAY.sub(shown, text)
