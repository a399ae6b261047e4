"""`gongkai applications` and `gongkai cases`, as one types them."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from content.services.office import Office
from tests.fixtures.command_line import gongkai
from tests.notice_texts import FOR_2027
from tests.services.applications.applicants import GIVEN


@pytest.fixture
def changes(tmp_path: Path) -> dict[str, Any]:
    """The office's clock stands in March 2026."""
    (tmp_path / "clock").write_text(datetime(2026, 3, 20, 2, tzinfo=UTC).isoformat())
    return {"test_clock": str(tmp_path / "clock")}


def run(office: Office, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """A command in the office's home."""
    known = {"GONGKAI_HOME": str(office.home), "GONGKAI_TEST_CLOCK": office.settings.test_clock}
    return gongkai(*words, environment=known, folder=office.home)


def test_a_letter_is_registered_handled_and_counted(office: Office) -> None:
    file = office.home / "a.json"
    file.write_text(json.dumps(GIVEN, ensure_ascii=False), encoding="utf-8")
    added = run(office, "applications", "add", file, "--channel", "post", "--on", "2026-03-02", "--as", "hejing")
    assert added.returncode == 0, added.stderr
    number = "2026-0001"
    assert number in added.stdout and "确认之日" in added.stdout
    assert "待确认" in run(office, "applications", "list").stdout
    assert (
        "答复期限 2026-03-31"
        in run(office, "applications", "confirm", number, "--on", "2026-03-03", "--as", "hejing").stdout
    )
    refused = run(office, "applications", "extend", number, "--days", "5", "--note", "多", "--as", "hejing")
    assert refused.returncode == 1 and "终审" in refused.stderr
    assert (
        run(office, "applications", "extend", number, "--days", "5", "--note", "多", "--as", "zhaominghua").returncode
        == 0
    )
    shown = json.loads(run(office, "applications", "show", number, "--as", "hejing", "--json").stdout)
    assert (shown["form"]["name"], shown["due_on"], shown["steps"][1]["note"]) == (GIVEN["name"], "2026-04-08", "多")
    assert run(office, "applications", "show", number, "--as", "linxiaoyu").returncode == 1
    wrong = run(office, "applications", "answer", number, "--outcome", "open", "--as", "hejing")
    assert wrong.returncode == 1 and "g （一）予以公开" in wrong.stderr
    assert "予以公开" in run(office, "applications", "answer", number, "--outcome", "g", "--as", "hejing").stdout
    [line] = json.loads(run(office, "applications", "list", "--all", "--json").stdout)
    assert (line["outcome"], line["answered_on"], "name" in line) == ("g", "2026-03-20", False)
    figures = json.loads(run(office, "report", "figures", "2026", "--json").stdout)
    assert figures["t3"]["g"] == [1, 0, 0, 0, 0, 0, 1] and figures["entered"] == []


def test_what_is_missing_is_named_all_at_once(office: Office) -> None:
    file = office.home / "a.json"
    file.write_text('{"kind": "person", "way": "飞鸽", "phone": "12"}', encoding="utf-8")
    refused = run(office, "applications", "add", file, "--channel", "counter", "--as", "hejing")
    assert refused.returncode == 1
    assert all(word in refused.stderr for word in ("name：", "phone：", "way："))


def test_a_letter_that_leaves_something_out_is_taken_in(office: Office) -> None:
    file = office.home / "a.json"
    file.write_text('{"kind": "person", "name": "陈秀英", "wanted": "预算"}', encoding="utf-8")
    added = run(office, "applications", "add", file, "--channel", "post", "--as", "hejing")
    assert added.returncode == 0 and "没有写：身份证明" in added.stdout and "通知补正" in added.stdout


def test_a_document_is_written_and_its_template_changed(office: Office) -> None:
    file = office.home / "a.json"
    file.write_text(json.dumps(GIVEN, ensure_ascii=False), encoding="utf-8")
    run(office, "applications", "add", file, "--channel", "counter", "--on", "2026-03-02", "--as", "hejing")
    out, text = office.home / "回执.docx", office.home / "receipt.txt"
    made = run(office, "applications", "document", "2026-0001", "receipt", "-o", out, "--as", "hejing")
    assert made.returncode == 0 and "还要手填：电话" in made.stdout and out.read_bytes().startswith(b"PK")
    assert (
        "现在还没有“补正告知书”"
        in run(office, "applications", "document", "2026-0001", "correction", "--as", "hejing").stderr
    )
    text.write_text("回执\n{姓名}：", encoding="utf-8")
    assert (
        "第 2 行有不认识的"
        in run(office, "applications", "template", "receipt", "--set", text, "--as", "hejing").stderr
    )
    text.write_text("回执\n{申请人}：\n{编号}", encoding="utf-8")
    assert run(office, "applications", "template", "receipt", "--set", text, "--as", "hejing").returncode == 0
    assert "受理回执，本单位的" in run(office, "applications", "template").stdout


def test_a_notice_on_holidays_is_entered_or_refused(office: Office) -> None:
    file = office.home / "通知.txt"
    file.write_text(FOR_2027.replace("1月31日（周日）、", ""), encoding="utf-8")
    refused = run(office, "workday", "notice", file, "--as", "hejing")
    assert refused.returncode == 1 and "漏了或多了日子" in refused.stderr
    file.write_text(FOR_2027, encoding="utf-8")
    assert "2027-02-05 到 2027-02-12" in run(office, "workday", "notice", file, "--dry-run", "--as", "hejing").stdout
    assert run(office, "workday", "add", "2026-12-04", "20").returncode == 1
    assert "录入了" in run(office, "workday", "notice", file, "--as", "hejing").stdout
    assert run(office, "workday", "add", "2026-12-04", "20").stdout == "2027-01-04\n"


def test_reviews_are_registered_and_counted(office: Office) -> None:
    assert "第 1 号" in run(office, "cases", "add", "review", "--on", "2026-01-05", "--as", "hejing").stdout
    assert "结果纠正" in run(office, "cases", "end", "1", "corrected", "--on", "2026-03-05", "--as", "hejing").stdout
    [row] = json.loads(run(office, "cases", "list", "--json").stdout)
    assert (row["kind"], row["result"], row["ended_on"]) == ("review", "corrected", "2026-03-05")
    assert json.loads(run(office, "report", "figures", "2026", "--json").stdout)["t4"]["review"] == [0, 1, 0, 0, 1]
