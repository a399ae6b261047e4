"""Sheets as people see them: headings in two rows, merged cells, all sheets, nothing hidden, days in any spelling."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Color, Font, PatternFill
from openpyxl.utils.datetime import MAC_EPOCH
from openpyxl.worksheet.table import Table, TableStyleInfo

from content.intake.articles import attachments
from content.intake.notices import cells
from content.rules.errors import BadInput
from content.services.notices import notice_import
from content.services.office import Office
from tests.intake.notices.sheet_files import book, read, saved, told

SHANGHAI = ZoneInfo("Asia/Shanghai")


TWO_ROWS = [["2026年目录"], ["序号", "编号", "发布机构", "信息", None, "日期"], [None, None, None, "标题", "文号", "发布日期"],
            [1, "A-1", "党政办", "供热方案", "1号", "2026年3月5日（星期四）"], [2, "A-2", None, "安全检查", None, "2026.3.5"],
            [3, "A-3", "财政局", "预算公开", None, "20260305"], [None, None, None, "合 计", None, None]]  # fmt: skip


def test_headings_in_two_rows_with_merged_cells() -> None:
    made = book(("目录", TWO_ROWS))
    for cells_ in ("A1:F1", "D2:E2", "B2:B3", "C4:C5"):
        made.active.merge_cells(cells_)
    found = read(saved(made))
    assert {key: entry.columns["title"] for key, entry in found.entries.items()} == {
        "A-1": "供热方案", "A-2": "安全检查", "A-3": "预算公开"}  # fmt: skip
    assert [entry.department for entry in found.entries.values()] == ["党政办", "党政办", "财政局"]
    assert {entry.columns["published_on"] for entry in found.entries.values()} == {date(2026, 3, 5)}
    assert found.entries["A-1"].columns["document_no"] == "1号" and found.entries["A-1"].row == 4
    assert "合计" in told(found) and not found.refused


def test_a_second_row_of_headings_below_whole_ones() -> None:
    found = read(
        saved(
            book(
                (
                    "表",
                    [
                        ["编号", "标题", "日期", None],
                        [None, None, "发布日期", "生效日期"],
                        ["1", "通知", "2026-3-5", "2026-4-1"],
                    ],
                )
            )
        )
    )
    assert found.entries["1"].fields["effective_on"] == "2026-4-1"


def test_all_sheets_are_read_and_each_row_says_which() -> None:
    found = read(
        saved(
            book(
                ("一季度", [["编号", "标题"], ["1", "甲"]]),
                ("空", []),
                ("二季度", [["编号", "标题"], ["2", "乙"], [None, "丙"]]),
            )
        )
    )
    assert list(found.entries) == ["1", "2"] and not found.unread
    assert found.refused[0].message.startswith("工作表“二季度”：没有编号")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda made: made.create_sheet("说明").append(["填表说明"]), "工作表“说明”没有读"),
        (lambda made: setattr(made.create_sheet("底稿"), "sheet_state", "hidden"), "工作表“底稿”是隐藏的"),
        (lambda made: setattr(made.create_sheet("底稿"), "sheet_state", "veryHidden"), "工作表“底稿”是隐藏的"),
        (lambda made: setattr(made.active.row_dimensions[3], "hidden", True), "第3行是隐藏的"),
        (lambda made: setattr(made.active.row_dimensions[3], "height", 0.1), "第3行是隐藏的"),
    ],
)
def test_what_is_not_read_is_named_and_no_complete_list(
    office: Office, tmp_path: Path, change: Callable[[openpyxl.Workbook], None], said: str
) -> None:
    made = book(("表", [["编号", "标题"], ["1", "甲"], ["2", "隐情"], ["3", "丙"]]))
    change(made)
    found = read(saved(made))
    assert said in told(found) and "隐情" not in told(found)
    assert ("2" in found.entries) == ("行" not in said)
    path = tmp_path / "表.xlsx"
    path.write_bytes(saved(made))
    notice_import.import_file(office, "disclosure", path)
    with pytest.raises(BadInput, match="没有读全"):
        notice_import.import_file(office, "disclosure", path, complete=True)


def test_hidden_columns_are_not_read_but_the_key() -> None:
    made = book(("表", [["编号", "标题", "内容"], ["1", "甲", "内情"]]))
    made.active.column_dimensions["A"].hidden = made.active.column_dimensions["Z"].hidden = True
    made.active.column_dimensions["C"].width = 0.1
    found = read(saved(made))
    assert found.entries["1"].columns["body"] == "" and "A、C列是隐藏的" in told(found) and "内情" not in told(found)


def test_a_picture_in_a_cell_is_named() -> None:
    shown = '=DISPIMG("ID_61A4",1)'
    made = book(("表", [["编号", "标题", "内容"], ["1", "甲", shown]]))
    made.active["C2"].data_type = "s"  # as WPS stores it: the formula's result is its own text
    found = read(saved(made))
    assert "C2里是图片" in told(found)
    assert "DISPIMG" not in str(found.entries)


def test_words_in_the_colour_of_their_cell_are_not_read() -> None:
    made = book(
        (
            "表",
            [
                ["编号", "标题", "内容", "文号", "分类", "机构", "索引号"],
                ["1", "甲", "白字", "深底", "主题", "同色", 0],
            ],
        )
    )
    sheet = made.active
    sheet["C2"].font = sheet["D2"].font = Font(color="FFFFFFFF")
    sheet["D2"].fill = PatternFill("solid", fgColor="FF003366")
    sheet["E2"].font = Font(color=Color(theme=0, tint=-0.03))
    sheet["F2"].font, sheet["F2"].fill = Font(color=Color(indexed=10)), PatternFill("solid", fgColor="FFFF0000")
    sheet["B2"] = CellRichText("甲", TextBlock(InlineFont(color="FFFFFF"), "暗语"))
    sheet.sheet_view.showZeros = False
    found = read(saved(made))
    entry = found.entries["1"]
    assert (entry.columns["title"], entry.fields.get("document_no")) == ("甲", "深底")
    assert not {"body", "index_no"} & entry.fields.keys() and not entry.category and not entry.department
    assert "B2、C2、E2、F2里的字看不见" in told(found) and "暗语" not in told(found)


def test_white_words_that_a_table_s_style_puts_on_colour_are_read() -> None:
    made = book(("表", [["编号", "标题"], ["1", "甲"]]))
    made.active["A1"].font = made.active["B1"].font = Font(color="FFFFFFFF")
    made.active.add_table(Table(displayName="t", ref="A1:B2", tableStyleInfo=TableStyleInfo("TableStyleMedium2")))
    assert list(read(saved(made)).entries) == ["1"]


def test_links_of_cells_are_kept_or_named() -> None:
    made = book(
        ("表", [["编号", "标题", "网址", "内容", "附件"], ["1", "甲", "点击查看", "见官网", "附表"], ["2", "乙"]])
    )
    sheet = made.active
    for cell, address in (
        ("C2", "https://a.cn/1"),
        ("D2", "https://a.cn/2"),
        ("E2", "https://a.cn/3.pdf"),
        ("B3", "https://a.cn/4"),
    ):
        sheet[cell].hyperlink = address
    found = read(saved(made))
    assert [entry.columns["url"] for entry in found.entries.values()] == ["https://a.cn/1", "https://a.cn/4"]
    assert found.entries["1"].fields["attachments"] == [{"name": "附表", "url": "https://a.cn/3.pdf"}]
    assert [fault.message for fault in found.warnings] == [
        "“见官网”这一格带的链接（https://a.cn/2）没有带过来，需要的话请写成文字。"
    ]


def test_signs_that_a_sheet_escapes_are_signs() -> None:
    made = book(("表", [["编号", "标题", "内容"], ["1", "甲", "一_x000D_\n二_x0009_三_x005F_x0041_四_x005F_x000D_五"]]))
    assert read(saved(made)).entries["1"].columns["body"] == "一\n二\t三_x0041_四_x000D_五"
    made["表"]["B2"] = CellRichText("字_x005F_x000D_面", TextBlock(InlineFont(strike=True), "划"))
    assert read(saved(made)).entries["1"].columns["title"] == "字_x000D_面划"


@pytest.mark.parametrize(
    ("code", "number"), [("General", 44867), ("0", 44867), ("General", 44867.5), ("General", 44867.123456789)]
)
def test_a_number_of_days_counts_from_when_its_workbook_says(code: str, number: float) -> None:
    made = book(("表", [["编号", "标题", "发布日期"], ["1", "甲", number]]))
    made["表"]["C2"].number_format = code
    assert read(saved(made)).entries["1"].columns["published_on"] == date(2022, 11, 2)
    made.epoch = MAC_EPOCH
    found = read(saved(made))
    assert found.entries["1"].columns["published_on"] == date(2026, 11, 3)


def test_formulas_in_text_files_are_what_excel_shows() -> None:
    found = read(
        '编号,标题,联系电话,网址,内容\n="0012",甲,="0571",,\n2,"=HYPERLINK(""https://a.cn/1"",""丙"")",,,=A1&B1\n'.encode(),
        "表.csv",
    )
    assert list(found.entries) == ["0012", "2"] and found.entries["0012"].fields["phone"] == "0571"
    assert (found.entries["2"].columns["title"], found.entries["2"].columns["url"]) == ("丙", "https://a.cn/1")
    assert "“=A1&B1”是公式" in told(found) and "body" not in found.entries["2"].fields


def test_a_column_without_a_name_is_told() -> None:
    found = read(saved(book(("表", [["编号", "标题", None, "内容"], ["1", "甲", "要紧"]]))))
    assert "第 3 列没有列名" in told(found)


def test_a_formula_without_its_result_is_named() -> None:
    found = read(saved(book(("表", [["编号", "标题"], ["1", '="通"&"知"'], ["2", "乙"]]))))
    assert list(found.entries) == ["2"] and "B2的公式" in told(found) and "保存一次" in told(found)


@pytest.mark.parametrize(
    ("written", "day"),
    [("2026年3月5日（星期四）", date(2026, 3, 5)), ("2026-03-05 周四", date(2026, 3, 5)), ("二〇二六年三月五日", date(2026, 3, 5)),
     ("二零二六年十二月三十一日", date(2026, 12, 31)), ("２０２６．３．５", date(2026, 3, 5)), ("2026年3月5号", date(2026, 3, 5)),
     ("2026 年 3 月 5 日", date(2026, 3, 5)), ("2026-3-5 9:00:00", date(2026, 3, 5))],
)  # fmt: skip
def test_days_as_people_write_them(written: str, day: date) -> None:
    assert cells.day(written, SHANGHAI) == day


@pytest.mark.parametrize(("written", "said"), [("3/5/26", "3 月 5 日还是 5 月 3 日"), ("03/05/2026", "还是"), ("3月5日", "年份"),
                                               ("二〇二六年十三月五日", "没有这一天"), ("2026年3月", "看得懂")])  # fmt: skip
def test_a_day_that_can_be_read_in_two_ways_is_asked_about(written: str, said: str) -> None:
    with pytest.raises(cells.Unreadable, match=said):
        cells.day(written, SHANGHAI)


@pytest.mark.parametrize(
    ("written", "day"),
    [("2026年12月31日前", date(2026, 12, 31)), ("12月31日前", date(2026, 12, 31)), ("1月15日止", date(2027, 1, 15)),
     ("截至2026-12-31", date(2026, 12, 31)), ("2026.3.1-2026.12.31", date(2026, 12, 31)), ("2026年3月1日至12月31日", date(2026, 12, 31)),
     ("2026年12月31日24时", date(2026, 12, 31)), ("2026年12月31日（含）", date(2026, 12, 31))],
)  # fmt: skip
def test_the_last_day_as_people_write_it(written: str, day: date) -> None:
    found = read(
        saved(book(("表", [["编号", "标题", "发布日期", "截止日期"], ["1", "电工", "2026-11-20", written]]))),
        kind="posting",
    )
    assert found.entries["1"].columns["valid_until"] == day
    assert ("没有写年份" in told(found)) == ("2026" not in written.split("至")[-1])


PAGE = ("<html><meta charset=utf-8><table border=1><tr><th colspan=3>目录<tr><th>编号<th>标题<th>部门"
        "<tr><td>1<td>甲<td rowspan=2>财政局<tr><td>2<td>乙</table></html>")  # fmt: skip


@pytest.mark.parametrize("name", ["表.xls", "表.tsv", "表.txt"])
def test_tabbed_text_is_read_under_any_name(name: str) -> None:
    assert list(read("编号\t标题\n1\t甲\n".encode("gbk"), name).entries) == ["1"]


def test_a_page_called_xls_is_read() -> None:
    found = read(PAGE.encode(), "表.xls")
    assert [(key, entry.department) for key, entry in found.entries.items()] == [("1", "财政局"), ("2", "财政局")]
    assert list(read(saved(book(("表", [["编号", "标题"], ["1", "甲"]]))), "表.xls").entries) == ["1"]


def of_page(table: str, head: str = "") -> tuple[dict[str, tuple[str, str]], str]:
    """(title and department by key, what is told) of a page called .xls."""
    found = read(f"<html><meta charset=utf-8>{head}<body>{table}</body></html>".encode(), "表.xls")
    return {key: (entry.columns["title"], entry.department) for key, entry in found.entries.items()}, told(found)


HEAD = "<tr><td>编号<td>标题<td>部门"
FIRST = "<tr><td>1<td>甲<td>财政局"


@pytest.mark.parametrize(("table", "head", "said"), [
    (f"<table>{HEAD}{FIRST}<tr style='display:none'><td>2<td>密<td>密</table>", "", "第3行是隐藏的"),
    (f"<table>{HEAD}{FIRST}<tr class=h><td>2<td>密<td>密</table>", "<style>.h{display:none}</style>", "第3行是隐藏的"),
    (f"<table>{HEAD}{FIRST}<tr hidden><td>2<td>密<td>密</table>", "", "第3行是隐藏的"),
    (f"<table>{HEAD}{FIRST}<tr height=0 style='mso-height-source:userset'><td>2<td>密<td>密</table>", "", "第3行是隐藏的"),
    (f"<table>{HEAD}{FIRST}<tbody style='visibility:collapse'><tr><td>2<td>密<td>密</tbody></table>", "", "第3行是隐藏的"),
    (f"<table>{HEAD}{FIRST}</table><table style='display:none'>{HEAD}<tr><td>2<td>密<td>密</table>", "", "第 2 个表格是隐藏的"),
    (f"<table>{HEAD}<tr><td>1<td>甲<span style='display:none'>密</span><td>财政局</table>", "", "隐藏的内容"),
    (f"<table>{HEAD}<tr><td>1<td><span style='color:#fff'>密</span>甲<td>财政局</table>", "", "隐藏的内容"),
    (f"<table>{HEAD}<td hidden>发布日期{FIRST}<td style='display:none'>2026-12-01</table>", "", "D1、D2里的字看不见"),
])  # fmt: skip
def test_what_a_page_called_xls_hides_is_not_read_but_named(table: str, head: str, said: str) -> None:
    rows, told_of = of_page(table, head)
    assert rows == {"1": ("甲", "财政局")} and said in told_of and "密" not in told_of


@pytest.mark.parametrize("column", ["<col span=2><col style='display:none'>", "<colgroup span=2></colgroup><col width=0>",
                                    "<colgroup><col><col></colgroup><colgroup hidden><col></colgroup>"])  # fmt: skip
def test_hidden_columns_of_a_page_are_not_read(column: str) -> None:
    rows, told_of = of_page(f"<table>{column}{HEAD}{FIRST}</table>")
    assert rows == {"1": ("甲", "")} and "C列是隐藏的" in told_of


def test_cells_of_a_page_are_read_as_they_are_seen() -> None:
    rows, told_of = of_page(
        f"<table><tfoot><tr><td>3<td>末</tfoot>{HEAD}<tr><td>1<td>甲<br>乙<p>丙</p><ul><li>丁</ul><td rowspan=0>财政局"
        "<tr><td>2<td><s>旧</s>新</table>"
    )
    assert "".join(rows["1"][0].split()) == "甲乙丙丁" and rows["1"][0] not in ("甲乙丙丁", "")
    assert rows["2"] == ("旧新", "财政局") and list(rows) == ["1", "2", "3"]
    assert "B3里有划掉的字" in told_of


def test_each_table_of_a_page_is_read_or_named() -> None:
    second = "<table><tr><td>编号<td>标题<tr><td>2<td>乙</table>"
    rows, _ = of_page(f"<table>{HEAD}{FIRST}</table>{second}")
    assert list(rows) == ["1", "2"]
    rows, told_of = of_page(f"<table><tr><td>填表说明</table><table>{HEAD}{FIRST}</table>")
    assert list(rows) == ["1"] and "第 1 个表格没有读" in told_of
    rows, _ = of_page(f"<table><tr><td><table>{HEAD}{FIRST}</table><td>{second}</table>")  # a table as a mere frame
    assert list(rows) == ["1", "2"]
    rows, _ = of_page(f"<table>{HEAD}<tr><td>1<td>甲<table><tr><td>内一<td>内二</table></table>")
    assert list(rows) == ["1"] and "内一" in rows["1"][0]


@pytest.mark.parametrize(("data", "name", "said"), [
    (bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 600, "表.xls", "旧版 Excel"), (b"x", "表.et", "WPS"), (b"PK\x03\x04", "表.ods", "ODS"),
    (b"<html>x</html>", "表.xls", "没有表格"),
])  # fmt: skip
def test_what_cannot_be_read_says_what_it_is(data: bytes, name: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read(data, name)


def with_rows(xml: bytes) -> bytes:
    buffer = io.BytesIO()
    plain = io.BytesIO(saved(book(("表", [["编号", "标题"]]))))
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part.replace(b"</sheetData>", xml + b"</sheetData>") if "sheet1" in name else part)
    return buffer.getvalue()


@pytest.mark.parametrize(("data", "name"), [
    (with_rows(b"<row/>" * 5_000_000), "表.xlsx"), (with_rows(b'<row r="5000000"><c t="n"><v>1</v></c></row>'), "表.xlsx"),
    (with_rows((b"<row>" + b"<c t='n'><v>1</v></c>" * 500 + b"</row>") * 15_000), "表.xlsx"),
    (b"key,title\n" + b"1,x\n" * 5_000_000, "表.csv"), (b"{}\n" * 5_000_000, "表.jsonl"),
], ids=["rows", "far", "wide", "csv", "jsonl"])  # fmt: skip
def test_five_million_rows_are_refused(data: bytes, name: str) -> None:
    with pytest.raises(BadInput, match="太大"):
        read(data, name)


def test_a_weekday_that_is_not_the_day_is_told() -> None:
    found = read("编号,标题,发布日期\n1,甲,2026年3月5日（星期五）\n2,乙,2026年3月8日（星期天）\n".encode(), "表.csv")
    assert "2026-03-05 是星期四" in told(found) and len(found.warnings) == 1


def test_a_key_whose_digits_excel_threw_away_is_refused() -> None:
    found = read("编号,标题\n1.23E+17,甲\n2E+5号,乙\n".encode(), "表.csv")
    assert list(found.entries) == ["2E+5号"] and "后面几位已经丢了" in told(found)


def test_a_sheet_with_only_a_running_number_says_which_column_is_missing() -> None:
    with pytest.raises(BadInput, match="有“岗位名称”一列，但没有key（编号）这一列。“序号”会随着增删变动"):
        read(saved(book(("表", [["序号", "岗位名称"], [1, "焊工"]]))), kind="posting")


def test_a_long_number_in_an_attachment_keeps_its_digits_for_the_checks() -> None:
    found = attachments.read("表.xlsx", saved(book(("表", [["姓名", "号码"], ["甲", 3.30106199001011008e17]]))))
    assert found is not None and [passage.text for passage in found][-1] == "330106199001011008"
