"""`/report-check`: anybody's report, checked and not kept."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.pages.forms import report_check
from bot.web.visitors import VisitLimit
from content.services.office import Office
from content.store.disk.file_lock import alone
from tests.intake.reports.report_files import as_html, as_text, as_word
from tests.rules.figures.annual_report.made_up import changed, report


def drop(client: FlaskClient, data: bytes, name: str, previous: bytes | None = None) -> TestResponse:
    """A file that is dropped there."""
    form = {"file": (io.BytesIO(data), name)}
    form |= {"previous": (io.BytesIO(previous), "last.html")} if previous else {}
    return client.post("/report-check", data=form, content_type="multipart/form-data")


def files(office: Office) -> dict[Path, int]:
    """All files of an office but those of Redis, with their sizes."""
    return {path: path.stat().st_size for path in office.home.rglob("*")
            if path.is_file() and path.name != report_check.LOCK and "redis" not in str(path) and "logs" not in str(path)}  # fmt: skip


def test_a_clean_report_brings_silence_and_nothing_is_kept(client: FlaskClient, told: Office) -> None:
    client.get("/report-check")
    drop(client, b"x", "first.txt")
    before = files(told)
    for data, name in (
        (as_word(report()), "a.docx"),
        (as_html(report()), "a.html"),
        (as_text(report()).encode(), "a.txt"),
    ):
        answer = drop(client, data, name)
        assert answer.status_code == 200 and "没有发现问题" in answer.text and "<mark>" not in answer.text
        assert answer.headers["Cache-Control"] == "no-store"
    assert {path.name for path in files(told)} - {path.name for path in before} <= {"gongkai.db-wal", "gongkai.db-shm"}


def test_each_finding_points_at_its_cells_in_the_table(client: FlaskClient) -> None:
    wrong = changed(changed(report(), "t3.out.6", 3), "t4.review.4", 2)
    page = drop(client, as_word(wrong), "a.docx").text
    assert "3 处错误" in page and "而总计填的是 2" in page
    assert "<mark>3 <small>" in page and "<mark>2 <small>" in page and 'href="#f1"' in page and 'id="f1"' in page


def test_last_years_report_is_taken_in(client: FlaskClient) -> None:
    last = as_html(changed(report(year=2023), "t3.out.6", 3))
    assert "上一年报告的四（结转下年度）是 3" in drop(client, as_html(report()), "a.html", last).text


@pytest.mark.parametrize(("data", "name", "said"), [
    (b"", "", "请先选一份"), (b"", "a.txt", "是空的"), (b"%PDF-1.4", "a.pdf", "不是完好的 PDF"), (b"x", "a.exe", "不能用"),
    (b"PK\x03\x04rubbish", "a.docx", "不是完好的"), ("没有表".encode(), "a.txt", "没有找到年报的表格"),
    (b"<table>" * 300 + b"<script>alert(1)</script>", "<b>.html", "&lt;b&gt;.html"),
])  # fmt: skip
def test_what_cannot_be_read_is_said_in_words(client: FlaskClient, data: bytes, name: str, said: str) -> None:
    answer = drop(client, data, name)
    assert answer.status_code == 422 and said in answer.text and "Traceback" not in answer.text


def test_a_file_that_is_too_large_is_refused(client: FlaskClient) -> None:
    answer = drop(client, b"0" * (report_check.MOST_BYTES + 1), "a.docx")
    assert answer.status_code == 413 and "文件太大" in answer.text


def test_who_comes_while_another_is_checked_is_told_to_come_back(client: FlaskClient, told: Office) -> None:
    with alone(told.home / report_check.LOCK):
        answer = drop(client, as_text(report()).encode(), "a.txt")
    assert answer.status_code == 503 and int(answer.headers["Retry-After"]) > 0


def test_one_address_has_so_many_checks(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_check, "LIMIT", VisitLimit("few", 2, 600))
    codes = [drop(client, b"x", "a.txt").status_code for _ in range(report_check.LIMIT.most + 1)]
    assert codes[-1] == 429 and set(codes[:-1]) == {422}
