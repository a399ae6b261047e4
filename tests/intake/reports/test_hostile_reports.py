"""Files that are too much, broken, or not what they say they are: refused at once, in words that say what to do."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.intake import limited_process, reports
from content.intake.reports import strangers_file
from content.rules.errors import BadInput
from tests.intake.reports.report_files import as_html, as_text, as_word
from tests.rules.figures.annual_report.made_up import report

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def repacked(change: Callable[[bytes], bytes], *, more: dict[str, bytes] | None = None) -> bytes:
    """A Word report whose body is another one."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_word(report()))) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = old.read(part)
            new.writestr(part.filename, change(data) if part.filename == "word/document.xml" else data)
        for name, data in (more or {}).items():
            new.writestr(name, data)
    return file.getvalue()


def tables(rows: bytes) -> Callable[[bytes], bytes]:
    """A body that has one more table."""
    return lambda body: body.replace(b"<w:sectPr", b"<w:tbl>" + rows + b"</w:tbl><w:sectPr", 1)


CELL = b"<w:tr><w:tc><w:p/></w:tc></w:tr>"
BOMB = b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
DEEP = b"<w:tbl><w:tr><w:tc>" * 400 + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * 400


@pytest.mark.parametrize(("data", "said"), [
    (repacked(lambda body: body, more={"word/media/image1.png": b"\0" * 70_000_000}), "展开以后太大"),
    (repacked(lambda body: body + b" " * 9_000_000), "正文太大"),
    (repacked(lambda body: body.replace(b"<w:sectPr", b"<w:p/>" * 40_000 + b"<w:sectPr", 1)), "正文太大"),
    (repacked(lambda body: re.sub(rb"\bw:", b"x:", body.replace(b"<w:sectPr", b"<w:p/>" * 40_000 + b"<w:sectPr", 1))), "正文太大"),
    (repacked(lambda body: body.replace(b"<w:sectPr", b"<w:tab/>" * 400_000 + b"<w:sectPr", 1)), "正文太大"),
    (repacked(lambda body: '<?xml version="1.0" encoding="cp037"?>'.encode("cp037") + body.decode().encode("cp037", "replace")), "编码不对"),
    (repacked(lambda body: b'<?xml version="1.0" encoding="UTF-7"?>' + body.partition(b"?>")[2]), "编码不对"),
    (repacked(tables(CELL * 10_001)), "超过 10000 格"),
    (repacked(lambda body: body.replace(b"<w:document", BOMB + b"<w:document", 1)), "自定义的实体"),
    (repacked(lambda body: body.decode().encode("utf-16")), "自定义的实体"),
    (repacked(lambda body: body.replace(b'w:gridSpan w:val="5"', b'w:gridSpan w:val="many"')), "结构读不懂"),
    (repacked(tables(DEEP)), "套了|结构读不懂|不是完好的"),
    (repacked(lambda body: body[:-40]), "不是完好的 Word 文件"),
    (as_word(report())[:3000], "不是完好的 Word 文件"),
    (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "旧格式"),
    (b"PK\x03\x04", "不是完好的 Word 文件"),
    (b"no word at all", "不是完好的 Word 文件"),
])  # fmt: skip
def test_word_files_that_are_no_honest_report_are_refused(data: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        reports.from_bytes(data, name="年报.docx")


@pytest.mark.parametrize(("name", "data", "said"), [
    ("a.html", b"<table>" + b"<tr><td>0</td></tr>" * 10_001 + b"</table>", "超过 10000 格"),
    ("a.html", BOMB + b"<p>&b;</p>", "自定义的实体"),
    ("a.html", b"<p>1" * 100_001, "不像一份年报"),
    ("a.html", b"<p " + b" ".join(b"a%d='>'" % at for at in range(100_000)) + b">1", "几百个属性"),
    ("a.txt", b"0 " * 300_000, "文字太多"),
    ("a.txt", b"0\n" * 30_000, "文字太多"),
    ("a.json", b'{"format": "2021", "t3": {}, "narrative": "' + b"1" * 500_001 + b'"}', "不像一份年报的正文"),
    ("a.html", b"<div>" * 3000 + b"0", "套了"),
    ("a.html", b"<b>" * 3000 + b"0", "套了"),
    ("a.html", b"<p>hello</p>", "没有找到年报的表格"),
    ("a.html", b"<html></html>", "没有找到年报的表格"),
    ("a.txt", "没有表格的文字".encode(), "没有找到年报的表格"),
    ("a.txt", b"0 " * 2_100_000, "不像一份年报"),
    ("a.txt", b" \n", "是空的"),
    ("a.txt", b"\xff\xff\x00\xfe", "编码认不出"),
    ("a.json", b"[" * 100_000, "不是完好的 JSON"),
    ("a.json", b'{"year": 2020,\n "t2": }', "第 2 行第 8 个字符"),
    ("a.json", b'{"t2": {}, "t3": {"new": [NaN, 0, 0, 0, 0, 0, 0]}}', "不是完好的 JSON"),
    ("a.json", b'{"format": "2021", "t3": {"new": [1e999, 0, 0, 0, 0, 0, 0]}}', "有一格看不懂"),
    ("a.json", b'{"format": "2021", "t3": {"new": [' + b"9" * 5000 + b", 0, 0, 0, 0, 0, 0]}}", "不是完好的 JSON"),
    ("a.json", b"[]", "不是年报数据"),
    ("a.json", b'{"year": 2024}', "不是年报数据"),
    ("a.pdf", b"%PDF-1.7", "另存为 .docx"),
    ("a.docx", b"%PDF-1.7", "另存为 .docx"),
    ("a.doc", b"x", "请另存为 .docx"),
    ("a.exe", b"MZ", "可以用的是"),
])  # fmt: skip
def test_other_files_that_are_no_honest_report_are_refused(name: str, data: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=said) as refused:
        reports.from_bytes(data, name=name)
    assert not re.search("[a-z]{4,} [a-z]{2,}", refused.value.message)  # no English of a library's


def test_a_file_that_is_not_there_or_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="找不到文件"):
        reports.read(tmp_path / "年报.docx")
    large = tmp_path / "年报.docx"
    with large.open("wb") as file:
        file.truncate(reports.LARGEST + 1)
    with pytest.raises(BadInput, match="太大了"):
        reports.read(large)
    with pytest.raises(BadInput, match=r"读不出|找不到"):
        reports.read(tmp_path)


