"""`gongkai triage`: the office's file of kinds of messages, its faults, and examples that come out otherwise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli

ONE = """
[[matter]]
kind = "smalltalk"
name = "问好"
whole = ["早上好呀"]
answer = "您好。"
yes = [{yes}]
no = ["公租房怎么申请"]
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GONGKAI_HOME", str(tmp_path))
    return tmp_path


def gongkai(*words: str) -> Result:
    return CliRunner().invoke(cli, ["triage", *words])


def test_the_file_that_comes_along_is_shown_and_holds(home: Path) -> None:
    done = gongkai()
    assert done.exit_code == 0 and "triage.toml" in done.stdout and "danger\t着火\t119" in done.stdout


def test_a_message_is_told_its_kind_and_why(home: Path) -> None:
    said = json.loads(gongkai("楼道里着火了", "公租房怎么申请", "--json").stdout)["messages"]
    assert said["楼道里着火了"] == {"kind": "danger", "name": "着火", "said": "着火"} and said["公租房怎么申请"] is None
    assert "都不是，照常查找" in gongkai("公租房怎么申请").stdout


def test_an_example_that_comes_out_otherwise_is_named(home: Path) -> None:
    (home / "triage.toml").write_text(ONE.format(yes='"早上好呀", "吃过晚饭没有"'), encoding="utf-8")
    done = gongkai()
    assert done.exit_code == 1 and "“问好”的例子没有归到这一条：吃过晚饭没有" in done.stderr
    (home / "triage.toml").write_text(ONE.format(yes='"早上好呀"'), encoding="utf-8")
    assert gongkai().exit_code == 0


def test_a_fault_is_named_and_the_built_in_file_serves(home: Path) -> None:
    (home / "triage.toml").write_text("[[matter]]\nkind = 3", encoding="utf-8")
    done = gongkai()
    assert done.exit_code == 1 and "name 没有写" in done.stderr and "暂用自带的" in done.stderr
    assert "着火" in done.stdout


def test_the_file_is_copied_once(home: Path) -> None:
    assert gongkai("--copy").exit_code == 0 and (home / "triage.toml").exists()
    again = gongkai("--copy")
    assert again.exit_code == 1 and "没有覆盖" in again.stderr
