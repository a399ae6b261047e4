"""The three reviews at the console: shown before passed, never one's own, returned with a reason, and what comes after."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask

from content.rules.publishing.article_states import ArticleState
from content.services import articles
from content.services.articles import reviews
from content.services.office import Office
from tests.bot.console.colleague import Colleague, shown, words
from tests.fixtures.post_forms import post

AUTHOR = "linxiaoyu"


@pytest.fixture
def submitted(office: Office) -> int:
    """An article of 林晓雨's that waits for its first review."""
    number = articles.add(office, post(title=f"送审的一篇 {len(articles.listing(office))}"), username=AUTHOR).id
    reviews.submit(office, number, username=AUTHOR)
    return number


def passes(colleague: Colleague, number: int) -> str:
    """Looks at an article and passes it."""
    return colleague.does(f"/console/reviews/{number}", {"sha256": shown(colleague, number), "decision": "pass"})


def test_three_people_pass_what_they_were_shown(
    submitted: int, office: Office, first: Colleague, second: Colleague, chief: Colleague
) -> None:
    assert "初审通过。接下来复审，可以由周建国来做" in passes(first, submitted)
    assert "复审通过" in passes(second, submitted)
    page = chief.reads(f"/console/reviews/{submitted}")
    assert "通过后马上发布" in page and "初审通过" in page
    assert "三审完成" in passes(chief, submitted)
    trail = articles.show(office, submitted)
    assert trail["state"] == ArticleState.SCHEDULED
    assert {step["sha256"] for step in trail["reviews"]} == {trail["body_sha256"]}
    sheet = chief.reads(f"/console/articles/{submitted}/sheet")
    assert all(name in sheet for name in ("孙浩", "周建国", "赵明华", "终审通过", trail["body_sha256"], "签字"))
    assert re.search(r"20\d\d年\d+月\d+日 周. \d+:\d\d ?孙浩", sheet)
    by_title = chief.reads(f"/console/ledger/?article={trail['title'].removeprefix('送审的')}&kind=article.passed")
    assert by_title.count("审通过") >= 3 and "没有符合条件" not in by_title


def test_a_pass_without_having_seen_the_wording_is_not_taken(submitted: int, office: Office, app: Flask) -> None:
    hasty = Colleague(app, "sunhao")
    sha256 = articles.show(office, submitted)["body_sha256"]
    blind = hasty.sends(f"/console/reviews/{submitted}", {"sha256": sha256, "decision": "pass"})
    assert blind.status_code == 409 and "请先看过这一稿" in words(blind)
    assert not [step for step in articles.show(office, submitted)["reviews"] if step["action"] == "pass"]
    assert hasty.sends(f"/console/reviews/{submitted}", {"sha256": sha256, "decision": "pass"}).status_code == 303


def test_a_wording_that_changed_meanwhile_is_not_passed(submitted: int, office: Office, first: Colleague) -> None:
    seen = shown(first, submitted)
    articles.edit(office, submitted, {"digest": "后来改的摘要"}, username=AUTHOR)
    reviews.submit(office, submitted, username=AUTHOR)
    late = first.sends(f"/console/reviews/{submitted}", {"sha256": seen, "decision": "pass"})
    assert late.status_code == 409
    assert "您看的是第 1 稿，之后改过" in words(late) and "后来改的摘要" in words(late)


def test_the_author_sees_who_may_and_no_button(submitted: int, editor: Colleague) -> None:
    page = editor.opens(f"/console/reviews/{submitted}")
    assert "自己写过或改过的不能自己审" in words(page) and "初审可以由孙浩来做" in words(page)
    assert 'name="decision"' not in page.text
    own = editor.sends(f"/console/reviews/{submitted}", {"sha256": "0" * 64, "decision": "pass"})
    assert own.status_code == 409


def test_the_only_second_reviewer_is_not_asked_for_the_first_and_told_what_it_would_cost(
    submitted: int, office: Office, second: Colleague, editor: Colleague, admin: Colleague
) -> None:
    here = f"/console/reviews/{submitted}"
    assert here not in second.opens("/console/").text
    assert "您审了初审，复审就没有人能审了。请让孙浩来审初审" in second.reads(here)
    assert "没有人能做复审" in passes(second, submitted)
    for colleague in (editor, admin):
        assert "请退回，再送审一次" in colleague.reads("/console/")
    back = editor.does(f"/console/articles/{submitted}/return", {"note": "初审要由孙浩来做"})
    assert "已退回作者" in back and "没有人能" not in back


