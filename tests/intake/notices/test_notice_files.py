"""Files as offices send them: every encoding, every slip; what cannot be read is named, and the rest goes on."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.intake.notices import cells, notice_rows, sheets
from content.intake.notices.notice_rows import NoticeRows
from content.intake.rows import InputSheet, Row
from content.rules.errors import BadInput

SHANGHAI = ZoneInfo("Asia/Shanghai")
CSV = '编号,标题,发布日期,内容\nd1,公租房申请指南,2026/5/10 ,"第一行\n第二行，有""引号"""\nd2,停水通知,2026年6月1日,\n'


def entries(data: bytes, name: str, kind: str = "disclosure") -> NoticeRows:
    return notice_rows.entries(kind, sheets.read(data, name), SHANGHAI)


def jsonl(*rows: Any) -> bytes:
    return "\n".join(row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows).encode()


def xlsx(*rows: list[Any]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_chinese_csv_is_read_in_every_usual_encoding(encoding: str) -> None:
    found = entries(CSV.encode(encoding), "a.csv")
    assert not found.refused and not found.warnings
    first, second = found.entries["d1"], found.entries["d2"]
    assert first.columns["body"] == '第一行\n第二行，有"引号"'
    assert (first.columns["published_on"], second.columns["published_on"]) == (date(2026, 5, 10), date(2026, 6, 1))
    assert (first.row, second.row) == (2, 4)  # the line of the file, although a cell holds a line break


@pytest.mark.parametrize("mark", ["\t", ";"])
def test_other_separators_are_found_out(mark: str) -> None:
    data = f"key{mark}title\nd1{mark}停水,通知\n".encode()
    assert entries(data, "a.csv").entries["d1"].columns["title"] == "停水,通知"


def test_headings_may_stand_below_a_title_and_carry_stars() -> None:
    data = xlsx(
        ["临江工业园区公开信息"], [], ["* 编号（必填）", "标题", "Document_No"], ["d1", "通知", "临园办〔2026〕3号"]
    )
    found = entries(data, "a.xlsx")
    assert found.entries["d1"].columns["document_no"] == "临园办〔2026〕3号"
    assert found.entries["d1"].row == 4


def test_numbers_and_days_of_excel_are_read_as_people_see_them() -> None:
    rows = [
        ["key", "title", "published_on", "headcount"],
        [12.0, "电工", datetime(2026, 5, 10), 5.0],
        [13, "焊工", 46152, "若干"],
    ]
    found = entries(xlsx(*rows), "a.xlsx", "posting")
    assert list(found.entries) == ["12", "13"]
    assert found.entries["12"].fields["headcount"] == "5"
    assert found.entries["12"].fields["published_on"] == "2026-05-10"
    assert found.entries["13"].columns["published_on"] == date(2026, 5, 10)
    assert not found.warnings


def test_a_number_that_excel_has_cut_is_warned_about() -> None:
    found = entries(xlsx(["key", "title"], [350102199003078500, "通知"]), "a.xlsx")
    assert [(fault.row, fault.field) for fault in found.refused] == [(2, "key")]


def test_a_broken_json_line_is_refused_and_the_rest_goes_on() -> None:
    data = jsonl({"key": "a", "title": "一"}, '{"key": "b", "title": "二"', "[1]", "", {"key": "c", "title": "三"})
    found = entries(data, "a.jsonl")
    assert list(found.entries) == ["a", "c"]
    assert [fault.row for fault in found.refused] == [2, 3]
    assert found.present == {"a", "b", "c"}  # b is in the file, though it cannot be read


def test_a_line_with_broken_bytes_is_refused_and_the_rest_goes_on() -> None:
    data = (
        jsonl({"key": "a", "title": "一二三"})
        + b'\n{"key": "b", "title": "\xe4\xb8"}\n'
        + jsonl({"key": "c", "title": "四五"})
    )
    found = entries(data, "a.jsonl")
    assert list(found.entries) == ["a", "c"]
    assert [fault.row for fault in found.refused] == [2]


def test_an_unclosed_quote_costs_one_row_and_not_the_rest_of_the_file() -> None:
    found = entries('key,title\nd1,"没有收尾\nd2,通知\nd3,公告\n'.encode(), "a.csv")
    assert list(found.entries) == ["d2", "d3"]
    assert [fault.row for fault in found.refused] == [2]


def test_only_key_and_title_are_required() -> None:
    data = jsonl(
        {"key": "a"},
        {"title": "无号"},
        {"key": " ", "title": "空号"},
        {"key": "x" * 201, "title": "长"},
        {"key": 7, "title": "好"},
    )
    found = entries(data, "a.jsonl")
    assert [(fault.row, fault.field) for fault in found.refused] == [(1, "title"), (2, "key"), (3, "key"), (4, "key")]
    assert list(found.entries) == ["7"]


def test_what_cannot_be_read_is_kept_as_text_with_a_warning() -> None:
    row = {
        "key": "a",
        "title": "电工",
        "published_on": "2020-13-45",
        "valid_until": "下周",
        "lat": "北纬",
        "lng": 500,
        "url": "javascript:alert(1)",
        "salary": "面议",
    }
    found = entries(jsonl(row), "a.jsonl", "posting")
    entry = found.entries["a"]
    assert {fault.field for fault in found.warnings} == {"published_on", "valid_until", "lat", "lng", "url"}
    assert not found.refused
    assert entry.fields["published_on"] == "2020-13-45"
    assert entry.fields["url"] == "javascript:alert(1)"
    assert [entry.columns[name] for name in ("published_on", "valid_until", "lat", "lng", "url")] == [
        None,
        None,
        None,
        None,
        "",
    ]


def test_of_equal_keys_the_last_counts_with_a_warning() -> None:
    found = entries(jsonl({"key": "a", "title": "旧"}, {"key": "a", "title": "新"}), "a.jsonl")
    assert found.entries["a"].columns["title"] == "新"
    assert [(fault.row, fault.field) for fault in found.warnings] == [(1, "key")]


def test_over_long_values_are_cut_for_lists_and_kept_whole() -> None:
    found = entries(
        jsonl({"key": "a", "title": "长" * 2000, "document_no": "号" * 300, "body": "文" * 300_000}), "a.jsonl"
    )
    entry = found.entries["a"]
    assert (len(entry.columns["title"]), len(entry.columns["document_no"])) == (1024, 200)
    assert len(entry.fields["title"]) == 2000 and len(entry.columns["body"]) == 300_000
    assert {fault.field for fault in found.warnings} == {"title", "document_no"}


def test_what_no_database_can_hold_is_taken_out() -> None:
    entry = entries(
        jsonl('{"key": "a", "title": "停\\u0000水\\ud800", "body": "第一行\\r\\n第二行"}'), "a.jsonl"
    ).entries["a"]
    assert entry.columns["title"] == "停水\ufffd"
    assert entry.columns["body"] == "第一行\n第二行"
    entry.fields_json.encode()


@pytest.mark.parametrize(
    ("written", "read"),
    [("有效", "有效"), ("", "有效"), ("已废止", "废止"), ("失效", "失效"), ("现行有效", "有效"), ("不详", "有效")],
)
def test_the_validity_is_one_of_three(written: str, read: str) -> None:
    found = entries(jsonl({"key": "a", "title": "办法", "status": written}), "a.jsonl")
    assert found.entries["a"].columns["status"] == read
    assert bool(found.warnings) == (written == "不详")


def test_attachments_come_as_a_list_or_as_its_json() -> None:
    listed = [{"name": "申请表", "url": "https://example.gov.cn/a.doc"}]
    same = entries(jsonl({"key": "a", "title": "一", "attachments": listed}), "a.jsonl").entries["a"].fields
    text = entries(xlsx(["key", "title", "附件"], ["a", "一", json.dumps(listed)]), "a.xlsx").entries["a"].fields
    assert same == text and same["attachments"] == listed
    bad = entries(jsonl({"key": "a", "title": "一", "attachments": "见原文"}), "a.jsonl")
    assert bad.entries["a"].fields["attachments"] == "见原文" and bad.warnings[0].field == "attachments"


def test_a_column_that_is_not_known_is_named_once_and_kept() -> None:
    found = entries(b"key,title,valid_untill\na,x,1\nb,y,2\n", "a.csv", "posting")
    assert [fault.field for fault in found.warnings] == ["valid_untill"]
    assert found.entries["a"].fields["valid_untill"] == "1"


def test_a_stray_zero_byte_is_no_reason_to_refuse_a_file() -> None:
    assert entries(b"key,title\na,x\x00y\n", "a.csv").entries["a"].columns["title"] == "xy"


def test_surplus_cells_are_named() -> None:
    found = entries("key,title\na,停水，停电,停气\n".encode(), "a.csv")
    assert [fault.row for fault in found.warnings] == [2]


def test_errors_of_excel_are_no_content() -> None:
    found = entries(xlsx(["key", "title", "department"], ["#REF!", "通知", ""], ["a", "通知", "#N/A"]), "a.xlsx")
    assert found.refused[0].field == "key" and found.entries["a"].department == ""


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "a.jsonl", "空的"),
        (b" \n", "a.csv", "空的"),
        (b"not a zip", "a.xlsx", "不是完好的"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 99, "a.xlsx", "旧版"),
        (b"\x00\x01" * 99, "a.csv", "不是文本"),
        (b"PK\x03\x04\x00\x00" * 99, "a.csv", "不是文本"),
        ("编号,内容\n1,2\n".encode(), "a.csv", "title（标题）"),
        (b"a,b\n1,2\n", "a.csv", "key（编号）和title（标题）"),
        (xlsx(["x"], ["y"]), "a.xlsx", "key（编号）和title（标题）"),
        (xlsx(), "a.xlsx", "key（编号）"),
        (b"x", "a.doc", ".xlsx"),
        ("公开信息目录".encode("gb18030") + b"\xff\xff", "a.csv", "编码"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(data: bytes, name: str, said: str) -> None:
    with pytest.raises(BadInput, match=said) as caught:
        entries(data, name)
    assert "。" in caught.value.message


def test_a_zip_that_is_no_workbook_says_what_to_do() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", "x")
    with pytest.raises(BadInput, match="另存为"):
        entries(file.getvalue(), "a.xlsx")


def test_the_sheet_with_the_headings_is_taken() -> None:
    book = openpyxl.Workbook()
    book.active.append(["填表说明"])
    book.create_sheet("数据").append(["编号", "标题"])
    book["数据"].append(["d1", "通知"])
    file = io.BytesIO()
    book.save(file)
    assert list(entries(file.getvalue(), "a.xlsx").entries) == ["d1"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2019-05-10", date(2019, 5, 10)),
        ("2019/5/10 ", date(2019, 5, 10)),
        ("2019.5.10", date(2019, 5, 10)),
        ("２０１９年５月１０日", date(2019, 5, 10)),
        ("20190510", date(2019, 5, 10)),
        (20190510, date(2019, 5, 10)),
        ("2019-05-10 08:30", date(2019, 5, 10)),
        ("2019/5/10 8:30:00", date(2019, 5, 10)),
        ("2019-05-10T17:00:00Z", date(2019, 5, 11)),  # already the next day in Shanghai
        (43595, date(2019, 5, 10)),
        (None, None),
        ("", None),
    ],
)
def test_days_are_read_in_their_usual_spellings(written: Any, read: date | None) -> None:
    assert cells.day(written, SHANGHAI) == read


