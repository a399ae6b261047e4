"""`gongkai tally` and `gongkai ledger`, and that a command leaves no process behind."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from content.services.office import Office
from tests.fixtures import redis_users
from tests.fixtures.command_line import gongkai
from tests.services import ledger_entries as entries

ROOT = Path(__file__).parents[3]
DEAD = "redis://127.0.0.1:1/0"


def test_the_tally_is_one_json_document_in_the_agreed_shape(office: Office) -> None:
    entries.published(office, delivery="mass")
    done = _gongkai(office, "tally", "2026", "--json")
    figures = json.loads(done.stdout)
    assert done.returncode == 0
    assert list(figures) == [
        "year", "as_of", "definition", "articles", "withdrawn", "by_channel", "by_delivery", "by_month",
        "by_category", "by_department", "questions", "days_without_publication",
    ]  # fmt: skip
    assert (figures["articles"], figures["by_delivery"]["mass"], sum(figures["by_month"])) == (1, 1, 1)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00", figures["as_of"])


def test_without_json_a_person_can_read_it(office: Office) -> None:
    entries.published(office, delivery="mass")
    told = _gongkai(office, "tally", "2026").stdout
    assert "2026 年发布统计" in told
    assert "公众号文章 1 篇" in told
    assert re.search(r"群发 +1\n", told)
    assert re.search(r"11 月 +1\n", told)


def test_emptying_redis_and_rebuilding_gives_the_same_figures(office: Office) -> None:
    entries.published(office)
    before = json.loads(_gongkai(office, "tally", "2026", "--json").stdout)
    office.redis.client.flushdb()
    rebuilt = _gongkai(office, "tally", "rebuild")
    assert (rebuilt.returncode, rebuilt.stdout) == (0, "已从台账重新计数，含到第 6 条。\n")
    after = json.loads(_gongkai(office, "tally", "2026", "--json").stdout)
    assert {**after, "as_of": ""} == {**before, "as_of": ""}


def test_a_redis_that_is_down_is_said_plainly_and_the_figures_come_from_the_ledger(office: Office) -> None:
    entries.published(office)
    done = _gongkai(office, "tally", "2026", "--json", GONGKAI_REDIS_URL=DEAD)
    assert done.returncode == 0
    assert json.loads(done.stdout)["articles"] == 1
    assert done.stderr.startswith("Redis 连不上，以下数字直接从台账算出")
    refused = _gongkai(office, "tally", "rebuild", GONGKAI_REDIS_URL=DEAD)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith("Redis 连不上")
    assert refused.stderr.count("\n") == 1


def test_lines_are_written_to_a_file(office: Office, tmp_path: Path) -> None:
    entries.published(office)
    done = _gongkai(office, "tally", "2026", "--lines", str(tmp_path / "lines.csv"))
    assert done.stdout == f"已写入 {tmp_path / 'lines.csv'}：1 行。\n"
    assert (tmp_path / "lines.csv").read_text(encoding="utf-8-sig").startswith("发布日期,标题")


@pytest.mark.parametrize(
    "arguments", [("tally",), ("tally", "last"), ("tally", "2026", "--channel", "x"), ("ledger", "v")]
)
def test_wrong_usage_is_exit_code_2(office: Office, arguments: tuple[str, ...]) -> None:
    assert _gongkai(office, *arguments).returncode == 2


def test_a_store_that_is_not_there_yet_is_said_in_one_line(tmp_path: Path) -> None:
    for arguments in (("tally", "2026"), ("tally", "rebuild"), ("ledger", "verify")):
        done = _run(tmp_path / "new", *arguments)
        assert (done.returncode, done.stdout) == (1, ""), arguments
        assert "gongkai init" in done.stderr


def test_no_process_remains_after_a_command(office: Office) -> None:
    office.close()
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")}
    done = subprocess.run(
        [sys.executable, "-c", "import wsgi; wsgi.main()", "tally", "2026", "--json"],
        cwd=ROOT, env={**inherited, "GONGKAI_HOME": str(office.home)}, capture_output=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0 and json.loads(done.stdout)["year"] == 2026
    assert redis_users.all_end(redis_users.running(office.home))


def test_a_whole_ledger_is_verified_and_exported(office: Office, tmp_path: Path) -> None:
    exported = _gongkai(office, "ledger", "export", str(tmp_path / "ledger.jsonl"))
    assert exported.returncode == 0, exported.stderr
    done = _gongkai(office, "ledger", "verify", "--head", str(tmp_path / "ledger.jsonl.head.json"), "--json")
    assert json.loads(done.stdout) == {"ok": True, "entries": 5, "heads": 1, "broken": None, "faults": []}
    assert (
        _gongkai(office, "ledger", "verify").stdout
        == "台账完好：5 条逐条相接，与 1 个封印相符，稿件和文件与台账相符。\n"
    )


def test_the_first_broken_entry_is_named_with_exit_code_1(office: Office) -> None:
    with office.store.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER ledger_no_update"))
        connection.execute(text("UPDATE ledger SET actor = 'nobody' WHERE number > 2"))
    told = _gongkai(office, "ledger", "verify")
    assert (told.returncode, told.stdout) == (1, "")
    assert "从第 3 条起不可信" in told.stderr
    done = _gongkai(office, "ledger", "verify", "--json")
    assert (done.returncode, json.loads(done.stdout)["broken"]["number"]) == (1, 3)


def _gongkai(office: Office, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return _run(office.home, *arguments, **{"GONGKAI_REDIS_URL": office.settings.redis_url, **environment})


def _run(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return gongkai(*arguments, environment={"GONGKAI_HOME": str(home), **environment}, folder=ROOT)
