"""Imports: upsert by key with an exact receipt, former versions, withdrawal, the ledger; on both databases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from config.settings import Settings
from content.rules.errors import BadInput, NotFound
from content.services.answers import notice_search
from content.services.notices import checked_rows, notice_import
from content.services.notices.notice_import import NoticeImportReceipt
from content.services.office import Office
from content.store.figures import ledger
from content.store.notices import notices
from content.store.tables import Category, Disclosure, ImportReceipt, LedgerEntry, NoticeVersion, PortalItem
from tests import world

WATER = {
    "key": "d1",
    "title": "关于停水的通知",
    "body": "临江大道停水八小时",
    "category": "通知公告",
    "department": "规划建设局",
}
BUDGET = {"key": "d2", "title": "2026年部门预算", "published_on": "2026-02-10", "document_no": "临园办〔2026〕3号"}
PORTAL = {
    "key": "p1",
    "title": "园区动态",
    "url": "https://example.gov.cn/1",
    "category": "工作动态",
    "department": "党政办公室",
}


@pytest.fixture
def office(settings: Settings, office_url: str) -> Iterator[Office]:
    """An office on each kind of database."""
    office = Office(settings.model_copy(update={"database_url": office_url}))
    world.furnish(office)
    yield office
    office.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def take(
    office: Office, folder: Path, *rows: dict[str, Any], kind: str = "disclosure", **options: Any
) -> NoticeImportReceipt:
    file = folder / "rows.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n\n", encoding="utf-8")
    return notice_import.import_file(office, kind, file, **options)


def counts(receipt: NoticeImportReceipt) -> tuple[int, int, int, int]:
    return receipt.new, receipt.changed, receipt.unchanged, receipt.withdrawn


def test_rows_are_new_then_unchanged_then_changed(office: Office, folder: Path) -> None:
    assert counts(take(office, folder, WATER, BUDGET)) == (2, 0, 0, 0)
    assert counts(take(office, folder, WATER, BUDGET)) == (0, 0, 2, 0)
    assert counts(take(office, folder, WATER | {"title": "停水通知（更正）"}, BUDGET)) == (0, 1, 1, 0)
    found = notice_search.rank(office, "停水")
    assert [(result.key, result.title) for result in found] == [("d1", "停水通知（更正）")]
    item = notice_search.one(office, "disclosure", found[0].id)
    with office.store.read() as session:
        former = session.scalars(select(NoticeVersion).where(NoticeVersion.item_id == found[0].id)).all()
    assert (item.version, [json.loads(row.fields)["title"] for row in former]) == (2, ["关于停水的通知"])
    assert (item.category, item.result.department) == ("通知公告", "规划建设局")


def test_the_receipt_has_the_shape_that_programs_rely_on(office: Office, folder: Path) -> None:
    receipt = take(office, folder, WATER, {"key": "x"}, BUDGET | {"published_on": "2020-13-45"}).to_json()
    assert list(receipt) == ["new", "changed", "unchanged", "withdrawn", "warnings", "refused"]
    assert receipt["new"] == 2
    assert [(fault["row"], fault["field"]) for fault in receipt["refused"]] == [(2, "title")]
    assert [(fault["row"], fault["field"]) for fault in receipt["warnings"]] == [(3, "published_on")]
    with office.store.read() as session:
        kept = session.scalars(select(ImportReceipt)).one()
        assert json.loads(kept.receipt) == receipt


def test_by_the_command_line_every_row_goes_in_and_what_the_checks_find_is_told(office: Office, folder: Path) -> None:
    rows = [{"key": "j1", "title": "搬运工", "description": "限男性，35岁以下，工资日结"},
            {"key": "j2", "title": "保洁员", "description": "工资卡号6222021234567890128", "phone": "13812345678"}]  # fmt: skip
    receipt = take(office, folder, *rows, kind="posting").to_json()
    assert (receipt["new"], receipt["refused"]) == (2, [])
    assert [(each["row"], each["field"]) for each in receipt["warnings"]] == [(1, "description"), (2, "description")]
    assert (
        "限制性别" in receipt["warnings"][0]["message"] and "6222***********0128" in receipt["warnings"][1]["message"]
    )


def test_a_complete_list_withdraws_what_it_lacks_and_brings_back_what_returns(office: Office, folder: Path) -> None:
    take(office, folder, WATER, BUDGET)
    number = notice_search.rank(office, "预算")[0].id
    assert counts(take(office, folder, WATER, complete=True, username="hejing")) == (0, 0, 1, 1)
    assert notice_search.rank(office, "预算") == []
    assert [result.key for result in notice_search.newest(office, "disclosure")] == ["d1"]
    item = notice_search.one(office, "disclosure", number)
    assert item.withdrawn_at and item.fields["document_no"] == "临园办〔2026〕3号"
    assert counts(take(office, folder, WATER, complete=True)) == (0, 0, 1, 0)  # withdrawn once, not again
    assert counts(take(office, folder, WATER, BUDGET)) == (0, 1, 1, 0)
    assert [result.id for result in notice_search.rank(office, "预算")] == [number]  # under its old address
    with office.store.read() as session:
        row = session.scalars(select(Disclosure).where(Disclosure.key == "d2")).one()
        assert (row.withdrawn_at, row.withdrawn_by, row.version) == (None, "", 1)


def test_who_withdrew_and_why_is_kept(office: Office, folder: Path) -> None:
    take(office, folder, WATER, BUDGET)
    take(office, folder, WATER, complete=True, username="hejing")
    with office.store.read() as session:
        row = session.scalars(select(Disclosure).where(Disclosure.key == "d2")).one()
        assert row.withdrawn_by == "hejing" and row.withdrawn_why


def test_an_incomplete_file_withdraws_nothing(office: Office, folder: Path) -> None:
    take(office, folder, WATER, BUDGET)
    assert counts(take(office, folder, WATER)) == (0, 0, 1, 0)
    assert len(notice_search.newest(office, "disclosure")) == 2


def test_a_refused_row_is_not_missing_from_a_complete_list(office: Office, folder: Path) -> None:
    take(office, folder, WATER, BUDGET)
    receipt = take(office, folder, WATER, {"key": "d2"}, complete=True)
    assert (counts(receipt), len(receipt.refused)) == ((0, 0, 1, 0), 1)


def test_an_empty_complete_list_does_not_wipe_everything_by_accident(office: Office, folder: Path) -> None:
    take(office, folder, WATER, BUDGET)
    with pytest.raises(BadInput, match="--even-if-empty"):
        take(office, folder, {"key": "无标题"}, complete=True)
    assert len(notice_search.newest(office, "disclosure")) == 2
    assert take(office, folder, {"title": "无编号"}, complete=True, even_if_empty=True).withdrawn == 2


def test_a_dry_run_says_what_would_be_and_does_nothing(office: Office, folder: Path) -> None:
    take(office, folder, WATER, BUDGET)
    receipt = take(office, folder, WATER | {"title": "新"}, {"key": "d3", "title": "三"}, complete=True, dry_run=True)
    assert counts(receipt) == (1, 1, 0, 1)
    assert [result.key for result in notice_search.newest(office, "disclosure")] == ["d2", "d1"]
    with office.store.read() as session:
        assert len(session.scalars(select(ImportReceipt)).all()) == 1


def test_the_ledger_knows_of_every_import(office: Office, folder: Path) -> None:
    take(office, folder, WATER, BUDGET, {"key": "x"}, username="hejing")
    with office.store.read() as session:
        entry = next(ledger.since(session, 0, "notices.imported"))
    data = json.loads(entry.data)
    assert entry.actor == "hejing"
    assert (data["notices"], data["file"], data["new"], data["refused"]) == ("disclosure", "rows.jsonl", 2, 1)


def test_a_stranger_cannot_import(office: Office, folder: Path) -> None:
    with pytest.raises(NotFound, match="nobody"):
        take(office, folder, WATER, username="nobody")
    assert notice_search.newest(office, "disclosure") == []


def published(office: Office) -> list[tuple[str, dict[str, Any]]]:
    with office.store.read() as session:
        return [(entry.subject, json.loads(entry.data)) for entry in ledger.since(session, 0, "portal.published")]


def test_a_portal_item_counts_once_when_its_day_is_first_known(office: Office, folder: Path) -> None:
    take(office, folder, PORTAL, kind="portal")
    assert published(office) == []
    take(office, folder, PORTAL | {"published_on": "2026-03-01"}, kind="portal")
    take(office, folder, PORTAL | {"published_on": "2026-13-01"}, kind="portal")
    take(office, folder, PORTAL | {"published_on": "2026-03-02"}, kind="portal")
    take(office, folder, {"key": "p2", "title": "另一条", "published_on": "2026-03-05"}, kind="portal", complete=True)
    with office.store.read() as session:
        first, second = session.scalars(select(PortalItem).order_by(PortalItem.id))
        assert first.withdrawn_at  # it stays counted
    (subject, data), (other, _) = published(office)
    assert (subject, other) == (f"portal:{first.id}", f"portal:{second.id}")
    assert data == {
        "channel": "portal", "title": "园区动态", "url": "https://example.gov.cn/1", "category": "gzdt", "department": "dzb",
        "published_on": "2026-03-01",
    }  # fmt: skip


def test_names_that_are_not_known_are_kept_and_marked(office: Office, folder: Path) -> None:
    take(office, folder, WATER | {"category": "园区轶事"})
    with office.store.read() as session:
        category = session.scalars(select(Category).where(Category.name == "园区轶事")).one()
        assert not category.known


def test_a_failed_import_leaves_nothing_behind(office: Office, folder: Path) -> None:
    take(office, folder, WATER)
    with office.store.read() as session:
        before = ledger.head(session)
    with pytest.raises(BadInput):
        notice_import.import_file(office, "disclosure", folder / "没有.xlsx")
    with office.store.read() as session:
        assert ledger.head(session) == before
        assert len(session.scalars(select(LedgerEntry)).all()) == before


@pytest.mark.parametrize("step", [notice_import.OPENING, checked_rows.READING, notice_import.WRITING])
def test_an_import_given_up_leaves_nothing_and_may_be_repeated(office: Office, folder: Path, step: str) -> None:
    def given_up(now: str, done: int, total: int) -> None:
        if now == step:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take(office, folder, WATER, BUDGET, on_progress=given_up)
    assert notice_search.rank(office, "停水") == []
    assert counts(take(office, folder, WATER, BUDGET)) == (2, 0, 0, 0)
    assert [result.key for result in notice_search.rank(office, "停水")] == ["d1"]


def test_an_import_given_up_while_the_index_is_built_stands(office: Office, folder: Path) -> None:
    def given_up(now: str, done: int, total: int) -> None:
        if now == notice_import.INDEXING:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take(office, folder, WATER, BUDGET, on_progress=given_up)
    assert [result.key for result in notice_search.rank(office, "停水")] == ["d1"], "the index is made up for"
    assert counts(take(office, folder, WATER, BUDGET)) == (0, 0, 2, 0)


def test_thousands_of_rows_go_in_at_once(office: Office, folder: Path) -> None:
    rows = [{"key": f"k{number}", "title": f"第{number}号公告", "body": "内容"} for number in range(3000)]
    assert take(office, folder, *rows).new == 3000
    changed = [row | {"body": "改"} for row in rows[:1500]]
    assert counts(take(office, folder, *changed, complete=True)) == (0, 1500, 0, 1500)
    assert notice_search.rank(office, "1499号公告")[0].key == "k1499"
    assert "k1500" not in {result.key for result in notice_search.rank(office, "1500号公告")}


POSTINGS = [
    {"key": "j1", "title": "电工", "valid_until": "2026-11-22"},
    {"key": "j2", "title": "电工", "valid_until": "2026-11-21"},
    {"key": "j3", "title": "电工", "published_on": "2026-10-01"},
    {"key": "j4", "title": "电工"},
]


@pytest.mark.parametrize(("days", "offered"), [(0, {"j1", "j3", "j4"}), (60, {"j1", "j3", "j4"}), (30, {"j1", "j4"})])
def test_postings_expire_by_their_day_or_by_the_setting(
    office: Office, folder: Path, days: int, offered: set[str]
) -> None:
    office.settings = office.settings.model_copy(update={"posting_days": days})
    take(office, folder, *POSTINGS, kind="posting")
    today = date(2026, 11, 22)
    assert {result.key for result in notice_search.rank(office, "电工", today=today)} == offered
    assert {result.key for result in notice_search.newest(office, "posting", today=today)} == offered
    assert notice_search.count(office, "posting", today=today) == len(offered)
    with office.store.read() as session:
        ids = {row.key: row.id for row in session.scalars(select(notices.TABLES["posting"]))}
    expired = {key for key, number in ids.items() if notice_search.one(office, "posting", number, today=today).expired}
    assert expired == set(ids) - offered
