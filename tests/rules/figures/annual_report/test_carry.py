"""This year's report against last year's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from content.rules.errors import BadInput
from content.rules.figures.annual_report import checks
from content.rules.figures.annual_report.form import Format
from tests.rules.figures.annual_report.made_up import changed, report

LAST = report(year=2023, cells={"t3.new.0": 5, "t3.new.6": 5, "t3.out.0": 5, "t3.out.6": 5, "t2.行政规范性文件.2": 40,
                                "t2.行政许可.0": 550})  # fmt: skip
THIS = report(cells={"t3.in.0": 5, "t3.in.6": 5, "t3.g.0": 5, "t3.g.6": 5, "t3.total.0": 5, "t3.total.6": 5,
                     "t2.行政规范性文件.0": 7, "t2.行政规范性文件.1": 3, "t2.行政规范性文件.2": 44, "t2.行政许可.0": 600})  # fmt: skip


def told(made: Any, last: Any = LAST) -> list[tuple[str, str, str]]:
    """(level, rule, first cell) of every finding."""
    return [(one.level, one.rule, one.cells[0]) for one in checks.check(made, previous=last)]


def test_a_year_that_follows_from_the_last_brings_no_word() -> None:
    assert told(THIS) == []


def test_what_was_carried_over_must_be_the_same() -> None:
    last = changed(changed(LAST, "t3.out.0", 4), "t3.new.0", 4)
    assert told(THIS, last) == [("error", "carry.applications", "t3.in.0")]
    assert (
        "二（上年结转）填的是 5，而上一年报告的四（结转下年度）是 4，相差 1"
        in checks.check(THIS, previous=last)[0].message
    )


def test_documents_in_force_must_follow() -> None:
    wrong = changed(THIS, "t2.行政规范性文件.2", 45)
    assert told(wrong) == [("error", "carry.documents", "t2.行政规范性文件.0")]
    assert "40 + 本年制发 7 − 本年废止 3 = 44，而现行有效填的是 45" in checks.check(wrong, previous=LAST)[0].message
    remarked = changed(wrong, "t2.行政规范性文件.1", "3（含自然失效1件）")
    assert told(remarked) == [("query", "carry.documents", "t2.行政规范性文件.0")]


def test_jumps_are_asked_about_across_formats_too() -> None:
    assert told(changed(THIS, "t2.行政许可.0", 9487)) == [("query", "t2.jump", "t2.行政许可.0")]
    assert told(changed(THIS, "t2.行政许可.0", 100)) == [("query", "t2.jump", "t2.行政许可.0")]
    old = report(Format.OF_2019, year=2020, cells={"t2.行政处罚.2": 9})
    assert told(report(year=2021, cells={"t2.行政处罚.0": 60}), old) == [("query", "t2.jump", "t2.行政处罚.0")]
    assert told(report(year=2021, cells={"t2.行政处罚.0": 9}), report(year=2020, cells={"t2.行政处罚.0": 1})) == []


def test_another_years_report_is_no_comparison() -> None:
    with pytest.raises(BadInput, match="请给 2023 年度的"):
        checks.check(THIS, previous=report(year=2022))


def test_the_report_of_another_body_is_asked_about_and_nothing_held_against_it_is_an_error() -> None:
    other = replace(changed(changed(LAST, "t3.out.0", 4), "t3.new.0", 4), org="青璞县自然资源局")
    found = checks.check(THIS, previous=other)
    assert [(one.level, one.rule) for one in found] == [("query", "carry.office"), ("query", "carry.applications")]
    assert "青璞县自然资源局" in found[0].message
    renamed = replace(LAST, org="望江县人民政府办公室")
    assert checks.check(THIS, previous=renamed) == []
