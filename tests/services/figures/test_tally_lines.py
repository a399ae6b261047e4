"""Every number opens to its list, every line to its evidence."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from content.rules.errors import BadInput, GongkaiError
from content.services.figures import tally_lines, yearly_tally
from content.services.office import Office
from tests import world
from tests.services import ledger_entries as entries


def test_a_line_holds_its_evidence(office: Office, tmp_path: Path) -> None:
    entries.published(office, 7, delivery="mass", category="unknown-code", position=3, title='他说："好，行"\n二')
    (line,) = _csv(office, tmp_path)
    assert {name: line[name] for name in line if name != "台账校验值"} == {
        "发布日期": "2026-11-22", "标题": '他说："好，行"\n二', "渠道": "公众号", "方式": "群发",
        "栏目": "unknown-code", "部门": "未填部门", "网址": "https://mp.weixin.qq.com/s/x1",
        "发布时间": "2026-11-22T12:00:00+08:00", "审核人": "孙浩、周建国、赵明华", "编号": "article:7", "版本": "1",
        "内容 SHA-256": "ab" * 32, "publish_id": "100000001", "msg_id": "", "msg_data_id": "2247483650",
        "平台文章 ID": "PwX9", "草稿 media_id": "JfIm", "位置": "3", "台账号": "6", "撤下时间": "", "撤下原因": "",
    }  # fmt: skip
    assert len(line["台账校验值"]) == 64


def test_there_are_as_many_lines_as_the_tally_counts(office: Office, tmp_path: Path) -> None:
    for number in range(5):
        entries.published(office, number, published_on=f"202{5 + number % 2}-03-0{number + 1}")
        entries.on_portal(office, number, published_on=f"202{6 - number % 2}-03-01")
    figures = yearly_tally.read(office, 2026, world.NOON)
    assert len(_csv(office, tmp_path)) == figures["articles"] == 2
    assert len(_csv(office, tmp_path, channel="portal")) == figures["by_channel"]["portal"] == 3
    assert len(_csv(office, tmp_path, channel="all")) == 5


def test_lines_stand_by_day(office: Office, tmp_path: Path) -> None:
    for number, day in enumerate(("2026-05-02", "2026-05-01", "2026-05-02")):
        entries.published(office, number, published_on=day)
    assert [line["编号"] for line in _csv(office, tmp_path)] == ["article:1", "article:0", "article:2"]


def test_withdrawn_ones_stay_and_are_listed_apart(office: Office, tmp_path: Path) -> None:
    entries.published(office, 1)
    entries.published(office, 2)
    entries.withdrawn(office, 2, note="表 3 的数字有误")
    _, second = _csv(office, tmp_path)
    assert (second["撤下时间"], second["撤下原因"]) == ("2026-11-22T12:00:00+08:00", "表 3 的数字有误")
    book = load_workbook(_written(office, tmp_path / "lines.xlsx"))
    assert book.sheetnames == ["2026", "已撤下"]
    assert [sheet.max_row - 1 for sheet in book] == [2, 1]


@pytest.mark.parametrize("before_it_was_out", [None, ""])
def test_a_draft_that_was_withdrawn_before_it_was_out_is_no_line(
    office: Office, tmp_path: Path, before_it_was_out: str | None
) -> None:
    entries.published(office, 1)
    entries.withdrawn(office, 2, published_on=before_it_was_out)
    (line,) = _csv(office, tmp_path)
    assert (line["编号"], line["撤下时间"]) == ("article:1", "")


def test_a_title_never_becomes_a_formula(office: Office, tmp_path: Path) -> None:
    entries.published(office, title="=1+1")
    cell = load_workbook(_written(office, tmp_path / "lines.xlsx"))["2026"]["B2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert _csv(office, tmp_path)[0]["标题"] == "'=1+1"


def test_excel_can_tell_that_the_csv_is_utf8(office: Office, tmp_path: Path) -> None:
    assert _written(office, tmp_path / "lines.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_control_characters_do_not_keep_the_xlsx_from_being_written(office: Office, tmp_path: Path) -> None:
    entries.published(office, title="园区\x07简报\ufffe")
    assert load_workbook(_written(office, tmp_path / "lines.xlsx"))["2026"]["B2"].value == "园区简报"


def test_a_place_that_cannot_be_written_is_named_and_nothing_is_left(office: Office, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"\.xlsx"):
        _written(office, tmp_path / "lines.pdf")
    with pytest.raises(GongkaiError, match="写不了"):
        _written(office, tmp_path / "nowhere" / "lines.csv")
    (tmp_path / "taken.csv").mkdir()
    with pytest.raises(GongkaiError, match="写不了"):
        _written(office, tmp_path / "taken.csv")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "taken.csv"]


def _written(office: Office, path: Path, channel: str = "wechat") -> Path:
    tally_lines.write(office, path, year=2026, channel=channel)
    return path


def _csv(office: Office, folder: Path, channel: str = "wechat") -> list[dict[str, str]]:
    with _written(office, folder / "lines.csv", channel).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