def test_before_it_is_submitted_the_page_says_that_nobody_can_finish(office: Office, chief: Colleague) -> None:
    number = articles.add(office, post(title="只有他能终审"), username="zhaominghua").id
    page = chief.reads(f"/console/articles/{number}/")
    assert "审到终审就没有人能审了" in page and "由林晓雨、孙浩另写一篇" in page


def test_who_would_lock_a_post_by_changing_it_reads_so_before_saving(
    submitted: int, first: Colleague, editor: Colleague
) -> None:
    """Two editors, one for each first review: when both wrote it nobody is left for one."""
    assert "存了就算作者之一" in first.reads(f"/console/articles/{submitted}/edit")
    assert "存了就算作者之一" not in editor.reads(f"/console/articles/{submitted}/edit")


def test_a_time_that_is_past_is_told_at_every_step_with_what_will_happen(
    office: Office, editor: Colleague, first: Colleague, second: Colleague, chief: Colleague
) -> None:
    at = office.clock.now() - timedelta(hours=2)
    number = articles.add(office, post(title="定的时间已过", wanted_at=at), username=AUTHOR).id
    told = "已经过去，三审都通过后马上发布"
    assert told in editor.reads(f"/console/articles/{number}/")
    assert told in editor.does(f"/console/articles/{number}/submit")
    for colleague in (first, second):
        assert told in colleague.reads(f"/console/reviews/{number}")
        passes(colleague, number)
    page = chief.reads(f"/console/reviews/{number}")
    assert told in page and "另定时间" in page and "通过后马上发布" in page and "通过后将于" not in page
    assert "已经过去，马上发布" in passes(chief, number)


def test_a_return_wants_a_reason_and_the_author_finds_it_on_the_first_page(
    submitted: int, first: Colleague, editor: Colleague
) -> None:
    mute = first.sends(f"/console/reviews/{submitted}", {"decision": "return"})
    assert mute.status_code == 409 and "--note" not in words(mute)
    assert "退回要写明原因" in mute.text.partition('id="note-error"')[2].partition("</p>")[0], "at the field, not above"
    told = first.does(f"/console/reviews/{submitted}", {"decision": "return", "note": "第二段数字与附件不一致"})
    assert "已退回作者" in told
    home = editor.reads("/console/")
    assert "第二段数字与附件不一致" in home and "退回" in home
    again = f"/console/articles/{submitted}/submit"
    unchanged = editor.sends(again)
    assert unchanged.status_code == 400 and "退回以后还没有改过" in words(unchanged)
    assert "已送审" in editor.does(again, {"note": "与统计局核对过，数字没有错"})
    assert "与统计局核对过" in first.reads(f"/console/reviews/{submitted}")


def test_after_a_return_the_reviewer_sees_what_changed_since(submitted: int, office: Office, first: Colleague) -> None:
    first.does(f"/console/reviews/{submitted}", {"decision": "return", "note": "请补电话"})
    articles.edit(office, submitted, {"digest": "电话 80001234"}, username=AUTHOR)
    reviews.submit(office, submitted, username=AUTHOR)
    page = first.opens(f"/console/reviews/{submitted}")
    assert "与第 1 稿比，1 处" in words(page) and "<ins>电话 80001234</ins>" in page.text


def test_what_waits_is_counted_for_those_who_may(submitted: int, first: Colleague, chief: Colleague) -> None:
    title = "送审的一篇"
    assert title in first.reads("/console/reviews/").partition("等别人审的")[0]
    assert "没有要您审的稿件" in chief.reads("/console/reviews/")


def test_an_article_is_withdrawn_by_its_author_with_its_reason_in_the_trail(submitted: int, editor: Colleague) -> None:
    told = editor.does(f"/console/articles/{submitted}/withdraw", {"note": "活动取消"})
    assert "已撤下" in told and "活动取消" in told
    again = editor.opens(f"/console/articles/new?again={submitted}")
    assert "再用这一篇" in told and 'value="送审的一篇' in again.text and "要重新送审" in words(again)


