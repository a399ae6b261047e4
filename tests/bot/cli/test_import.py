"""The command `gongkai import` as a person and as a program meet it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli


@pytest.fixture
def run(tmp_path: Path, redis_url: str, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GONGKAI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GONGKAI_REDIS_URL", redis_url)
    return CliRunner()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "公开.csv"
    path.write_text("编号,标题,发布日期\nd1,停水通知,2026-5-1\nd2,,\nd3,停电通知,明天\n", encoding="gb18030")
    return path


def called(run: CliRunner, *arguments: str | Path) -> Result:
    return run.invoke(cli, ["import", *map(str, arguments)])


def test_a_program_gets_one_json_document(run: CliRunner, file: Path) -> None:
    run.invoke(cli, ["init"])
    done = called(run, "disclosures", file, "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout) == {
        "new": 2, "changed": 0, "unchanged": 0, "withdrawn": 0,
        "warnings": [{"row": 4, "field": "published_on", "message": "“明天”不是看得懂的日期，按没有日期处理。要写成 2026-12-01。"}],
        "refused": [{"row": 3, "field": "title", "message": "没有标题，没有读进来。请在 title（标题）一列填上标题。"}],
    }  # fmt: skip


def test_a_person_reads_what_happened_and_what_to_do(run: CliRunner, file: Path) -> None:
    run.invoke(cli, ["init"])
    said = called(run, "disclosures", file).stdout
    assert said.startswith("新增 2 条，更新 0 条")
    assert "没有读进来：B3 格（第 3 行 B 列“标题”）：没有标题" in said
    assert "提醒：C4 格（第 4 行 C 列“发布日期”）" in said


def test_a_dry_run_says_would(run: CliRunner, file: Path) -> None:
    run.invoke(cli, ["init"])
    assert called(run, "disclosures", file, "--dry-run").stdout.startswith("将会新增 2 条")
    assert called(run, "disclosures", file).stdout.startswith("新增 2 条")


@pytest.mark.parametrize("name", ["没有.xlsx", "说明.doc"])
def test_a_file_that_cannot_be_read_ends_with_one_line_and_code_1(run: CliRunner, tmp_path: Path, name: str) -> None:
    run.invoke(cli, ["init"])
    done = called(run, "postings", tmp_path / name)
    assert (done.exit_code, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)


def test_without_a_store_it_says_what_to_do_first(run: CliRunner, file: Path) -> None:
    done = called(run, "disclosures", file)
    assert done.exit_code == 1 and "gongkai init" in done.stderr


def test_an_unknown_kind_is_wrong_usage(run: CliRunner, file: Path) -> None:
    assert called(run, "articles", file).exit_code == 2


def test_wiping_everything_needs_a_second_word(run: CliRunner, file: Path) -> None:
    run.invoke(cli, ["init"])
    called(run, "disclosures", file)
    file.write_text("编号,标题\n,\n", encoding="utf-8")
    assert called(run, "disclosures", file, "--complete").exit_code == 1
    done = called(run, "disclosures", file, "--complete", "--even-if-empty", "--json")
    assert json.loads(done.stdout)["withdrawn"] == 2
