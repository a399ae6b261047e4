"""The count at the console: every figure opens to its list, every line to its evidence; the ledger; reconciliation."""

from __future__ import annotations

import io
import json
import re
from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from openpyxl import load_workbook
from sqlalchemy import update

from content.rules.publishing.comparison import DifferenceKind, ListDifference
from content.services.figures import counting, tally_lines, yearly_tally
from content.services.figures.count_filter import CountFilter
from content.services.office import Office
from content.services.publishing import differences
from content.store import people
from content.store.figures import counted, ledger
from content.store.tables import CountedItem
from tests import world
from tests.bot.console.colleague import Colleague, words
from tests.services import ledger_entries as entries

DELIVERIES = ("publish", "publish", "publish", "mass", "draft", "hand")


@pytest.fixture(scope="module", autouse=True)
def year(office: Office) -> None:
    """Two years of posts: 2026 more than 2025, of several categories and departments, some withdrawn; the portal beside."""
    with office.store.write() as session:
        coded = [row.code for row in (people.keep_category(session, "通知公告"), people.keep_category(session, "招聘"),
                                      people.keep_department(session, "党政办公室")) if row]  # fmt: skip
        made = []
        for number in range(420):
            day = date(2025, 1, 1) + timedelta(days=number * 13 % 640)
            made.append(entry(number, day, category=(coded[0], coded[1], "", "old-code")[number % 4],
                              department=(coded[2], "")[number % 2], delivery=DELIVERIES[number % 6]))  # fmt: skip
        ledger.append_many(session, made)
    for number in range(30):
        entries.on_portal(office, number, published_on=f"2026-{number % 12 + 1:02d}-05", category=coded[0])
    for number in (3, 7, 200):
        day = date(2025, 1, 1) + timedelta(days=number * 13 % 640)
        entries.withdrawn(office, number, published_on=day.isoformat(), note="表 3 的数字有误")


def entry(number: int, day: date, **changes: str) -> ledger.NewEntry:
    """An article is out."""
    data = {
        "account": "main", "channel": "wechat", "publication": number, "position": 1, "revision": 1, "sha256": "ab" * 32,
        "title": f"第 {number} 篇", "url": f"https://mp.weixin.qq.com/s/x{number}",
        "published_at": f"{day}T09:00:00+08:00", "published_on": day.isoformat(), "publish_id": str(100_000 + number),
        "msg_id": "", "msg_data_id": str(2_247_483_650 + number), "platform_article_id": "PwX9", "media_id": "JfIm",
        "passed_by": ["sunhao", "zhoujianguo", "zhaominghua"], **changes,
    }  # fmt: skip
    return ledger.NewEntry("article.published", "platform", f"article:{number}", world.NOON, data)


@pytest.fixture(scope="module")
def clerk(app: Flask) -> Colleague:
    """何静, who counts."""
    return Colleague(app, "hejing")


filters = st.builds(
    lambda first, days, **more: CountFilter(first, first + timedelta(days=days), **more),
    first=st.dates(date(2024, 12, 1), date(2026, 12, 1)),
    days=st.integers(0, 500),
    channel=st.sampled_from(["wechat", "portal", ""]),
    delivery=st.sampled_from(["", "publish", "mass", "hand"]),
    category=st.sampled_from(["", "通知公告", "招聘", "未分类", "old-code", "没有这个"]),
    department=st.sampled_from(["", "党政办公室", "未填部门"]),
    withdrawn=st.booleans(),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=filters)
def test_every_figure_has_as_many_lines_as_it_says_over_all_conditions(office: Office, wanted: CountFilter) -> None:
    found = counting.read(office, wanted, world.NOON)
    rows = tally_lines.lines(office, wanted)
    assert len(rows) == found.total == tally_lines.total(office, wanted) == sum(month.items for month in found.by_month)
    assert sum(bool(row.withdrawn_at) for row in rows) == found.withdrawn
    for name, number in found.by_category.items():
        assert sum(row.category == name for row in rows) == number
    for name, number in found.by_department.items():
        assert sum(row.department == name for row in rows) == number
    for name, number in found.by_delivery.items():
        assert sum(row.delivery == tally_lines.DELIVERY_WORDS[name] for row in rows) == number
    for month in found.by_month:
        assert sum(month.first.isoformat() <= row.published_on <= month.last.isoformat() for row in rows) == month.items


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_page_the_command_and_the_ledger_say_the_same(office: Office, year: int) -> None:
    told, found = yearly_tally.recount(office, year, world.NOON), counting.read(
        office, CountFilter.of_year(year), world.NOON)  # fmt: skip
    assert told == yearly_tally.read(office, year, world.NOON)
    assert (found.total, found.withdrawn) == (told["articles"], told["withdrawn"])
    assert [month.items for month in found.by_month] == told["by_month"]
    assert found.by_channel == told["by_channel"] and found.by_delivery == told["by_delivery"]
    assert found.by_category == told["by_category"] and found.by_department == told["by_department"]
    assert [day.isoformat() for day in found.empty_days] == told["days_without_publication"]


def test_every_figure_on_the_page_opens_to_a_list_of_so_many(clerk: Colleague) -> None:
    page = html.fromstring(clerk.opens("/console/count/?year=2026").text)
    figures = [link for link in page.xpath("//main//a[contains(@href, '/count/lines')]") if link.text]
    assert len(figures) > 20
    for link in figures:
        [number] = re.findall(r"[\d,]+", link.text)
        title = html.fromstring(clerk.opens(link.get("href")).text).xpath("string(//title)")
        assert f"，{number.replace(',', '')} 篇" in title, (link.get("href"), title)