def test_a_strangers_file_is_read_by_a_process_whose_time_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    given = as_word(report())
    assert strangers_file.read(given, name="年报.docx") == reports.from_bytes(given, name="年报.docx")
    with pytest.raises(BadInput, match="是空的"):
        strangers_file.read(b"", name="a\0\udc80.txt")
    monkeypatch.setattr(limited_process, "PATIENCE", 0.01)
    for name in ("年报.docx", "年报.pdf"):  # the processor's time is not used up: it is the machine that is busy
        with pytest.raises(BadInput, match=r"正忙.*没有读完"):
            strangers_file.read(given, name=name)


def test_scripts_and_what_is_not_shown_are_no_figures() -> None:
    page = as_html(report()).replace(b"<p>", b"<script>document.write('<td>9</td>')</script><p>", 1)
    assert reports.from_bytes(page, name="a.html").requests == report().requests


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([as_html(report()), as_text(report()).encode()]), st.data())
def test_no_cut_and_no_changed_byte_brings_anything_but_a_report_or_words(whole: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(whole) - 1))
    torn = whole[:at] + data.draw(st.binary(max_size=3)) + whole[at + data.draw(st.integers(0, 400)) :]
    for name in ("a.html", "a.txt", "a.json"):
        try:
            reports.from_bytes(torn, name=name)
        except BadInput as error:
            assert error.message
