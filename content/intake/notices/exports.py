"""Files called .xls: what systems export under that name is often a page with tables, tabbed text, or an .xlsx."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from content.intake import decoding, sheet_parts, symbols
from content.intake.articles import hidden_styles, html_page
from content.intake.articles.notes import Notes
from content.intake.notices import spreadsheets
from content.intake.notices.cells import is_address
from content.intake.notices.shown_cells import RAISED, STRUCK, UNSEEN, CellNotes
from content.intake.notices.shown_values import LinkedText
from content.intake.rows import (
    InputSheet,
    RowFault,
    SheetChoice,
    SheetLayout,
    found_headings,
    is_empty,
    letter,
    rows_under_headings,
)
from content.rules.errors import BadInput
from content.rules.publishing.markup import words_of

WIDEST = 200  # columns
LONGEST = 65_534  # rows that a cell may go over, by the standard
STRUCK_TAGS = ("s", "strike", "del")
HIDDEN_CELL = "data-hidden-cell"  # what stood in such a cell was seen by nobody

Line = tuple[int, Sequence[Any]]


def read(data: bytes, name: str, choice: SheetChoice | None = None) -> InputSheet:
    """The rows of a file called .xls, whatever it is. Raises BadInput; an old workbook has to be saved anew."""
    if is_workbook(data):
        from content.intake.notices import workbooks  # openpyxl loads slowly, and few files are workbooks

        return workbooks.read(data, name, choice)
    if not is_page(data):
        return spreadsheets.read_csv(data, name, choice)
    page = _Page(data, name)
    if choice:
        chosen = next((table for table in page.chosen() if page.title(table) == choice.sheet), None)
        if chosen is None:
            raise BadInput(f"“{name}”里没有表格“{choice.sheet}”。请重新选。")
        return sheet_parts.together([("", chosen.read(name, choice))], page.apart)
    return page.read()


def is_workbook(data: bytes) -> bool:
    """Whether it is a workbook, by its first bytes."""
    return data.startswith((decoding.OLD_EXCEL, decoding.ZIP))


def is_page(data: bytes) -> bool:
    """Whether it is a page with a table."""
    return data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<"


def first_lines(data: bytes, name: str, most: int) -> list[tuple[str, list[Line]]]:
    """The first rows of each table of a page, under its title. Raises BadInput."""
    page = _Page(data, name)
    return [(page.title(table), list(itertools.islice(table.lines(), most))) for table in page.chosen()]


class _Page:
    """The tables of a page, without what is hidden. `apart` tells what of it is not read."""

    def __init__(self, data: bytes, name: str) -> None:
        text = "\n".join(line or "" for line in decoding.lines(data, name))
        if "urn:schemas-microsoft-com:office:spreadsheet" in text[:3000]:
            raise BadInput(f"“{name}”是 2003 版的 XML 表格。请用 Excel 打开，另存为 .xlsx 再导入。")
        self.name, self.apart, notes = name, InputSheet(), Notes()
        root, styled = html_page.opened(text, notes)
        self.tables = [_PageTable(table, at) for at, table in enumerate(root.iter("table"), start=1)]
        for table in self.tables:
            table.take_off_hidden(self.apart)
        html_page.leave_seen(root, styled, notes)
        self.tables = [table for table in self.tables if table.is_shown(root)]
        self.apart.warnings += [RowFault(1, "", sentence) for sentence in notes.sentences()]
        if not self.tables:
            raise BadInput(f"“{name}”是网页，里面没有表格。请用 Excel 打开，另存为 .xlsx 再导入。")

    def title(self, table: _PageTable) -> str:
        """What a table is called; the only one needs no name."""
        return f"第 {table.number} 个表格" if len(self.tables) > 1 else ""

    def chosen(self) -> list[_PageTable]:
        """The tables that hold rows: where one only holds others in their places, those."""
        outer = [table for table in self.tables if next(table.element.iterancestors("table"), None) is None]
        return [chosen for table in outer for chosen in self._rows_in(table)]

    def read(self) -> InputSheet:
        """The rows of all tables with the needed headings; others are named. Raises BadInput if there are none."""
        found: list[tuple[str, InputSheet]] = []
        faults: list[BadInput] = []
        for table in self.chosen():
            try:
                found.append((f"{self.title(table)}：", table.read(self.name)))
            except BadInput as error:
                faults.append(error)
                if not table.is_empty():
                    sheet_parts.leave_unread(self.apart, f"{self.title(table)}没有读：里面没有编号和标题两列。")
        if not found:
            raise faults[0]
        return sheet_parts.together(found, self.apart)

    def _rows_in(self, table: _PageTable) -> list[_PageTable]:
        inner = [each for each in self.tables if next(each.element.iterancestors("table"), None) is table.element]
        if not inner or table.has_headings(self.name):
            return [table]
        return [chosen for each in inner for chosen in self._rows_in(each)]


class _PageTable:
    """One table of a page: its own rows under the numbers that they have in the file."""

    def __init__(self, element: Any, number: int) -> None:
        self.element, self.number = element, number
        own = [row for row in element.iter("tr") if next(row.iterancestors("table"), None) is element]
        places = {"thead": 0, "tfoot": 2}  # where a browser shows them, wherever they stand
        own.sort(key=lambda row: places.get(row.getparent().tag, 1))
        self.rows = list(enumerate(own, start=1))
        self.hidden_rows: list[int] = []
        self.hidden_columns = frozenset(_hidden_columns(element))
        self.notes = CellNotes()

    def take_off_hidden(self, apart: InputSheet) -> None:
        """Takes hidden rows and what stands in hidden cells off the page, before anybody tells of them by their words."""
        if any(_is_hidden(each) for each in (self.element, *self.element.iterancestors())):
            if self.element.text_content().strip():
                sheet_parts.leave_unread(apart, f"第 {self.number} 个表格是隐藏的，没有读。不用的请删掉。")
            self.rows = []
            if self.element.getparent() is not None:
                self.element.drop_tree()
            return
        rows, self.rows = self.rows, []
        for number, row in rows:
            if not _is_hidden_row(row, self.element):
                self.rows.append((number, row))
                continue
            if row.text_content().strip():
                self.hidden_rows.append(number)
            row.drop_tree()
        for cell in (cell for _, row in self.rows for cell in row.iterchildren("td", "th") if _is_hidden(cell)):
            _empty(cell)

    def is_shown(self, root: Any) -> bool:
        """Whether the table is still on the page."""
        return any(each is root for each in self.element.iterancestors())

    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return not self.element.text_content().strip()

    def has_headings(self, name: str) -> bool:
        """Whether it has the columns that a list needs."""
        try:
            return bool(found_headings(self.lines(), name))
        except BadInput:
            return False

    def read(self, name: str, choice: SheetChoice | None = None) -> InputSheet:
        """Its rows. Raises BadInput if it has no headings."""
        merged: list[tuple[int, int, int]] = []
        self.notes = CellNotes()
        lines = list(self.lines(merged))
        sheet = rows_under_headings(lines, name, SheetLayout(merged, self.hidden_columns), choice=choice)
        sheet.warnings += self.notes.faults()
        if self.hidden_rows:
            sheet_parts.leave_unread(sheet, sheet_parts.hidden_rows_left(self.hidden_rows))
        filled = {at for at in self.hidden_columns for _, cells in lines if at < len(cells) and not is_empty(cells[at])}
        if filled:
            sheet.warnings.append(RowFault(1, "", sheet_parts.hidden_columns_left(filled)))
        return sheet

    def lines(self, merged: list[tuple[int, int, int]] | None = None) -> Iterator[Line]:
        """Its rows of cells; cells that go on downwards are noted in `merged`."""
        open_columns: dict[int, int] = {}  # column → last row of the cell above
        last_row = self.rows[-1][0] if self.rows else 0
        for number, row in self.rows:
            cells: list[Any] = []
            covered = {column for column, last in open_columns.items() if last >= number}
            for cell in row.iterchildren("td", "th"):
                while len(cells) in covered:
                    cells.append(None)
                down, across = _span(cell, "rowspan", LONGEST) or last_row, _span(cell, "colspan", WIDEST) or 1
                if down > 1:
                    columns = range(len(cells), len(cells) + across)
                    open_columns |= dict.fromkeys(columns, number + down - 1)
                    if merged is not None:
                        merged += [(number, number + down - 1, column) for column in columns]
                cells += [self._value(cell, f"{letter(len(cells) + 1)}{number}"), *[None] * (across - 1)]
            yield number, cells[:WIDEST]

    def _value(self, cell: Any, place: str) -> Any:
        if cell.get(HIDDEN_CELL):
            self.notes.tell(place, UNSEEN)
        if _raise_figures(cell):
            self.notes.tell(place, RAISED)
        words = words_of(cell)
        if not words:
            return None
        if _is_struck(cell):
            self.notes.tell(place, STRUCK)
        links = {link.get("href", "").strip() for link in cell.iter("a")}
        address = links.pop() if len(links) == 1 else ""
        return LinkedText.of(words, address) if is_address(address) else words


def _raise_figures(cell: Any) -> bool:
    """Writes raised and lowered figures as such signs; whether some could not be."""
    lost = False
    for part in cell.iter("sup", "sub", "span", "font"):
        way = hidden_styles.properties(part.get("style", "")).get("vertical-align", part.tag)
        if part.text and way in ("sup", "super", "sub"):
            part.text, is_lost = symbols.raised(part.text, up=way != "sub")
            lost = lost or is_lost
    return lost


def _is_hidden(element: Any) -> bool:
    style = element.get("style", "")
    return element.get("hidden") is not None or (
        bool(style) and hidden_styles.hides_all(hidden_styles.properties(style))
    )


def _is_closed(element: Any, side: str) -> bool:
    """Whether a row or column is hidden or pushed together, as people do it with the mouse."""
    style = hidden_styles.properties(element.get("style", ""))
    size = hidden_styles.pixels(style.get(side) or element.get(side, ""))
    return _is_hidden(element) or style.get("visibility") == "collapse" or size == 0


def _is_hidden_row(row: Any, table: Any) -> bool:
    around = itertools.takewhile(lambda each: each is not table, row.iterancestors())
    return any(_is_closed(each, "height") for each in (row, *around))


def _hidden_columns(table: Any) -> Iterator[int]:
    at = 0
    for column in table.iter("col", "colgroup"):
        if next(column.iterancestors("table"), None) is not table:
            continue
        if column.tag == "colgroup" and column.find("col") is not None:
            continue
        group = column.getparent()
        is_closed = any(_is_closed(each, "width") for each in (column, group) if each is not table)
        for _ in range(_span(column, "span", WIDEST) or 1):
            if is_closed:
                yield at
            at += 1


def _empty(cell: Any) -> None:
    """Leaves a hidden cell in its place, so that those behind it stay under their headings."""
    if cell.text_content().strip():
        cell.set(HIDDEN_CELL, "1")
    for child in list(cell):
        cell.remove(child)
    cell.text = None
    for name in ("style", "hidden"):
        cell.attrib.pop(name, None)


def _is_struck(cell: Any) -> bool:
    around = itertools.takewhile(lambda each: each.tag != "table", cell.iterancestors())
    inside = (each for each in cell.iter() if each.text_content().strip())
    return any(
        each.tag in STRUCK_TAGS or "line-through" in _decoration(each) for each in itertools.chain(around, inside)
    )


def _decoration(element: Any) -> str:
    style = hidden_styles.properties(element.get("style", ""))
    return style.get("text-decoration", "") + style.get("text-decoration-line", "")


def _span(cell: Any, name: str, most: int) -> int:
    """How many rows or columns a cell goes over; 0 means to the end."""
    written = cell.get(name, "1").strip()
    return min(int(written), most) if written.isdecimal() else 1