@pytest.mark.parametrize(
    "written", ["2020-13-45", "2019-02-29", "5月10日", "2019年5月", "长期", "0001-01-01", "1557446400000", True]
)
def test_other_days_are_unreadable(written: Any) -> None:
    with pytest.raises(cells.Unreadable):
        cells.day(written, SHANGHAI)


def test_a_posting_may_be_open_without_end() -> None:
    assert cells.last_day("招满为止", SHANGHAI) is None


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.datetimes(), st.lists(st.text(), max_size=2)
)


@given(
    st.dictionaries(st.sampled_from(notice_rows.FIELDS["posting"]), VALUES),
    st.sampled_from(["disclosure", "posting", "portal"]),
)
def test_no_row_can_break_an_import(row: dict[str, Any], kind: str) -> None:
    sheet = InputSheet(rows=[Row(1, row)])
    found = notice_rows.entries(kind, sheet, SHANGHAI)
    assert len(found.entries) + len(found.refused) == 1
    for entry in found.entries.values():
        entry.fields_json.encode()
        assert len(entry.key) <= 200 and len(entry.fingerprint) == 64


@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.jsonl", "a.xlsx"]))
def test_no_file_can_break_an_import(data: bytes, name: str) -> None:
    try:
        sheet = sheets.read(data, name)
    except BadInput:
        return
    assert isinstance(sheet, InputSheet)


@given(st.text(st.characters(exclude_characters="\x00")))
def test_no_text_can_break_the_reading_of_a_csv(text: str) -> None:
    try:
        sheets.read(("key,title\n" + text).encode("utf-8", "replace"), "a.csv")
    except BadInput:
        pytest.fail("a file with headings can be read")
