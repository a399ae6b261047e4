"""Tables as text: .csv and .tsv in the encodings that offices meet, with line breaks inside quotes."""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from content.intake import decoding
from content.intake.notices.shown_values import LinkedText
from content.intake.rows import (
    HEADING_ROWS,
    MOST_CELLS,
    InputSheet,
    RowFault,
    SheetChoice,
    TooWide,
    heading,
    is_too_wide,
    rows_under_headings,
)

LONGEST_CELL = 50_000_000  # characters; Python's own limit of 131,072 is shorter than long documents are
MARKS = ",\t;"
_WORDS = r'"(?:[^"]|"")*"'
_QUOTED = re.compile(rf"=\s*{_WORDS}(?:\s*&\s*{_WORDS})*\s*")
_PLAIN = re.compile(r"=\s*(-?\d+(?:\.\d+)?)\s*")
_LINK = re.compile(rf"=\s*HYPERLINK\(\s*({_WORDS})\s*(?:[,;]\s*({_WORDS})\s*)?\)\s*", re.IGNORECASE)
_FORMULA = re.compile(r"=\s*[-+@]?[A-Za-z$(\d][^\u2e80-\u9fff]*")


def read_csv(data: bytes, name: str, choice: SheetChoice | None = None) -> InputSheet:
    """The rows of a .csv file; a row whose quotes do not close is refused. Raises BadInput."""
    csv.field_size_limit(LONGEST_CELL)
    text = decoding.lines(data, name)
    refused = [
        RowFault(number, "", "这一行的文字编码有误，没有读进来。请另存为“CSV UTF-8”。")
        for number, line in enumerate(text, start=1)
        if line is None
    ]
    unsolved: list[RowFault] = []
    plain = [line if line is not None else "" for line in text]
    records = _narrow(_records(plain, _delimiter(text), refused), plain, name)
    sheet = rows_under_headings(_solved(records, unsolved), name, choice=choice)
    sheet.warnings += unsolved
    sheet.refused = sorted([*sheet.refused, *refused], key=lambda fault: fault.row)
    return sheet


def first_lines(data: bytes, name: str, most: int) -> list[tuple[int, list[str]]]:
    """The first lines of a .csv file as they stand. Raises BadInput."""
    csv.field_size_limit(LONGEST_CELL)
    text = [line or "" for line in decoding.lines(data, name)]
    records = _narrow(_records(text, _delimiter(text), []), text[:most], name)
    return list(itertools.islice(_solved(records, []), most))


def _narrow(records: Iterable[tuple[int, list[str]]], text: list[str], name: str) -> Iterator[tuple[int, list[str]]]:
    """Records, as long as they have no more cells than a list has. Raises BadInput."""
    if any(max(map(line.count, MARKS)) > MOST_CELLS for line in text if len(line) > MOST_CELLS):
        raise TooWide(name)
    cells = 0
    for rows, (number, record) in enumerate(records, start=1):
        cells += len(record)
        if is_too_wide(cells, rows):
            raise TooWide(name)
        yield number, record


def _solved(records: Iterable[tuple[int, list[str]]], unsolved: list[RowFault]) -> Iterator[tuple[int, list[str]]]:
    """Records with their formulas as Excel and WPS show them: ="00123" is 00123. Others are told, and empty."""
    for number, record in records:
        for at, cell in enumerate(record):
            if cell[:1] == "=":
                record[at] = _shown(cell)
                if not record[at] and not _QUOTED.fullmatch(cell):
                    message = (
                        f"“{cell[:60]}”是公式，文本文件里没有它的结果，没有读。请在表格里打开，存成 .xlsx 再导入。"
                    )
                    unsolved.append(RowFault(number, "", message))
        yield number, record


def _shown(cell: str) -> str:
    """What a cell that begins like a formula shows; nothing for one whose result is not known."""
    if _QUOTED.fullmatch(cell):
        return "".join(_unquoted(words) for words in re.findall(_WORDS, cell))
    if found := _PLAIN.fullmatch(cell):
        return found[1]
    if found := _LINK.fullmatch(cell):
        return LinkedText.of(_unquoted(found[2] or found[1]), _unquoted(found[1]))
    return "" if _FORMULA.fullmatch(cell) else cell


def _unquoted(words: str) -> str:
    return words[1:-1].replace('""', '"')


def _delimiter(text: Sequence[str | None]) -> str:
    """The separator that shows the most known headings; Excel writes tabs and semicolons too."""
    head = [line for line in text[:HEADING_ROWS] if line]
    return max(MARKS, key=lambda mark: max(((_known(line, mark), line.count(mark)) for line in head), default=(0, 0)))


def _known(line: str, mark: str) -> int:
    return len({heading(cell.strip('" ')) for cell in line.split(mark)} & {"key", "title"})


def _records(text: list[str], delimiter: str, refused: list[RowFault]) -> Iterator[tuple[int, list[str]]]:
    """Numbered records; after a record whose quotes are wrong, reading goes on with the next line."""
    start = 0
    while start < len(text):
        lines = (line + "\n" for line in itertools.islice(text, start, None))
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        first = start
        try:
            for record in reader:
                yield first + 1, record
                first = start + reader.line_num
            return
        except csv.Error:
            message = "这一行的双引号没有成对，没有读进来。格子里的双引号要写成两个。"
            refused.append(RowFault(first + 1, "", message))
            start = first + 1