def test_what_three_people_passed_is_withdrawn_with_a_reason_and_a_second_word_and_the_field_says_so(
    submitted: int, editor: Colleague, first: Colleague, second: Colleague, chief: Colleague
) -> None:
    for colleague in (first, second, chief):
        passes(colleague, submitted)
    address = f"/console/articles/{submitted}/withdraw"
    for form, fault in (({"sure": "yes"}, "要写明原因"), ({"note": "活动取消"}, "勾选“我知道”")):
        refused = editor.sends(address, form)
        error = refused.text.partition('id="why-error"')[2].partition("</p>")[0]
        assert refused.status_code == 400 and fault in error, "it stands at the field"
        assert f'action="{address}#why"' in refused.text and 'id="fault"' not in refused.text
    assert "已撤下" in editor.does(address, {"note": "活动取消", "sure": "yes"})


def test_another_time_keeps_the_passes_and_only_the_chief_moves_what_is_approved(
    submitted: int, office: Office, first: Colleague, second: Colleague, chief: Colleague
) -> None:
    for colleague in (first, second, chief):
        passes(colleague, submitted)
    refused = second.sends(f"/console/articles/{submitted}/time", {"at": "2099-12-01T09:00"})
    assert refused.status_code == 403 and "时间只有终审能改，请赵明华来改" in words(refused)
    asked = chief.reads(f"/console/articles/{submitted}/time?at=2099-12-01T09:00")
    assert "排到 2099年12月1日 周二 9:00：到时发布，不占群发额度" in asked
    told = chief.does(f"/console/articles/{submitted}/time", {"at": "2099-12-01T09:00"})
    assert "改到 2099年12月1日 周二 9:00" in told
    trail = articles.show(office, submitted)
    assert trail["state"] == ArticleState.SCHEDULED and trail["due_at"].startswith("2099-12-01T09:00")
    assert not any(step["void"] for step in trail["reviews"])
    past = "2020-01-01T09:00"
    for answer in (chief.sends(f"/console/articles/{submitted}/time", {"at": past}),
                   chief.opens(f"/console/articles/{submitted}/time?at={past}")):  # fmt: skip
        assert answer.status_code == 400 and "已经过去" in words(answer) and "将发布" not in words(answer)
    nonsense = chief.sends(f"/console/articles/{submitted}/time", {"at": "明天下午"})
    assert nonsense.status_code == 400 and "看不懂时间" in words(nonsense)


def test_the_calendar_shows_the_month_its_tiles_and_its_empty_days(
    submitted: int, office: Office, editor: Colleague
) -> None:
    editor.does(f"/console/articles/{submitted}/time", {"at": "2099-10-05T09:30"})
    page = editor.opens("/console/calendar?month=2099-10")
    assert page.status_code == 200
    cell = page.text.partition('data-day="2099-10-05"')[2].partition("</td>")[0]
    assert "9:30" in cell and "送审的一篇" in cell
    cells = {
        day: page.text.partition(f'data-day="{day}"')[2].partition("</td>")[0] for day in ("2099-10-06", "2099-10-10")
    }
    assert "缺稿" in cells["2099-10-06"]  # a Tuesday
    assert "缺稿" not in cells["2099-10-10"] and "空着" in cells["2099-10-10"]  # a Saturday, far ahead
    rest = (
        editor.opens("/console/calendar?month=2026-10").text.partition('data-day="2026-10-01"')[2].partition("</td>")[0]
    )
    assert "休" in rest and "国庆" in rest


def test_a_mass_send_says_what_is_left_of_the_allowance(office: Office, editor: Colleague) -> None:
    numbers = [articles.add(office, post(delivery="mass"), username=AUTHOR).id for _ in range(2)]
    editor.does(f"/console/articles/{numbers[0]}/time", {"at": "2099-11-05T09:00"})
    asked = editor.reads(f"/console/articles/{numbers[1]}/time?at=2099-11-05T09:00")
    assert "排到 2099年11月5日 周四 9:00：到时和这天另外 1 篇一起，群发给全部关注者，这天的群发额度剩 0" in asked
