"""The first page as the head of the office and the administrator find it: what is late, what is soon due, nothing told twice."""

from __future__ import annotations

from datetime import timedelta

from content.rules.alarms import AlarmKind
from content.services.alarms import lifecycle
from content.services.office import Office
from tests.bot.console.colleague import Colleague, words
from tests.services.applications.applicants import GIVEN


def arrived(clerk: Colleague, office: Office, days_ago: int) -> str:
    """The number of an application that came so many days ago."""
    day = office.clock.today() - timedelta(days=days_ago)
    answer = clerk.sends("/console/applications/new", {**GIVEN, "channel": "counter", "arrived": day.isoformat()})
    assert answer.status_code == 303, words(answer)
    return str(answer.location).rsplit("/", 1)[-1]


def test_what_is_late_stands_first_with_by_how_much_and_what_is_soon_due_stands_below(
    admin: Colleague, office: Office
) -> None:
    late, soon, fresh = arrived(admin, office, 60), arrived(admin, office, 21), arrived(admin, office, 0)
    page = admin.reads("/console/")
    before, _, mine = page.partition("已经过期的 1 件")
    assert late not in before and late in mine.partition(soon)[0]
    assert "已经过了" in mine.partition(soon)[0] and "个工作日" in mine.partition(soon)[2][:200]
    assert fresh not in mine


def test_a_day_past_is_said_to_be_past(admin: Colleague, office: Office) -> None:
    day = office.clock.today() - timedelta(days=60)
    given = {**GIVEN, "identity": "", "wanted": "预算", "carrier": "", "way": ""}
    answer = admin.sends("/console/applications/new", {**given, "channel": "counter", "arrived": day.isoformat()})
    page = admin.reads(answer.location)
    assert "，已经过了：看得出要什么的" in page and "要求补正的期限（" in page


def test_a_day_without_a_post_is_told_once(editor: Colleague, office: Office) -> None:
    lifecycle.raise_alarm(
        office, AlarmKind.GAP, subject="day", message="今天还没有审好待发的稿件。", now=office.clock.now()
    )
    page = editor.reads("/console/")
    assert page.count("还没有文章，也没有排好的稿件") == 1 and "急的告警" not in page
    assert "今天还没有审好待发的稿件。" not in page, "the box says it"


def test_cover_says_who_which_days_and_what_it_does_not_cover(chief: Colleague, office: Office) -> None:
    today = office.clock.today().isoformat()
    said = chief.does("/console/roster/", {"cover": "zhoujianguo", "first": today, "last": today, "sure": "yes"})
    assert "周建国代赵明华审核" in said and "来信、公开申请不跟着转" in said and "申请何静能办" in said
    assert "也代" not in said.partition("终审")[0]


def test_who_may_not_see_a_page_is_told_whom_to_ask(editor: Colleague) -> None:
    page = editor.opens("/console/staff/")
    assert page.status_code == 403 and "请找何静" in words(page)
