"""Facts that stand in one place: who changes that place has changed the fact."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from scheduler import timetable
from tests.house.source import ROOT, tracked

PRODUCT = [
    path
    for folder in ("content", "bot", "scheduler", "config")
    for path in tracked(f"{folder}/**.py")
    if path.parts[:2] != ("bot", "emulator")
]
CHANGED_PLAN = """
from datetime import datetime, time
from content.rules.publishing import daily_post_hours as hours
hours.PLAN = (hours.CheckHour(0, time(9, 20)), hours.CheckHour(0, time(17, 40), last=True))
from scheduler import timetable
print(*timetable.find("gap_alarm").at, *(slot.subject for slot in hours.slots(datetime(2026, 11, 22, 18))))
"""


def test_who_changes_the_hours_of_the_daily_post_changes_the_timetable_too() -> None:
    done = subprocess.run([sys.executable, "-c", CHANGED_PLAN], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["09:20", "17:40", "2026-11-22", "17:40"], done.stderr


@pytest.mark.parametrize(
    "path", ["docs/operating.md", "content/rules/publishing/daily_post_hours.py", "scheduler/jobs/gap_alarm.py"]
)
def test_no_sentence_repeats_the_hours_of_the_daily_post(path: str) -> None:
    job = timetable.find("gap_alarm")
    assert job
    text = re.sub(r"^[{ ]\".*$", "", (ROOT / path).read_text(encoding="utf-8"), flags=re.MULTILINE)  # examples in JSON
    assert [hour for hour in job.at if hour in text] == []


@pytest.mark.parametrize(
    ("asked", "by"),
    [
        (r"\bRIGHTS\b", {"content/rules/people.py"}),
        (
            r"\bpeople\.roles\(",  # rules that also ask who wrote, who passed, or how far it is; pages that show them
            {
                "bot/console/access/gate.py",
                "bot/console/access/staff_pages.py",
                "content/services/articles/reviews.py",
                "content/services/people/review_staff.py",
                "content/services/planning/rescheduling.py",
                "content/store/stand_ins.py",
            },
        ),
        (
            r"\brole_for\(",
            {"content/rules/people.py", "content/rules/publishing/three_reviews.py"},
        ),
    ],
)
def test_which_role_entitles_is_asked_of_one_function(asked: str, by: set[str]) -> None:
    assert {str(path) for path in PRODUCT if re.search(asked, (ROOT / path).read_text(encoding="utf-8"))} == by


@pytest.mark.parametrize(
    ("marked", "by"),
    [
        (r"\.withdrawn_why\b.*=", {"content/store/articles/withdrawals.py"}),
        (r"kind=\"article\.withdrawn\"", {"content/store/articles/withdrawals.py"}),
    ],
)
def test_an_article_is_marked_as_withdrawn_in_one_place(marked: str, by: set[str]) -> None:
    assert {str(path) for path in PRODUCT if re.search(marked, (ROOT / path).read_text(encoding="utf-8"))} == by


def test_every_name_in_redis_stands_in_one_table() -> None:
    named = {str(path) for path in PRODUCT
             if re.search(r"""f?"(?:gongkai|gk):|"\{tally\}""", (ROOT / path).read_text(encoding="utf-8"))}  # fmt: skip
    assert named == {"content/store/redis/keys.py", "content/store/redis/former_keys.py"}


@pytest.mark.parametrize("fact", ["招聘 岗位 职位 工作", '"disclosure": "信息公开"', '("disclosure", "posting")'])
def test_the_kinds_of_notices_and_their_words_stand_in_one_table(fact: str) -> None:
    found = {str(path) for path in PRODUCT if fact in (ROOT / path).read_text(encoding="utf-8")}
    assert found == {"content/rules/notice_kinds.py"}
