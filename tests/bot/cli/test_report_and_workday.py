"""`gongkai report check` and `gongkai workday`: nothing else than the file is needed, and nothing is kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from content.rules.figures.annual_report import form
from tests.config.holiday_notices import RIGHT
from tests.intake.reports.report_files import as_html, as_text, as_word
from tests.rules.figures.annual_report.made_up import changed, report


@pytest.fixture(autouse=True)
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder as the working directory, and no settings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GONGKAI_HOME", raising=False)
    return tmp_path


def run(*words: object) -> Result:
    """The command, as one types it."""
    return CliRunner().invoke(cli, [str(word) for word in words])


def test_a_clean_report_brings_no_finding_and_leaves_nothing_behind(bare: Path) -> None:
    for name, data in (
        ("a.docx", as_word(report())),
        ("a.html", as_html(report())),
        ("a.txt", as_text(report()).encode()),
    ):
        (bare / name).write_bytes(data)
        told = run("report", "check", bare / name, "--json")
        assert (told.exit_code, json.loads(told.stdout)) == (0, {"findings": []}), told.output
        assert "没有发现问题" in run("report", "check", bare / name).stdout
    assert sorted(path.name for path in bare.iterdir()) == ["a.docx", "a.html", "a.txt"]


def test_an_error_is_named_with_its_cells_and_ends_with_1(bare: Path) -> None:
    (bare / "a.txt").write_text(as_text(changed(report(), "t4.review.4", 2)), encoding="utf-8")
    told = run("report", "check", "a.txt", "--json")
    [finding] = json.loads(told.stdout)["findings"]
    assert told.exit_code == 1
    assert (finding["level"], finding["rule"]) == ("error", "t4.row_sum") and "t4.review.4" in finding["cells"]
    shown = run("report", "check", "a.txt").stdout
    assert "望江县人民政府 2024 年度，2021 年格式；读到表二 6 行、表三 25 行、表四 3 组。" in shown
    assert "错误（t4.row_sum" in shown and "共 1 处错误，0 处请核对" in shown


def test_a_query_alone_ends_with_0(bare: Path) -> None:
    made = changed(changed(report(form.Format.OF_2019), "t2.行政许可.0", 30), "t2.行政许可.2", 30)
    (bare / "a.html").write_bytes(as_html(made))
    told = run("report", "check", "a.html", "--json")
    assert (told.exit_code, [one["rule"] for one in json.loads(told.stdout)["findings"]]) == (0, ["t2.decisions"])


def test_last_years_report_is_taken_in(bare: Path) -> None:
    (bare / "last.html").write_bytes(as_html(changed(report(year=2023), "t3.out.6", 3)))
    (bare / "this.txt").write_text(as_text(report()), encoding="utf-8")
    told = run("report", "check", "this.txt", "--previous", "last.html", "--json")
    assert [one["rule"] for one in json.loads(told.stdout)["findings"]] == ["carry.applications"]
    wrong = run("report", "check", "this.txt", "--previous", "this.txt")
    assert wrong.exit_code == 1 and "请给 2023 年度的" in wrong.stderr and not wrong.stdout


def test_a_file_that_cannot_be_read_is_said_on_standard_error() -> None:
    told = run("report", "check", "nothing.docx", "--json")
    assert (told.exit_code, told.stdout) == (1, "") and "找不到文件" in told.stderr


def test_workday_prints_the_answer_on_the_first_line() -> None:
    assert run("workday", "add", "2026-09-10", 7).stdout == "2026-09-20\n"
    assert run("workday", "between", "2026-09-10", "2026-09-20").stdout == "7\n"
    explained = run("workday", "add", "2026-09-10", 7, "--explain").stdout.splitlines()
    assert explained[0] == "2026-09-20" and explained[-1] == "2026-09-20 周日，上班（国庆节调休）：第 7 个工作日"


def test_an_unknown_year_prints_no_date_until_its_notice_is_entered(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = run("workday", "add", "2026-11-23", 40)
    assert (refused.exit_code, refused.stdout) == (1, "") and "holidays.toml" in refused.stderr
    (bare / "holidays.toml").write_text(RIGHT, encoding="utf-8")
    monkeypatch.setenv("GONGKAI_HOME", str(bare))
    assert run("workday", "add", "2026-11-23", 40).stdout == "2027-01-19\n"
    past = run("workday", "add", "2026-11-23", 40, "--known-on", "2026-11-19")
    assert (past.exit_code, past.stdout) == (1, "")


def test_a_fault_in_the_notices_is_said_even_when_it_does_not_matter(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_HOME", str(bare))
    (bare / "holidays.toml").write_text(RIGHT.replace(", 2027-10-09", ""), encoding="utf-8")
    told = run("workday", "add", "2026-02-09", 7)
    assert told.stdout == "2026-02-25\n" and "像是漏了或多了日子" in told.stderr


def test_wrong_settings_do_not_stand_in_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_BIND", "nonsense")
    told = run("workday", "add", "2026-02-09", 7)
    assert (told.exit_code, told.stdout) == (0, "2026-02-25\n") and "GONGKAI_BIND" in told.stderr


@pytest.mark.parametrize(("words", "code", "said"), [
    (("add", "2026-02-30", "7"), 1, "看不懂日期"), (("add", "soon", "7"), 1, "看不懂日期"),
    (("between", "2026-03-02", "2026-03-01"), 1, "早于"), (("add", "2026-03-02", "many"), 2, "many"),
    (("add", "2026-03-02", "1000000"), 2, "1000000"),
])  # fmt: skip
def test_wrong_words_are_refused(words: tuple[str, ...], code: int, said: str) -> None:
    told = run("workday", *words)
    assert (told.exit_code, told.stdout) == (code, "") and said in told.stderr
