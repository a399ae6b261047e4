"""`gongkai catalogue`, as one types it, and the page that citizens read."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.app import create_app
from content.services.office import Office
from tests.fixtures.command_line import gongkai


@pytest.fixture
def changes(tmp_path: Path) -> dict[str, Any]:
    """The office's clock stands in March 2026."""
    (tmp_path / "clock").write_text(datetime(2026, 3, 20, 2, tzinfo=UTC).isoformat())
    return {"test_clock": str(tmp_path / "clock")}


def run(office: Office, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """A command in the office's home."""
    known = {"GONGKAI_HOME": str(office.home), "GONGKAI_TEST_CLOCK": office.settings.test_clock}
    return gongkai("catalogue", *words, environment=known, folder=office.home)


def test_from_the_sheet_to_the_rate(office: Office) -> None:
    file = office.home / "目录.csv"
    file.write_text(
        "一级事项,二级事项,公开内容,公开时限,公开主体\n就业,岗位,招聘单位<b>,20个工作日,人社局\n就业,政策,,,\n",
        encoding="utf-8",
    )
    told = run(office, "import", file, "--as", "hejing")
    assert (told.returncode, "新增 1 项" in told.stdout, "第 3 行" in told.stderr) == (0, True, True)
    [item] = json.loads(run(office, "list", "--json").stdout)
    assert (item["second"], item["time_limit"]) == ("岗位", "20个工作日")
    assert (
        "2026-03-05 以前公开（20 个工作日）"
        in run(office, "formed", "1", "春季岗位", "--on", "2026-01-30", "--as", "hejing").stdout
    )
    assert "逾期！" in run(office, "due").stdout
    [line] = json.loads(run(office, "due", "--json").stdout)
    assert (line["due_on"], line["late"], line["disclosed_on"]) == ("2026-03-05", True, None)
    assert (
        run(office, "disclosed", "1", "--url", "https://x.example/", "--on", "2026-03-05", "--as", "hejing").returncode
        == 0
    )
    assert json.loads(run(office, "rate", "2026", "--json").stdout) == [
        {"body": "人社局", "due": 1, "disclosed": 1, "in_time": 1, "rate": 100.0}
    ]
    assert run(office, "export", office.home / "out.xlsx").returncode == 0 and (office.home / "out.xlsx").exists()
    page = create_app(office).test_client().get("/catalogue").text
    assert "<summary>岗位</summary>" in page and "招聘单位&lt;b&gt;" in page


def test_an_empty_catalogue_says_what_to_do(office: Office) -> None:
    assert "gongkai catalogue import" in run(office, "list").stdout
    assert "目录还没有放上来" in create_app(office).test_client().get("/catalogue").text
