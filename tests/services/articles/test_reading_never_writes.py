"""Who looks, compares or is refused leaves every row and every file as it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from content.intake.articles.documents import from_text
from content.rules.errors import GongkaiError
from content.services import articles as article_services
from content.services.alarms import lifecycle, metrics
from content.services.articles import PostForm, Upload, reviews
from content.services.citizens import letters, subscriptions, taught_answers
from content.services.figures import ledger_audit, tally_lines, yearly_tally
from content.services.figures.count_filter import CountFilter
from content.services.notices import catalogue, notice_import
from content.services.office import Office
from content.services.people import staff
from content.store.disk import sealing
from content.store.tables import Base
from tests import factories, world

AUTHOR = "linxiaoyu"
ROW: dict[str, Any] = {"key": "k", "title": "园区停水通知", "body": "第一段。"}


def kept(office: Office) -> tuple[dict[str, list[tuple[Any, ...]]], list[str]]:
    """Every row of every table, and the names of the files and keys."""
    with office.store.read() as session:
        rows = {table.name: [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key))]
                for table in Base.metadata.sorted_tables}  # fmt: skip
    folders = (office.files.root, office.home / "keys")
    return rows, sorted(str(path) for folder in folders for path in folder.rglob("*") if path.is_file())


def brought(office: Office, folder: Path, *rows: dict[str, Any]) -> article_services.PostImportReceipt:
    """What an import of these rows came to."""
    file = folder / "稿.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return article_services.import_posts(office, file, username=AUTHOR)


@pytest.mark.parametrize(
    "change",
    [{"category": "没听说过的分类"}, {"department": "没听说过的部门"}, {"attach": "表.pdf"}, {"cover": "图.png"},
     {"body": "![](图.png)"}, {"title": "改"}],
)  # fmt: skip
def test_a_row_that_an_import_refuses_leaves_nothing_behind(
    office: Office, tmp_path: Path, change: dict[str, Any]
) -> None:
    (tmp_path / "图.png").write_bytes(factories.image(colour=(1, 2, 3)))
    (tmp_path / "表.pdf").write_bytes(b"%PDF other")
    assert brought(office, tmp_path, ROW).new == 1
    before = kept(office)
    receipt = brought(office, tmp_path, ROW | change)
    assert (receipt.new, receipt.unchanged, [fault["field"] for fault in receipt.refused]) == (0, 0, ["key"])
    assert kept(office) == before


def test_a_row_that_is_refused_for_a_key_earlier_in_its_file_leaves_nothing_behind(
    office: Office, tmp_path: Path
) -> None:
    receipt = brought(office, tmp_path, ROW, ROW | {"category": "没听说过的分类"}, ROW)
    assert (receipt.new, receipt.unchanged, [fault["row"] for fault in receipt.refused]) == (1, 1, [2])
    assert "没听说过的分类" not in str(kept(office))


def test_a_row_that_is_there_already_is_compared_without_a_trace(office: Office, tmp_path: Path) -> None:
    (tmp_path / "图.png").write_bytes(factories.image())
    (tmp_path / "表.pdf").write_bytes(b"%PDF")
    row = ROW | {"category": "新的分类", "department": "dzb", "cover": "图.png", "attach": "表.pdf"}
    assert brought(office, tmp_path, row, ROW | {"key": "k2", "category": "通知公告"}).new == 2
    before = kept(office)
    assert brought(office, tmp_path, row, ROW | {"key": "k2", "category": "通知公告"}).unchanged == 2
    assert kept(office) == before


def test_an_edit_without_a_change_writes_nothing(office: Office) -> None:
    number = article_services.add(
        office, PostForm(title="停水", body=from_text("一"), category="新"), username=AUTHOR
    ).id
    before = kept(office)
    assert not article_services.edit(office, number, {"title": "停水"}, username=AUTHOR).changed
    assert kept(office) == before


def test_whatever_shows_lists_or_previews_leaves_everything_as_it_was(office: Office, tmp_path: Path) -> None:
    number = article_services.add(
        office, PostForm(title="停水", body=from_text("一"), attachments=(Upload("表.pdf", b"%PDF"),)), username=AUTHOR
    ).id
    out, _, _ = factories.publish(office)
    notices = tmp_path / "notices.jsonl"
    notices.write_text(json.dumps({"key": "d1", "title": "公告", "category": "没听说过的分类"}), encoding="utf-8")
    before = kept(office)
    article_services.listing(office), article_services.show(office, number), article_services.concerns(office, number)
    article_services.preview(office, number), reviews.is_published(office, out, username="zhaominghua", note="因为")
    assert notice_import.import_file(office, "disclosure", notices, dry_run=True).new == 1
    catalogue.disclosures(office), catalogue.shelves(office), catalogue.named(office, "没听说过的部门")
    catalogue.article(office, out)
    lifecycle.listing(office), metrics.vitals(office, world.NOON), letters.listing(office)
    subscriptions.mine(office, "a"), taught_answers.in_vain(office), taught_answers.taught(office)
    staff.everyone(office), ledger_audit.verify(office), tally_lines.lines(office, CountFilter.of_year(2026))
    yearly_tally.read(office, 2026, world.NOON)
    assert kept(office) == before


def test_who_reads_a_sealed_openid_makes_no_key(office: Office) -> None:
    sealed = sealing.seal(office.home, "oCitizen")
    (office.home / "keys" / "letters").unlink()
    before = kept(office)
    with pytest.raises(GongkaiError, match="keys/letters"):
        sealing.unseal(office.home, sealed)
    assert kept(office) == before
