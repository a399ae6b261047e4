"""What a clerk types and reads at the command line: Chinese values beside the English ones, and no riddles."""

from __future__ import annotations

import json
import os
import re
import subprocess
import warnings
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bot.cli import LazyGroup
from tests.fixtures.office_processes import GONGKAI, OfficeProcesses
from tests.notices import DISCLOSURES

LATIN = re.compile(r"[A-Za-z]{3,}")


@pytest.fixture(scope="module")
def processes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeProcesses]:
    """An office with its people; its commands only."""
    processes = OfficeProcesses(tmp_path_factory.mktemp("clerk"))
    processes.furnish()
    (processes.folder / "body.txt").write_text("正文。", encoding="utf-8")
    yield processes
    processes.close()


def queued(processes: OfficeProcesses, title: str, *more: str) -> dict[str, object]:
    """What `queue add` says."""
    shown: dict[str, object] = processes.json(
        "queue", "add", "--title", title, "--body", "body.txt", "--as", "linxiaoyu", *more
    )
    return shown


@pytest.mark.parametrize(
    ("word", "value"), [("群发", "mass"), ("发布", "publish"), ("草稿箱", "draft"), ("mass", "mass")]
)
def test_ways_of_delivery_have_chinese_words(processes: OfficeProcesses, word: str, value: str) -> None:
    number = queued(processes, f"怎么发 {word}", "--delivery", word)["id"]
    assert processes.json("queue", "show", str(number))["delivery"] == value


def test_states_and_kinds_have_chinese_words(processes: OfficeProcesses) -> None:
    queued(processes, "一篇草稿")
    assert (
        processes.json("queue", "list", "--state", "草稿") == processes.json("queue", "list", "--state", "draft") != []
    )
    file = processes.folder / "disclosures.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in DISCLOSURES), encoding="utf-8")
    assert processes.json("import", "公开", file, "--dry-run")["new"] == len(DISCLOSURES)
    assert processes.json("import", "disclosures", file, "--dry-run")["new"] == len(DISCLOSURES)


@pytest.mark.parametrize("at", ["2099-12-1 9:00", "2099/12/1 9:00", "2099年12月1日9点", "2099-12-01T09:00"])
def test_times_are_taken_as_people_write_them(processes: OfficeProcesses, at: str) -> None:
    number = queued(processes, f"定时 {at[:6]}", "--at", at)["id"]
    with processes.office() as office, office.store.read() as session:
        from content.store.tables import Article

        assert session.get_one(Article, number).wanted_at.isoformat() == "2099-12-01T01:00:00+00:00"  # type: ignore[union-attr]


def test_a_day_without_an_hour_is_refused_with_an_example(processes: OfficeProcesses) -> None:
    done = processes.run(
        "queue", "add", "--title", "t", "--body", "body.txt", "--as", "linxiaoyu", "--at", "2099-12-01", code=1
    )
    assert "没有写几点" in done.stderr and "2026-12-01 09:00" in done.stderr


def test_the_same_title_again_is_among_the_warnings(processes: OfficeProcesses) -> None:
    first = queued(processes, "关于防汛的通知")
    again = queued(processes, "关于防汛的通知")
    assert first["warnings"] == []
    assert [f"编号 {first['id']}" in str(warning) and "同名" in str(warning) for warning in again["warnings"]] == [True]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["queue", "add"], ["缺少 --title（标题"]),
        (["queue", "add", "--title"], ["--title 后面要写内容"]),
        (["queue", "show"], ["缺少 ID"]),
        (["queue", "show", "x"], ["“x”要是整数"]),
        (["queue", "show", "0"], ["至少是 1"]),
        (["queue", "show", "1", "2"], ["多出了“2”"]),
        (["queue", "shwo", "1"], ["没有“shwo”这个命令", "show"]),
        (["nothing"], ["没有“nothing”这个命令"]),
        (["queue", "list", "--stat", "x"], ["没有 --stat 这个选项", "--state"]),
        (["queue", "list", "--state", "没有的"], ["“没有的”不行", "草稿（draft）", "已发布（published）"]),
        (["import", "什么", "f"], ["“什么”不行", "公开（disclosures）"]),
        (["import", "公开", "."], ["是目录"]),
        (["clock", "--now", "2026-12-01 9:00"], ["--now 只能与 --once 同用"]),
    ],
)  # fmt: skip
def test_a_wrong_call_is_told_in_chinese_with_exit_code_2(
    processes: OfficeProcesses, command: list[str], words: list[str]
) -> None:
    done = processes.run(*command, code=2) if command[0] != "clock" else subprocess.run(
        [GONGKAI, *command], cwd=processes.folder, env=processes.environment, capture_output=True, text=True)  # fmt: skip
    assert done.returncode == 2
    assert all(word in done.stderr for word in words), done.stderr
    assert "--help" in done.stderr and "Traceback" not in done.stderr and "Error" not in done.stderr


@pytest.mark.parametrize("command", [["menu", "push"], ["reconcile"], ["job", "run", "watch"]])
def test_a_command_that_needs_the_account_says_first_whom_to_ask(tmp_path: Path, command: list[str]) -> None:
    processes = OfficeProcesses(tmp_path, GONGKAI_WECHAT_APP_SECRET="", GONGKAI_WECHAT_TOKEN="")
    person, operator = processes.run(*command, code=2).stderr.strip().splitlines()
    assert "请找管服务器的同事" in person and not LATIN.search(person)
    assert "GONGKAI_WECHAT_APP_SECRET" in operator and "GONGKAI_WECHAT_TOKEN" in operator
    processes.close()


def test_a_reader_who_goes_away_gets_no_traceback(processes: OfficeProcesses) -> None:
    for number in range(3):
        queued(processes, f"很多篇 {number}")
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as gone:
        done = subprocess.run([GONGKAI, "queue", "list"], cwd=processes.folder, env=processes.environment, stdout=gone,
                              stderr=subprocess.PIPE, text=True)  # fmt: skip
    assert done.stderr == "" and done.returncode in (0, 1)


def test_what_is_shown_of_a_post_and_of_the_timetable_is_chinese(processes: OfficeProcesses) -> None:
    number = str(queued(processes, "给人看的", "--at", "2099-12-1 9:00")["id"])
    shown = processes.run("queue", "show", number).stdout
    assert "T" not in shown and not LATIN.search(re.sub(r"封存码：\w+", "", shown)), shown
    listed = processes.run("job", "list").stdout.splitlines()
    assert all(re.search(r"[一-鿿]{4}", line) for line in listed)
    assert not any(
        LATIN.search(
            line.partition(" ")[2].replace("GONGKAI_", "").replace("PORTAL_FEED", "").replace("NOTICE_TEMPLATE", "")
        )
        for line in listed
    )
    assert {row["name"] for row in processes.json("job", "list")} == {line.split()[0] for line in listed}


def test_a_clerk_sees_no_warnings_of_libraries() -> None:
    warning = click.Command("warn", callback=lambda: warnings.warn("Workbook contains no default style", stacklevel=1))
    with warnings.catch_warnings(record=True) as told, pytest.raises(SystemExit):
        warnings.simplefilter("always")
        LazyGroup(commands={"warn": warning}, lazy={}).main(["warn"])
    assert not told
