"""The calendar's week, its refusals and its reserves; the first page's reconciliation and alarms; the ledger's last check."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from content.rules.alarms import AlarmKind
from content.rules.publishing.article_states import ArticleState
from content.services import articles
from content.services.alarms import lifecycle
from content.services.articles import reviews
from content.services.office import Office
from content.store.tables import Article, JobRun
from tests import world
from tests.bot.console.colleague import Colleague, words
from tests.factories import approved_article
from tests.fixtures.post_forms import post

AUTHOR = "linxiaoyu"


def run_of(office: Office, job: str, outcome: str = "ok") -> None:
    """The clock has run a job just now."""
    now = office.clock.now()
    with office.store.write() as session:
        session.add(JobRun(job=job, due_at=now, started_at=now, ended_at=now, outcome=outcome))


def test_a_week_shows_times_and_a_way_to_move_each_by_keyboard(office: Office, editor: Colleague) -> None:
    number = articles.add(office, post(title="一周里的一篇"), username=AUTHOR).id
    editor.does(f"/console/articles/{number}/time", {"at": "2099-12-02T09:30"})
    page = editor.opens("/console/calendar?view=week&week=2099-12-04")
    assert "11月30日 周一起的一周" in words(page) and "2099-11-23" in page.text and "2099-12-07" in page.text
    cell = page.text.partition('data-day="2099-12-02"')[2].partition("</td>")[0]
    assert "9:30" in cell and f'href="/console/articles/{number}/time"' in cell and "移到…" in cell
    assert "从今天起这一周缺 4 天的稿件，另有 2 个休息日空着" in words(page)
    assert 'class="month only-wide week"' in editor.opens("/console/calendar").text, "the last view is remembered"
    editor.opens("/console/calendar?view=month")


def test_a_month_of_another_age_is_refused_in_words(editor: Colleague) -> None:
    for asked in ("month=9999-12", "month=0001-01", "view=week&week=9999-12-31", "view=week&week=0001-01-01"):
        assert editor.opens(f"/console/calendar?{asked}").status_code == 400, asked


def test_a_day_whose_mass_send_is_gone_takes_no_other(office: Office, editor: Colleague) -> None:
    day = office.clock.today() + timedelta(days=3)
    at = f"{day}T09:00"
    out, late = (articles.add(office, post(delivery="mass"), username=AUTHOR).id for _ in range(2))
    editor.does(f"/console/articles/{out}/time", {"at": at})
    with office.store.write() as session:
        session.execute(update(Article).where(Article.id == out).values(state=ArticleState.PUBLISHING))
    asked = editor.opens(f"/console/articles/{late}/time?at={at}")
    assert asked.status_code == 400 and "群发额度已经用掉" in words(asked) and "排到" not in words(asked)
    assert editor.sends(f"/console/articles/{late}/time", {"at": at}).status_code == 400
    cell = editor.opens("/console/calendar?view=week&week=" + str(day)).text.partition(f'data-day="{day}"')[2]
    assert 'data-full="这天的群发额度用完了"' in cell.partition("</td>")[0]


def test_a_ninth_mass_send_of_a_day_is_refused(office: Office, editor: Colleague) -> None:
    numbers = [articles.add(office, post(delivery="mass"), username=AUTHOR).id for _ in range(9)]
    for number in numbers[:8]:
        editor.does(f"/console/articles/{number}/time", {"at": "2099-11-20T09:00"})
    refused = editor.sends(f"/console/articles/{numbers[8]}/time", {"at": "2099-11-20T10:00"})
    assert refused.status_code == 400 and "一次群发最多 8 篇" in words(refused)


def test_a_reserve_is_put_on_a_day_in_one_step(office: Office, editor: Colleague, chief: Colleague) -> None:
    number = articles.add(office, post(title="备着的一篇", reserve=True), username=AUTHOR).id
    reviews.submit(office, number, username=AUTHOR)
    for person in ("sunhao", "zhoujianguo", "zhaominghua"):
        reviews.pass_(office, number, username=person)
    assert "备着的一篇（" not in editor.reads("/console/calendar?view=month"), "an approved post is the chief's to move"
    calendar = chief.opens("/console/calendar?view=month")
    assert "备着的一篇（排到某一天" in words(calendar) and f'href="/console/articles/{number}/time"' in calendar.text
    chief.does(f"/console/articles/{number}/time", {"at": "2099-11-25T09:00"})
    shown = articles.show(office, number)
    assert shown["state"] == "scheduled" and shown["due_at"].startswith("2099-11-25T09:00")
    assert "备着的一篇" not in editor.reads("/console/articles/?tab=reserve")


def test_the_first_page_tells_yesterdays_reconciliation_and_gives_each_alarm_its_step(
    office: Office, editor: Colleague, chief: Colleague
) -> None:
    assert "今天还没有对" in chief.reads("/console/")
    run_of(office, "reconcile")
    assert "昨天没有发文章，微信上也没有" in chief.reads("/console/")
    number = approved_article(office, title="等着处理的一篇", due_at=world.NOON + timedelta(days=36500))
    lifecycle.raise_alarm(office, AlarmKind.WAITING, subject=f"article:{number}", message="《等着处理的一篇》要人操作。",
                          now=office.clock.now())  # fmt: skip
    lifecycle.raise_alarm(office, AlarmKind.DIFFERENCE, subject="difference:1", message="《别的》对不上。",
                          now=office.clock.now())  # fmt: skip
    home = chief.opens("/console/")
    assert "去处理这篇" in words(home) and "去签认" in words(home)
    theirs = editor.reads("/console/")
    assert "去签认" not in theirs and "去处理这篇" not in theirs, "who may not do it is not led there"
    assert "请赵明华、何静来办" in theirs and "看这篇" in theirs


def test_the_first_page_tells_a_post_that_is_still_in_review_from_none(office: Office, editor: Colleague) -> None:
    late = office.clock.now() + timedelta(minutes=1)
    number = articles.add(office, post(title="今天还在审的一篇", wanted_at=late), username=AUTHOR).id
    assert "的稿件还在审" not in editor.reads("/console/")
    reviews.submit(office, number, username=AUTHOR)
    told = editor.reads("/console/")
    assert "的稿件还在审" in told and "还没有文章，也没有排好的稿件" not in told


def test_who_may_not_move_an_approved_post_is_told_whom_to_ask_before_choosing_a_time(
    office: Office, second: Colleague, chief: Colleague
) -> None:
    number = approved_article(office, title="审好的一篇", due_at=datetime(2099, 11, 26, 1, tzinfo=UTC))
    address, month = f"/console/articles/{number}/time", "/console/calendar?month=2099-11&view="
    for page in (
        second.opens(f"{month}list"),
        second.opens(f"{month}month"),
        second.opens(f"/console/articles/{number}/"),
    ):
        assert address not in page.text.replace(f'data-move="{address}"', "") and "请赵明华来改" in words(page)
        assert f'draggable="true" data-time="09:00" data-move="{address}"' not in page.text
    asked = second.opens(address)
    assert asked.status_code == 403 and "请赵明华来改" in words(asked) and 'name="at"' not in asked.text
    assert f'href="{address}"' in chief.opens(f"{month}list").text


def test_an_alarm_leads_only_who_may_mend_it_and_tells_the_others_whom_to_ask(
    office: Office, admin: Colleague, second: Colleague
) -> None:
    lifecycle.raise_alarm(
        office, AlarmKind.GAP, subject="day:2099-01-05", message="这天没有稿件。", now=office.clock.now()
    )
    home, theirs = admin.reads("/console/alarms/"), second.reads("/console/alarms/")
    assert "排一篇" in theirs and "排一篇" not in home
    assert "请林晓雨、孙浩、周建国等来办" in home and "看日历" in home


def test_the_ledger_says_when_it_was_last_walked_and_what_is_wrong(office: Office, chief: Colleague) -> None:
    assert "还没有逐条核对过" in chief.reads("/console/ledger/")
    run_of(office, "check_ledger")
    assert "完好，" in chief.reads("/console/ledger/")
    lifecycle.raise_alarm(office, AlarmKind.LEDGER_BROKEN, subject="entry:7", message="台账从第 7 条起不可信：校验值不对。",
                          now=office.clock.now())  # fmt: skip
    assert "台账从第 7 条起不可信" in chief.reads("/console/ledger/")
