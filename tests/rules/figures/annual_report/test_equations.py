"""What must foot: silence on what does, an error on any one cell that does not."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st

from content.rules.figures.annual_report import checks, form
from content.rules.figures.annual_report.form import Format
from content.rules.figures.annual_report.report import AnnualReport, ReportFinding
from tests.rules.figures.annual_report.made_up import changed, consistent, report

BALANCED = {"t3.new.0": 3, "t3.new.1": 1, "t3.new.6": 4, "t3.in.0": 1, "t3.in.6": 1, "t3.g.0": 2, "t3.g.6": 2, "t3.d3.1": 1,
            "t3.d3.6": 1, "t3.total.0": 2, "t3.total.1": 1, "t3.total.6": 3, "t3.out.0": 2, "t3.out.6": 2}  # fmt: skip


def errors(made: AnnualReport) -> list[ReportFinding]:
    """What cannot be right."""
    return [finding for finding in checks.check(made) if finding.level == "error"]


def rules(findings: Iterable[ReportFinding]) -> set[str]:
    """Their rules."""
    return {finding.rule for finding in findings}


@settings(max_examples=1000, deadline=None)
@given(consistent())
def test_nothing_is_said_against_a_report_that_foots(made: AnnualReport) -> None:
    assert not errors(made)


@settings(max_examples=200, deadline=None)
@given(consistent(), st.data())
def test_any_one_changed_cell_of_tables_three_and_four_is_an_error(made: AnnualReport, data: st.DataObject) -> None:
    cells = [f"t3.{name}.{column}" for name in made.requests for column in range(7)]
    cells += [f"t4.{name}.{column}" for name in form.CASES for column in range(5)]
    cell = data.draw(st.sampled_from(cells))
    other = data.draw(st.integers(-3, 90).filter(lambda value: value != made.value(cell)))
    found = errors(changed(made, cell, other))
    assert any(cell in finding.cells for finding in found)


def test_the_equation_is_said_with_its_numbers() -> None:
    made = report(cells=BALANCED)
    assert checks.check(made) == []
    [balance, row] = errors(changed(made, "t3.out.0", 1))
    assert row.rule == "t3.row_sum" and balance.rule == "t3.balance"
    assert "自然人 1 = 1，而总计填的是 2，相差 1" in row.message
    assert "一（本年新收）3 + 二（上年结转）1 = 4，而三（七）总计 2 + 四（结转下年度）1 = 3，相差 1" in balance.message


def test_each_equation_has_its_rule() -> None:
    made = report(cells=BALANCED)
    assert rules(errors(changed(changed(made, "t3.g.0", 1), "t3.g.6", 1))) == {"t3.column_sum"}
    assert rules(errors(changed(changed(made, "t3.in.0", 2), "t3.in.6", 2))) == {"t3.balance"}
    assert rules(errors(changed(changed(made, "t3.in.0", 2), "t3.in.1", -1))) == {"t3.balance", "cell.not_a_count"}
    [found] = errors(report(cells={"t4.review.0": 10, "t4.review.1": 1}))
    assert (found.rule, found.cells[-1]) == ("t4.row_sum", "t4.review.4")


def test_a_blank_total_is_no_error_but_what_it_stands_for_must_balance() -> None:
    made = report(cells=BALANCED)
    for column in range(7):
        made = changed(made, f"t3.total.{column}", None)
    assert checks.check(made) == []
    assert rules(errors(changed(changed(made, "t3.out.0", 0), "t3.out.6", 0))) == {"t3.balance"}
    assert checks.check(report(cells={"t4.review.0": 3, "t4.review.4": None})) == []


def test_blank_cells_and_strokes_add_nothing() -> None:
    made = report(cells=BALANCED)
    for name, row in made.requests.items():
        for column, value in enumerate(row):
            made = made if value else changed(made, f"t3.{name}.{column}", "/" if column % 2 else None)
    assert checks.check(made) == []


def test_totals_without_parts_are_asked_about() -> None:
    made = report(cells={f"t4.review.{column}": None for column in range(4)} | {"t4.review.4": 2})
    [found] = checks.check(made)
    assert (found.level, found.rule) == ("query", "t4.row_sum")


def test_both_formats_and_the_single_row_of_other_outcomes_are_summed() -> None:
    cells = {"t3.new.0": 2, "t3.new.6": 2, "t3.o.0": 2, "t3.o.6": 2, "t3.total.0": 2, "t3.total.6": 2}
    assert checks.check(report(Format.OF_2019, cells=cells)) == []
    [found] = checks.check(report(cells=cells, other_in_one=True))
    assert (found.level, found.rule, found.cells[0]) == ("query", "format.year", "t3.o.0")


def test_what_is_no_count_is_an_error() -> None:
    for value in (-1, "-1", "减4", 2.5, "若干", "详见附件"):
        found = errors(report(cells={"t4.review.3": value}))
        assert "cell.not_a_count" in rules(found), value
    assert "这里不会是负数" in errors(report(cells={"t3.g.0": "－２"}))[0].message


def test_words_in_cells_of_tables_three_and_four_are_asked_about_and_still_added() -> None:
    made = report(cells={"t4.review.0": "2（含上年1件）", "t4.review.4": "２件"})
    assert [(finding.level, finding.rule) for finding in checks.check(made)] == [("query", "cell.not_a_count")] * 2


def test_rows_that_were_not_found_are_named_and_not_guessed() -> None:
    made = report(cells=BALANCED)
    rows = {name: row for name, row in made.requests.items() if name != "d3"}
    [found] = checks.check(AnnualReport(made.format, made.active, rows, made.cases, year=2024))
    assert (found.level, found.rule) == ("query", "format.rows") and "三安全一稳定" in found.message


def test_rows_whose_totals_are_all_blank_still_add_up_to_the_total_at_the_foot() -> None:
    made = report(cells=BALANCED)
    for row in made.request_rows:
        made = changed(made, f"t3.{row.name}.6", None) if row.group or row.name == "out" else made
    assert checks.check(made) == []
    assert rules(errors(changed(made, "t3.total.6", 4))) == {"t3.row_sum", "t3.column_sum", "t3.balance"}


def test_text_that_is_no_figure_is_one_error_and_not_three() -> None:
    made = report(cells=BALANCED)
    assert rules(errors(changed(made, "t3.new.0", "若干"))) == {"cell.not_a_count"}
    assert rules(errors(changed(made, "t3.total.6", "若干"))) == {"cell.not_a_count"}
    assert rules(errors(changed(made, "t3.g.0", "若干"))) == {"cell.not_a_count"}