def test_a_line_shows_its_evidence(clerk: Colleague) -> None:
    text = clerk.reads("/console/count/lines?from=2025-02-09&to=2025-02-09")
    for told in (
        "第 3 篇",
        "2247483653",
        "孙浩、周建国、赵明华",
        "撤下：表 3 的数字有误",
        "台账号",
        "2025年2月9日 周日 9:00",
    ):
        assert told in text
    assert "没有发过" in clerk.reads("/console/count/lines?from=2024-01-01&to=2024-01-02")


def test_what_cannot_be_read_in_an_address_is_said_and_this_year_is_shown(clerk: Colleague) -> None:
    for query in ("year=anno", "from=2026-13-01", "from=2026-05-01&to=2026-01-01", "to=0001-01-01"):
        assert "下面是今年的数字" in clerk.reads(f"/console/count/?{query}"), query


def test_the_phrase_the_definition_and_last_year_stand_beside_the_count(clerk: Colleague) -> None:
    text = clerk.reads("/console/count/?year=2025")
    assert "200 余条" in text and "平台确认发出才计" in text and "去年同期没有" in text
    assert "去年同期" in clerk.reads("/console/count/")


def test_days_without_a_post_are_a_calendar(clerk: Colleague, office: Office) -> None:
    found = counting.read(office, CountFilter.of_year(2025), world.NOON)
    page = html.fromstring(clerk.opens("/console/count/days?year=2025").text)
    days = [cell.get("datetime") for cell in page.xpath("//td[@class='empty-day']/time")]
    assert days == [day.isoformat() for day in found.empty_days]


def test_the_lines_come_as_sheets_and_as_evidence_that_is_checked(clerk: Colleague, office: Office) -> None:
    total = counting.read(office, CountFilter.of_year(2026), world.NOON).total
    book = load_workbook(io.BytesIO(clerk.sends("/console/count/export?year=2026", {"what": "xlsx"}).data))
    assert book.worksheets[0].max_row == total + 1
    text = clerk.sends("/console/count/export?year=2026", {"what": "csv"}).data.decode("utf-8-sig")
    assert text.count("\n") == total + 1
    evidence = clerk.sends("/console/count/export?year=2026", {"what": "evidence"}).data
    assert len(json.loads(evidence)["lines"]) == total
    good = clerk.sends("/console/count/check", {"file": (io.BytesIO(evidence), "证据.json")})
    assert good.status_code == 200 and f"一字未改：{total} 篇" in words(good)
    changed = evidence.replace(b'"publish_id": "100', b'"publish_id": "101', 1)
    assert changed != evidence
    for forged in (changed, b"[]", b"no", b"", evidence[:-20]):
        bad = clerk.sends("/console/count/check", {"file": (io.BytesIO(forged), "证据.json")})
        assert bad.status_code == 400 and ("不能作凭据" in words(bad) or "不是证据文件" in words(bad))


def test_rows_that_differ_from_the_ledger_are_found_and_built_anew(office: Office) -> None:
    with office.store.write() as session:
        assert counted.strays(session) == []
        first = session.query(CountedItem).first()
        assert first is not None
        session.execute(update(CountedItem).where(CountedItem.number == first.number).values(category="forged"))
        assert counted.strays(session) == [first.number]
        counted.rebuild(session)
        assert counted.strays(session) == []


def test_the_ledger_is_read_by_article_person_kind_and_day(clerk: Colleague) -> None:
    whole = clerk.reads("/console/ledger/")
    assert "新的在前" in whole and "第 419 篇" in whole
    mine = clerk.reads("/console/ledger/?article=7")
    assert "第 7 篇" in mine and "表 3 的数字有误" in mine and "第 8 篇" not in mine
    assert "没有符合条件的记录" in clerk.reads("/console/ledger/?actor=sunhao&kind=article.published")
    assert "没有符合条件的记录" in clerk.reads("/console/ledger/?to=2026-11-21")
    assert "没有符合条件的记录" in clerk.reads("/console/ledger/?article=没有这样的标题")
    assert "看不懂日期" in clerk.reads("/console/ledger/?from=yesterday")
    assert "第 2 页" in clerk.reads("/console/ledger/?page=2")
    assert "审核台账" in clerk.reads("/console/ledger/print?kind=article.withdrawn")
    book = load_workbook(io.BytesIO(clerk.opens("/console/ledger/export.xlsx?kind=article.withdrawn").data))
    assert book.worksheets[0].max_row == 4


def test_every_kind_of_entry_has_its_words() -> None:
    from content.services.figures import ledger_view

    assert set(ledger_view.kind_words()) == set(ledger.KINDS)


def test_the_ledger_is_walked_and_a_forged_row_is_told(clerk: Colleague, office: Office) -> None:
    shown = clerk.awaits(clerk.sends("/console/ledger/verify"))
    assert "不符" in words(shown)  # the articles of these entries have no rows


def test_a_difference_is_signed_with_a_note(clerk: Colleague, office: Office) -> None:
    found = ListDifference(DifferenceKind.ONLY_THEIRS, None, "手工发的一篇", "https://mp.weixin.qq.com/s/hand",
                           date(2026, 11, 20), "微信上有，我们没有")  # fmt: skip
    with office.store.write() as session:
        differences.keep(session, [found], world.NOON)
    page = clerk.opens("/console/reconciliation/")
    assert "1 处差异等人签认" in words(page)
    [address] = re.findall(r'action="(/console/reconciliation/\d+)"', page.text)
    refused = clerk.sends(address, {"verdict": "noted", "note": ""})
    assert refused.status_code == 400 and "请写明是怎么查清的" in words(refused)
    assert "请选一个结论" in words(clerk.sends(address, {"note": "问过了"}))
    text = clerk.does(address, {"verdict": "noted", "note": "同事试发的，已删"})
    assert "签认了" in text and "没有等人签认的差异" in text and "何静" in text
