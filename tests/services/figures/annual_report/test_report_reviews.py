"""The three reviews of a report, what is said to its queries, and two people who edit one table."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from content.rules.errors import BadInput, Conflict, NotAllowed, NotFound
from content.services.figures import ledger_audit
from content.services.figures.annual_report import (
    explanations,
    report_difference,
    report_editing,
    report_reviews,
    report_signatures,
    year_figures,
)
from content.services.figures.annual_report.report_editing import EntryConflict, EntryForm
from content.services.figures.annual_report.report_reviews import ReportStage
from content.services.office import Office
from tests.services.figures.annual_report.entered import TABLE_THREE, TEXT, WHOLE, enter, pass_three

YEAR = 2025


def standing(office: Office) -> report_reviews.ReportStanding:
    """Where the report stands now."""
    return report_reviews.standing(office, year_figures.gather(office, YEAR))


def test_three_people_who_wrote_nothing_of_it_pass_it_and_a_change_voids_all(office: Office, tmp_path: Path) -> None:
    enter(office, tmp_path, **WHOLE)
    with pytest.raises(Conflict, match="还没有送审"):
        report_reviews.pass_(office, YEAR, username="sunhao")
    assert "孙浩" in report_reviews.submit(office, YEAR, username="linxiaoyu")
    with pytest.raises(Conflict, match="不用再送"):
        report_reviews.submit(office, YEAR, username="hejing")
    for author in ("hejing", "linxiaoyu"):  # entered it, handed it in
        with pytest.raises(NotAllowed, match="自己写过"):
            report_reviews.pass_(office, YEAR, username=author)
    with pytest.raises(NotAllowed, match="初审"):
        report_reviews.pass_(office, YEAR, username="zhaominghua")
    assert "初审通过" in report_reviews.pass_(office, YEAR, username="sunhao", sha256=standing(office).sha256)
    with pytest.raises(Conflict, match="待复审 2/3"):
        report_signatures.sign(office, YEAR, username="zhaominghua")
    report_reviews.pass_(office, YEAR, username="zhoujianguo")
    seen = standing(office).sha256
    enter(office, tmp_path, year=YEAR, t2={"行政许可": [13]})
    assert (standing(office).stage, standing(office).changed) == (ReportStage.WRITING, True)
    with pytest.raises(Conflict, match="又改过"):
        report_reviews.pass_(office, YEAR, username="zhaominghua", sha256=seen)
    with pytest.raises(Conflict, match="先前的通过作废"):
        report_signatures.sign(office, YEAR, username="zhaominghua")
    pass_three(office)
    report_signatures.sign(office, YEAR, username="zhaominghua")
    assert standing(office).stage is ReportStage.SIGNED and ledger_audit.verify(office).ok


def test_a_returned_report_goes_back_with_a_reason(office: Office, tmp_path: Path) -> None:
    enter(office, tmp_path, **WHOLE)
    report_reviews.submit(office, YEAR, username="hejing")
    with pytest.raises(BadInput, match="写明原因"):
        report_reviews.return_(office, YEAR, username="sunhao")
    report_reviews.return_(office, YEAR, username="sunhao", note="第五部分太空")
    assert standing(office).stage is ReportStage.WRITING and standing(office).trail[-1].note == "第五部分太空"
    assert report_reviews.waiting(office, "sunhao") == ()
    report_reviews.submit(office, YEAR, username="hejing")
    assert report_reviews.waiting(office, "sunhao") == (YEAR,)


def test_a_reviewer_sees_what_was_changed_since_the_report_that_she_knows(office: Office, tmp_path: Path) -> None:
    def seen_by(username: str) -> list[tuple[str, str, str]]:
        now = year_figures.gather(office, YEAR)
        found = report_reviews.standing(office, now)
        known = report_difference.known_before(office, found.trail, found.sha256, username)
        return (
            [(one.what, one.gone, one.come) for one in report_difference.changes(known[1], now.report)] if known else []
        )

    enter(office, tmp_path, **WHOLE)
    report_reviews.submit(office, YEAR, username="hejing")
    assert seen_by("sunhao") == []
    report_reviews.return_(office, YEAR, username="sunhao", note="许可少了一件")
    changed = TEXT.replace("一、总体情况\n写好了。", "一、总体情况\n写好了。又加了一句。")
    enter(office, tmp_path, year=YEAR, t2={"行政许可": [13], "规章": [None, 0, "/"]}, narrative=changed)
    report_reviews.submit(office, YEAR, username="hejing")
    first = [("表二 规章", "本年制发件数 0，现行有效件数 0", "本年制发件数 （空），现行有效件数 /"),
             ("表二 行政许可", "本年处理决定数量 12", "本年处理决定数量 13"), ("一、总体情况", "", "又加了一句。")]  # fmt: skip
    assert seen_by("sunhao") == seen_by("zhoujianguo") == first
    enter(office, tmp_path, year=YEAR, t4={**WHOLE["t4"], "review": [1, 0, 0, 0, 1]})
    report_reviews.submit(office, YEAR, username="hejing")
    last = [("表四 行政复议", "结果维持 0，总计 0", "结果维持 1，总计 1")]
    assert seen_by("zhoujianguo") == last  # had nothing to do with the first
    assert seen_by("sunhao") == [*first[:2], *last, first[2]]


def test_what_does_not_foot_or_is_not_written_is_not_handed_in(office: Office, tmp_path: Path) -> None:
    enter(office, tmp_path, **WHOLE | {"t3": TABLE_THREE | {"out": [0] * 7}})
    with pytest.raises(Conflict, match="不能送审"):
        report_reviews.submit(office, YEAR, username="hejing")
    enter(office, tmp_path, year=YEAR, t3=TABLE_THREE, narrative="五、存在的主要问题及改进情况\n【请填写：改进的措施】")
    with pytest.raises(Conflict, match="改进的措施"):
        report_reviews.submit(office, YEAR, username="hejing")


def test_a_pass_that_the_ledger_does_not_hold_does_not_count(office: Office, tmp_path: Path) -> None:
    enter(office, tmp_path, **WHOLE)
    report_reviews.submit(office, YEAR, username="hejing")
    sha = standing(office).sha256
    with office.store.write() as session:
        for step, who in enumerate(("sunhao", "zhoujianguo", "zhaominghua"), start=1):
            session.execute(text("INSERT INTO report_review (year, action, step, person, role, covers, note, sha256, at) VALUES "
                                 f"({YEAR}, 'pass', {step}, '{who}', 'chief', '', '', '{sha}', '2026-11-22 04:00:00')"))  # fmt: skip
    assert standing(office).passed == ()


def test_a_query_is_explained_until_it_says_something_else(office: Office, tmp_path: Path) -> None:
    asked = TEXT.replace("一、总体情况\n写好了。", "一、总体情况\n本年收到政府信息公开申请9件。")
    enter(office, tmp_path, **WHOLE | {"narrative": asked})
    [query] = explanations.missing(office, year_figures.gather(office, YEAR))
    with pytest.raises(BadInput, match="写一句"):
        explanations.explain(office, YEAR, explanations.key(query), " ", username="hejing")
    explanations.explain(office, YEAR, explanations.key(query), "含上级转来的 7 件", username="linxiaoyu")
    assert explanations.missing(office, year_figures.gather(office, YEAR)) == []
    pass_three(office)
    report_signatures.sign(office, YEAR, username="zhaominghua")  # no note is wanted any more
    enter(office, tmp_path, year=YEAR, t3=TABLE_THREE, narrative=asked.replace("9件", "8件"))
    assert len(explanations.missing(office, year_figures.gather(office, YEAR))) == 1
    with pytest.raises(NotFound):
        explanations.explain(office, YEAR, explanations.key(query), "还是", username="hejing")


def form(office: Office, **given: object) -> EntryForm:
    """A form as it was opened now, and what was typed into it."""
    names = {name.replace("__", "."): value for name, value in given.items()}
    return EntryForm(names, report_editing.values(year_figures.gather(office, YEAR)))


def test_only_what_was_changed_is_entered_and_the_second_sees_the_difference(office: Office, tmp_path: Path) -> None:
    enter(office, tmp_path, **WHOLE)
    mine = form(office, t2__行政许可=[13], t2__行政处罚=[5])
    theirs = form(office, t2__行政许可=[14], t2__行政处罚=[0])
    assert report_editing.edit(office, YEAR, theirs, username="zhaominghua") == ("t2.行政许可",)
    with pytest.raises(EntryConflict) as conflict:
        report_editing.edit(office, YEAR, mine, username="hejing")
    assert [(one.name, one.now, one.by) for one in conflict.value.changes] == [("t2.行政许可", [14], "zhaominghua")]
    assert year_figures.gather(office, YEAR).report.active["行政处罚"] == (0,)  # nothing was kept
    again = EntryForm(mine.given, {**mine.shown, "t2.行政许可": [14]})
    assert report_editing.edit(office, YEAR, again, username="hejing") == ("t2.行政处罚", "t2.行政许可")


def test_a_section_is_written_by_who_writes_and_comes_back_as_drafted(office: Office, tmp_path: Path) -> None:
    enter(office, tmp_path, **{name: value for name, value in WHOLE.items() if name != "narrative"})
    report_editing.edit(office, YEAR, form(office, text__5="人手少。\r\n\r\n明年加强培训。"), username="linxiaoyu")
    found = year_figures.gather(office, YEAR)
    assert found.sections[4] == ("人手少。", "明年加强培训。") and found.sections[0] == found.drafted[0]
    report_editing.edit(office, YEAR, form(office, text__5=""), username="linxiaoyu")
    assert year_figures.gather(office, YEAR).sections[4] == found.drafted[4]
    with pytest.raises(NotAllowed):
        report_editing.edit(office, YEAR, form(office, t2__行政许可=[1]), username="linxiaoyu")


@pytest.mark.parametrize(("typed", "cells"), [
    (["3", "", "", "", "", "1", ""], [3, None, None, None, None, 1, 4]),
    (["3", "1", "0", "0", "0", "0", "9"], [3, 1, 0, 0, 0, 0, 9]),
    (["３", "/", "—", "0", "0", "0", ""], [3, "/", "—", 0, 0, 0, 3]),
    (["三", "", "", "", "", "", ""], ["三", None, None, None, None, None, None]),
])  # fmt: skip
def test_a_blank_total_is_added_up(typed: list[str], cells: list[object]) -> None:
    assert report_editing.cells("t3.new", typed) == cells
