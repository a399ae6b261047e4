"""What people enter for the report, the files that come of it, and the signature."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from content.intake import reports
from content.rules.errors import BadInput, Conflict, NotAllowed
from content.services.figures import ledger_audit
from content.services.figures.annual_report import (
    report_entries,
    report_files,
    report_signatures,
    year_figures,
)
from content.services.office import Office
from content.store.tables import LedgerEntry, ReportEntry
from tests.services.figures.annual_report.entered import TABLE_THREE, TABLE_TWO, TEXT, WHOLE, ZERO, enter, pass_three


def test_rows_are_entered_one_by_one_and_what_they_replace_is_kept(office: Office, tmp_path: Path) -> None:
    enter(office, tmp_path, **WHOLE)
    receipt = enter(office, tmp_path, 2025, "zhaominghua", year=2025, t2={"行政许可": [13]})
    assert (receipt.entered, receipt.replaced) == (("t2.行政许可",), {"t2.行政许可": "hejing"})
    found = year_figures.gather(office, 2025)
    assert found.report.active["行政许可"] == (13,) and found.report.active["行政事业性收费(万元)"] == (3.5,)
    assert "t2.行政许可.0" in found.entered_cells
    with office.store.read() as session:
        kept = session.scalars(
            select(ReportEntry).where(ReportEntry.name == "t2.行政许可").order_by(ReportEntry.id)
        ).all()
        entries = session.scalars(
            select(LedgerEntry).where(LedgerEntry.kind == "report.entered").order_by(LedgerEntry.number)
        ).all()
    assert [(row.value, row.replaced_by) for row in kept] == [("[12]", "zhaominghua"), ("[13]", "")]
    assert [(entry.actor, entry.subject) for entry in entries] == [
        ("hejing", "report:2025"),
        ("zhaominghua", "report:2025"),
    ]


def test_the_same_figures_again_change_nothing(office: Office, tmp_path: Path) -> None:
    enter(office, tmp_path, **WHOLE)
    assert enter(office, tmp_path, **WHOLE).replaced == {}
    with office.store.read() as session:
        assert (
            len(
                session.scalars(
                    select(LedgerEntry).where(LedgerEntry.kind == "report.entered").order_by(LedgerEntry.number)
                ).all()
            )
            == 1
        )


def test_cells_are_kept_as_printed(office: Office, tmp_path: Path) -> None:
    enter(office, tmp_path, 2020, year=2020, t2={"行政许可": ["/", "减4", None], "政府集中采购": [3, "251000元"]})
    report = year_figures.gather(office, 2020).report
    assert report.active["行政许可"] == ("/", "减4", None) and report.active["政府集中采购"] == (3, "251000元")


@pytest.mark.parametrize(("year", "figures", "said"), [
    (2025, {"year": 2024, "t2": {"规章": [0, 0, 0]}}, "2024 年度"),
    (2025, {"format": "2019", "t2": {"政府集中采购": [0, 0]}}, "另一种格式"),
    (2020, {"format": "2021", "t3": {"new": ZERO}}, "另一种格式"),
    (2025, {"year": 2025, "t3": {"o": ZERO}}, "o1、o2、o3"),
    (2025, {"t2": {}}, "没有一行"), (2025, {"nothing": 1}, "没有 t2"), (2018, {"year": 2018, "t3": {"new": ZERO}}, "没有 2018 年度"),
    (2025, {"year": 2025, "t3": {"new": [1, 2]}}, "7 格"),
])  # fmt: skip
def test_what_cannot_be_entered_is_said_and_nothing_changes(
    office: Office, tmp_path: Path, year: int, figures: dict[str, Any], said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        enter(office, tmp_path, year, **figures)
    with office.store.read() as session:
        assert session.scalars(select(ReportEntry)).all() == []


def test_only_who_may_count_enters_and_signs(office: Office, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed, match="终审、办公室"):
        enter(office, tmp_path, username="linxiaoyu", **WHOLE)
    with pytest.raises(NotAllowed):
        report_signatures.sign(office, 2025, username="linxiaoyu")


def test_a_report_that_does_not_foot_is_no_file_but_a_draft(office: Office, tmp_path: Path) -> None:
    out = tmp_path / "out.html"
    enter(office, tmp_path, **WHOLE | {"t3": TABLE_THREE | {"out": ZERO}})
    with pytest.raises(Conflict, match="一（本年新收）2"):
        report_files.build(office, 2025, out, format="html", draft=False)
    assert not out.exists()
    found = report_files.build(office, 2025, out, format="html", draft=True)
    assert found.report.requests == reports.read(out).requests


def test_what_nobody_entered_stops_a_file_too(office: Office, tmp_path: Path) -> None:
    enter(office, tmp_path, year=2025, t3=TABLE_THREE)
    with pytest.raises(Conflict, match="表二还没有填：规章、"):
        report_files.build(office, 2025, tmp_path / "out.json", format="json", draft=False)


def test_carried_figures_are_held_against_last_years(office: Office, tmp_path: Path) -> None:
    enter(office, tmp_path, **WHOLE)
    enter(office, tmp_path, 2024, year=2024, t3={"out": [1, 0, 0, 0, 0, 0, 1]})
    assert "carry.applications" in {finding.rule for finding in year_figures.gather(office, 2025).findings}


def test_a_published_report_gives_its_tables(office: Office, tmp_path: Path) -> None:
    enter(office, tmp_path, **WHOLE)
    for format in ("docx", "html"):
        out = tmp_path / f"last.{format}"
        report_files.build(office, 2025, out, format=format, draft=False)
        for name in year_figures.gather(office, 2025).entered:
            report_entries.drop(office, 2025, (name,), username="hejing")
        receipt = report_entries.enter(office, 2025, out, username="hejing")
        assert len(receipt.entered) == len(TABLE_TWO) + len(TABLE_THREE) + 3
        assert dict(year_figures.gather(office, 2025).report.requests) == {n: tuple(r) for n, r in TABLE_THREE.items()}


def test_a_signature_seals_figures_and_text_and_a_change_shows(office: Office, tmp_path: Path) -> None:
    enter(office, tmp_path, **WHOLE)
    pass_three(office)
    digest = report_signatures.sign(office, 2025, username="zhaominghua")
    state = report_signatures.state(office, year_figures.gather(office, 2025))
    assert (state.by, state.holds) == ("zhaominghua", True)
    with office.store.read() as session:
        [entry] = session.scalars(select(LedgerEntry).where(LedgerEntry.kind == "report.signed"))
    assert json.loads(entry.data) == {"format": "2021", "sha256": digest, "note": ""} and entry.subject == "report:2025"
    assert ledger_audit.verify(office).ok
    enter(office, tmp_path, year=2025, t2={"行政许可": [13]})
    assert not report_signatures.state(office, year_figures.gather(office, 2025)).holds
    with office.store.write() as session:
        session.execute(text("UPDATE report_signature SET figures = replace(figures, '12', '21')"))
    assert any("2025 年度报告" in fault for fault in ledger_audit.verify(office).faults)


def test_gaps_in_the_text_and_queries_without_a_word_stop_the_signature(office: Office, tmp_path: Path) -> None:
    enter(office, tmp_path, **{name: value for name, value in WHOLE.items() if name != "narrative"})
    with pytest.raises(Conflict, match="存在的主要问题"):
        report_signatures.sign(office, 2025, username="hejing")
    asked = TEXT.replace("一、总体情况\n写好了。", "一、总体情况\n本年收到政府信息公开申请9件。")
    enter(office, tmp_path, year=2025, t3=TABLE_THREE, narrative=asked)
    with pytest.raises(BadInput, match="--note"):
        report_signatures.sign(office, 2025, username="hejing")
    pass_three(office)
    assert report_signatures.sign(office, 2025, username="hejing", note="含上级转来的 7 件")


def test_written_sections_stand_and_the_others_are_drafted(office: Office, tmp_path: Path) -> None:
    enter(
        office, tmp_path, year=2025, t3=TABLE_THREE, narrative="五、存在的主要问题及改进情况\n人手少。\n明年加强培训。"
    )
    sections = year_figures.gather(office, 2025).sections
    assert sections[4] == ("人手少。", "明年加强培训。") and "新收政府信息公开申请 2 件" in sections[2][0]
