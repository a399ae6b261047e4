"""The pages of a PDF as blocks, written as JSON: a program of its own, since a hostile file must not hold up who asks.

It reads the file from standard input. Its process has so much time and memory and no more. Exit codes say what went wrong.
"""

from __future__ import annotations

import io
import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from content.intake import limited_process
from content.intake.reports.blocks import PAGE_NUMBER

LOCKED, UNREADABLE, NO_TEXT = 3, 5, 6  # exit codes
MOST_PAGES, MOST_MARKS = 80, 4_000  # a report has some twenty; lines, boxes and curves of one page
LABELS_AND_FIGURES = 8  # cells from which on a row is one of table three
ITEM = re.compile(r"\s*(?:\d{1,2}\s*[.．、]|[（(]\s*[一二三四五六七]\s*[）)]|[一二三四]\s*、)")
HEADING = re.compile(r"\s*(?:[一二三四五六七八九十]{1,2}\s*、|[（(][一二三四五六七八九十]{1,2}[）)])")
# Fonts without a table of characters give radicals in place of the characters that look like them. NFKC knows the Kangxi ones.
RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)} | str.maketrans("⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻡⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳⺩⺮⺶⺷⺼⺝⺌",
                         "母民虎西见角贝车长门青韦页风飞食首马骨鬼鱼鸟卤麦黄齐齿龙龟王竹羊羊月月小")  # fmt: skip
NEAR = 7  # points by which figures stand off the line of Chinese characters, in another font
Cells = list[str | None]


@dataclass
class Pages:
    """What was read so far: paragraphs and rows, in the order of the page."""

    found: list[str | Cells] = field(default_factory=list)
    is_open: bool = False  # the last paragraph may go on

    def line(self, text: str, *, begins: bool, full: bool) -> None:
        """A line of text: goes on with the paragraph before, unless it begins one. `full`: it reaches the margin."""
        if self.is_open and not begins and self.found and isinstance(self.found[-1], str):
            self.found[-1] += text
        else:
            self.found.append(text)
        self.is_open = full

    def table(self, rows: list[Cells], *, on_top: bool) -> None:
        """A table; one at the top of a page may go on with the row in the middle of which the page before ended."""
        last = self.found[-1] if self.found else ""
        if on_top and rows and isinstance(last, list) and _goes_on(last, rows[0]):
            self.found[-1] = [_joined(one, other) for one, other in zip(last, rows[0], strict=True)]
            rows = rows[1:]
        self.found += rows
        self.is_open = False


def _goes_on(last: Cells, first: Cells) -> bool:
    """Whether a row is the rest of the one before: no figure, and no label that begins with a number."""
    filled = [cell for cell in first if cell]
    wide = len(last) == len(first) and sum(cell is not None for cell in first) >= LABELS_AND_FIGURES
    return wide and bool(filled) and not any(ITEM.match(cell) or cell.strip().isdigit() for cell in filled)


def _joined(one: str | None, other: str | None) -> str | None:
    return one if not other else other if one is None else one + other


def read(document: Any) -> list[str | Cells]:
    """The blocks of an open PDF. Raises ValueError for one with too many marks on a page."""
    pages = Pages()
    for page in document.pages:
        if len(page.lines) + len(page.rects) + len(page.curves) > MOST_MARKS:
            raise ValueError("too many marks on a page")
        tables = page.find_tables()
        parts = [(table.bbox[1], table) for table in tables]
        lines = _without_number(
            [
                line
                for line in page.extract_text_lines(return_chars=False, y_tolerance=NEAR)
                if not _inside(line, tables)
            ]
        )
        right = max((line["x1"] for line in lines), default=0)
        left = min((line["x0"] for line in lines), default=0)
        parts += [(line["top"], line) for line in lines]
        for number, (_, part) in enumerate(sorted(parts, key=lambda part: part[0])):
            if isinstance(part, dict):
                size = part["bottom"] - part["top"]
                begins = part["x0"] > left + size or bool(HEADING.match(part["text"]))
                pages.line(_plain(part["text"]), begins=begins, full=part["x1"] > right - 2 * size)
            else:
                rows = [[cell and _plain(cell) for cell in row] for row in part.extract()]
                pages.table(rows, on_top=number == 0)
        page.close()
    return pages.found


def _plain(text: str) -> str:
    return text.translate(RADICALS)


def _without_number(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines of a page without its number, which stands first or last."""
    kept = lines
    for end in (0, -1):
        if kept and (PAGE_NUMBER.fullmatch(kept[end]["text"].strip()) or kept[end]["text"].strip().isdigit()):
            kept = kept[1:] if end == 0 else kept[:-1]
    return kept


def _inside(line: dict[str, Any], tables: list[Any]) -> bool:
    middle = (line["top"] + line["bottom"]) / 2
    return any(
        table.bbox[1] <= middle <= table.bbox[3] and line["x0"] < table.bbox[2] and line["x1"] > table.bbox[0]
        for table in tables
    )


def _blocks(data: bytes) -> Iterator[Any]:
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            if len(document.pages) > MOST_PAGES:
                sys.exit(limited_process.TOO_MUCH)
            yield from read(document)
    except PdfminerException as error:
        sys.exit(LOCKED if isinstance(error.args[0] if error.args else None, PDFPasswordIncorrect) else UNREADABLE)


def main() -> None:
    """Standard input to standard output."""
    limited_process.enter()
    try:
        found = list(_blocks(sys.stdin.buffer.read()))
    except (MemoryError, RecursionError, ValueError):
        sys.exit(limited_process.TOO_MUCH)
    if not found:
        sys.exit(NO_TEXT)
    json.dump(found, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
