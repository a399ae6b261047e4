"""Cells far to the right cost nothing: a sheet that is wide and empty is refused in words, before its rows are walked."""

from __future__ import annotations

import io
import zipfile

import pytest

from content.intake.notices import sheets
from content.rules.errors import BadInput
from tests.fixtures.workbooks import workbook

ROWS = 4_000
HEAD = ("编号", "标题", "发布日期")


def far(mark: str = '"', prefix: str = "") -> bytes:
    """A workbook whose rows have one cell each, in the last column."""
    plain, buffer = workbook([HEAD]), io.BytesIO()
    cells = "".join(f"<{prefix}row r={mark}{n}{mark}><{prefix}c r={mark}XFD{n}{mark}><{prefix}v>1</{prefix}v></{prefix}c></{prefix}row>"
                    for n in range(2, ROWS))  # fmt: skip
    sheet = (
        f"<{prefix}worksheet xmlns{':' if prefix else ''}{prefix.rstrip(':')}="
        f'"http://schemas.openxmlformats.org/spreadsheetml/2006/main"><{prefix}sheetData>{cells}</{prefix}sheetData></{prefix}worksheet>'
    )
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, sheet if name.endswith("sheet1.xml") else old.read(name))
    return buffer.getvalue()


@pytest.mark.parametrize(("mark", "prefix"), [('"', ""), ("'", ""), ('"', "x:")])
@pytest.mark.parametrize("how", ["read", "first_lines"])
def test_a_workbook_with_cells_in_its_last_column_is_refused(how: str, mark: str, prefix: str) -> None:
    data = far(mark, prefix)
    with pytest.raises(BadInput, match="最右边"):
        sheets.read(data, "a.xlsx") if how == "read" else sheets.first_lines(data, "a.xlsx", 30)


@pytest.mark.parametrize("how", ["read", "first_lines"])
@pytest.mark.parametrize("rows", [(2, 1_500_000), (ROWS, 16_384)], ids=["one line", "each line"])
def test_a_text_file_with_absurdly_wide_rows_is_refused(how: str, rows: tuple[int, int]) -> None:
    lines, wide = rows
    data = (",".join(HEAD) + "\n" + ("1,二" + "," * wide + "\n") * (lines - 1)).encode()
    if how == "first_lines" and lines > 100:
        assert sheets.first_lines(data, "a.csv", 3)
        return
    with pytest.raises(BadInput, match="最右边"):
        sheets.read(data, "a.csv") if how == "read" else sheets.first_lines(data, "a.csv", 30)


def test_a_few_wide_rows_are_read_as_before() -> None:
    wide = workbook([HEAD, ("1", "停水", "2026-03-05", *[""] * 900, "备注")])
    assert len(sheets.read(wide, "a.xlsx").rows) == 1
